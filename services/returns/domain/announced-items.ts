import { invalidField, RuleViolation } from '../../../shared/kernel/errors.ts';
import type { Item, Photo, Return } from './model.ts';
import { newItem } from './receipt.ts';
import { assertReturnIs, BEFORE_ARRIVAL } from './return-states.ts';

export interface AnnouncedItem {
  /** Of an item that stays, or chosen for a new one. */
  id?: string | undefined;
  sku?: string | undefined;
  name: string;
  quantity: number;
  reason: string | null;
  externalReason: string | null;
}

/**
 * Says anew what comes back, while nothing of it is here (C12): an item with a known id is changed, others are new,
 * what is not named any more is gone.
 * @returns the very same return when nothing is new
 * @throws RuleViolation `RETURN_STATE_NOT_ALLOWED`, `ITEM_HAS_PHOTOS` @throws InvalidInput `ITEM_UNNAMED`, `ITEM_NAMED_TWICE`
 */
export function announceItems(
  parcel: Return,
  announced: readonly AnnouncedItem[],
  photos: readonly Photo[],
  newId: () => string,
): Return {
  assertReturnIs(parcel, BEFORE_ARRIVAL, 'announced anew');
  const known = new Map(parcel.items.map((item) => [item.id, item]));
  const ids = announced.flatMap(({ id }) => id ?? []);
  const items = announced.map(({ id = newId(), sku = null, ...given }, index): Item => {
    if (sku === null && given.name.trim() === '')
      throw invalidField(`items.${index}.name`, 'ITEM_UNNAMED', 'Give the article code, or say what it is');
    if (ids.indexOf(id) !== ids.lastIndexOf(id))
      throw invalidField(`items.${index}.id`, 'ITEM_NAMED_TWICE', 'Name each item once');
    return unlessSame(known.get(id), { ...(known.get(id) ?? newItem(id, 0)), ...given, id, sku, position: index + 1 });
  });
  const kept = new Set(items.map(({ id }) => id));
  if (photos.some(({ itemId }) => itemId !== null && !kept.has(itemId)))
    throw new RuleViolation('ITEM_HAS_PHOTOS', 'An item with photos stays');
  const same = items.length === parcel.items.length && items.every((item) => known.get(item.id) === item);
  return same ? parcel : { ...parcel, items };
}

const unlessSame = (before: Item | undefined, after: Item): Item =>
  before && JSON.stringify(before) === JSON.stringify(after) ? before : after;
