import { expect, test } from '@jest/globals';
import { applyCommands } from '../../../web/src/warehouse/offline/apply.ts';
import { blankItem } from '../../../web/src/warehouse/offline/blank.ts';
import type { InspectBody, Item, ReceiveBody, ReturnView } from '../../../web/src/warehouse/offline/model.ts';
import { isHere, summaryOf, type Found } from '../../../web/src/warehouse/offline/reference.ts';
import {
  beforeReassessment,
  choicesFor,
  countText,
  isGivenUp,
  isKnownParcel,
  reassess,
  soleClosed,
  soleTarget,
  toDecide,
  toReassess,
  waysOf,
} from '../../../web/src/warehouse/parts/afterwards.ts';
import { batchFilters } from '../../../web/src/warehouse/parts/batch-filters.ts';
import { AT, MARIA, returnOf } from '../../support/warehouse-outbox.ts';

type State = ReturnView['state'];

const found = (...states: State[]): Found => ({
  ...{ code: 'X', orders: [], articles: [], items: [], batches: [], source: 'server' },
  returns: states.map((state, index) => summaryOf(returnOf(`r${index}`, { state }))),
});
const item = (id: string, fields: Partial<Item>): Item => ({ ...blankItem(id), ...fields });
const ITEMS = [
  item('refurbishing', { state: 'refurbishing', grade: 'C' }),
  item('held', { state: 'on_hold' }),
  item('judged', { state: 'decided' }),
  item('proposed', { state: 'disposition_proposed' }),
  item('asked', { state: 'disposition_proposed', askedAt: AT.toISOString() }),
  item('restocked', { state: 'restocked' }),
];
const idsOf = (items: readonly Item[]) => items.map(({ id }) => id);

test('A1 the code of a closed return does not open it: its parcel may be another one and is taken as unknown', () => {
  for (const state of ['announced', 'in_transit', 'received', 'inspecting'] as const) {
    expect(soleTarget(found(state))).toBe('/warehouse/returns/r0');
    expect(soleClosed(found(state))).toBe(false);
  }
  for (const state of ['completed', 'processing', 'awaiting_decision', 'expired', 'lost', 'cancelled'] as const) {
    expect(soleTarget(found(state))).toBeUndefined();
    expect(soleClosed(found(state))).toBe(true);
  }
  expect(soleTarget(found('announced', 'completed'))).toBeUndefined();
  expect(soleClosed(found('completed', 'expired'))).toBe(false);
});

test('labels of goods and boxes open by themselves, whatever became of their return', () => {
  const label = { itemId: 'i1', returnId: 'r1', returnNumber: 'R-1', sku: null, name: 'Lampe' };
  expect(soleTarget({ ...found(), items: [label] })).toBe('/warehouse/returns/r1#i1');
  const box = { id: 'b1', number: 'B-1', merchantId: 'm1', state: 'open', pieces: 2 };
  expect(soleTarget({ ...found(), batches: [box] })).toBe('/warehouse/batches/b1');
  expect(soleTarget(found())).toBeUndefined();
});

test('A6 a further parcel is one more of a return that has come, and none that is known', () => {
  const all = ['received', 'inspecting', 'inspected', 'awaiting_decision', 'processing', 'completed'] as const;
  for (const state of all) expect(isHere({ state })).toBe(true);
  for (const state of ['announced', 'in_transit', 'expired', 'lost', 'cancelled'] as const)
    expect(isHere({ state })).toBe(false);
  expect(['expired', 'lost', 'cancelled', 'completed'].map((state) => isGivenUp({ state: state as State }))).toEqual([
    true,
    true,
    true,
    false,
  ]);
  const came = { id: 'p1', carrier: null, receivedAt: AT.toISOString(), receivedOn: '2026-11-21' };
  const view = returnOf('r1', { parcels: [{ ...came, trackingNumber: 'T-1' }] });
  expect(isKnownParcel(view, ' T-1 ')).toBe(true);
  expect(isKnownParcel(view, 'T-2')).toBe(false);
  expect(isKnownParcel(returnOf('r1', { parcels: [{ ...came, trackingNumber: null }] }), '')).toBe(false);
});

const received = (view: ReturnView, body: ReceiveBody) =>
  applyCommands(
    view,
    [{ seq: 1, id: 'c1', returnId: 'r1', author: MARIA, at: AT.toISOString(), step: { kind: 'receive', body } }],
    { rulesOf: () => [], groupOf: () => null, photos: new Map() },
  )!;

test('A6 without a network a further parcel opens the inspection again for what was missing, once', () => {
  const items = [item('gone', { state: 'missing' }), item('sold', { state: 'restocked' })];
  const view = returnOf('r1', { state: 'completed', items });
  const again = received(view, { parcelId: 'p2' });
  expect(again.state).toBe('inspecting');
  expect(again.items.map(({ state }) => state)).toEqual(['expected', 'restocked']);
  const came = {
    id: 'p2',
    carrier: null,
    trackingNumber: 'T-2',
    receivedAt: AT.toISOString(),
    receivedOn: '2026-11-21',
  };
  for (const body of [
    { parcelId: 'p2' },
    { parcelId: 'p3', trackingNumber: 'T-2' },
    { parcelId: 'p4', onlyFirst: true },
  ])
    expect(received({ ...view, parcels: [came] }, body)).toMatchObject({ state: 'completed', items });
});

test('A1 a return that was called off, expired or lost is here without a network as well', () => {
  for (const state of ['cancelled', 'expired', 'lost'] as const)
    expect(received(returnOf('r1', { state }), { parcelId: 'p1', onlyFirst: true }).state).toBe('received');
});

test('what is left to do after an inspection: refurbished goods, held ones, and those judged anew', () => {
  for (const state of ['awaiting_decision', 'processing'] as const) {
    expect(idsOf(toReassess({ state, items: ITEMS }))).toEqual(['refurbishing']);
    expect(idsOf(toDecide({ state, items: ITEMS }))).toEqual(['held', 'judged', 'proposed']);
  }
  for (const state of ['inspecting', 'inspected', 'completed'] as const) {
    expect(toReassess({ state, items: ITEMS })).toEqual([]);
    expect(toDecide({ state, items: ITEMS })).toEqual([]);
  }
});

test('what is held cannot be held again, and what has no grade cannot go back to its merchant', () => {
  expect(choicesFor({ state: 'on_hold', grade: 'B' })).not.toContain('hold');
  expect(choicesFor({ state: 'on_hold', grade: 'B' })).toContain('rtv');
  expect(choicesFor({ state: 'on_hold', grade: null })).not.toContain('rtv');
  expect(choicesFor({ state: 'decided', grade: 'A' })).toContain('hold');
});

function fakeDesk(judged: Item) {
  const done: unknown[] = [];
  const view = returnOf('r1', { state: 'processing', items: [judged] });
  const desk = {
    inspect: (body: InspectBody) => Promise.resolve((done.push(['inspect', body.itemId]), view)),
    decide: (decision: object) => Promise.resolve((done.push(['decide', decision]), view)),
    keep: () => Promise.resolve(void done.push('keep')),
  };
  return { done, desk };
}

test('goods back from refurbishing are judged, then decided on, because after the inspection a finding moves nothing', async () => {
  const byRule = fakeDesk(item('a', { state: 'disposition_proposed', disposition: 'restock', grade: 'A' }));
  await reassess(byRule.desk, { itemId: 'a', quantity: 1, grade: 'A', note: 'Wie neu.' });
  expect(byRule.done).toEqual([['inspect', 'a'], 'keep', ['decide', { itemId: 'a', disposition: 'restock' }], 'keep']);
  const part = fakeDesk(item('part', { state: 'decided', disposition: 'dispose', dispositionReason: 'Bleibt trüb' }));
  await reassess(part.desk, { itemId: 'a', partId: 'part', quantity: 1, grade: 'D', note: 'Trüb.' });
  expect(part.done[2]).toEqual(['decide', { itemId: 'part', disposition: 'dispose', reason: 'Bleibt trüb' }]);
});

test('where a rule leaves refurbished goods to their merchant they are held, and a lost answer leaves them to decide on', async () => {
  const { done, desk } = fakeDesk(item('a', { state: 'disposition_proposed', disposition: null }));
  await reassess(desk, { itemId: 'a', quantity: 1, grade: 'C', note: 'Noch ein Kratzer.' });
  expect(done[2]).toEqual(['decide', { itemId: 'a', disposition: 'hold' }]);
  const cut = fakeDesk(item('a', { state: 'disposition_proposed', disposition: 'restock' }));
  const away = { ...cut.desk, decide: () => Promise.reject(new Error('away')) };
  await expect(reassess(away, { itemId: 'a', quantity: 1, grade: 'A', note: 'Wie neu.' })).rejects.toThrow('away');
  // what the server knows by then is on the screen
  expect(cut.done).toEqual([['inspect', 'a'], 'keep']);
});

test('a new judgement begins without the old one', () => {
  const old = item('a', { grade: 'C', note: 'Kratzer', disposition: 'refurbish', dispositionSource: 'manual' });
  expect(beforeReassessment(old)).toMatchObject({ grade: null, note: '', disposition: null, dispositionSource: null });
});

test('a number nobody knows is a dash and no zero', () => {
  expect([countText(undefined), countText(0), countText(3), countText(200, true)]).toEqual(['–', '0', '3', '200+']);
});

test('the address says whose boxes are shown', () => {
  expect(batchFilters({})).toEqual({ state: 'open', sort: 'createdAt' });
  expect(batchFilters({ state: 'packed', merchantId: 'm1' })).toEqual({
    ...{ state: 'packed', sort: 'createdAt', merchantId: 'm1' },
  });
  expect(batchFilters({ state: 'none' })).toMatchObject({ state: 'open' });
});

test('C4 what goes back to the merchant is told apart by the box it is in, and what did not come by that', () => {
  const rtv = { state: 'in_rtv_batch', disposition: 'rtv' } as const;
  const ways = waysOf([
    item('a', { ...rtv, rtvBatchId: 'one', quantity: 2 }),
    item('b', { ...rtv, rtvBatchId: 'two' }),
    item('c', { ...rtv, rtvBatchId: 'one' }),
    item('d', { state: 'missing', disposition: 'restock' }),
    item('e', { state: 'restocked', disposition: 'restock', quantity: 4 }),
  ]);
  expect(ways.map(({ state, disposition, batchId, pieces }) => [disposition ?? state, batchId, pieces])).toEqual([
    ['rtv', 'one', 3],
    ['rtv', 'two', 1],
    ['missing', null, 1],
    ['restock', null, 4],
  ]);
});
