import type { Item, Photo, Return } from './model.ts';
import { isForeign } from './not-theirs.ts';

/**
 * The parcels of a return that its merchant pays for (docs/decisions/014): those its first return came in, once per
 * merchant whose goods were in them, and those that came for itself after goods were split off. All parcels of the
 * first return are one for another merchant, because nobody knows in which its goods came.
 * @param paidElsewhere  what the merchant pays of it with other returns that were split from the same first one
 */
export const parcelsToCharge = (parcel: Return, paidElsewhere: number): number =>
  intakeToCharge(parcel, paidElsewhere) + ownParcels(parcel);

function intakeToCharge({ parcels, parentId }: Return, paidElsewhere: number): number {
  const due = parentId === null ? Math.max(1, parcels.length) : 1;
  return Math.max(0, due - paidElsewhere);
}

const ownParcels = ({ parcels, parentId, createdAt }: Return): number =>
  parentId === null ? 0 : parcels.filter(({ receivedAt }) => receivedAt > createdAt).length;

/**
 * The return with what was restocked or disposed of marked as charged, once it was told.
 * @param earlierStay  what earlier events charged is not taken back by this one (B13)
 */
export const withCharged = (parcel: Return, earlierStay: boolean): Return => ({
  ...parcel,
  items: parcel.items.map((item) => {
    const chargedAs = (earlierStay ? item.chargedAs : null) ?? ENDS[item.state] ?? null;
    return chargedAs === item.chargedAs ? item : { ...item, chargedAs };
  }),
});

const ENDS: Partial<Record<Item['state'], NonNullable<Item['chargedAs']>>> = {
  restocked: 'restock',
  disposed: 'dispose',
};

/** The same once an inspection was told, which charges its parcels, its photos and every piece that is here. */
export function withInspectionCharged(
  parcel: Return,
  {
    earlierStay,
    paidElsewhere,
    photos,
  }: { earlierStay: boolean; paidElsewhere: number; photos: readonly Pick<Photo, 'itemId'>[] },
): Return {
  const told = withCharged(parcel, earlierStay);
  const here = new Set(told.items.filter(({ state }) => state !== 'missing').map(({ id }) => id));
  return {
    ...told,
    chargedParcels: parcelsToCharge(told, paidElsewhere),
    chargedIntake: intakeToCharge(told, paidElsewhere),
    chargedOn: (earlierStay ? parcel.chargedOn : null) ?? told.inspectedOn,
    chargedPhotos: isPhotographed(told, photos) || (earlierStay && parcel.chargedPhotos),
    items: told.items.map((item) =>
      here.has(item.id) && !item.inspectionCharged ? { ...item, inspectionCharged: true } : item,
    ),
  };
}

/** Whether there is photo documentation for its merchant; photos of goods of somebody else are none. */
export function isPhotographed({ items }: Return, photos: readonly Pick<Photo, 'itemId'>[]): boolean {
  const shown = new Set(items.filter((item) => item.state !== 'missing' && !isForeign(item)).map(({ id }) => id));
  return photos.some(({ itemId }) => itemId === null || shown.has(itemId));
}

/** Goods that leave are charged where they go, whatever was charged for them here. */
export const isCharged = ({ inspectionCharged, chargedAs }: Item): boolean => inspectionCharged || chargedAs !== null;

/** A return, or goods, of which nothing was told to be charged yet. */
export const UNCHARGED_RETURN = { chargedParcels: 0, chargedIntake: 0, chargedOn: null, chargedPhotos: false };
export const uncharged = (item: Item): Item => ({ ...item, chargedAs: null, inspectionCharged: false });
