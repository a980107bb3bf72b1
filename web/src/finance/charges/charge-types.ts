import type { records } from '../../locales/de/records.ts';

type ChargeType = keyof typeof records.charge;

/** Every type that has words, in the order of an invoice. */
const ORDER: Record<ChargeType, number> = {
  pick_first: 1,
  pick_further: 2,
  pack: 3,
  material: 4,
  freight: 5,
  storage: 6,
  software_fee: 7,
  return_parcel: 8,
  return_item: 9,
  return_photo: 10,
  return_restock: 11,
  return_disposal: 12,
  return_undeliverable: 13,
  rtv_handling: 14,
  rtv_freight: 15,
  quarantine_storage: 16,
  special_job: 17,
};

export const CHARGE_TYPES = (Object.keys(ORDER) as ChargeType[]).toSorted((a, b) => ORDER[a] - ORDER[b]);
