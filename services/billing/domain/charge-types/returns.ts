import type { z } from 'zod';
import type {
  chargesMovedV1,
  itemSettledV1,
  returnInspectedV1,
  returnReceivedV1,
} from '../../../../shared/protocol/returns/events.ts';
import type { ChargeAttributes, ChargeFact, ChargeType } from '../charge-fact.ts';
import { counted } from './counted.ts';

const ofReturn = {
  stream: 'monthly',
  section: 'returns',
  conditions: ['returnKinds', 'grades', 'tags'],
} as const satisfies Partial<ChargeType>;

export const returnParcel: ChargeType = {
  ...ofReturn,
  key: 'return_parcel',
  unit: 'parcel',
  label: { de: 'Retourenannahme je Paket', en: 'Return taken in, per parcel' },
};
export const returnItem: ChargeType = {
  ...ofReturn,
  key: 'return_item',
  unit: 'piece',
  label: { de: 'Retourenprüfung je Stück', en: 'Return inspection, per piece' },
};
export const returnPhoto: ChargeType = {
  ...ofReturn,
  key: 'return_photo',
  unit: 'return',
  label: { de: 'Fotodokumentation je Retoure', en: 'Photo documentation per return' },
};
export const returnRestock: ChargeType = {
  ...ofReturn,
  key: 'return_restock',
  unit: 'piece',
  label: { de: 'Wiedereinlagerung je Stück', en: 'Restocking per piece' },
};
export const returnDisposal: ChargeType = {
  ...ofReturn,
  key: 'return_disposal',
  unit: 'piece',
  label: { de: 'Entsorgung je Stück', en: 'Disposal per piece' },
};
export const returnUndeliverable: ChargeType = {
  ...ofReturn,
  conditions: ['returnKinds'],
  key: 'return_undeliverable',
  unit: 'parcel',
  label: { de: 'Rückläufer (unzustellbar)', en: 'Undeliverable parcel' },
};

/** Its charges are corrected by a higher revision: the earlier one gets a negative twin. */
export const INSPECTION = 'returns.inspection';
/** What was decided of an item after its inspection; the next revision of the inspection names it again. */
export const SETTLED_ITEM = 'returns.item';

/** An undeliverable parcel is charged on receipt; every other return when its inspection is completed. */
export function receiptCharges(received: z.output<typeof returnReceivedV1.payload>): ChargeFact[] {
  if (received.kind !== 'undeliverable') return [];
  const base = {
    source: 'returns.receipt',
    sourceEvent: received.returnId,
    revision: 0,
    merchantId: received.merchantId,
    serviceDate: received.receivedOn,
    attributes: { returnKind: received.kind },
    reference: referenceOf(received),
  };
  return counted(base, [[returnUndeliverable, 1]]);
}

/**
 * What a completed inspection costs (D11); pieces by what was decided about them. The fee for an undeliverable parcel
 * stands in place of parcel and item, what else was done with its goods is charged like any other return's.
 */
export function inspectionCharges(inspected: Inspected): ChargeFact[] {
  const { kind } = inspected;
  const isFirst = !keepsEarlier(inspected);
  const fresh = isFirst ? inspected.items : inspected.items.filter(({ inspectedBefore }) => !inspectedBefore);
  const items = isFirst ? inspected.items : inspected.items.filter(({ chargedBefore }) => !chargedBefore);
  const isReturn = kind !== 'undeliverable';
  const hasPhotos = inspected.photos.length > 0 || inspected.items.some(({ photos }) => photos.length > 0);
  const parcels = inspected.parcels - (isFirst ? 0 : inspected.parcelsBefore);
  const restocked = items.filter(({ disposition }) => disposition === 'restock' || disposition === 'restock_b');
  const disposed = items.filter(({ disposition }) => disposition === 'dispose');
  const charged = (type: ChargeType, count: number, of: typeof items) =>
    counted(
      {
        source: INSPECTION,
        sourceEvent: inspected.returnId,
        revision: chargeRevisionOf(inspected),
        merchantId: inspected.merchantId,
        serviceDate: inspected.inspectedOn,
        attributes: { returnKind: kind, ...goodsOf(of) },
        reference: referenceOf(inspected),
      },
      [[type, count]],
    );
  return [
    ...charged(returnParcel, isReturn ? parcels : 0, fresh),
    ...charged(returnItem, isReturn ? pieces(fresh) : 0, fresh),
    ...charged(returnPhoto, hasPhotos && (isFirst || !inspected.photosBefore) ? 1 : 0, inspected.items),
    ...charged(returnRestock, pieces(restocked), restocked),
    ...charged(returnDisposal, pieces(disposed), disposed),
  ];
}

/**
 * A later revision whose merchant keeps what was charged (B13): it takes nothing back, and charges only parcels and
 * pieces that came since (A6), photos where there were none, and goods whose end was not charged before. A return that
 * was not charged yet has nothing to keep, whatever its goods were charged for in another one.
 */
export const keepsEarlier = ({ revision, reopenedCharges, parcelsBefore, toldBefore }: Inspected): boolean =>
  reopenedCharges === 'keep' && (toldBefore ?? (revision > 0 && parcelsBefore > 0));

/** What orders the charges of a return: of events of earlier days the revision of its inspection. */
export const chargeRevisionOf = (told: { chargeRevision: number | null; revision: number }): number =>
  told.chargeRevision ?? told.revision;

/** What stays charged of a return after charged goods left it. */
export function movedCharges(moved: z.output<typeof chargesMovedV1.payload>): ChargeFact[] {
  const { kind, items } = moved;
  const isReturn = kind !== 'undeliverable';
  const charged = (type: ChargeType, count: number, of: typeof items) =>
    counted(
      {
        source: INSPECTION,
        sourceEvent: moved.returnId,
        revision: moved.chargeRevision,
        merchantId: moved.merchantId,
        serviceDate: moved.chargedOn,
        attributes: { returnKind: kind, ...goodsOf(of) },
        reference: referenceOf(moved),
      },
      [[type, count]],
    );
  const ended = (as: 'restock' | 'dispose') => items.filter(({ chargedAs }) => chargedAs === as);
  return [
    ...charged(returnParcel, isReturn ? moved.parcels : 0, items),
    ...charged(returnItem, isReturn ? pieces(items) : 0, items),
    ...charged(returnPhoto, moved.photographed ? 1 : 0, items),
    ...charged(returnRestock, pieces(ended('restock')), ended('restock')),
    ...charged(returnDisposal, pieces(ended('dispose')), ended('dispose')),
  ];
}

/** What an item costs that was held or refurbished and came to its end after the inspection, on the day it did. */
export function settledItemCharges(settled: z.output<typeof itemSettledV1.payload>): ChargeFact[] {
  if (settled.chargedBefore) return [];
  const base = {
    source: SETTLED_ITEM,
    sourceEvent: settled.itemId,
    revision: chargeRevisionOf(settled),
    merchantId: settled.merchantId,
    serviceDate: settled.settledOn,
    attributes: { returnKind: settled.kind, ...goodsOf([settled]) },
    reference: referenceOf(settled),
  };
  return counted(base, [[settled.disposition === 'dispose' ? returnDisposal : returnRestock, settled.quantity]]);
}

type Inspected = z.output<typeof returnInspectedV1.payload>;
type Item = Inspected['items'][number];

const pieces = (items: readonly Pick<Item, 'quantity'>[]): number =>
  items.reduce((sum, { quantity }) => sum + quantity, 0);

/** What prices may ask of the goods: the grades found and the tags of their articles, each once. */
function goodsOf(items: readonly Pick<Item, 'grade' | 'tags'>[]): Pick<ChargeAttributes, 'grades' | 'tags'> {
  const tags = [...new Set(items.flatMap((item) => item.tags))].toSorted();
  const grades = [...new Set(items.flatMap(({ grade }) => grade ?? []))].toSorted();
  return { grades, ...(tags.length ? { tags } : {}) };
}

const referenceOf = ({
  returnId,
  number,
  orderNumber,
}: {
  returnId: string;
  number: string;
  orderNumber: string | null;
}) => ({
  kind: 'return' as const,
  id: returnId,
  number,
  orderNumber,
});
