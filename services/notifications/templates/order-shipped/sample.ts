import type { Language } from '../../../../shared/documents/formats.ts';
import { uuidOf } from '../../../../shared/kernel/ids.ts';
import type { Shipped } from './template.ts';

const NAMES = {
  de: ['Teelichthalter „Herz“, weiß', 'Tasse mit Blumenmuster'],
  en: ['Tealight holder, white', 'Cup with flowers'],
} as const;

/** A shipment to show texts with. */
export function sampleShipped(language: Language): Shipped {
  const [holder, cup] = NAMES[language];
  return {
    merchantId: uuidOf('sample', 'merchant'),
    orderId: uuidOf('sample', 'order'),
    orderNumber: '536365',
    channel: 'shop',
    shipmentId: uuidOf('sample', 'shipment'),
    firstShipment: true,
    shippedAt: '2026-10-14T13:20:00Z',
    serviceDate: '2026-10-14',
    carrier: 'DHL',
    trackingNumber: '00340434161094000077',
    country: 'DE',
    weightGrams: 1_850,
    parcels: 1,
    pieces: 4,
    packaging: [],
    tags: [],
    lines: [
      { orderLineId: uuidOf('sample', 'line', 1), sku: '85123A', name: holder, quantity: 3 },
      { orderLineId: uuidOf('sample', 'line', 2), sku: '21071', name: cup, quantity: 1 },
    ],
  };
}
