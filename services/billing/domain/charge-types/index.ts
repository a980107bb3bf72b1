import type { ChargeType } from '../charge-fact.ts';
import { rtvFreight, rtvHandling } from './batches.ts';
import { CARRIER_LINE, carrierSurcharge } from './carrier-surcharges.ts';
import { GOODS_IN, GOODS_IN_TYPES } from './goods-in.ts';
import { quarantineStorage } from './quarantine.ts';
import {
  INSPECTION,
  returnDisposal,
  returnItem,
  returnParcel,
  returnPhoto,
  returnRestock,
  returnUndeliverable,
  SETTLED_ITEM,
} from './returns.ts';
import {
  cancelAfterPick,
  freight,
  material,
  pack,
  packaging,
  pickFirst,
  pickFurther,
  pickLine,
  pickWeight,
  SHIPMENT,
} from './shipments.ts';
import { SOFTWARE_FEE, SOFTWARE_USERS, softwareFee, softwareUser } from './software-fee.ts';
import { SPECIAL_JOB, specialJob } from './special-jobs.ts';
import { STORAGE, storage } from './storage.ts';

/** Every type of charge; a new one is a file and a line here. */
export const CHARGE_TYPES: readonly ChargeType[] = [
  pickFirst,
  pickFurther,
  pickLine,
  pickWeight,
  pack,
  material,
  packaging,
  freight,
  carrierSurcharge,
  cancelAfterPick,
  storage,
  softwareFee,
  softwareUser,
  returnParcel,
  returnItem,
  returnPhoto,
  returnRestock,
  returnDisposal,
  returnUndeliverable,
  rtvHandling,
  rtvFreight,
  quarantineStorage,
  ...GOODS_IN_TYPES,
  specialJob,
];

/** Sources whose facts can be corrected by a higher revision. */
export const CORRECTED_SOURCES: readonly string[] = [
  CARRIER_LINE,
  GOODS_IN,
  INSPECTION,
  SETTLED_ITEM,
  SHIPMENT,
  SOFTWARE_FEE,
  SOFTWARE_USERS,
  SPECIAL_JOB,
  STORAGE,
];

/** Source of the negative twin of a charge: same event, type and revision, so each revision is taken back once. */
export const reversalOf = (source: string): string => `${source}-reversal`;

/** Types that minimums leave out and adjustments name apart from their section. */
export const FREIGHT_TYPES: readonly string[] = CHARGE_TYPES.filter(({ isFreight }) => isFreight).map(({ key }) => key);

const byKey = new Map(CHARGE_TYPES.map((type) => [type.key, type]));
export const findChargeType = (key: string): ChargeType | undefined => byKey.get(key);
