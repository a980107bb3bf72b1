import type { Block } from './flow.ts';
import type { Sheet } from './sheet.ts';
import { ascent, LEFT, pitch, RIGHT } from './style.ts';
import type { TextStyle } from './style.ts';

/** A paragraph or heading over the full width, with so many millimetres of space below. */
export function textBlock(sheet: Sheet, text: string, style: TextStyle, below = 1.5, role: 'P' | 'H2' = 'P'): Block {
  const lines = sheet.wrap(text, RIGHT - LEFT, style);
  const step = pitch(style.size);
  return {
    height: lines.length * step + below,
    draw: (top) =>
      sheet.tag(role, () =>
        lines.forEach((line, index) => sheet.text(line, LEFT, top + ascent(style.size) + index * step, style)),
      ),
  };
}
