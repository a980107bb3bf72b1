import { visible } from './drawable.ts';

/**
 * Breaks a text into lines. Lines end at spaces and after hyphens and slashes; a piece wider than the line is cut
 * between characters. Line feeds in the text are kept, no-break spaces hold.
 * @param measure  width of a piece, in the unit of `limit`
 * @returns at least one line; an empty text gives one empty line
 */
export function wrapText(text: string, limit: number, measure: (part: string) => number): string[] {
  return text.split(/\r?\n/).flatMap((paragraph) => wrapParagraph(visible(paragraph).trim(), limit, measure));
}

function wrapParagraph(text: string, limit: number, measure: (part: string) => number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of text.split(/(?<=[ \u2010\u2013/])|(?<=\p{L}-)(?=\p{L})/u)) {
    if (measure((line + piece).trimEnd()) <= limit) {
      line += piece;
      continue;
    }
    if (line) lines.push(line.trimEnd());
    const cut = cutToWidth(piece, limit, measure);
    lines.push(...cut.slice(0, -1));
    line = cut.at(-1)!;
  }
  return [...lines, line.trimEnd()];
}

function cutToWidth(piece: string, limit: number, measure: (part: string) => number): string[] {
  const parts: string[] = [];
  let part = '';
  for (const character of piece) {
    if (part && measure((part + character).trimEnd()) > limit) {
      parts.push(part);
      part = '';
    }
    part += character;
  }
  return [...parts, part];
}
