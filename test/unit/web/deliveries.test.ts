import { expect, test } from '@jest/globals';
import { readPasted } from '../../../web/src/merchant/deliveries/lines.ts';
import {
  confirmed,
  isWhole,
  onto,
  stamp,
  toSend,
  type Count,
  type Drafts,
} from '../../../web/src/warehouse/deliveries/counts.ts';
import type { Delivery } from '../../../web/src/shared/deliveries/words.tsx';

const shown = (text: string) => {
  const { lines, faults } = readPasted(text);
  return { lines: lines.map(({ sku, name, quantity }) => [sku, quantity, name]), faults };
};

test('D13 lines of a spreadsheet are read with their heading, in tabs or semicolons; the same article adds up', () => {
  expect(shown('SKU\tStück\tName\nA-1\t12\tTasse\nB;3\n\nA-1\t8\n')).toEqual({
    lines: [
      ['A-1', 20, 'Tasse'],
      ['B', 3, ''],
    ],
    faults: [],
  });
});

test.each([
  ['A-1\n', []],
  ['A;1\nB;zwei', [2]],
  ['A;0', [1]],
  ['x;1,5', [1]],
  ['A;1\n;5', [2]],
])('D13 what cannot be read of %j is told by its line', (text, faults) => expect(shown(text).faults).toEqual(faults));

const count = (patch: Partial<Count> = {}): Count => ({
  ...{ sku: 'A', name: 'Tasse', receivedQuantity: 5, damagedQuantity: 0, putAway: [] },
  ...patch,
});
const line = (receivedQuantity: number | null, sku = 'A') => ({
  sku,
  receivedQuantity,
  damagedQuantity: 0,
  putAway: [],
});
const delivery = (...lines: object[]) => ({ lines }) as unknown as Delivery;
const base = stamp(line(null) as never);

test('D13 a count that does not hold together waits on the device', () => {
  expect(isWhole(count({ damagedQuantity: 5, putAway: [] }))).toBe(true);
  expect(isWhole(count({ damagedQuantity: 6 }))).toBe(false);
  expect(isWhole(count({ damagedQuantity: 1, putAway: [{ bin: 'R1', quantity: 5 }] }))).toBe(false);
});

test('D13 a bin that is still being typed is not sent', () => {
  const putAway = [
    { bin: ' R1 ', quantity: 2 },
    { bin: '', quantity: 3 },
  ];
  expect(toSend([{ count: count({ putAway }), base }])[0]!.putAway).toEqual([{ bin: 'R1', quantity: 2 }]);
});

test('D13 what somebody else counted meanwhile wins; other articles go on', () => {
  const drafts: Drafts = { A: { count: count(), base }, B: { count: count({ sku: 'B' }), base } };
  const { kept, lost } = onto(drafts, delivery(line(7), line(null, 'B')));
  expect(Object.keys(kept)).toEqual(['B']);
  expect(lost).toEqual(['A']);
});

test('D13 what was scanned while a count was on its way goes next, on what was confirmed', () => {
  const sent: Drafts = { A: { count: count(), base } };
  expect(confirmed(sent, sent)).toEqual({});
  const now: Drafts = { A: { count: count({ receivedQuantity: 6 }), base } };
  const left = confirmed(now, sent);
  expect(onto(left, delivery(line(5)))).toMatchObject({ lost: [], kept: { A: { count: { receivedQuantity: 6 } } } });
});
