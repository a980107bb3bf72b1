import { cut } from '../kernel/cut.ts';
import { AppError } from '../kernel/errors.ts';
import type { Face } from './fonts.ts';

const INVISIBLE = /[\u00AD\u061C\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF]|[\uFE00-\uFE0F]/g;
/** Become plain spaces once a text is wrapped. */
export const NO_BREAK_SPACES = /[\u00A0\u2007\u202F]/g;

/** Code points above take two units of a string. */
const LAST_OF_ONE_UNIT = 0xffff;

/**
 * The text as it is put on paper: composed (NFC), invisible formatting removed, runs of white space made one space.
 * No-break spaces become plain ones, so call it after wrapping.
 * @throws AppError `DOCUMENT_GLYPH_MISSING` (422) with `text`, `character` and `codePoint`, when the face lacks a
 *         character: PDF/A forbids the empty box (e-invoice.md), and a blank in an invoice would go unseen
 */
export function drawable(text: string, face: Face): string {
  const drawn = visible(text).replace(NO_BREAK_SPACES, ' ');
  // by index: an iterator makes an object of each character, and an invoice has tens of thousands
  for (let index = 0; index < drawn.length; index += 1) {
    const codePoint = drawn.codePointAt(index)!;
    if (!face.covers(codePoint)) throw glyphMissing(text, String.fromCodePoint(codePoint));
    if (codePoint > LAST_OF_ONE_UNIT) index += 1;
  }
  return drawn;
}

/** The text with every character the face lacks replaced by `□`; for texts that inform and do not bind. */
export function withoutMissingGlyphs(text: string, face: Face): string {
  return Array.from(visible(text), (character) => (face.covers(character.codePointAt(0)!) ? character : '□')).join('');
}

/** The text composed (NFC), without invisible formatting, with white space made single; no-break spaces stay. */
export function visible(text: string): string {
  return text
    .normalize('NFC')
    .replace(INVISIBLE, '')
    .replace(/[ \t\n\v\f\r\u0085\u2028\u2029]+/g, ' ');
}

function glyphMissing(text: string, character: string): AppError {
  const codePoint = `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
  return new AppError(422, 'DOCUMENT_GLYPH_MISSING', `The font cannot print ${codePoint} in "${cut(text, 80)}"`, {
    text,
    character,
    codePoint,
  });
}
