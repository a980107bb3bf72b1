import { expect, test } from '@jest/globals';
import { billedNetOf, billedNetOfAll, changeOf } from '../../../web/src/finance/runs/compared-rows.ts';
import type { RunRow } from '../../../web/src/finance/runs/row-states.ts';

const ID = '00000000-0000-4000-8000-000000000001';
const invoice = (state: string, netMinor: number, correctsId: string | null = null) => ({
  ...{ id: ID, kind: 'invoice' as const, number: null, state, netMinor, grossMinor: netMinor, correctsId },
});
const row = (state: RunRow['state'], ...invoices: RunRow['invoices']) => ({ state, invoices });

test.each<[string, Pick<RunRow, 'state' | 'invoices'>, number | undefined]>([
  ['issued', row('finalized', invoice('finalized', 500)), 500],
  ['delivered in two documents', row('delivered', invoice('finalized', 500), invoice('finalized', 250)), 750],
  ['approved', row('approved', invoice('draft', 300)), 300],
  ['only drafted', row('draft', invoice('draft', 300)), undefined],
  ['parked', row('parked', invoice('draft', 300)), undefined],
  ['parked for the rest, with one document issued', row('parked', invoice('finalized', 500), invoice('draft', 9)), 500],
  ['carried over', row('cancelled'), undefined],
  ['skipped', row('skipped'), undefined],
  ['cancelled afterwards', row('cancelled', invoice('cancelled', 500), invoice('finalized', -500, ID)), undefined],
  ['credited in part', row('delivered', invoice('finalized', 500), invoice('finalized', -100, ID)), 500],
])('a row of the month before counts with what it billed: %s', (_title, before, net) => {
  expect(billedNetOf(before)).toBe(net);
});

test('a run of the month before counts with what its rows billed, and not at all where none did', () => {
  const billed = row('finalized', invoice('finalized', 500));
  const parked = row('parked', invoice('draft', 300));
  expect(billedNetOfAll([billed, parked, billed])).toBe(1000);
  expect(billedNetOfAll([parked])).toBeUndefined();
  expect(billedNetOfAll([])).toBeUndefined();
});

test('without a month before, or without a draft, there is no change', () => {
  expect(changeOf(700, 500)).toBe(200);
  expect(changeOf(700, 0)).toBe(700);
  expect(changeOf(700, undefined)).toBeNull();
  expect(changeOf(null, 500)).toBeNull();
});
