import type { z } from 'zod';
import type { returnRule } from '../../../shared/protocol/merchants/events.ts';
import type { Disposition, Item, ReturnKind } from './model.ts';

export type ReturnRule = z.output<typeof returnRule>;

/**
 * What becomes of an item without anyone being asked (B9): the first of the merchant's rules that fits, else sellable
 * goods (grade A, or a parcel nobody could deliver and nobody opened) are restocked and all others collected for the
 * merchant. Goods of someone else are held until their own return is found.
 * @param rules  in the merchant's order; a condition that is left out fits everything
 */
export function dispositionOf(
  rules: readonly ReturnRule[],
  item: Pick<Item, 'grade' | 'reason' | 'sku' | 'origin'>,
  kind: ReturnKind,
): Disposition {
  if (item.origin === 'foreign') return 'hold';
  const rule = rules.find((candidate) => fits(candidate, item));
  if (rule) return rule.disposition === 'ask' ? 'hold' : rule.disposition;
  const sellable = item.grade === 'A' || (item.grade === null && kind === 'undeliverable');
  return sellable ? 'restock' : 'rtv';
}

function fits(rule: ReturnRule, item: Pick<Item, 'grade' | 'reason' | 'sku'>): boolean {
  return (
    (!rule.grades || (item.grade !== null && rule.grades.includes(item.grade))) &&
    (!rule.reasons || (item.reason !== null && rule.reasons.includes(item.reason))) &&
    (rule.skuPrefix === undefined || (item.sku ?? '').startsWith(rule.skuPrefix))
  );
}
