import type { Language } from '../../../shared/documents/formats.ts';
import {
  templateTexts,
  type SlotName,
  type TemplateTexts,
} from '../../../shared/protocol/notifications/template-actions.ts';
import { fill, type Values } from './fill.ts';
import { WORDS } from './words.ts';

/** The texts of a kind of mail in one language that can be replaced. */
export type SlotTexts = Partial<Record<SlotName, string>>;

interface SlotRule {
  maxLength: number;
  multiline: boolean;
  mandatory: boolean;
}

const ONE_LINERS: readonly SlotName[] = ['subject', 'preheader', 'heading', 'greeting'];

/** What may stand in a slot, as the schema of the request says it. */
export function slotRule(name: SlotName): SlotRule {
  const schema = templateTexts.shape[name].unwrap();
  return {
    maxLength: schema.maxLength ?? 0,
    multiline: !ONE_LINERS.includes(name),
    mandatory: (schema.minLength ?? 0) > 0,
  };
}

/** What a slot says with its values filled in. */
export type Say = (name: SlotName) => string;

/**
 * Reads the slots of a mail: a text of one's own before the standard one. One that does not fit its values any more,
 * because a placeholder is gone, gives way to the standard: a mail in other words is better than none.
 */
export const speaker =
  (standard: SlotTexts, own: TemplateTexts, values: Values): Say =>
  (name) => {
    const text = standard[name] ?? '';
    const ownText = own[name];
    if (ownText === undefined) return fill(text, values);
    try {
      return fill(ownText, values);
    } catch {
      return fill(text, values);
    }
  };

/** Greeting and what follows it, as one paragraph. */
export const opening = (...texts: string[]): { type: 'paragraph'; text: string }[] => {
  const text = texts.filter(Boolean).join('\n\n');
  return text ? [{ type: 'paragraph', text }] : [];
};

/** Blocks for a text that may be left out. */
export const hint = (text: string): { type: 'hint'; text: string }[] => (text ? [{ type: 'hint', text }] : []);

/** The replaceable ones among the texts of a kind of mail, and the greeting that all share. */
export function slotsOf(texts: Record<Language, SlotTexts>, names: readonly SlotName[]): Record<Language, SlotTexts> {
  const of = (language: Language): SlotTexts => ({
    ...Object.fromEntries(names.map((name) => [name, texts[language][name] ?? ''])),
    greeting: WORDS[language].greeting,
  });
  return { de: of('de'), en: of('en') };
}
