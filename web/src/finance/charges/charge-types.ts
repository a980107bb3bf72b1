import type { records } from '../../locales/de/records.ts';

type ChargeType = keyof typeof records.charge;

/** Every type that has words, in the order of an invoice. */
const ORDER: Record<ChargeType, number> = {
  pick_first: 1,
  pick_further: 2,
  pick_line: 3,
  pick_weight: 4,
  pack: 5,
  material: 6,
  packaging: 7,
  freight: 8,
  carrier_surcharge: 9,
  cancel_after_pick: 10,
  storage: 11,
  software_fee: 12,
  return_parcel: 13,
  return_item: 14,
  return_photo: 15,
  return_restock: 16,
  return_disposal: 17,
  return_undeliverable: 18,
  rtv_handling: 19,
  rtv_freight: 20,
  quarantine_storage: 21,
  goods_in_receipt: 22,
  goods_in_pallet: 23,
  goods_in_carton: 24,
  goods_in_item: 25,
  goods_in_hour: 26,
  special_job: 27,
};

export const CHARGE_TYPES = (Object.keys(ORDER) as ChargeType[]).toSorted((a, b) => ORDER[a] - ORDER[b]);
