import type { z } from 'zod';
import { divideRounded, MICROS } from '../../../../shared/kernel/decimal.ts';
import type { goodsInClosedV1 } from '../../../../shared/protocol/orders/goods-in.ts';
import type { ChargeFact, ChargeType } from '../charge-fact.ts';
import { counted } from './counted.ts';

/** Ways to charge the same delivery: a house prices some of them (D7). */
const ofDelivery = {
  stream: 'monthly',
  section: 'goodsIn',
  conditions: ['tags'],
  isOptional: true,
} as const satisfies Partial<ChargeType>;

export const goodsInReceipt: ChargeType = {
  ...ofDelivery,
  key: 'goods_in_receipt',
  unit: 'delivery',
  label: { de: 'Wareneingang je Lieferung', en: 'Goods-in per delivery' },
};
export const goodsInPallet: ChargeType = {
  ...ofDelivery,
  key: 'goods_in_pallet',
  unit: 'pallet',
  label: { de: 'Wareneingang je Palette', en: 'Goods-in per pallet' },
};
export const goodsInCarton: ChargeType = {
  ...ofDelivery,
  key: 'goods_in_carton',
  unit: 'carton',
  label: { de: 'Wareneingang je Karton', en: 'Goods-in per carton' },
};
export const goodsInItem: ChargeType = {
  ...ofDelivery,
  key: 'goods_in_item',
  unit: 'piece',
  label: { de: 'Wareneingang je Stück', en: 'Goods-in per piece' },
};
export const goodsInHour: ChargeType = {
  ...ofDelivery,
  key: 'goods_in_hour',
  unit: 'hour',
  label: { de: 'Wareneingang nach Aufwand', en: 'Goods-in by time' },
};

export const GOODS_IN_TYPES: readonly ChargeType[] = [
  goodsInReceipt,
  goodsInPallet,
  goodsInCarton,
  goodsInItem,
  goodsInHour,
];

/** Its charges are corrected by a higher revision: the earlier ones get negative twins. */
export const GOODS_IN = 'orders.goods-in';

const MINUTES_PER_HOUR = 60n;

/**
 * What a closed delivery can be charged by, each way with its quantity; nothing by what there was none of. Time counts
 * in hours, rounded once to six places.
 */
export function goodsInCharges(closed: z.output<typeof goodsInClosedV1.payload>): ChargeFact[] {
  const { goodsInId, merchantId, number, reference, revision, serviceDate, pallets, cartons, pieces, tags } = closed;
  const hours = divideRounded(BigInt(closed.minutes) * MICROS, MINUTES_PER_HOUR);
  const counts = [
    [goodsInReceipt, 1],
    [goodsInPallet, pallets],
    [goodsInCarton, cartons],
    [goodsInItem, pieces],
  ] as const;
  const ways = [
    ...counts.filter(([, count]) => count > 0).map(([{ key }]) => key),
    ...(hours ? [goodsInHour.key] : []),
  ];
  const base = {
    ...{ source: GOODS_IN, sourceEvent: goodsInId, revision, merchantId, serviceDate },
    attributes: { ways, ...(tags.length ? { tags } : {}) },
    reference: { kind: 'goodsIn' as const, id: goodsInId, number, deliveryNote: reference },
  };
  return [
    ...counted(base, counts),
    ...(hours > 0n ? [{ ...base, type: goodsInHour, unit: 'hour', quantityMicros: hours }] : []),
  ];
}
