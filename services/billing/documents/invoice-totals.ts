import type { Block } from '../../../shared/documents/flow.ts';
import { gap } from '../../../shared/documents/flow.ts';
import { amount, date, money, percent } from '../../../shared/documents/formats.ts';
import { textBlock } from '../../../shared/documents/paragraph.ts';
import type { Sheet } from '../../../shared/documents/sheet.ts';
import { COLORS, LEFT, TYPE } from '../../../shared/documents/style.ts';
import type { TextStyle } from '../../../shared/documents/style.ts';
import { fitted, inRow, tablePart } from '../../../shared/documents/table.ts';
import type { InvoiceModel } from './invoice-model.ts';
import { paymentBlocks } from './invoice-payment.ts';
import type { Spacing } from './spacing.ts';
import type { InvoiceTexts } from './invoice-texts.ts';
import { drawFigure, drawSums, heightOfSums, SUM_STEP, type Sum } from './sums.ts';

/** What the law wants said stands apart from the total, which is in large type. */
const BEFORE_NOTES = 2;
const VAT_EDGES = [56, 82, 106] as const;

/** Totals with the tax remarks and the payment box, kept together. */
export function closingBlocks(sheet: Sheet, model: InvoiceModel, texts: InvoiceTexts, spacing: Spacing): Block[] {
  const payment = paymentBlocks(sheet, model, texts);
  const notes = noteBlocks(sheet, model, texts);
  const blocks = [
    totalsBlock(sheet, model, texts),
    ...(notes.length ? [gap(BEFORE_NOTES), ...notes] : []),
    ...(payment.length ? [gap(spacing.beforePayment), ...payment] : []),
  ];
  return blocks.map((block, index) => ({ ...block, keepWithNext: index < blocks.length - 1 }));
}

function totalsBlock(sheet: Sheet, model: InvoiceModel, texts: InvoiceTexts): Block {
  const sums = sumsOf(model, texts);
  return {
    height: Math.max(model.vat.length * SUM_STEP + 6.5, heightOfSums(sums)),
    draw: (top) => {
      drawVatTable(sheet, model, texts, top);
      drawSums(sheet, sums, top);
    },
  };
}

function drawVatTable(sheet: Sheet, model: InvoiceModel, texts: InvoiceTexts, top: number): void {
  const [label, basis, tax] = VAT_EDGES;
  const part = tablePart();
  const head = (title: string, x: number, y: number, align?: 'right') =>
    sheet.tag('TH', () => sheet.text(title, x, y, TYPE.columnHead, align), { scope: 'Column' });
  const figure = (minor: number, right: number, y: number, width: number) =>
    sheet.tag('TD', () => drawFigure(sheet, amount(minor, model.language), right, y, TYPE.body, width));
  let y = top + 4;
  inRow(sheet, part, () => {
    head(texts.vatTable.vat, LEFT, y);
    head(texts.vatTable.basis, basis, y, 'right');
    head(texts.vatTable.tax, tax, y, 'right');
  });
  sheet.rule(LEFT, y + 1.5, tax, y + 1.5, COLORS.faint, 0.2);
  y += 0.6;
  for (const vat of model.vat) {
    y += SUM_STEP;
    const name = texts.vatLabel[vat.category](percent(vat.rateBasisPoints, model.language));
    inRow(sheet, part, () => {
      sheet.tag('TD', () => sheet.text(name, LEFT, y, fitted(sheet, name, label - LEFT, TYPE.body)));
      figure(vat.basisMinor, basis, y, 25);
      figure(vat.vatMinor, tax, y, 22);
    });
  }
}

/** Net, tax and total; below them what a credit balance paid and what is left to pay. */
function sumsOf(model: InvoiceModel, texts: InvoiceTexts): Sum[] {
  const { kind, netMinor, vatMinor, grossMinor, prepaidMinor } = model;
  const sum = (label: string, minor: number, style: TextStyle): Sum => ({
    label,
    value: money(minor, model.currency, model.language),
    style,
  });
  const rows = [sum(texts.net, netMinor, TYPE.body), sum(texts.vatSum, vatMinor, TYPE.body)];
  if (!prepaidMinor) return [...rows, sum(texts.gross[kind], grossMinor, TYPE.total)];
  return [
    ...rows,
    sum(texts.gross[kind], grossMinor, TYPE.strong),
    sum(texts.prepaid, -prepaidMinor, TYPE.body),
    sum(texts.payable, grossMinor - prepaidMinor, TYPE.total),
  ];
}

function noteBlocks(sheet: Sheet, model: InvoiceModel, texts: InvoiceTexts): Block[] {
  const { carriedOver, currency, language } = model;
  const notes = [
    ...model.vat.flatMap((vat) => vat.note ?? []),
    ...model.taxNotes,
    ...(carriedOver
      ? [texts.carriedOver(date(carriedOver.cutoff, language), money(carriedOver.netMinor, currency, language))]
      : []),
  ];
  return [...new Set(notes)].map((note) => textBlock(sheet, note, TYPE.body));
}
