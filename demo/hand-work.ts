import type { CarrierInvoice, Delivery, Shipment } from '../oracle/facts.ts';
import { dayOf } from './calendar.ts';
import type { Sample } from './sample.ts';

/** What is entered by hand beside the shop's file: parcels, deliveries, what a carrier bills. Days are of the month. */
export interface HandWork {
  shipments: Shipment[];
  deliveries: Delivery[];
  carrierInvoices: CarrierInvoice[];
}

export const PACKAGINGS = [
  { code: 'KARTON-S', name: 'Versandkarton S, 25 × 18 × 10 cm', ean: '2099900000010' },
  { code: 'KARTON-M', name: 'Versandkarton M, 40 × 30 × 20 cm', ean: '2099900000027' },
  { code: 'KARTON-L', name: 'Versandkarton L, 60 × 40 × 40 cm', ean: '2099900000034' },
  { code: 'POLSTER', name: 'Papierpolster, 1 m', ean: null },
] as const;

/** The day before the run of the 15th, and the one on which something of that is wrong. */
export const PACKED_ON = 14;
export const CALLED_BACK_ON = 21;

interface Parcel {
  merchant: string;
  number: string;
  pieces: readonly number[];
  weightGrams: number;
  parcels?: number;
  trackingNumber: string;
  packaging: readonly (readonly [code: string, quantity: number])[];
  cancelled?: string;
}

/** Parcels whose packaging was scanned, pieces by line. One is called back after the 15th was billed. */
export const PARCELS: readonly Parcel[] = [
  {
    ...{ merchant: '851', number: 'HZ-19977', pieces: [4, 2], weightGrams: 3_400 },
    trackingNumber: '00340434161094021501',
    packaging: [
      ['KARTON-M', 1],
      ['POLSTER', 3],
    ],
  },
  {
    ...{ merchant: '475', number: 'WF-7402', pieces: [36, 24], weightGrams: 21_800, parcels: 2 },
    trackingNumber: '00340434161094021518',
    packaging: [
      ['KARTON-L', 2],
      ['POLSTER', 6],
    ],
  },
  {
    ...{ merchant: '850', number: 'JB-3188', pieces: [3], weightGrams: 950 },
    trackingNumber: '00340434161094021525',
    packaging: [['KARTON-S', 1]],
  },
  {
    ...{ merchant: '211', number: 'BS-8871', pieces: [2], weightGrams: 1_200 },
    trackingNumber: '00340434161094021532',
    packaging: [
      ['KARTON-S', 1],
      ['POLSTER', 1],
    ],
    cancelled: 'Kunde hat storniert, Paket stand noch im Warenausgang',
  },
];

interface Arrival {
  merchant: string;
  day: number;
  reference: string;
  /** The merchant with a log-in announces it. */
  announced?: true;
  /** Expected, received and damaged of each article. */
  lines: readonly (readonly [expected: number, received: number, damaged: number])[];
  pallets: number;
  cartons: number;
  minutes: number;
}

export const ARRIVALS: readonly Arrival[] = [
  {
    ...{
      merchant: '851',
      day: PACKED_ON,
      reference: 'LS 40217',
      announced: true,
      pallets: 2,
      cartons: 14,
      minutes: 75,
    },
    lines: [
      [240, 238, 2],
      [160, 160, 0],
      [96, 96, 0],
    ],
  },
  {
    ...{
      merchant: '475',
      day: CALLED_BACK_ON,
      reference: 'Container TCNU 417220-6',
      pallets: 5,
      cartons: 0,
      minutes: 140,
    },
    lines: [
      [480, 480, 0],
      [320, 324, 0],
    ],
  },
  {
    ...{ merchant: '211', day: CALLED_BACK_ON, reference: 'LS 2291', pallets: 0, cartons: 8, minutes: 30 },
    lines: [[200, 192, 0]],
  },
];

interface Billed {
  number: string;
  lines: readonly { trackingNumber: string; kind: string; amountMinor: number; text: string }[];
}

/** Two lines of parcels of the month, and one that belongs to nobody known. */
export const CARRIER_INVOICE: Billed = {
  number: '7003 4417 21',
  lines: [
    {
      ...{ trackingNumber: '0034 0434 1610 9402 1518', kind: 'oversize', amountMinor: 2_450 },
      text: 'Sperrgut: Gurtmaß über 360 cm',
    },
    {
      ...{ trackingNumber: '0034 0434 1610 9402 1501', kind: 'address_correction', amountMinor: 450 },
      text: 'Anschrift berichtigt',
    },
    {
      ...{ trackingNumber: '0034 0434 1610 9402 9914', kind: 'remote_area', amountMinor: 1_290 },
      text: 'Inselzuschlag',
    },
  ],
};
/** Comes in the last days: its surcharge waits for the next invoice. */
export const LATE_CARRIER_INVOICE: Billed = {
  number: '7003 4498 07',
  lines: [
    {
      ...{ trackingNumber: '0034 0434 1610 9402 1525', kind: 'weight_correction', amountMinor: 320 },
      text: 'Nachwiegung 2,4 kg statt 0,95 kg',
    },
  ],
};

/** The first articles of a merchant, by number. */
export const articlesFor = (sample: Sample, merchant: string, count: number): { sku: string; name: string }[] => {
  const names = new Map<string, string>();
  for (const order of sample.orders)
    if (order.merchant === merchant) for (const { sku, name } of order.lines) names.set(sku, names.get(sku) ?? name);
  return [...names]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, count)
    .map(([sku, name]) => ({ sku, name: name || sku }));
};

/** All of it as facts, as it is set out to be done. */
export const handWork = (month: string): HandWork => ({
  shipments: PARCELS.map(
    ({ merchant, number, pieces, weightGrams, parcels = 1, trackingNumber, packaging, cancelled }) => ({
      ...{ merchant, reference: number, order: number, shippedOn: dayOf(month, PACKED_ON), country: 'DE' },
      ...{ pieces: sum(pieces), lines: pieces.length, weightGrams, parcels, carrier: 'DHL', channel: 'shop' },
      trackingNumber,
      packaging: packaging.map(([code, quantity]) => ({ code, quantity })),
      ...(cancelled === undefined ? {} : { cancelled: { on: dayOf(month, CALLED_BACK_ON) } }),
    }),
  ),
  deliveries: ARRIVALS.map(({ merchant, reference, day, lines, pallets, cartons, minutes }) => ({
    ...{ merchant, reference, pallets, cartons, minutes, pieces: sum(lines.map(([, received]) => received)) },
    closedOn: dayOf(month, day),
  })),
  carrierInvoices: [
    {
      ...{ carrier: 'DHL', number: CARRIER_INVOICE.number, knownOn: dayOf(month, CALLED_BACK_ON) },
      lines: CARRIER_INVOICE.lines.map(({ trackingNumber, kind, amountMinor }) => ({
        ...{ trackingNumber, kind, amount: amountMinor },
      })),
    },
  ],
});

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
