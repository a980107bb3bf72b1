import { expect, test } from '@jest/globals';
import { factsOf, photosOf } from '../../../demo/facts.ts';
import { endOf } from '../../../demo/merchants.ts';
import type { Grade } from '../../../demo/returns/findings.ts';
import type { PlannedItem, PlannedReturn } from '../../../demo/returns/plan.ts';

const part = (pieces: number, grade: Grade) => ({
  pieces,
  finding: { grade, reason: 'Defekt', note: 'Kaputt', damage: 'dent' as const },
});
const item = (pieces: number, parts: PlannedItem['parts']): PlannedItem => ({
  sku: '48111',
  name: 'MAT',
  pieces,
  parts,
});
const parcel = (merchant: string, items: PlannedItem[], more: Partial<PlannedReturn> = {}): PlannedReturn => ({
  merchant,
  recognised: 'announced',
  code: 'C1',
  trackingNumber: '1',
  day: '2026-10-09',
  inspectedOn: '2026-10-09',
  items,
  parcelPhotos: 0,
  ...more,
});
const factsFor = (...returns: PlannedReturn[]) =>
  factsOf({
    month: '2026-10',
    merchants: [],
    returns,
    batches: returns.map(({ merchant }) => ({ merchant, number: 'RTV-1', dispatchedOn: '2026-10-29', parcels: 2 })),
    stock: [{ merchant: '211', day: '2026-10-01', bins: 0 }],
    jobs: [],
    byHand: { shipments: [], deliveries: [], carrierInvoices: [] },
  });

test.each([
  ['211', 'A', 'restocked'],
  ['211', 'B', 'batch'],
  ['211', 'D', 'batch'],
  ['481', 'C', 'batch'],
  ['481', 'D', 'disposed'],
  ['847', 'B', 'restocked'],
  ['481', null, 'restocked'],
] as const)('goods of %s with grade %s are %s', (merchant, grade, end) => {
  expect(endOf(merchant, grade)).toBe(end);
});

test('pieces are counted by where they end; a missing one is not counted', () => {
  const { returns, rtvBatches, storageSnapshots } = factsFor(
    parcel('481', [item(10, [part(2, 'D'), part(3, 'C'), part(4, 'A')])]),
  );
  expect(returns).toEqual([
    {
      merchant: '481',
      reference: 'C1',
      kind: 'standard',
      receivedOn: '2026-10-09',
      inspectedOn: '2026-10-09',
      pieces: 9,
      hasPhotos: true,
      restocked: 4,
      disposed: 2,
    },
  ]);
  expect(rtvBatches).toEqual([
    { merchant: '481', reference: 'RTV-1', dispatchedOn: '2026-10-29', parcels: 2, pieces: 3 },
  ]);
  expect(storageSnapshots).toEqual([{ merchant: '211', date: '2026-10-01', quantity: '0' }]);
});

test('an undeliverable parcel is restocked whole, unopened and without photos', () => {
  const undeliverable = parcel('211', [item(3, []), item(2, [])], { recognised: 'undeliverable', code: '542000' });
  expect(factsFor(undeliverable).returns).toMatchObject([
    { kind: 'undeliverable', pieces: 0, hasPhotos: false, restocked: 5, disposed: 0 },
  ]);
});

test('a parcel whose merchant is found later is charged with the day on which its inspection ended', () => {
  const late = parcel('211', [item(1, [part(1, 'A')])], {
    recognised: 'unknown',
    code: null,
    inspectedOn: '2026-10-14',
  });
  expect(factsFor(late).returns).toMatchObject([
    { reference: '1', receivedOn: '2026-10-09', inspectedOn: '2026-10-14' },
  ]);
});

test.each([
  [parcel('211', [item(1, [part(1, 'A')])]), 1],
  [parcel('211', [item(1, [part(1, 'A')])], { parcelPhotos: 1 }), 1],
  [parcel('211', [item(3, [part(1, 'B'), part(2, 'A')]), item(1, [part(1, 'D')])], { parcelPhotos: 1 }), 3],
])('photos show every finding below A, and each opened parcel has one', (planned, photos) => {
  expect(photosOf(planned)).toBe(photos);
});
