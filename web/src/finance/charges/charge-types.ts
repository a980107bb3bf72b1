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
  software_user: 13,
  return_parcel: 14,
  return_item: 15,
  return_photo: 16,
  return_restock: 17,
  return_disposal: 18,
  return_undeliverable: 19,
  rtv_handling: 20,
  rtv_freight: 21,
  quarantine_storage: 22,
  goods_in_receipt: 23,
  goods_in_pallet: 24,
  goods_in_carton: 25,
  goods_in_item: 26,
  goods_in_hour: 27,
  special_job: 28,
};

export const CHARGE_TYPES = (Object.keys(ORDER) as ChargeType[]).toSorted((a, b) => ORDER[a] - ORDER[b]);
