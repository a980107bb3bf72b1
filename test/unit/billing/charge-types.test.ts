import { expect, test } from '@jest/globals';
import type { z } from 'zod';
import type { ChargeFact } from '../../../services/billing/domain/charge-fact.ts';
import { batchCharges } from '../../../services/billing/domain/charge-types/batches.ts';
import { carrierLineCharges } from '../../../services/billing/domain/charge-types/carrier-surcharges.ts';
import { CHARGE_TYPES } from '../../../services/billing/domain/charge-types/index.ts';
import { inspectionCharges, receiptCharges } from '../../../services/billing/domain/charge-types/returns.ts';
import { shipmentCharges } from '../../../services/billing/domain/charge-types/shipments.ts';
import { softwareFeeCharge } from '../../../services/billing/domain/charge-types/software-fee.ts';
import { specialJobCharges } from '../../../services/billing/domain/charge-types/special-jobs.ts';
import {
  dayCharges,
  plainDay,
  type StorageLine,
  type StorageMethod,
} from '../../../services/billing/domain/charge-types/storage.ts';
import { formatMicros } from '../../../shared/kernel/decimal.ts';
import type { inspectedItem, returnInspectedV1 } from '../../../shared/protocol/returns/events.ts';
import { batch, inspection, receipt, shipment, specialJob } from '../../support/billing-events.ts';
import { billedByCarrier } from '../../support/shipment-events.ts';

const shown = (facts: ChargeFact[]) =>
  Object.fromEntries(facts.map(({ type, quantityMicros }) => [type.key, formatMicros(quantityMicros)]));

test.each([
  ['one piece', { pieces: 1 }, { pick_first: '1', pack: '1', material: '1', freight: '1' }],
  ['seven pieces', { pieces: 7 }, { pick_first: '1', pick_further: '6', pack: '1', material: '1', freight: '1' }],
  [
    'two parcels',
    { pieces: 3, parcels: 2 },
    { pick_first: '1', pick_further: '2', pack: '2', material: '2', freight: '2' },
  ],
  [
    'a later shipment',
    { pieces: 3, firstShipment: false },
    { pick_further: '3', pack: '1', material: '1', freight: '1' },
  ],
  [
    'a later shipment of one piece',
    { pieces: 1, firstShipment: false },
    { pick_further: '1', pack: '1', material: '1', freight: '1' },
  ],
  ['no pieces', { pieces: 0 }, { pick_first: '1', pack: '1', material: '1', freight: '1' }],
])('a shipment of %s', (_title, overrides, expected) =>
  // by weight where the cards price it: the same 900 g in each case
  expect(shown(shipmentCharges(shipment(overrides)))).toEqual({ ...expected, pick_weight: '0.9' }),
);

test('D3 of a split order the first pick is charged once, parcels each', () => {
  const both = [shipment({ pieces: 2 }), shipment({ pieces: 2, firstShipment: false })].flatMap(shipmentCharges);
  const count = (key: string) => both.filter(({ type }) => type.key === key).length;
  expect([count('pick_first'), count('pick_further'), count('pack'), count('freight')]).toEqual([1, 2, 2, 2]);
});

test('a shipment keeps its service date, its conditions per parcel and where it comes from', () => {
  const event = shipment({ weightGrams: 5001, parcels: 2, country: 'AT', carrier: null });
  for (const fact of shipmentCharges(event))
    expect(fact).toMatchObject({
      source: 'orders.shipment',
      sourceEvent: event.shipmentId,
      revision: 0,
      serviceDate: event.serviceDate,
      attributes: { country: 'AT', weightGrams: 2501, carrier: null, channel: event.channel },
      reference: { kind: 'shipment', number: event.orderNumber },
    });
});

test('E3 a shipment without weight is in no band of weights, and neither are its surcharges', () => {
  const event = shipment({ weightGrams: 0, parcels: 2 });
  const facts = [...shipmentCharges(event), ...carrierLineCharges(billedByCarrier(event, 250))];
  expect(facts.map(({ type }) => type.key)).toContain('carrier_surcharge');
  for (const { attributes } of facts) expect(attributes).not.toHaveProperty('weightGrams');
});

type Item = z.input<typeof inspectedItem>;
const item = (quantity: number, disposition: Item['disposition'], overrides: Partial<Item> = {}): Item => ({
  itemId: '01990000-0000-7000-8000-000000000001',
  sku: 'A',
  name: 'Article',
  quantity,
  grade: 'A',
  reason: null,
  note: '',
  disposition,
  photos: [],
  ...overrides,
});
const photo = { photoId: '01990000-0000-7000-8000-000000000002', thumbKey: 't', webKey: 'w' };
const inspected = (overrides: Partial<z.input<typeof returnInspectedV1.payload>>) =>
  shown(inspectionCharges(inspection(overrides)));

test.each<[string, Partial<z.input<typeof returnInspectedV1.payload>>, Record<string, string>]>([
  ['restocked', { items: [item(3, 'restock')] }, { return_parcel: '1', return_item: '3', return_restock: '3' }],
  [
    'restocked as B',
    { items: [item(1, 'restock'), item(2, 'restock_b')] },
    { return_parcel: '1', return_item: '3', return_restock: '3' },
  ],
  [
    'disposed of',
    { items: [item(1, 'rtv'), item(2, 'dispose')] },
    { return_parcel: '1', return_item: '3', return_disposal: '2' },
  ],
  ['come in two parcels', { items: [item(3, 'rtv')], parcels: 2 }, { return_parcel: '2', return_item: '3' }],
  ['undecided', { items: [item(2, null)] }, { return_parcel: '1', return_item: '2' }],
  ['photographed as a parcel', { items: [], photos: [photo] }, { return_parcel: '1', return_photo: '1' }],
  [
    'photographed by item',
    { items: [item(1, 'rtv', { photos: [photo, photo] })] },
    { return_parcel: '1', return_item: '1', return_photo: '1' },
  ],
  [
    'undeliverable',
    { kind: 'undeliverable', items: [item(1, 'restock')], photos: [photo] },
    { return_photo: '1', return_restock: '1' },
  ],
])('an inspected return that is %s', (_title, overrides, expected) => expect(inspected(overrides)).toEqual(expected));

test('an inspection carries the grades behind each charge', () => {
  const facts = inspectionCharges(inspection({ items: [item(1, 'restock'), item(2, 'dispose', { grade: 'D' })] }));
  const grades = Object.fromEntries(facts.map(({ type, attributes }) => [type.key, attributes.grades]));
  expect(grades).toEqual({
    return_parcel: ['A', 'D'],
    return_item: ['A', 'D'],
    return_restock: ['A'],
    return_disposal: ['D'],
  });
});

test('only undeliverable parcels are charged on receipt', () => {
  expect(shown(receiptCharges(receipt({ kind: 'undeliverable' })))).toEqual({ return_undeliverable: '1' });
  expect(receiptCharges(receipt({ kind: 'withdrawal' }))).toEqual([]);
});

test('a dispatched batch costs its pieces and parcels', () =>
  expect(shown(batchCharges(batch({ pieces: 12, parcels: 2 })))).toEqual({ rtv_handling: '12', rtv_freight: '2' }));

test.each([
  ['2.5', 'hour', '2.5'],
  ['40', 'minute', '40'],
])('a special job of %s %s is charged by its own unit', (quantity, unit, expected) => {
  const [fact] = specialJobCharges(specialJob({ quantity, unit: unit as 'hour' }));
  expect([fact!.unit, formatMicros(fact!.quantityMicros)]).toEqual([unit, expected]);
});

test('a special job of nothing makes no charge', () =>
  expect(specialJobCharges(specialJob({ quantity: '0.00' }))).toEqual([]));

const line = (bin: string, quantity: string, overrides: Partial<StorageLine> = {}): StorageLine => ({
  bin,
  sku: null,
  storageType: 'bin',
  quantity,
  volumeM3: null,
  ...overrides,
});
const stored = (lines: StorageLine[], method: StorageMethod) => {
  const terms = { contractId: 'c', startsOn: '2026-01-01', endsOn: null, method, measure: null, ageBands: [] };
  const day = { headerId: 'h', merchantId: 'm', warehouse: 'main', day: '2026-10-25', source: 'api', lines };
  return dayCharges(plainDay(day, terms), terms);
};

test.each<[StorageMethod, StorageLine[], Record<string, string>, string | undefined]>([
  ['binDay', [line('A', '3'), line('A', '1'), line('B', '2')], { storage: '2' }, 'bin_day'],
  ['palletDay', [line('P', '2', { storageType: 'pallet' }), line('A', '5')], { storage: '2' }, 'pallet_day'],
  ['palletDay', [line('A', '5')], {}, undefined],
  [
    'cubicMetreDay',
    [line('A', '1', { volumeM3: '1.25' }), line('B', '1', { volumeM3: '1.15' })],
    { storage: '2.4' },
    'm3_day',
  ],
  ['cubicMetreDay', [line('A', '1', { volumeM3: '1.25' }), line('B', '0')], { storage: '1.25' }, 'm3_day'],
  ['pieceDay', [line('A', '3'), line('B', '0.5')], { storage: '3.5' }, 'piece_day'],
  ['binDay', [], {}, undefined],
])('storage by %s', (method, lines, expected, unit) => {
  const facts = stored(lines, method);
  expect(shown(facts)).toEqual(expected);
  expect(facts[0]?.unit).toBe(unit);
});

test('a line without volume blocks the whole day', () => {
  const [fact] = stored([line('A', '1', { volumeM3: '1.25' }), line('B', '2')], 'cubicMetreDay');
  expect(fact!.attributes).toEqual({ method: 'cubicMetreDay', blocked: 'VOLUME_MISSING' });
});

test.each([
  ['2026-10', 12, '0.387097', '2026-10-31'],
  ['2026-02', 28, '1', '2026-02-28'],
  ['2028-02', 1, '0.034483', '2028-02-29'],
])('the fee of %s for %i active days is %s on %s', (month, days, quantity, serviceDate) => {
  const fact = softwareFeeCharge('m', month, days);
  expect([formatMicros(fact.quantityMicros), fact.serviceDate]).toEqual([quantity, serviceDate]);
  expect(softwareFeeCharge('m', month, days).sourceEvent).toBe(fact.sourceEvent);
});

test('every charge type stands once and is named in both languages', () => {
  expect(new Set(CHARGE_TYPES.map(({ key }) => key)).size).toBe(CHARGE_TYPES.length);
  for (const { label } of CHARGE_TYPES) expect([label.de, label.en].every(Boolean)).toBe(true);
});
