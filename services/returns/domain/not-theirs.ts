import type { Item, Photo } from './model.ts';

/**
 * Goods of somebody else that came in a merchant's return: they may be a competitor's. The merchant is told how many
 * pieces lie there and what becomes of them; what they are, how they were found and how they look is the house's.
 */
export const isForeign = ({ origin }: Pick<Item, 'origin'>): boolean => origin === 'foreign';

/** An item as the merchant of its return may know it. */
export const toldToMerchant = (item: Item): Item =>
  isForeign(item)
    ? {
        ...item,
        ...{ sku: null, name: '', recordedAs: null, insteadOf: null, bundleOf: null },
        ...{ reason: null, externalReason: null, note: '', dispositionReason: null, overReturnReason: null },
        ...{ serialNumbers: [], serialMismatch: false, batchNumber: null, bestBefore: null },
        ...{ checklist: null, suggestedGrade: null },
      }
    : item;

/** Of the photos of a return those that its merchant may see. */
export function photosForMerchant<Shown extends Pick<Photo, 'itemId'>>(
  photos: readonly Shown[],
  items: readonly Pick<Item, 'id' | 'origin'>[],
): Shown[] {
  const foreign = new Set(items.filter(isForeign).map(({ id }) => id));
  return photos.filter(({ itemId }) => itemId === null || !foreign.has(itemId));
}
