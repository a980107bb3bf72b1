import bwipjs from 'bwip-js/node';
import type { Sheet } from '../../../shared/documents/sheet.ts';

/** Codes are black, whatever the accent of a document is: a scanner sees red as white. */
const BLACK = '#000000';
/** Neighbouring rows overlap by it, so that no viewer draws a light seam between them; millimetres. */
const OVERLAP = 0.01;
/** ISO/IEC 15417: light modules on both sides of a Code 128. */
const QUIET_MODULES = 10;

/**
 * Draws a Code 128 (ISO/IEC 15417) of printable ASCII, centred in a box.
 * @param module  width of the narrowest bar in millimetres, made smaller where the box is too narrow; scanners of
 *                labels want at least 0.25 mm
 * @returns the width of a module as drawn
 */
export function drawCode128(
  sheet: Sheet,
  text: string,
  box: { x: number; y: number; width: number; height: number },
  module: number,
): number {
  const widths = barsOf(text);
  const modules = widths.reduce((sum, width) => sum + width, 0);
  const drawn = Math.min(module, box.width / (modules + 2 * QUIET_MODULES));
  let x = box.x + (box.width - modules * drawn) / 2;
  widths.forEach((width, index) => {
    if (index % 2 === 0) sheet.fill(x, box.y, width * drawn, box.height, BLACK);
    x += width * drawn;
  });
  return drawn;
}

/**
 * Draws a QR code (ISO/IEC 18004) with its top left corner at a point. It needs four light modules around it, which
 * are the caller's.
 * @param size  of the whole code in millimetres
 */
export function drawQrCode(sheet: Sheet, text: string, x: number, y: number, size: number): void {
  const { cells, columns } = squaresOf(text);
  const module = size / columns;
  for (let row = 0; row < cells.length / columns; row += 1) {
    const line = cells.slice(row * columns, (row + 1) * columns);
    for (const { from, length } of darkRuns(line))
      sheet.fill(x + from * module, y + row * module, length * module, module + OVERLAP, BLACK);
  }
}

/** Widths of bars and spaces in turn, beginning with a bar. */
function barsOf(text: string): number[] {
  const [code] = bwipjs.raw('code128', text) as { sbs: number[] }[];
  return code!.sbs;
}

/** Level Q: a quarter of the code may be dirty or torn. */
function squaresOf(text: string): { cells: number[]; columns: number } {
  const [code] = bwipjs.raw('qrcode', text, 'eclevel=Q') as { pixs: number[]; pixx: number }[];
  return { cells: code!.pixs, columns: code!.pixx };
}

function darkRuns(line: readonly number[]): { from: number; length: number }[] {
  const runs: { from: number; length: number }[] = [];
  line.forEach((cell, index) => {
    const last = runs.at(-1);
    if (cell === 0) return;
    if (last && last.from + last.length === index) last.length += 1;
    else runs.push({ from: index, length: 1 });
  });
  return runs;
}
