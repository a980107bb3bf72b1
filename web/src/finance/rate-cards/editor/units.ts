import type { Rule } from '../card.ts';

/** Units that events are measured in; `records.unit` has their words. */
export const UNITS = [
  ...['order', 'shipment', 'line', 'piece', 'kg', 'parcel', 'surcharge', 'return', 'month', 'job', 'minute', 'hour'],
  ...['delivery', 'pallet', 'carton', 'user'],
  ...['bin_day', 'pallet_day', 'm3_day', 'piece_day'],
  ...['bin_month', 'pallet_month', 'm3_month', 'piece_month'],
] as const;

export const newRule = (): Rule => ({
  key: '',
  chargeType: 'pick_first',
  priority: 100,
  conditions: {},
  model: { type: 'perUnit', unitPrice: '' },
  label: { de: '', en: '' },
  unit: 'piece',
});
