import type { z } from 'zod';
import { uuidOf } from '../../shared/kernel/ids.ts';
import { invoiceDocumentReadyV1 } from '../../shared/protocol/billing/events.ts';
import { sampleShipped } from '../../services/notifications/templates/order-shipped/sample.ts';
import { orderShippedV1 } from '../../shared/protocol/orders/events.ts';
import type { Desk } from '../../services/notifications/templates/template.ts';
import { mailLinks } from '../../services/notifications/templates/links.ts';
import {
  batchDispatchedV1,
  decisionRequestedV1,
  inspectedItem as itemSchema,
  returnInspectedV1,
  returnReceivedV1,
} from '../../shared/protocol/returns/events.ts';

export type Inspected = z.output<typeof returnInspectedV1.payload>;
export type Dispatched = z.output<typeof batchDispatchedV1.payload>;
export type Ready = z.output<typeof invoiceDocumentReadyV1.payload>;
export type Shipped = z.output<typeof orderShippedV1.payload>;
export type Received = z.output<typeof returnReceivedV1.payload>;
export type Asked = z.output<typeof decisionRequestedV1.payload>;

export const MERCHANT_ID = uuidOf('mail-samples', 'merchant');
const SHA = 'ab'.repeat(32);

/** A photo whose key has the form of the store; `sha256` is that of its small rendition. */
export const photo = (name: string | number, sha256 = SHA): Inspected['photos'][number] => ({
  photoId: uuidOf('mail-samples', 'photo', name),
  thumbKey: `photos/${sha256.slice(0, 2)}/${sha256}.jpg`,
  webKey: `photos/${sha256.slice(0, 2)}/${sha256}.jpg`,
});

export const inspectedItem = (overrides: Partial<Inspected['items'][number]> = {}): Inspected['items'][number] =>
  itemSchema.parse({
    itemId: uuidOf('mail-samples', 'item'),
    sku: '85123A',
    name: 'Teelichthalter „Herz“, weiß',
    quantity: 2,
    grade: 'D',
    reason: 'Transportschaden',
    note: 'Ein Halter ist zerbrochen, der zweite hat einen Riss am Sockel.\nOriginalverpackung fehlt.',
    disposition: 'rtv',
    photos: [],
    ...overrides,
  });

/** A return with three items; `photos` of the first item and of the parcel can be given. */
export const inspected = (overrides: Partial<Inspected> = {}): Inspected =>
  returnInspectedV1.payload.parse({
    returnId: uuidOf('mail-samples', 'return'),
    merchantId: MERCHANT_ID,
    number: 'RT-2026-00042',
    kind: 'withdrawal',
    orderNumber: '536365',
    revision: 0,
    inspectedAt: '2026-10-14T09:30:00Z',
    inspectedOn: '2026-10-14',
    items: [
      inspectedItem(),
      inspectedItem({
        sku: '22752',
        name: 'Steckspiel „Turm“ aus 7 Klötzen',
        quantity: 1,
        grade: 'A',
        reason: 'Gefällt nicht',
        note: '',
        disposition: 'restock',
      }),
      inspectedItem({
        ...{ sku: null, name: '', quantity: 1, grade: null, reason: null, note: '', disposition: null },
      }),
    ],
    photos: [],
    ...overrides,
  });

export const dispatched = (overrides: Partial<Dispatched> = {}): Dispatched =>
  batchDispatchedV1.payload.parse({
    batchId: uuidOf('mail-samples', 'batch'),
    merchantId: MERCHANT_ID,
    number: 'RB-2026-00007',
    dispatchedAt: '2026-10-30T15:00:00Z',
    dispatchedOn: '2026-10-30',
    carrier: 'DHL',
    trackingNumber: '00340434161094042557',
    parcels: 2,
    weightGrams: 12_450,
    pieces: 4,
    items: [
      {
        itemId: uuidOf('mail-samples', 'batch-item', 1),
        returnNumber: 'RT-2026-00042',
        sku: '85123A',
        name: 'Teelichthalter „Herz“, weiß',
        quantity: 3,
        grade: 'D',
        reason: 'Transportschaden',
      },
      {
        itemId: uuidOf('mail-samples', 'batch-item', 2),
        returnNumber: 'RT-2026-00051',
        sku: null,
        name: 'Tasse mit Blumenmuster',
        quantity: 1,
        grade: 'C',
        reason: null,
      },
    ],
    ...overrides,
  });

export const shipped = (overrides: Partial<Shipped> = {}): Shipped =>
  orderShippedV1.payload.parse({
    ...sampleShipped('de'),
    shipmentId: uuidOf('mail-samples', 'shipment'),
    merchantId: MERCHANT_ID,
    ...overrides,
  });

export const ready = (overrides: Partial<Ready> = {}): Ready =>
  invoiceDocumentReadyV1.payload.parse({
    invoiceId: uuidOf('mail-samples', 'invoice'),
    merchantId: MERCHANT_ID,
    number: 'RE-2026-00123',
    kind: 'invoice',
    corrects: null,
    currency: 'EUR',
    issueDate: '2026-10-31',
    dueDate: '2026-11-14',
    periodFrom: '2026-10-01',
    periodTo: '2026-10-31',
    netMinor: 123_456,
    vatMinor: 23_457,
    grossMinor: 146_913,
    language: 'de',
    issuerName: 'Muster Fulfillment GmbH',
    pdf: { objectKey: `invoices/ab/${SHA}.pdf`, sha256: SHA, bytes: 4, filename: 'RE-2026-00123.pdf' },
    ...overrides,
  });

export const received = (overrides: Partial<Received> = {}): Received =>
  returnReceivedV1.payload.parse({
    returnId: uuidOf('mail-samples', 'return'),
    merchantId: MERCHANT_ID,
    number: 'RT-2026-00042',
    kind: 'withdrawal',
    orderNumber: '536365',
    receivedAt: '2026-10-13T09:30:00Z',
    receivedOn: '2026-10-13',
    ...overrides,
  });

/** The merchant is asked on 14 October at 11:30 in Berlin and has 48 hours. */
export const asked = (overrides: Partial<Asked> = {}): Asked =>
  decisionRequestedV1.payload.parse({
    returnId: uuidOf('mail-samples', 'return'),
    merchantId: MERCHANT_ID,
    number: 'RT-2026-00042',
    kind: 'withdrawal',
    orderNumber: '536365',
    revision: 0,
    requestedAt: '2026-10-14T09:30:00Z',
    dueAt: '2026-10-16T09:30:00Z',
    items: [
      {
        itemId: uuidOf('mail-samples', 'item'),
        sku: '85123A',
        name: 'Teelichthalter „Herz“, weiß',
        quantity: 2,
        grade: 'D',
        reason: 'Transportschaden',
        note: 'Ein Halter ist zerbrochen.',
        defaultDisposition: 'dispose',
        choices: ['rtv', 'dispose', 'hold'],
        dueAt: '2026-10-16T09:30:00Z',
        photos: [],
      },
    ],
    ...overrides,
  });

/** What letters are written with: links to a house that is nowhere, signed with a known key. */
export const desk = (overrides: Partial<Desk> = {}): Desk => ({
  texts: {},
  links: mailLinks('https://kontor.example.com', new Uint8Array(32).fill(7), new Date('2026-10-14T12:00:00Z')),
  zone: 'Europe/Berlin',
  ...overrides,
});
