import type { Block } from '../../../shared/documents/flow.ts';
import { gap } from '../../../shared/documents/flow.ts';
import { date, decimal } from '../../../shared/documents/formats.ts';
import type { Sheet } from '../../../shared/documents/sheet.ts';
import { ascent, LEFT, pitch, RIGHT, TYPE } from '../../../shared/documents/style.ts';
import { columns, headBlock, rowBlock } from '../../../shared/documents/table.ts';
import type { InvoiceModel } from './invoice-model.ts';
import type { InvoiceTexts } from './invoice-texts.ts';

/** The itemised charges behind the lines, a table for each section; nothing when the model has none. */
export function annexBlocks(sheet: Sheet, model: InvoiceModel, texts: InvoiceTexts): Block[] {
  const table = columns([
    { title: texts.annex.date, width: 22 },
    { title: texts.annex.reference, width: 42 },
    { title: texts.columns.service, width: 'rest' },
    { title: texts.columns.quantity, width: 18, align: 'right' },
    { title: texts.columns.unit, width: 22 },
  ]);
  const head = headBlock(sheet, table);
  return (model.annex ?? []).flatMap(({ title, rows }) => {
    const heading = headingBlock(sheet, title, texts.annex.entries(rows.length));
    const continued = headingBlock(sheet, `${title} ${texts.continued}`, '');
    return [
      heading,
      head,
      ...rows.map((row) => ({
        ...rowBlock(
          sheet,
          table,
          [
            date(row.date, model.language),
            row.reference,
            row.description,
            decimal(row.quantity, model.language),
            row.unit,
          ].map((text) => [{ text, style: { ...TYPE.body, size: 8 } }]),
          { pad: 0.7 },
        ),
        repeat: [continued, head],
      })),
      gap(4),
    ];
  });
}

function headingBlock(sheet: Sheet, title: string, count: string): Block {
  const height = pitch(TYPE.heading.size) + 4;
  return {
    height,
    keepWithNext: true,
    draw: (top) => {
      const baseline = top + 2 + ascent(TYPE.heading.size);
      sheet.text(title, LEFT, baseline, TYPE.heading);
      sheet.text(count, RIGHT, baseline, TYPE.label, 'right');
    },
  };
}
