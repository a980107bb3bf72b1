import type { Block } from '../../../shared/documents/flow.ts';
import { gap } from '../../../shared/documents/flow.ts';
import { date, decimal } from '../../../shared/documents/formats.ts';
import { withoutMissingGlyphs } from '../../../shared/documents/drawable.ts';
import { face } from '../../../shared/documents/fonts.ts';
import { textBlock } from '../../../shared/documents/paragraph.ts';
import type { Sheet } from '../../../shared/documents/sheet.ts';
import { ascent, COLORS, LEFT, pitch, RIGHT, TYPE } from '../../../shared/documents/style.ts';
import { columns, headBlock, repeated, rowBlock, tablePart } from '../../../shared/documents/table.ts';
import type { InvoiceModel } from './invoice-model.ts';
import type { InvoiceTexts } from './invoice-texts.ts';

type Group = NonNullable<InvoiceModel['annex']>[number];

const STYLE = { ...TYPE.body, size: 8 };
/** Day and number of an order are said once; where they come again they are grey, and not left out: a page may turn. */
const AGAIN = { ...STYLE, color: COLORS.grey };

/** The charges behind the lines, a table for each section, what belongs to an order or return together. */
export function annexBlocks(sheet: Sheet, model: InvoiceModel, texts: InvoiceTexts): Block[] {
  const title = textBlock(sheet, texts.annex.title(model.number), { ...TYPE.title, size: 13 }, 2, 'H2');
  const groups = (model.annex ?? []).flatMap((group) => groupBlocks(sheet, model, texts, group));
  const omitted = model.annexOmitted
    ? [textBlock(sheet, texts.annex.omitted(decimal(String(model.annexOmitted.rows), model.language)), TYPE.body)]
    : [];
  return [{ ...title, keepWithNext: true }, ...omitted, ...groups];
}

function groupBlocks(sheet: Sheet, model: InvoiceModel, texts: InvoiceTexts, { title, rows }: Group): Block[] {
  const table = columns([
    { title: texts.annex.date, width: 22 },
    { title: texts.annex.reference, width: 42 },
    { title: texts.columns.service, width: 'rest' },
    { title: texts.columns.quantity, width: 18, align: 'right' },
    { title: texts.columns.unit, width: 22 },
  ]);
  const part = tablePart();
  const head = headBlock(sheet, table, part);
  const again = [headingBlock(sheet, `${title} ${texts.continued}`, ''), head].map((block) => repeated(sheet, block));
  const cells = ({ date: day, reference, description, quantity, unit }: Group['rows'][number], isFirst: boolean) =>
    [
      { text: date(day, model.language), style: isFirst ? STYLE : AGAIN },
      // a number of the merchant's shop informs: whatever it is written in, it stops no invoice
      { text: withoutMissingGlyphs(reference, face('regular')), style: isFirst ? STYLE : AGAIN },
      { text: description, style: STYLE },
      { text: decimal(quantity, model.language), style: STYLE },
      { text: unit, style: STYLE },
    ].map((cell) => [cell]);
  return [
    headingBlock(sheet, title, texts.annex.entries(rows.length)),
    head,
    ...rows.map((row, index) => {
      const options = { pad: 0.7, part, open: sameOrder(row, rows[index + 1]) };
      return { ...rowBlock(sheet, table, cells(row, !sameOrder(row, rows[index - 1])), options), repeat: again };
    }),
    gap(4),
  ];
}

type Row = Pick<Group['rows'][number], 'date' | 'reference'>;

const sameOrder = (one: Row, other: Row | undefined): boolean =>
  one.reference !== '' && one.reference === other?.reference && one.date === other.date;

function headingBlock(sheet: Sheet, title: string, count: string): Block {
  const height = pitch(TYPE.heading.size) + 4;
  return {
    height,
    keepWithNext: true,
    draw: (top) => {
      const baseline = top + 2 + ascent(TYPE.heading.size);
      sheet.tag('H2', () => {
        sheet.text(title, LEFT, baseline, TYPE.heading);
        sheet.text(count, RIGHT, baseline, TYPE.label, 'right');
      });
    },
  };
}
