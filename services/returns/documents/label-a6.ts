import { withoutMissingGlyphs } from '../../../shared/documents/drawable.ts';
import { face } from '../../../shared/documents/fonts.ts';
import { drawInOneLine } from '../../../shared/documents/letter.ts';
import type { Sheet } from '../../../shared/documents/sheet.ts';
import type { TextStyle } from '../../../shared/documents/style.ts';
import { fitted } from '../../../shared/documents/table.ts';
import { drawCode128, drawQrCode } from './barcodes.ts';
import { clipped } from './clip.ts';
import type { Label } from './label-model.ts';
import type { LabelTexts } from './label-texts.ts';

const LEFT = 6;
const RIGHT = 99;
const BOX = 28;
const QR = 31.5;
/** Five dots of a printer with 203 dpi. */
const BAR = 5 * (25.4 / 203);

const INK = '#000000';
const PAPER = '#FFFFFF';
const HINT: TextStyle = { face: 'bold', size: 30, color: PAPER };
const NAME: TextStyle = { face: 'bold', size: 16, color: INK };
const SUBTITLE: TextStyle = { face: 'regular', size: 13, color: INK };
const CAPTION: TextStyle = { face: 'regular', size: 8.5, color: INK };
const VALUE: TextStyle = { face: 'bold', size: 13, color: INK };
const CODE: TextStyle = { face: 'bold', size: 18, color: INK, tracking: 1.2 };

/** Draws a label for a pallet, a shelf or a box on a sheet of A6, readable from two metres away. */
export function drawSheetLabel(sheet: Sheet, label: Label, texts: LabelTexts): void {
  const free = (text: string) => withoutMissingGlyphs(text, face('regular'));
  drawBanner(sheet, texts.hints[label.hint].toUpperCase());
  drawBox(sheet, label);
  const left = LEFT + BOX + 5;
  const lines = clipped(sheet, free(label.title), RIGHT - left, NAME, 3);
  lines.forEach((line, index) => sheet.text(line, left, 33.2 + index * 7, NAME));
  const [subtitle = ''] = clipped(sheet, free(label.subtitle), RIGHT - left, SUBTITLE, 1);
  sheet.text(subtitle, left, 33.2 + lines.length * 7, SUBTITLE);
  drawFacts(sheet, factsOf(label, texts));
  drawQrCode(sheet, label.code, RIGHT - QR, 74, QR);
  drawCode128(sheet, label.code, { x: LEFT, y: 113, width: RIGHT - LEFT, height: 18 }, BAR);
  sheet.text(label.code, (LEFT + RIGHT) / 2, 139.5, CODE, 'center');
}

function drawBanner(sheet: Sheet, text: string): void {
  sheet.fill(LEFT, 6, RIGHT - LEFT, 16, INK);
  const style = fitted(sheet, text, RIGHT - LEFT - 6, HINT);
  sheet.text(text, (LEFT + RIGHT) / 2, 14 + style.size * 0.3528 * 0.365, style, 'center');
}

function drawBox(sheet: Sheet, { kind, grade }: Label): void {
  const size = kind === 'batch' ? 28 : 66;
  sheet.fill(LEFT, 27, BOX, BOX, INK);
  const style: TextStyle = { face: 'bold', size, color: PAPER };
  const sign = kind === 'batch' ? 'BOX' : (grade ?? '?');
  sheet.text(sign, LEFT + BOX / 2, 27 + BOX / 2 + size * 0.3528 * 0.365, style, 'center');
}

function factsOf(label: Label, texts: LabelTexts): [caption: string, value: string][] {
  const { kind, quantity, merchantNumber, returnNumber, orderNumber } = label;
  return [
    ...(kind === 'item' ? [[texts.quantity, texts.pieces(quantity)] as [string, string]] : []),
    [texts.merchant, merchantNumber ?? texts.unknownMerchant],
    ...(returnNumber ? [[texts.returnNumber, returnNumber] as [string, string]] : []),
    ...(orderNumber ? [[texts.orderNumber, orderNumber] as [string, string]] : []),
  ];
}

function drawFacts(sheet: Sheet, facts: readonly [caption: string, value: string][]): void {
  const width = RIGHT - QR - 6 - LEFT;
  facts.forEach(([caption, value], index) => {
    const top = 67 + index * 11.4;
    sheet.text(caption, LEFT, top, CAPTION);
    drawInOneLine(sheet, value, LEFT, top + 5.4, width, VALUE);
  });
}
