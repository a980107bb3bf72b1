import { withoutMissingGlyphs } from '../../../shared/documents/drawable.ts';
import { face } from '../../../shared/documents/fonts.ts';
import { drawInOneLine } from '../../../shared/documents/letter.ts';
import type { Sheet } from '../../../shared/documents/sheet.ts';
import type { TextStyle } from '../../../shared/documents/style.ts';
import { drawCode128, drawQrCode } from './barcodes.ts';
import { clipped } from './clip.ts';
import type { Label } from './label-model.ts';
import type { LabelTexts } from './label-texts.ts';

// Printers of this roll (Brother DK-11209) leave 1.6 mm free at the sides and 3 mm above and below: nothing stands there.
const LEFT = 2.2;
const RIGHT = 59.8;
const TOP = 3.1;
const BOX = 8.6;
const QR = 10.5;
/** Four dots of a printer with 300 dpi. */
const BAR = 4 * (25.4 / 300);

const INK = '#000000';
const PAPER = '#FFFFFF';
const NAME: TextStyle = { face: 'bold', size: 7.2, color: INK };
const PLAIN: TextStyle = { face: 'regular', size: 6.4, color: INK };
const STRONG: TextStyle = { face: 'bold', size: 7, color: INK };
const HINT: TextStyle = { face: 'bold', size: 7.4, color: PAPER };
const CODE: TextStyle = { face: 'bold', size: 7.6, color: INK, tracking: 0.4 };

/** Draws a label for an item or a box on the roll of 62 × 29 mm. */
export function drawSmallLabel(sheet: Sheet, label: Label, texts: LabelTexts): void {
  drawQrCode(sheet, label.code, RIGHT - QR, TOP, QR);
  drawBox(sheet, label);
  const left = LEFT + BOX + 1.6;
  const width = RIGHT - QR - 2.4 - left;
  const free = (text: string) => withoutMissingGlyphs(text, face('regular'));
  const name = clipped(sheet, free(label.title), width, NAME, 2);
  name.forEach((line, index) => sheet.text(line, left, TOP + 2.2 + index * 3, NAME));
  const subtitle = clipped(sheet, free(label.subtitle), width, PLAIN, 1);
  sheet.text(subtitle[0] ?? '', left, TOP + 2.2 + name.length * 3 - 0.1, PLAIN);
  drawHint(sheet, label, texts);
  drawCode128(sheet, label.code, { x: LEFT, y: 17.2, width: RIGHT - LEFT, height: 6 }, BAR);
  sheet.text(label.code, LEFT, 25.9, CODE);
  const codeWidth = sheet.width(label.code, CODE);
  const reference = [label.returnNumber, `${texts.merchant} ${label.merchantNumber ?? texts.unknownMerchant}`]
    .filter((part) => part !== null)
    .join('  ·  ');
  drawInOneLine(sheet, reference, RIGHT, 25.9, RIGHT - LEFT - codeWidth - 2, PLAIN, 'right');
}

/** The grade, which decides where a hand puts it; a box of a batch says that it is one. */
function drawBox(sheet: Sheet, { kind, grade }: Label): void {
  const sign = kind === 'batch' ? 'BOX' : (grade ?? '?');
  const size = kind === 'batch' ? 9 : 19;
  sheet.fill(LEFT, TOP, BOX, BOX, INK);
  const style: TextStyle = { face: 'bold', size, color: PAPER };
  sheet.text(sign, LEFT + BOX / 2, TOP + BOX / 2 + size * 0.3528 * 0.365, style, 'center');
}

function drawHint(sheet: Sheet, { hint, quantity, kind }: Label, texts: LabelTexts): void {
  const top = TOP + BOX + 0.7;
  const text = texts.hints[hint].toUpperCase();
  const width = sheet.width(text, HINT) + 2.4;
  sheet.fill(LEFT, top, width, 3.9, INK);
  sheet.text(text, LEFT + 1.2, top + 2.9, HINT);
  // an open box fills up, so what is in it now would soon be wrong
  const left = LEFT + width + 1.6;
  if (kind === 'item') drawInOneLine(sheet, texts.pieces(quantity), left, top + 2.85, RIGHT - QR - 2 - left, STRONG);
}
