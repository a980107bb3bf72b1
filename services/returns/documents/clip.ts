import type { Sheet } from '../../../shared/documents/sheet.ts';
import type { TextStyle } from '../../../shared/documents/style.ts';

/**
 * The first lines of a text; where more would follow, the last one ends with an ellipsis.
 * @param width  of a line in millimetres
 */
export function clipped(sheet: Sheet, text: string, width: number, style: TextStyle, lines: number): string[] {
  const all = sheet.wrap(text, width, style);
  if (all.length <= lines) return all;
  const kept = all.slice(0, lines);
  const [last = ''] = sheet.wrap(kept.at(-1)!, width - sheet.width('…', style), style);
  return [...kept.slice(0, -1), `${last.trimEnd()}…`];
}
