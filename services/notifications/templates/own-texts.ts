import { cut } from '../../../shared/kernel/cut.ts';
import type { FieldError } from '../../../shared/kernel/errors.ts';
import type { Language } from '../../../shared/documents/formats.ts';
import type { SlotName, TemplateTexts } from '../../../shared/protocol/notifications/template-actions.ts';
import { headerLine } from './content.ts';
import { fill, placeholdersOf, strayBraces, type Values } from './fill.ts';
import { slotRule } from './slots.ts';
import type { LetterTemplate, Reader } from './template.ts';

/** The merchant that samples are written to. */
export const sampleReader = (language: Language): Reader => ({ name: 'Muster Wohnen GmbH', number: '10042', language });

/** The names of everything a kind of mail may name, with sample values. */
export function placeholdersIn(letter: LetterTemplate<unknown>, language: Language, zone: string): Map<string, string> {
  return new Map(leaves(letter.values(letter.sample(language), sampleReader(language), zone)));
}

/**
 * What is wrong with texts of one's own: a slot this kind does not have, a placeholder that nothing stands for, braces
 * that are not closed, a subject that would be empty.
 */
export function faultsOf(
  letter: LetterTemplate<unknown>,
  language: Language,
  zone: string,
  texts: TemplateTexts,
): FieldError[] {
  const values = letter.values(letter.sample(language), sampleReader(language), zone);
  const known = new Map(leaves(values));
  return Object.entries(texts).flatMap(([name, text = '']) => {
    const path = `texts.${name}`;
    const slot = name as SlotName;
    if (letter.slots[language][slot] === undefined)
      return [{ path, code: 'UNKNOWN_SLOT', message: 'This mail has no such text' }];
    if (strayBraces(text)) return [{ path, code: 'UNCLOSED_PLACEHOLDER', message: 'A {{ or }} stands alone' }];
    const unknown = placeholdersOf(text).find((placeholder) => !known.has(placeholder));
    if (unknown !== undefined)
      return [{ path, code: 'UNKNOWN_PLACEHOLDER', message: `Nothing stands for {{${cut(unknown, 60)}}}` }];
    if (slotRule(slot).mandatory && !headerLine(fill(text, values)))
      return [{ path, code: 'BLANK', message: 'Nothing would be seen of this' }];
    return [];
  });
}

function leaves(values: Values, prefix = ''): [name: string, value: string][] {
  return Object.entries(values).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + name, value]] : leaves(value, `${prefix}${name}.`),
  );
}
