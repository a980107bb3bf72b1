import { visible } from '../../../../shared/documents/drawable.ts';
import { face } from '../../../../shared/documents/fonts.ts';
import { cut } from '../../../../shared/kernel/cut.ts';
import { AppError } from '../../../../shared/kernel/errors.ts';
import type { InvoiceModel } from '../invoice-model.ts';

/** Not on paper, or there with a sign in place of what is missing because it only informs. */
const UNPRINTED = new Set(['detail', 'address', 'contactName', 'logo']);

/**
 * Looks for characters that the font cannot print in all that binds, before anything is drawn: half a name would be
 * another name, and Hebrew or Arabic letters one by one from left to right no text.
 * @throws AppError `DOCUMENT_GLYPH_MISSING` (422) with `field`, such as `buyer.name`, and the `character`
 */
export function assertPrintable(model: InvoiceModel): void {
  visit(model, '');
}

function visit(value: unknown, field: string): void {
  if (typeof value === 'string') return checkText(value, field);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    if (UNPRINTED.has(key) || (key === 'email' && field === 'buyer')) continue;
    // people count from 1
    const name = Array.isArray(value) ? String(Number(key) + 1) : key;
    visit(part, field ? `${field}.${name}` : name);
  }
}

function checkText(text: string, field: string): void {
  for (const character of visible(text)) {
    const code = character.codePointAt(0)!;
    if (face('regular').covers(code) && face('bold').covers(code)) continue;
    const codePoint = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
    throw new AppError(
      422,
      'DOCUMENT_GLYPH_MISSING',
      `The font cannot print ${codePoint} in ${field}: "${cut(text, 80)}"`,
      {
        ...{ field, text: cut(text, 80), character, codePoint },
      },
    );
  }
}
