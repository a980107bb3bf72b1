import type { Announce } from '../../shared/messaging/transact.ts';
import { chargesMovedV1 } from '../../shared/protocol/returns/events.ts';
import type { Return } from './domain/model.ts';

/**
 * What stays charged of a return after charged goods left it, see `chargesMovedV1`.
 * @param correction  number of this, and the items that pieces were taken from or that left
 */
export function announceChargesMoved(
  announce: Announce,
  parcel: Return,
  { chargeRevision, itemIds }: { chargeRevision: number; itemIds: readonly string[] },
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
      .map(({ id: itemId, quantity, grade, chargedAs }) => ({ itemId, quantity, grade, chargedAs })),
    movedItemIds: [...itemIds],
  });
}
