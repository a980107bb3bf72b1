import type { Item, Return } from './model.ts';

/**
 * The parcels of a return that its merchant pays for: those it came in. Goods that were split off came in the parcels
 * of another return, nobody knows in which, so that all of those count as one.
 */
export const parcelsToCharge = ({ parcels, parentId, createdAt }: Return): number =>
  parentId === null
    ? Math.max(1, parcels.length)
    : 1 + parcels.filter(({ receivedAt }) => receivedAt > createdAt).length;

/**
 * The return with what was restocked or disposed of marked as charged, once it was told.
 * @param earlierStay  what earlier events charged is not taken back by this one (B13)
 */
export const withCharged = (parcel: Return, earlierStay: boolean): Return => ({
  ...parcel,
  items: parcel.items.map((item) => {
    const charged = (earlierStay && item.charged) || item.state === 'restocked' || item.state === 'disposed';
    return charged === item.charged ? item : { ...item, charged };
  }),
});

/** The same once an inspection was told, which charges its parcels and every piece that is here. */
export const withInspectionCharged = (parcel: Return, earlierStay: boolean): Return => {
  const told = withCharged(parcel, earlierStay);
  return { ...told, chargedParcels: parcelsToCharge(told), items: told.items.map(inspectionCharged) };
};

const inspectionCharged = (item: Item): Item =>
  item.inspectionCharged || item.state === 'missing' ? item : { ...item, inspectionCharged: true };
