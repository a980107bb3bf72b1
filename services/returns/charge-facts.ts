import type { Announce } from '../../shared/messaging/transact.ts';
import { chargesMovedV1 } from '../../shared/protocol/returns/events.ts';
import type { Handling } from './domain/disposition-rules.ts';
import type { Return } from './domain/model.ts';
import { tagsOf } from './facts.ts';

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
