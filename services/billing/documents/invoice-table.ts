import { withoutMissingGlyphs } from '../../../shared/documents/drawable.ts';
import type { Block } from '../../../shared/documents/flow.ts';
import { gap } from '../../../shared/documents/flow.ts';
import { face } from '../../../shared/documents/fonts.ts';
import { amount, currencySign, decimal, percent, period, price } from '../../../shared/documents/formats.ts';
import type { Sheet } from '../../../shared/documents/sheet.ts';
import type { Part } from '../../../shared/documents/structure.ts';
import { ascent, COLORS, LEFT, pitch, RIGHT, TYPE } from '../../../shared/documents/style.ts';
import { columns, fitted, headBlock, inRow, repeated, rowBlock, tablePart } from '../../../shared/documents/table.ts';
import type { Cell, Column } from '../../../shared/documents/table.ts';
import type { InvoiceLine, InvoiceModel, InvoiceSection } from './invoice-model.ts';
import type { Spacing } from './spacing.ts';
import type { InvoiceTexts } from './invoice-texts.ts';

/** So many lines at the end stay with the totals, whatever sections they are in. */
const LAST_LINES = 3;
const SUBTOTAL_LABEL = 165;

/**
 * The sections of an invoice as one table: a head, then for each section its heading, its lines and its subtotal.
 * The last lines want to stay with what follows, so that a last page is worth its sheet.
 */
export function sectionBlocks(sheet: Sheet, model: InvoiceModel, texts: InvoiceTexts, spacing: Spacing): Block[] {
  const table = lineColumns(model, texts);
  const part = tablePart();
  const head = headBlock(sheet, table, part);
  const place: Place = { sheet, model, texts, spacing, part, width: table.length };
  const lastLines = model.sections.flatMap(({ lines }) => lines).slice(-LAST_LINES);
  return [
    head,
    ...model.sections.flatMap((section) => {
      const again = [head, headingBlock(place, section, texts.continued)].map((block) => repeated(sheet, block));
      const rows = section.lines.map((line) => ({
        ...rowBlock(sheet, table, lineCells(model, line, texts, hasVatColumn(model)), { pad: spacing.rowPad, part }),
        repeat: again,
      }));
      const { lines } = section;
      const isLast = (index: number) => index === lines.length - 1 || lastLines.includes(lines[index]!);
      return [
        { ...headingBlock(place, section), repeat: again.slice(0, 1) },
        ...rows.map((row, index) => ({ ...row, keepWithNext: isLast(index) })),
        ...endOfSection(place, section, lastLines.includes(lines.at(-1)!)),
      ];
    }),
  ];
}

/** What the rows of the table share. */
interface Place {
  sheet: Sheet;
  model: InvoiceModel;
  texts: InvoiceTexts;
  spacing: Spacing;
  part: Part;
  /** Columns of the table. */
  width: number;
}

const hasVatColumn = (model: InvoiceModel): boolean => model.vat.length > 1;

function lineColumns(model: InvoiceModel, texts: InvoiceTexts): Column[] {
  const sign = currencySign(model.currency);
  return columns([
    { title: texts.columns.position, width: 8 },
    { title: texts.columns.service, width: 'rest' },
    { title: texts.columns.quantity, width: 16, align: 'right' },
    { title: texts.columns.unit, width: 20 },
    ...(hasVatColumn(model) ? [{ title: texts.vatShort, width: 9, align: 'right' as const }] : []),
    { title: `${texts.columns.unitPrice} ${sign}`, width: 19.5, align: 'right' },
    { title: `${texts.columns.amount} ${sign}`, width: 19.5, align: 'right' },
  ]);
}

function lineCells(model: InvoiceModel, line: InvoiceLine, texts: InvoiceTexts, withVat: boolean): Cell[] {
  const { language } = model;
  const body = (text: string): Cell => [{ text, style: TYPE.body }];
  const detail = (text: string | undefined): Cell =>
    text ? [{ text: withoutMissingGlyphs(text, face('regular')), style: TYPE.detail }] : [];
  const base = line.baseQuantity && Number(line.baseQuantity) !== 1 ? decimal(line.baseQuantity, language) : undefined;
  return [
    [{ text: String(line.position), style: { ...TYPE.body, color: COLORS.grey } }],
    [...body(line.description), ...detail(line.detail), ...allowancesOf(model, line, texts)],
    body(decimal(line.quantity, language)),
    body(line.unit),
    ...(withVat ? [body(rateOf(line, language))] : []),
    [
      ...body(price(line.unitPrice, language)),
      ...detail(base && texts.perBase([base, line.baseUnit].filter(Boolean).join('\u00A0'))),
    ],
    body(amount(line.netMinor, language)),
  ];
}

/** Where no rate applies (§ 14a Abs. 5 UStG) none is named, also no 0 %: the table of the tax says why. */
const rateOf = ({ vatCategory, vatRateBasisPoints }: InvoiceLine, language: InvoiceModel['language']): string =>
  vatCategory === 'S' || vatCategory === 'Z' ? percent(vatRateBasisPoints, language) : '–';

/** Agreed reductions stand on the document (§ 14 Abs. 4 Nr. 7 UStG); the amount of the line has them already. */
const allowancesOf = ({ language }: InvoiceModel, line: InvoiceLine, texts: InvoiceTexts): Cell =>
  (line.allowances ?? []).map(({ kind, reason, amountMinor, percent: share, basisMinor }) => {
    const basis = basisMinor === undefined ? undefined : amount(basisMinor, language);
    const signed = amount(kind === 'allowance' ? -amountMinor : amountMinor, language);
    const ofBasis = share && texts.shareOf(`${decimal(share, language)}${language === 'de' ? '\u00A0' : ''}%`, basis);
    return { text: texts.allowance(kind, reason, signed, ofBasis), style: TYPE.detail };
  });

function headingBlock({ sheet, model, spacing, part, width }: Place, section: InvoiceSection, suffix = ''): Block {
  const above = spacing.aboveHeading;
  const { title, servicePeriod } = section;
  const draw = (baseline: number) => {
    sheet.text(title, LEFT, baseline, TYPE.heading);
    if (suffix) sheet.text(suffix, LEFT + sheet.width(title, TYPE.heading) + 1.5, baseline, TYPE.label);
    sheet.text(period(servicePeriod.from, servicePeriod.to, model.language), RIGHT, baseline, TYPE.label, 'right');
  };
  return {
    height: above + pitch(TYPE.heading.size) + 1,
    keepWithNext: true,
    draw: (top) =>
      inRow(sheet, part, () =>
        sheet.tag('TH', () => draw(top + above + ascent(TYPE.heading.size)), { scope: 'Row', columns: width }),
      ),
  };
}

function endOfSection(place: Place, section: InvoiceSection, keepWithNext: boolean): Block[] {
  const { model, spacing } = place;
  const isLast = model.sections.at(-1) === section;
  const after = { ...gap(isLast ? spacing.beforeTotals : spacing.afterSection), keepWithNext };
  // the subtotal of an only section would say the same as the net total below it
  return model.sections.length === 1 ? [after] : [subtotalBlock(place, section), after];
}

function subtotalBlock({ sheet, model, texts, part, width }: Place, section: InvoiceSection): Block {
  const subtotal = amount(section.subtotalMinor, model.language);
  const style = fitted(sheet, subtotal, RIGHT - SUBTOTAL_LABEL - 2, TYPE.strong);
  return {
    height: pitch(TYPE.strong.size) + 2.4,
    keepWithNext: true,
    draw: (top) => {
      const baseline = top + 1.5 + ascent(TYPE.strong.size);
      const label = () =>
        sheet.text(`${texts.subtotal} ${section.title}`, SUBTOTAL_LABEL, baseline, TYPE.label, 'right');
      inRow(sheet, part, () => {
        sheet.tag('TH', label, { scope: 'Row', columns: width - 1 });
        sheet.tag('TD', () => sheet.text(subtotal, RIGHT, baseline, style, 'right'));
      });
    },
  };
}
