import type { Language } from '../../../../shared/documents/formats.ts';
import { uuidOf } from '../../../../shared/kernel/ids.ts';
import type { Dispatched } from './template.ts';

const NAMES = {
  de: { holder: 'Teelichthalter „Herz“, weiß', cup: 'Tasse mit Blumenmuster', reason: 'Transportschaden' },
  en: { holder: 'Tealight holder, white', cup: 'Cup with flowers', reason: 'Damaged in transit' },
};

/** A batch to show texts with. */
export function sampleBatch(language: Language): Dispatched {
  const { holder, cup, reason } = NAMES[language];
  return {
    batchId: uuidOf('sample', 'batch'),
    merchantId: uuidOf('sample', 'merchant'),
    number: 'RB-2026-00007',
    dispatchedAt: '2026-10-30T15:00:00Z',
    dispatchedOn: '2026-10-30',
    carrier: 'DHL',
    trackingNumber: '00340434161094042557',
    parcels: 2,
    weightGrams: 12_450,
    pieces: 4,
    items: [item('RT-2026-00042', '85123A', holder, 3, 'D', reason), item('RT-2026-00051', null, cup, 1, 'C', null)],
  };
}

const item = (
  returnNumber: string,
  sku: string | null,
  name: string,
  quantity: number,
  grade: 'C' | 'D',
  reason: string | null,
) => ({
  itemId: uuidOf('sample', 'batch-item', returnNumber),
  ...{ returnNumber, sku, name, foreign: false, quantity, grade, reason },
});
