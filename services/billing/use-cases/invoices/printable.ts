import { visible } from '../../../../shared/documents/drawable.ts';
import { invalidField } from '../../../../shared/kernel/errors.ts';

/** What documents can print; the fonts are read when somebody first asks. */
export const glyphs = () => import('../../documents/checks/glyphs.ts');

/**
 * Refuses a text that a document is to show and cannot, before anything is written.
 * @throws InvalidInput `NOT_PRINTABLE` naming the field
 */
export async function assertPrintableText(field: string, text: string): Promise<void> {
  const character = (await glyphs()).missingGlyph(text);
  if (character !== undefined)
    throw invalidField(
      field,
      'NOT_PRINTABLE',
      `Documents cannot show "${character}": use letters, digits and common signs`,
    );
  if (visible(text).trim() === '') throw invalidField(field, 'NOT_PRINTABLE', 'Nothing of this text would be seen');
}
