import type { z } from 'zod';
import { uuidv7 } from '../../shared/kernel/ids.ts';
import { merchantSnapshot, type ContractTerms, type MerchantSnapshot } from '../../shared/protocol/merchants/events.ts';
import { orderShippedV1, specialJobSignedOffV1 } from '../../shared/protocol/orders/events.ts';
import {
  batchDispatchedV1,
  itemSettledV1,
  returnInspectedV1,
  returnReceivedV1,
} from '../../shared/protocol/returns/events.ts';

/** Payloads of events that billing charges for; a test names what matters to it. */
const newId = () => uuidv7(new Date());

export const shipment = (overrides: Partial<z.input<typeof orderShippedV1.payload>> = {}) =>
  orderShippedV1.payload.parse({
    merchantId: newId(),
    orderId: newId(),
    orderNumber: 'B-1001',
    channel: 'shop',
    shipmentId: newId(),
    firstShipment: true,
    shippedAt: '2026-10-15T10:00:00Z',
    serviceDate: '2026-10-15',
    carrier: 'DHL',
    trackingNumber: '00340434161094000001',
    country: 'DE',
    weightGrams: 900,
    parcels: 1,
    pieces: 3,
    lines: [],
    ...overrides,
  });

export const receipt = (overrides: Partial<z.input<typeof returnReceivedV1.payload>> = {}) =>
  returnReceivedV1.payload.parse({
    returnId: newId(),
    merchantId: newId(),
    number: 'R-1',
    kind: 'undeliverable',
    orderNumber: null,
    receivedAt: '2026-10-15T10:00:00Z',
    receivedOn: '2026-10-15',
    ...overrides,
  });

export const inspection = (overrides: Partial<z.input<typeof returnInspectedV1.payload>> = {}) =>
  returnInspectedV1.payload.parse({
    returnId: newId(),
    merchantId: newId(),
    number: 'R-1',
    kind: 'withdrawal',
    orderNumber: 'B-1001',
    revision: 0,
    inspectedAt: '2026-10-15T10:00:00Z',
    inspectedOn: '2026-10-15',
    items: [
      {
        itemId: newId(),
        sku: 'A-1',
        name: 'Article',
        quantity: 2,
        grade: 'A',
        reason: null,
        note: '',
        disposition: 'restock',
        photos: [],
      },
    ],
    photos: [],
    ...overrides,
  });

export const settledItem = (overrides: Partial<z.input<typeof itemSettledV1.payload>> = {}) =>
  itemSettledV1.payload.parse({
    returnId: newId(),
    merchantId: newId(),
    number: 'R-1',
    kind: 'withdrawal',
    orderNumber: 'B-1001',
    itemId: newId(),
    revision: 0,
    sku: 'A-1',
    name: 'Article',
    quantity: 2,
    grade: 'C',
    disposition: 'restock',
    settledAt: '2026-10-18T10:00:00Z',
    settledOn: '2026-10-18',
    ...overrides,
  });

export const batch = (overrides: Partial<z.input<typeof batchDispatchedV1.payload>> = {}) =>
  batchDispatchedV1.payload.parse({
    batchId: newId(),
    merchantId: newId(),
    number: 'S-1',
    dispatchedAt: '2026-10-15T10:00:00Z',
    dispatchedOn: '2026-10-15',
    carrier: 'DHL',
    trackingNumber: '0034',
    parcels: 1,
    weightGrams: 4000,
    pieces: 4,
    items: [],
    ...overrides,
  });

export const specialJob = (overrides: Partial<z.input<typeof specialJobSignedOffV1.payload>> = {}) =>
  specialJobSignedOffV1.payload.parse({
    merchantId: newId(),
    specialJobId: newId(),
    number: 'A-1',
    code: 'relabel',
    description: 'Labels',
    unit: 'minute',
    quantity: '50',
    serviceDate: '2026-10-15',
    revision: 0,
    ...overrides,
  });

export const contract = (overrides: Partial<ContractTerms> = {}): ContractTerms => ({
  contractId: newId(),
  startsOn: '2026-01-01',
  endsOn: null,
  fulfilmentCadence: 'semiMonthly',
  monthEndDocuments: 'one',
  storageMethod: 'binDay',
  storageMeasure: null,
  storageAgeBands: [],
  storageSource: 'external',
  storageIsLandRelated: false,
  softwareFee: true,
  rateCardCode: null,
  ...overrides,
});

export const merchant = (overrides: Partial<MerchantSnapshot> = {}): MerchantSnapshot =>
  merchantSnapshot.parse({
    merchantId: newId(),
    version: 1,
    number: `M-${newId().slice(-8)}`,
    name: 'Wimpel & Feier GmbH',
    status: 'active',
    language: 'de',
    address: { name: 'Wimpel & Feier GmbH', street: 'Gasse 7', postalCode: '04179', city: 'Leipzig', country: 'DE' },
    vatId: null,
    taxTreatment: 'domestic',
    taxBefore: [],
    exemptionReason: null,
    vatIdCheck: null,
    paymentTermsDays: 14,
    invoiceEmails: [],
    noticeEmails: [],
    purchaseOrderReference: null,
    debtorNumber: null,
    rtvAddress: null,
    rtvSchedule: 'manual',
    returnRules: [],
    contracts: [contract()],
    ...overrides,
  });
