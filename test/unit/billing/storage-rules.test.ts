import { describe, expect, test } from '@jest/globals';
import { carryLayers, isAnniversary, type Layers } from '../../../services/billing/domain/storage/layers.ts';
import { monthQuantity } from '../../../services/billing/domain/storage/month-quantity.ts';
import { rebuildDay } from '../../../services/billing/domain/storage/rebuild-day.ts';
import { shareBin } from '../../../services/billing/domain/storage/shared-bins.ts';
import type { StorageMethod } from '../../../services/billing/domain/storage/storage-day.ts';
import { assertStorage } from '../../../services/merchants/domain/contract-rules.ts';
import { eachDay, lastDayOf } from '../../../shared/kernel/dates.ts';
import { formatMicros, MICROS } from '../../../shared/kernel/decimal.ts';

const month = (name: string) => eachDay(`${name}-01`, lastDayOf(name));

test.each<[StorageMethod, string, string]>([
  // stock n on the n-th day
  ['monthEnd', '2027-02', '28'],
  ['monthEnd', '2028-02', '29'],
  ['monthAverage', '2027-02', '14.5'],
  ['monthAverage', '2028-02', '15'],
  ['monthAverage', '2026-10', '16'],
  ['monthPeak', '2026-03', '31'],
  ['halfMonth', '2026-03', '8'],
  ['halfMonth', '2027-02', '8'],
])('F2 %s of %s is %s, whatever the clock does', (method, name, quantity) =>
  expect(formatMicros(monthQuantity(method, month(name), (day) => BigInt(day.slice(8)) * MICROS))).toBe(quantity),
);

test('F4 the shares of a bin add up to one for any number of owners and volumes', () => {
  let seed = 7n;
  const random = (below: bigint) => (seed = (seed * 6_364_136_223_846_793_005n + 1n) % (1n << 64n)) % below;
  for (let round = 0; round < 300; round += 1) {
    const owners = Array.from({ length: Number(random(9n)) + 2 }, (_, index) => ({
      merchantId: `m${index}`,
      volumeMicros: random(5n) === 0n ? 0n : random(1_000_000n),
      since: `2026-10-0${(index % 3) + 1}`,
    }));
    for (const rule of ['byVolume', 'firstOwner'] as const) {
      const shares = shareBin(owners, rule);
      const turned = shareBin(owners.toReversed(), rule);
      if (shares === 'VOLUME_MISSING' || turned === 'VOLUME_MISSING') throw new Error('No volume is missing');
      expect([...shares.values()].reduce((sum, share) => sum + share, 0n)).toBe(MICROS);
      expect([...turned].toSorted()).toEqual([...shares].toSorted());
    }
  }
});

test('F5 layers hold as much as there is, the oldest leave first', () => {
  let layers: Layers = new Map();
  for (const [day, amount] of [
    ['2026-10-01', 5n],
    ['2026-10-02', 8n],
    ['2026-10-03', 2n],
    ['2026-10-04', 3n],
  ] as const)
    layers = carryLayers(layers, day, new Map([['S', amount]]));
  expect(layers.get('S')).toEqual([
    { since: '2026-10-02', micros: 2n },
    { since: '2026-10-04', micros: 1n },
  ]);
});

test.each([
  ['2028-01-31', '2028-02-29', true],
  ['2027-01-31', '2027-02-28', true],
  ['2027-01-28', '2027-02-28', true],
  ['2028-01-30', '2028-02-28', false],
  ['2028-02-29', '2029-02-28', true],
  ['2026-10-31', '2026-10-30', false],
])('F2 goods in since %s have an anniversary on %s: %s', (since, day, expected) =>
  expect(isAnniversary({ since }, day)).toBe(expected),
);

test('F8 goods leave their bins in order and come to the first; what lay nowhere has an unknown place', () => {
  const line = (bin: string, sku: string, quantity: string, volumeM3: string | null) => ({
    ...{ bin, sku, quantity, volumeM3 },
    storageType: 'bin' as const,
  });
  const stock = [line('B', 'S', '3', '0.3'), line('A', 'S', '2', '0.2'), line('C', 'T', '1', null)];
  expect(rebuildDay(stock, [{ sku: 'S', quantity: -4 }])).toEqual([
    line('B', 'S', '1', '0.1'),
    line('C', 'T', '1', null),
  ]);
  expect(rebuildDay(stock, [{ sku: 'S', quantity: -9 }])).toEqual([line('C', 'T', '1', null)]);
  expect(rebuildDay(stock, [{ sku: 'S', quantity: 1 }])).toContainEqual(line('A', 'S', '3', '0.3'));
  expect(rebuildDay([], [{ sku: 'N', quantity: 2 }])).toEqual([line('?', 'N', '2', null)]);
});

describe('F2 terms of a contract that leave open what is measured are refused', () => {
  const plain = {
    storageMeasure: null,
    storageAgeBands: [],
    storageSource: 'external',
    storageIsLandRelated: false,
  } as const;
  test.each<[string, Partial<Parameters<typeof assertStorage>[0]>]>([
    ['storageMeasure', { storageMethod: 'monthPeak' }],
    ['storageMeasure', { storageMethod: 'binDay', storageMeasure: 'bin' }],
    ['storageAgeBands', { storageMethod: 'monthEnd', storageMeasure: 'piece', storageAgeBands: [30] }],
    ['storageAgeBands', { storageMethod: null, storageAgeBands: [30] }],
    ['storageSource', { storageMethod: 'binDay', storageSource: 'ledger' }],
    ['storageIsLandRelated', { storageMethod: null, storageIsLandRelated: true }],
    ['storageSource', { storageMethod: 'monthEnd', storageMeasure: 'pallet', storageSource: 'ledger' }],
  ])('%s of %j', (path, terms) => {
    const check = () =>
      assertStorage({ ...plain, storageMethod: null, ...terms, storageAgeBands: [...(terms.storageAgeBands ?? [])] });
    expect(check).toThrow(expect.objectContaining({ data: { errors: [expect.objectContaining({ path })] } }));
  });
  test('others are taken', () =>
    expect(() =>
      assertStorage({
        storageMethod: 'halfMonth',
        storageMeasure: 'piece',
        storageAgeBands: [],
        storageSource: 'ledger',
        storageIsLandRelated: true,
      }),
    ).not.toThrow());
});
