import type { Block } from '../../../shared/documents/flow.ts';
import { gap } from '../../../shared/documents/flow.ts';
import { amount, date, groupedIban, money, percent } from '../../../shared/documents/formats.ts';
import { drawInOneLine } from '../../../shared/documents/letter.ts';
import { textBlock } from '../../../shared/documents/paragraph.ts';
import type { Sheet } from '../../../shared/documents/sheet.ts';
import { COLORS, LEFT, pitch, RIGHT, TYPE } from '../../../shared/documents/style.ts';
import type { TextStyle } from '../../../shared/documents/style.ts';
import { fitted } from '../../../shared/documents/table.ts';
import type { InvoiceModel } from './invoice-model.ts';
import type { Spacing } from './invoice-spacing.ts';
import type { InvoiceTexts } from './invoice-texts.ts';

const SUMS_LEFT = 118;
const VAT_EDGES = [56, 82, 106] as const;
const STEP = 5.2;
const SUMS_HEIGHT = 2 * STEP + 8.5;

/** Totals with the tax remarks and the payment box, kept together. */
export function closingBlocks(sheet: Sheet, model: InvoiceModel, texts: InvoiceTexts, spacing: Spacing): Block[] {
  const sums = [totalsBlock(sheet, model, texts), ...noteBlocks(sheet, model, texts)];
  const payment = model.grossMinor > 0 ? [gap(spacing.beforePayment), paymentBlock(sheet, model, texts)] : [];
  const blocks = [...sums, ...payment];
  return blocks.map((block, index) => ({ ...block, keepWithNext: index < blocks.length - 1 }));
}

function totalsBlock(sheet: Sheet, model: InvoiceModel, texts: InvoiceTexts): Block {
  return {
    height: Math.max(model.vat.length * STEP + 6.5, SUMS_HEIGHT),
    draw: (top) => {
      drawVatTable(sheet, model, texts, top);
      drawSums(sheet, model, texts, top);
    },
  };
}

function drawVatTable(sheet: Sheet, model: InvoiceModel, texts: InvoiceTexts, top: number): void {
  const [label, basis, tax] = VAT_EDGES;
  let y = top + 4;
  sheet.text(texts.vatTable.vat, LEFT, y, TYPE.columnHead);
  sheet.text(texts.vatTable.basis, basis, y, TYPE.columnHead, 'right');
  sheet.text(texts.vatTable.tax, tax, y, TYPE.columnHead, 'right');
  sheet.rule(LEFT, y + 1.5, tax, y + 1.5, COLORS.faint, 0.2);
  y += 0.6;
  for (const vat of model.vat) {
    y += STEP;
    const name = texts.vatLabel[vat.category](percent(vat.rateBasisPoints, model.language));
    sheet.text(name, LEFT, y, fitted(sheet, name, label - LEFT, TYPE.body));
    drawFigure(sheet, amount(vat.basisMinor, model.language), basis, y, TYPE.body, 25);
    drawFigure(sheet, amount(vat.vatMinor, model.language), tax, y, TYPE.body, 22);
  }
}

function drawSums(sheet: Sheet, model: InvoiceModel, texts: InvoiceTexts, top: number): void {
  const inCurrency = (minor: number) => money(minor, model.currency, model.language);
  const row = (label: string, value: string, y: number, style: TextStyle) => {
    sheet.text(label, SUMS_LEFT, y, style);
    drawFigure(sheet, value, RIGHT, y, style, RIGHT - SUMS_LEFT - sheet.width(label, style) - 3);
  };
  row(texts.net, inCurrency(model.netMinor), top + 4, TYPE.body);
  row(texts.vatSum, inCurrency(model.vatMinor), top + 4 + STEP, TYPE.body);
  sheet.rule(SUMS_LEFT, top + 4 + STEP + 2.2, RIGHT, top + 4 + STEP + 2.2, COLORS.accent, 0.35);
  row(texts.gross, inCurrency(model.grossMinor), top + 4 + 2 * STEP + 3, TYPE.total);
}

const drawFigure = (sheet: Sheet, text: string, right: number, y: number, style: TextStyle, width: number): void =>
  sheet.text(text, right, y, fitted(sheet, text, width, style), 'right');

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

function paymentBlock(sheet: Sheet, model: InvoiceModel, texts: InvoiceTexts): Block {
  const inset = 5;
  const { payment } = texts;
  const due = date(model.dueDate, model.language);
  const gross = money(model.grossMinor, model.currency, model.language);
  const request = sheet.wrap(payment.request(gross, due), RIGHT - LEFT - 2 * inset, TYPE.strong);
  const { bank, name } = model.seller;
  const left = [
    [payment.amount, gross],
    [payment.due, due],
    [payment.reference, `${model.number} / ${model.buyer.merchantNumber}`],
    [payment.terms, payment.termsDays(model.paymentTermsDays)],
  ] as const;
  const right = [
    [payment.payee, name],
    [payment.iban, groupedIban(bank.iban)],
    [payment.bic, bank.bic],
    [payment.bank, bank.name],
  ] as const;
  const requestHeight = request.length * pitch(TYPE.strong.size);
  const height = 2 * inset + requestHeight + left.length * STEP - 0.5;
  return {
    height,
    draw: (top) => {
      sheet.fill(LEFT, top, RIGHT - LEFT, height, COLORS.tint);
      sheet.fill(LEFT, top, 0.9, height, COLORS.accent);
      const x = LEFT + inset;
      request.forEach((line, index) =>
        sheet.text(line, x, top + inset + 2.4 + index * pitch(TYPE.strong.size), TYPE.strong),
      );
      const first = top + inset + requestHeight + 5;
      drawPairs(sheet, left, { x, valueX: x + 31, right: 106, first }, (value, at, y, width) =>
        sheet.text(value, at, y, fitted(sheet, value, width, TYPE.body)),
      );
      drawPairs(sheet, right, { x: 111, valueX: 130, right: RIGHT - 4, first }, (value, at, y, width) =>
        drawInOneLine(sheet, value, at, y, width, TYPE.body),
      );
    },
  };
}

function drawPairs(
  sheet: Sheet,
  pairs: readonly (readonly [label: string, value: string])[],
  at: { x: number; valueX: number; right: number; first: number },
  draw: (value: string, x: number, y: number, width: number) => void,
): void {
  pairs.forEach(([label, value], index) => {
    const y = at.first + index * STEP;
    sheet.text(label, at.x, y, TYPE.label);
    draw(value, at.valueX, y, at.right - at.valueX);
  });
}
