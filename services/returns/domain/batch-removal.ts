import { advanceItem, quarantined } from './item-states.ts';
import { itemOf, withItems } from './items.ts';
import type { Return } from './model.ts';

/** The return with an item taken out of its open batch (C6): it is held until someone decides again. */
export function takeOutOfBatch(parcel: Return, itemId: string, reason: string | undefined, at: Date): Return {
  const held = quarantined(advanceItem(itemOf(parcel, itemId), 'on_hold'), at);
  return withItems(parcel, [
    {
      ...held,
      rtvBatchId: null,
      disposition: 'hold',
      dispositionSource: 'manual',
      dispositionReason: reason ?? 'Taken out of the batch',
    },
  ]);
}
