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

const FULFILMENT_TYPES = ['pick_first', 'pick_further', 'pack', 'material', 'freight'];

export const sectionOf = (chargeType: string): Section =>
  FULFILMENT_TYPES.includes(chargeType) ? 'fulfilment' : 'monthly';

export function groupOf(chargeType: string): ChargeGroup {
  if (chargeType === 'freight' || chargeType === 'rtv_freight') return 'freight';
  if (FULFILMENT_TYPES.includes(chargeType)) return 'fulfilment';
  if (chargeType === 'storage') return 'storage';
  if (chargeType === 'software_fee') return 'software';
  if (chargeType === 'special_job') return 'specialJobs';
  return 'returns';
}
