import type { z } from 'zod';
import type { ReturnPolicy } from '../../../shared/protocol/merchants/return-policy.ts';
import type { returnRule } from '../../../shared/protocol/merchants/events.ts';
import type { Item, ReturnKind, RuleDisposition } from './model.ts';
import { isForeign } from './not-theirs.ts';

export type ReturnRule = z.output<typeof returnRule>;

/** How a merchant wants its returns handled, and what is known of the articles in them. */
export interface Handling {
  /** In the merchant's order; none while the merchant is unknown. */
  rules: readonly ReturnRule[];
  policy: ReturnPolicy;
  /** Group of an article by its SKU, as far as a rule asks for it. */
  groups: ReadonlyMap<string, string | null>;
}

type Judged = Pick<Item, 'grade' | 'reason' | 'sku' | 'origin'>;

/**
 * What becomes of an item (B9): the first of the merchant's rules that fits, else sellable goods (grade A, or a parcel
 * nobody could deliver and nobody opened) are restocked and all others collected for the merchant. Goods of someone
 * else are held until their own return is found, and nobody else is asked about them.
 * @param rules  in the merchant's order; a condition that is left out fits everything
 * @returns `ask` when a rule leaves it to the merchant (C2)
 */
export function dispositionOf(
  rules: readonly ReturnRule[],
  item: Judged,
  kind: ReturnKind,
  articleGroup: string | null = null,
): RuleDisposition {
  if (item.origin === 'foreign') return 'hold';
  const rule = rules.find((candidate) => fits(candidate, item, kind, articleGroup));
  if (rule) return rule.disposition;
  const sellable = item.grade === 'A' || (item.grade === null && kind === 'undeliverable');
  return sellable ? 'restock' : 'rtv';
}

/** {@link dispositionOf} by everything that is known. */
export const suggestion = ({ rules, groups }: Handling, item: Judged, kind: ReturnKind): RuleDisposition =>
  dispositionOf(rules, item, kind, groupOf(groups, item));

export const groupOf = (groups: Handling['groups'], { sku }: Pick<Item, 'sku'>): string | null =>
  (sku === null ? null : groups.get(sku)) ?? null;

/** The group of an item's article, so that prices can go by it (E3); of foreign goods their merchant's groups say nothing. */
export const tagsOf = (item: Item, groups: Handling['groups']): string[] => {
  const group = item.sku === null || isForeign(item) ? null : groups.get(item.sku);
  return group ? [group] : [];
};

/** Whether the conditions of a rule for dispositions or photos hold for an item. */
export function fits(
  rule: Partial<Omit<ReturnRule, 'disposition'>>,
  item: Omit<Judged, 'origin'>,
  kind: ReturnKind,
  articleGroup: string | null,
): boolean {
  return (
    (!rule.grades || (item.grade !== null && rule.grades.includes(item.grade))) &&
    (!rule.reasons || (item.reason !== null && rule.reasons.includes(item.reason))) &&
    (!rule.kinds || rule.kinds.includes(kind)) &&
    (!rule.articleGroups || (articleGroup !== null && rule.articleGroups.includes(articleGroup))) &&
    (rule.skuPrefix === undefined || (item.sku ?? '').startsWith(rule.skuPrefix))
  );
}
