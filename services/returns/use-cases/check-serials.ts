import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { withItems } from '../domain/items.ts';
import type { Item, Return } from '../domain/model.ts';
import { isMismatch } from '../domain/serials.ts';
import { shippedSerials } from '../persistence/serials.ts';

/**
 * The return with its serial numbers compared with those that were shipped (A11): its order may have become known, or
 * another one, since they were scanned. Asks nothing when there are none.
 */
export async function withCheckedSerials(em: EntityManager, parcel: Return): Promise<Return> {
  const checked: Item[] = [];
  for (const item of parcel.items.filter(({ serialNumbers }) => serialNumbers.length > 0)) {
    const serialMismatch = await mismatches(em, parcel, item);
    if (serialMismatch !== item.serialMismatch) checked.push({ ...item, serialMismatch });
  }
  return checked.length ? withItems(parcel, checked) : parcel;
}

/** Whether some of the serial numbers of an item were not shipped with the order of its return. */
export const mismatches = async (
  em: EntityManager,
  { orderId }: Pick<Return, 'orderId'>,
  { sku, serialNumbers }: Pick<Item, 'sku' | 'serialNumbers'>,
): Promise<boolean> =>
  serialNumbers.length > 0 &&
  orderId !== null &&
  sku !== null &&
  isMismatch(serialNumbers, await shippedSerials(em, orderId, sku));
