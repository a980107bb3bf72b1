import type { z } from 'zod';
import type { returnReason } from '../../../shared/protocol/merchants/return-policy.ts';

export type ReturnReason = z.output<typeof returnReason>;

/** Reasons the product is shipped with (C17); those without `kinds` are findings that fit every return. */
export const DEFAULT_REASONS: readonly ReturnReason[] = [
  { code: 'too_small', de: 'Zu klein', en: 'Too small', kinds: ['withdrawal', 'exchange'] },
  { code: 'too_large', de: 'Zu groß', en: 'Too large', kinds: ['withdrawal', 'exchange'] },
  { code: 'not_liked', de: 'Gefällt nicht', en: 'Not what I wanted', kinds: ['withdrawal', 'exchange'] },
  {
    code: 'not_as_described',
    de: 'Anders als beschrieben',
    en: 'Not as described',
    kinds: ['withdrawal', 'complaint'],
  },
  { code: 'ordered_wrong', de: 'Falsch bestellt', en: 'Ordered by mistake', kinds: ['withdrawal', 'exchange'] },
  { code: 'too_late', de: 'Zu spät geliefert', en: 'Arrived too late', kinds: ['withdrawal'] },
  { code: 'no_reason', de: 'Ohne Angabe', en: 'No reason given', kinds: ['withdrawal'] },
  { code: 'defective', de: 'Defekt', en: 'Defective', kinds: ['complaint'] },
  { code: 'poor_quality', de: 'Mangelhafte Qualität', en: 'Poor quality', kinds: ['complaint'] },
  {
    code: 'wrong_item',
    de: 'Falscher Artikel geliefert',
    en: 'Wrong item delivered',
    kinds: ['complaint', 'exchange'],
  },
  { code: 'parts_missing', de: 'Teile fehlen', en: 'Parts missing', kinds: ['complaint', 'withdrawal', 'exchange'] },
  { code: 'other_variant', de: 'Andere Variante gewünscht', en: 'Other variant wanted', kinds: ['exchange'] },
  { code: 'address_unknown', de: 'Empfänger nicht ermittelbar', en: 'Addressee unknown', kinds: ['undeliverable'] },
  { code: 'refused', de: 'Annahme verweigert', en: 'Delivery refused', kinds: ['undeliverable'] },
  { code: 'not_collected', de: 'Nicht abgeholt', en: 'Not collected', kinds: ['undeliverable'] },
  { code: 'transport_damage', de: 'Transportschaden', en: 'Damaged in transit' },
  { code: 'used', de: 'Gebrauchsspuren', en: 'Signs of use' },
  { code: 'soiled', de: 'Verschmutzt', en: 'Soiled' },
  { code: 'packaging_damaged', de: 'Verpackung beschädigt', en: 'Packaging damaged' },
];

/** The reasons of a merchant, else those of the product. */
export const reasonsOf = (own: readonly ReturnReason[]): readonly ReturnReason[] =>
  own.length ? own : DEFAULT_REASONS;

/** How a reason reads; one that is in no list is a text already, and reads as it is. */
export function reasonText(reasons: readonly ReturnReason[], code: string | null): { de: string; en: string } | null {
  if (code === null) return null;
  const { de, en } = reasons.find((reason) => reason.code === code) ?? { de: code, en: code };
  return { de, en };
}
