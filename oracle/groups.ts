/** What limits adjustments and minimums: the sections of an invoice, with freight apart from picking. */
export type ChargeGroup = 'fulfilment' | 'freight' | 'storage' | 'software' | 'returns' | 'goodsIn' | 'specialJobs';

/** The half of the month's work a charge is billed with. */
export type Section = 'fulfilment' | 'monthly';

/** In the order of an invoice. */
export const GROUPS: readonly ChargeGroup[] = [
  'fulfilment',
  'freight',
  'storage',
  'software',
  'returns',
  'goodsIn',
  'specialJobs',
];

const FULFILMENT_TYPES = [
  ...['pick_first', 'pick_further', 'pick_line', 'pick_weight', 'pack', 'material', 'packaging', 'freight'],
  ...['carrier_surcharge', 'cancel_after_pick'],
];
const FREIGHT_TYPES = ['freight', 'rtv_freight', 'carrier_surcharge'];
const isGoodsIn = (chargeType: string): boolean => chargeType.startsWith('goods_in_');

/** Charged only where a card prices it; without a price there is nothing to charge. */
export const isOptional = (chargeType: string): boolean =>
  isGoodsIn(chargeType) || ['pick_line', 'pick_weight', 'cancel_after_pick'].includes(chargeType);

export const sectionOf = (chargeType: string): Section =>
  FULFILMENT_TYPES.includes(chargeType) ? 'fulfilment' : 'monthly';

export function groupOf(chargeType: string): ChargeGroup {
  if (FREIGHT_TYPES.includes(chargeType)) return 'freight';
  if (FULFILMENT_TYPES.includes(chargeType)) return 'fulfilment';
  if (chargeType === 'storage') return 'storage';
  if (chargeType === 'software_fee') return 'software';
  if (isGoodsIn(chargeType)) return 'goodsIn';
  if (chargeType === 'special_job') return 'specialJobs';
  return 'returns';
}
