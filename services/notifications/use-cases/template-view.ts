import type { Language } from '../../../shared/documents/formats.ts';
import type {
  MessageTemplateView,
  SlotName,
  TemplateKind,
} from '../../../shared/protocol/notifications/template-actions.ts';
import { textsInForce, type OwnTexts } from '../persistence/template-texts.ts';
import { letterOf } from '../templates/index.ts';
import { placeholdersIn } from '../templates/own-texts.ts';
import { slotRule } from '../templates/slots.ts';

export interface TemplateKey {
  kind: TemplateKind;
  language: Language;
  merchantId: string | null;
}

/** The texts of a kind of mail, at one place: for the house, or for one merchant on top of the house. */
export function templateView(key: TemplateKey, all: readonly OwnTexts[], zone: string): MessageTemplateView {
  const { kind, language, merchantId } = key;
  const letter = letterOf(kind);
  const own = all.find((row) => row.merchantId === merchantId && row.kind === kind && row.language === language);
  // for a merchant the house's own texts are what is said without one
  const house = merchantId === null ? {} : textsInForce(all, { ...key, merchantId: null });
  return {
    ...{ kind, language, merchantId },
    version: own?.version ?? 0,
    updatedAt: own ? new Date(own.updatedAt).toISOString() : null,
    slots: (Object.entries(letter.slots[language]) as [SlotName, string][]).map(([name, text]) => ({
      name,
      ...slotRule(name),
      standard: house[name] ?? text,
      override: own?.texts[name] ?? null,
    })),
    placeholders: [...placeholdersIn(letter, language, zone)].map(([name, sample]) => ({ name, sample })),
  };
}
