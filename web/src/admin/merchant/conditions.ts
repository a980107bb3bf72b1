import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../../app/i18n/texts.ts';
import { useApi } from '../../app/api/queries.ts';
import type { Policy, Rule } from '../../shared/merchant-record/draft.ts';

export const GRADES = ['A', 'B', 'C', 'D'] as const;
export const KINDS = ['withdrawal', 'complaint', 'exchange', 'undeliverable'] as const;
export type Grade = (typeof GRADES)[number];
export type Kind = (typeof KINDS)[number];
export type Reason = Policy['reasons'][number];
/** What rules for dispositions and for photos look at. */
export type Conditions = Omit<Rule, 'disposition'>;

/** The reasons that count for a merchant: its own, else those the product is shipped with. */
export function useReasons(own: readonly Reason[]): readonly Reason[] {
  const { data } = useApi('GET /return-settings', {}, { staleTimeMs: 300_000 });
  return own.length ? own : data && 'house' in data ? data.house.reasons : [];
}

export const reasonName = (reasons: readonly Reason[], code: string): string =>
  reasons.find((reason) => reason.code === code)?.[currentLanguage()] ?? code;

/** Groups of the merchant's articles, as far as its first articles tell; any other text can be typed. */
export function useArticleGroups(merchantId: string): string[] {
  const { data } = useApi('GET /articles', { merchantId, limit: 200 }, { staleTimeMs: 300_000 });
  return [...new Set(data?.items.flatMap(({ group }) => group ?? []) ?? [])].toSorted();
}

/** Conditions as a sentence; without any it fits everything. */
export function useConditionText(reasons: readonly Reason[]): (conditions: Conditions) => string {
  const { t } = useTranslation('admin');
  return ({ grades, kinds, reasons: codes, articleGroups, skuPrefix }) => {
    const parts = [
      grades && t('rules.ifGrade', { list: grades.join(', ') }),
      kinds && kinds.map((kind) => t(`kind.${kind}`)).join(', '),
      codes && t('rules.ifReason', { list: codes.map((code) => reasonName(reasons, code)).join(', ') }),
      articleGroups && t('rules.ifGroup', { list: articleGroups.join(', ') }),
      skuPrefix !== undefined && t('rules.ifSku', { prefix: skuPrefix }),
    ].filter(Boolean);
    return parts.length ? parts.join(' · ') : t('rules.always');
  };
}

/** A condition without anything to choose from would never fit, so it is left out, which fits everything. */
export function withCondition<C extends Conditions, Key extends keyof Conditions>(
  conditions: C,
  key: Key,
  value: Conditions[Key],
): C {
  const { [key]: _, ...rest } = conditions;
  const isEmpty = value === undefined || value.length === 0;
  return (isEmpty ? rest : { ...rest, [key]: value }) as C;
}

/** @returns names of dispositions, that a merchant is asked among them */
export function useDispositionName(): (disposition: Rule['disposition']) => string {
  const { t } = useTranslation('admin');
  const { t: common } = useTranslation();
  return (disposition) => (disposition === 'ask' ? t('rules.ask') : common(`disposition.${disposition}`));
}
