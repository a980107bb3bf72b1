import { RuleViolation } from '../../../shared/kernel/errors.ts';
import { hasEnded } from './item-states.ts';
import { itemOf, withItems } from './items.ts';
import type { Return } from './model.ts';
import { assertReturnIs } from './return-states.ts';

/**
 * Says which article an item is (A3). What was written down when it was found stays with it.
 * @param article  as the merchant's articles or orders know it
 * @returns the very same return when the item is linked to this article
 * @throws RuleViolation `RETURN_STATE_NOT_ALLOWED`, `ITEM_ENDED`
 */
export function link(parcel: Return, itemId: string, article: { sku: string; name: string }): Return {
  const item = itemOf(parcel, itemId);
  if (item.sku === article.sku) return parcel;
  assertReturnIs(parcel, ['received', 'inspecting', 'inspected', 'awaiting_decision', 'processing'], 'linked');
  if (hasEnded(item))
    throw new RuleViolation('ITEM_ENDED', 'Others were told of this item already', { state: item.state });
  const before = [item.sku, item.name].filter((word) => word !== null && word !== '').join(' ');
  return withItems(parcel, [
    { ...item, sku: article.sku, name: article.name || item.name, recordedAs: item.recordedAs ?? before },
  ]);
}
