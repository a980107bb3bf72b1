import { visible, withoutMissingGlyphs } from '../../../../shared/documents/drawable.ts';
import { face } from '../../../../shared/documents/fonts.ts';
import { cut } from '../../../../shared/kernel/cut.ts';
import { AppError } from '../../../../shared/kernel/errors.ts';
import type { Content } from '../mirrored-model.ts';

/** Not on paper, or there with a sign in place of what is missing because it only informs. */
const UNPRINTED = new Set(['detail', 'reference', 'address', 'contactName', 'logo']);
/** Both faces have all of ASCII. */
const PLAIN = /^[\x20-\x7E]*$/;

/** A text that cannot be printed. */
export interface Unprintable {
  /** Such as `buyer.name`; people count from 1. */
  field: string;
  text: string;
  /** The first that the font lacks. */
  character: string;
  codePoint: string;
}

/**
 * Looks for characters that the font cannot print in all that binds, before anything is drawn: half a name would be
 * another name, and Hebrew or Arabic letters one by one from left to right no text.
 * @throws AppError `DOCUMENT_GLYPH_MISSING` (422) with `field`, such as `buyer.name`, and the `character`
 */
export function assertPrintable(content: Content): void {
  for (const { field, text, character, codePoint } of unprintable(content))
    throw new AppError(422, 'DOCUMENT_GLYPH_MISSING', `The font cannot print ${codePoint} in ${field}: "${text}"`, {
      field,
      text,
      character,
      codePoint,
    });
}

/** The texts of a content, or of a part of one, that bind and cannot be printed. */
export function* unprintable(value: unknown, field = ''): Generator<Unprintable> {
  if (typeof value === 'string') {
    const character = missingGlyph(value);
    if (character !== undefined) yield { field, text: cut(value, 80), character, codePoint: codePointOf(character) };
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    if (UNPRINTED.has(key) || (key === 'email' && field === 'buyer')) continue;
    const name = Array.isArray(value) ? String(Number(key) + 1) : key;
    yield* unprintable(part, field ? `${field}.${name}` : name);
  }
}

/** The first character of a text that no document can show; `undefined` when it shows all of it. */
export function missingGlyph(text: string): string | undefined {
  if (PLAIN.test(text)) return undefined;
  return Array.from(visible(text)).find((character) => {
    const code = character.codePointAt(0)!;
    return !face('regular').covers(code) || !face('bold').covers(code);
  });
}

/**
 * A part of a content with `□` for what cannot be printed and for texts that say nothing, for what binds nobody because it
 * was never released.
 */
export function madePrintable<Part>(part: Part): Part {
  if (typeof part === 'string') return printable(part) as unknown as Part;
  if (Array.isArray(part)) return part.map(madePrintable) as unknown as Part;
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, madePrintable(value)])) as Part;
}

function printable(text: string): string {
  if (visible(text).trim() === '') return '□';
  if (missingGlyph(text) === undefined) return text;
  return withoutMissingGlyphs(withoutMissingGlyphs(text, face('regular')), face('bold'));
}

const codePointOf = (character: string): string =>
  `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
