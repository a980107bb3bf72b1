import { uuidOf } from '../../shared/kernel/ids.ts';
import type { Announce } from '../../shared/messaging/transact.ts';
import { chargesMovedV1, itemSettledV1 } from '../../shared/protocol/returns/events.ts';
import { tagsOf, type Handling } from './domain/disposition-rules.ts';
import type { Item, ItemState, Moment, Return } from './domain/model.ts';
import { toldToMerchant } from './domain/not-theirs.ts';

/**
 * What stays charged of a return after charged goods left it, see `chargesMovedV1`.
 * @param correction  number of this, and the items that pieces were taken from or that left
 */
export function announceChargesMoved(
  announce: Announce,
  parcel: Return,
  { chargeRevision, itemIds }: { chargeRevision: number; itemIds: readonly string[] },
  groups: Handling['groups'],
): void {
  const { id: returnId, merchantId, number, kind, orderNumber, chargedOn } = parcel;
  announce(chargesMovedV1, {
    ...{ returnId, merchantId: merchantId!, number, kind, orderNumber },
    chargeRevision,
    chargedOn: chargedOn!,
    parcels: parcel.chargedParcels,
    photographed: parcel.chargedPhotos,
    items: parcel.items
      .filter(({ inspectionCharged }) => inspectionCharged)
      .map((item) => {
        const { id: itemId, quantity, grade, chargedAs } = item;
        return { itemId, quantity, grade, chargedAs, tags: tagsOf(item, groups) };
      }),
    movedItemIds: [...itemIds],
  });
}

const SETTLED: readonly ItemState[] = ['restocked', 'disposed'];

/**
 * A decision that comes after the inspection was told, and ends the way of an item in the house. What happens during
 * an inspection is told by {@link announceInspection}.
 */
export function announceSettled(
  announce: Announce,
  parcel: Return,
  item: Item,
  { at, on }: Moment,
  groups: Handling['groups'],
): void {
  const { disposition } = item;
  if (parcel.inspectedAt === null || !SETTLED.includes(item.state)) return;
  if (disposition !== 'restock' && disposition !== 'restock_b' && disposition !== 'dispose') return;
  const { id: returnId, merchantId, number, kind, orderNumber, revision } = parcel;
  const { id: itemId, sku, name, quantity, grade } = toldToMerchant(item);
  announce(
    itemSettledV1,
    {
      ...{ returnId, merchantId: merchantId!, number, kind, orderNumber, revision },
      chargeRevision: parcel.chargeRevision,
      ...{ itemId, sku, name, quantity, grade, disposition, tags: tagsOf(item, groups) },
      ...{ settledAt: at.toISOString(), settledOn: on, chargedBefore: item.chargedAs !== null },
    },
    { eventId: uuidOf(itemSettledV1.type, itemId, revision) },
  );
}
