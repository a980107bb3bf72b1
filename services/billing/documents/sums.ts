import type { Sheet } from '../../../shared/documents/sheet.ts';
import { COLORS, RIGHT } from '../../../shared/documents/style.ts';
import type { TextStyle } from '../../../shared/documents/style.ts';
import { fitted, inRow, tablePart } from '../../../shared/documents/table.ts';

const SUMS_LEFT = 118;
/** From one sum to the next, in millimetres. */
export const SUM_STEP = 5.2;
const BELOW = 8.5;

export interface Sum {
  label: string;
  value: string;
  style: TextStyle;
}

export const heightOfSums = (sums: readonly Sum[]): number => (sums.length - 1) * SUM_STEP + BELOW;

/** Sums one below the other at the right, the last one, what they come to, below a rule. */
export function drawSums(sheet: Sheet, sums: readonly Sum[], top: number): void {
  const part = tablePart();
  sums.forEach(({ label, value, style }, index) => {
    const isLast = index === sums.length - 1;
    const y = top + 4 + index * SUM_STEP + (isLast ? 3 : 0);
    if (isLast) sheet.rule(SUMS_LEFT, y - 6, RIGHT, y - 6, COLORS.accent, 0.35);
    inRow(sheet, part, () => {
      sheet.tag('TH', () => sheet.text(label, SUMS_LEFT, y, style), { scope: 'Row' });
      const width = RIGHT - SUMS_LEFT - sheet.width(label, style) - 3;
      sheet.tag('TD', () => drawFigure(sheet, value, RIGHT, y, style, width));
    });
  });
}

/** A figure in one line, made smaller where it must be. */
export const drawFigure = (
  sheet: Sheet,
  text: string,
  right: number,
  y: number,
  style: TextStyle,
  width: number,
): void => sheet.text(text, right, y, fitted(sheet, text, width, style), 'right');
