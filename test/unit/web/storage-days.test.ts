import { expect, test } from '@jest/globals';
import { gapsByWarehouse, storageDays, type Snapshot, type StorageGap } from '../../../web/src/finance/storage/days.ts';

const ID = '00000000-0000-4000-8000-000000000001';
const snapshot = (day: string, warehouse: string): Snapshot => ({
  ...{ id: `${day}-${warehouse}`, merchantId: ID, warehouse, day, source: 'api', lines: 1, quantity: '1' },
  ...{ volumeM3: null, recordedBy: null, recordedAt: `${day}T05:00:00Z` },
});
const CONTRACT = { startsOn: '2026-11-03', endsOn: null, storageMethod: 'binDay' as const };
const month = (snapshots: Snapshot[], gaps: StorageGap[]) =>
  storageDays({ month: '2026-11', snapshots, gaps, contracts: [CONTRACT], today: '2026-11-06' });

test('a day that one warehouse does not tell of is a gap, whatever the others tell', () => {
  const told = [snapshot('2026-11-03', 'north'), snapshot('2026-11-03', 'south'), snapshot('2026-11-04', 'south')];
  const gaps = [
    { day: '2026-11-04', warehouse: 'north' },
    { day: '2026-11-05', warehouse: null },
    { day: '2026-11-06', warehouse: null },
  ];
  const days = month(told, gaps);
  expect(days.slice(1, 7).map(({ kind, silent, snapshots }) => [kind, silent, snapshots.length])).toEqual([
    ['notAgreed', [], 0],
    ['recorded', [], 2],
    ['gap', ['north'], 1],
    ['gap', [], 0],
    ['gap', [], 0],
    ['toCome', [], 0],
  ]);
});

test('a day that no warehouse tells of is missing of each of them, the others of theirs only', () => {
  const gaps = [
    { day: '2026-11-04', warehouse: 'north' },
    { day: '2026-11-05', warehouse: null },
  ];
  expect(gapsByWarehouse(gaps, ['north', 'south'])).toEqual([
    { warehouse: 'north', days: ['2026-11-04', '2026-11-05'] },
    { warehouse: 'south', days: ['2026-11-05'] },
  ]);
  expect(gapsByWarehouse(gaps.slice(0, 1), ['north', 'south'])).toEqual([{ warehouse: 'north', days: ['2026-11-04'] }]);
  expect(gapsByWarehouse(gaps, [])).toEqual([]);
});
