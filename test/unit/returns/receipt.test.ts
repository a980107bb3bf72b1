import { describe, expect, test } from '@jest/globals';
import { completeInspection } from '../../../services/returns/domain/completion.ts';
import { differencesOf } from '../../../services/returns/domain/differences.ts';
import { addFound, receive, type Receipt } from '../../../services/returns/domain/receipt.ts';
import type { Item, Return } from '../../../services/returns/domain/model.ts';
import { handlingWith, ids, itemWith, moment, returnWith } from './fixtures.ts';

const announced = returnWith({
  state: 'announced',
  receivedAt: null,
  receivedOn: null,
  trackingNumber: 'T-1',
  items: [itemWith({ quantity: 3 })],
});
const receiveIt = (parcel: Return, receipt: Receipt = {}) =>
  receive(parcel, receipt, { moment, inspectionHours: 24, newId: ids('new') });

describe('the first parcel', () => {
  test('counted pieces are received, the rest stays expected', () => {
    const parcel = receiveIt(announced, { counted: [{ itemId: 'item-1', quantity: 2 }] });
    expect(parcel).toMatchObject({ state: 'received', receivedOn: '2026-10-15' });
    expect(parcel.items.map(({ state, quantity }) => [state, quantity])).toEqual([
      ['expected', 1],
      ['received', 2],
    ]);
  });

  test('A10 without a count nothing is claimed to have come, but an undeliverable parcel comes back whole', () => {
    expect(receiveIt(announced).items[0]!.state).toBe('expected');
    const undeliverable = receiveIt({ ...announced, kind: 'undeliverable' });
    expect(undeliverable.items).toMatchObject([{ state: 'received', quantity: 3 }]);
    const completed = completeInspection(undeliverable, handlingWith(), { photos: [], nothingInside: false }, moment);
    expect(completed).toMatchObject({ state: 'completed', items: [{ state: 'restocked', grade: null }] });
  });

  test('more than expected, or the same item twice, is refused with its path', () => {
    const count = (...quantities: number[]) =>
      receiveIt(announced, { counted: quantities.map((quantity) => ({ itemId: 'item-1', quantity })) });
    expect(() => count(4)).toThrow(expect.objectContaining({ code: 422 }));
    expect(() => count(1, 1)).toThrow(expect.objectContaining({ code: 422 }));
  });

  test('B14 the clock of the inspection runs from the receipt', () => {
    expect(receiveIt(announced).inspectionDueAt).toEqual(new Date('2026-10-16T10:00:00Z'));
  });

  test.each(['announced', 'in_transit', 'expired', 'lost'] as const)(
    'a return that is %s can come after all',
    (state) => {
      expect(receiveIt({ ...announced, state })).toMatchObject({
        state: 'received',
        parcels: [{ trackingNumber: 'T-1' }],
      });
    },
  );
});

describe('A6 a return comes in several parcels', () => {
  const first = receiveIt(announced, { parcelId: 'p-1', counted: [{ itemId: 'item-1', quantity: 2 }] });

  test.each([
    ['its id', { parcelId: 'p-1' }],
    ['its tracking number', { trackingNumber: 'T-1' }],
    ['both, with a count', { parcelId: 'p-1', counted: [{ itemId: 'item-1', quantity: 1 }] }],
  ])('a parcel that is known by %s changes nothing', (_by, receipt) => expect(receiveIt(first, receipt)).toBe(first));

  test.each(['received', 'inspecting', 'processing', 'completed'] as const)(
    'A9 to say that it is here adds no parcel to a return that is %s, nor opens it again',
    (state) => {
      const here = returnWith({ ...first, state });
      const again = { parcelId: 'p-9', onlyFirst: true, counted: [{ itemId: 'item-1', quantity: 1 }] };
      expect(receiveIt(here, again)).toBe(here);
    },
  );

  test('to say that it is here receives a return that has not come', () =>
    expect(receiveIt(announced, { parcelId: 'p-9', onlyFirst: true })).toMatchObject({
      state: 'received',
      parcels: [{ id: 'p-9' }],
    }));

  test('a receipt that says nothing of its own is taken for a repetition and refused', () =>
    expect(() => receiveIt(first)).toThrow(expect.objectContaining({ type: 'RETURN_TRANSITION_NOT_ALLOWED' })));

  test('before the inspection ends, a further one tops up the same return', () => {
    const second = receiveIt(first, { parcelId: 'p-2', carrier: 'DPD', counted: [{ itemId: 'item-1', quantity: 1 }] });
    expect(second).toMatchObject({ state: 'received', revision: 0, inspectionDueAt: first.inspectionDueAt });
    expect(second.parcels.map(({ id, carrier }) => [id, carrier])).toEqual([
      ['p-1', null],
      ['p-2', 'DPD'],
    ]);
    expect(second.items.map(({ state }) => state)).toEqual(['received', 'received']);
  });

  test.each(['restocked', 'in_rtv_batch', 'on_hold', 'refurbishing', 'received', 'graded'] as const)(
    'an item that is %s came already and cannot be counted again',
    (state) => {
      const [missing, came] = first.items as [Item, Item];
      const items = [
        { ...missing, state: 'missing' as const },
        { ...came, state },
      ];
      const counted = [{ itemId: came.id, quantity: 1 }];
      const again = () => receiveIt(returnWith({ ...first, items }), { parcelId: 'p-2', counted });
      expect(again).toThrow(
        expect.objectContaining({
          code: 422,
          data: { errors: [expect.objectContaining({ path: 'items.0.itemId', code: 'NOT_EXPECTED' })] },
        }),
      );
    },
  );

  test('after it, only what was missing is expected again, and the rest goes its way', () => {
    const [missing, came] = first.items as [Item, Item];
    const done = returnWith({
      ...first,
      ...{ state: 'processing', inspectedAt: moment.at, inspectedOn: moment.on, inspectionDueAt: null },
      items: [
        { ...missing, state: 'missing' },
        { ...came, state: 'in_rtv_batch', grade: 'C', note: 'worn', disposition: 'rtv', rtvBatchId: 'batch-1' },
      ],
    });
    const again = receiveIt(done, { trackingNumber: 'T-2' });
    expect(again).toMatchObject({ state: 'inspecting', revision: 1, inspectedAt: null, inspectedOn: null });
    expect(again.inspectionDueAt).not.toBeNull();
    expect(again.items.map(({ state }) => state)).toEqual(['expected', 'in_rtv_batch']);
    const ended = completeInspection(
      again,
      handlingWith(),
      { photos: [{ itemId: null, kind: 'parcel' }], nothingInside: false },
      moment,
    );
    expect(ended.items).toMatchObject([{ state: 'missing' }, { state: 'in_rtv_batch', rtvBatchId: 'batch-1' }]);
  });
});

describe('A7 what nobody expected', () => {
  const found = { id: 'found-1', origin: 'unexpected' as const, sku: null, quantity: 2 };

  test('A3 goods without an article code need a name, and nothing else', () => {
    const parcel = addFound(returnWith({ items: [itemWith()] }), { ...found, name: 'blue mug, no label' });
    expect(parcel.items[1]).toMatchObject({ state: 'received', position: 2, sku: null, name: 'blue mug, no label' });
    expect(() => addFound(returnWith(), { ...found, name: ' ' })).toThrow(expect.objectContaining({ code: 422 }));
  });

  test('came instead of what was expected, never instead of what was not', () => {
    const parcel = addFound(returnWith({ items: [itemWith()] }), { ...found, name: 'mug', insteadOf: 'item-1' });
    expect(parcel.items[1]).toMatchObject({ insteadOf: 'item-1' });
    const insteadOf = (id: string) => () => addFound(parcel, { ...found, id: 'x', name: 'mug', insteadOf: id });
    expect(insteadOf('found-1')).toThrow(expect.objectContaining({ code: 422 }));
    expect(insteadOf('of another return')).toThrow(expect.objectContaining({ code: 404 }));
  });
});

test('A7 the difference of each line: what came, is missing, came instead, came on top', () => {
  const line = (overrides: Partial<Item>) => itemWith({ name: 'x', ...overrides });
  const items = [
    line({ id: 'a', sku: 'A', quantity: 1, state: 'expected' }),
    line({ id: 'a2', sku: 'A', quantity: 2, splitFrom: 'a', state: 'graded' }),
    line({ id: 'a3', sku: 'A', quantity: 3, splitFrom: 'a2', state: 'missing' }),
    line({ id: 'b', sku: 'B', quantity: 4, origin: 'unexpected', insteadOf: 'a2', state: 'received' }),
    line({ id: 'c', sku: 'C', quantity: 5, origin: 'foreign', state: 'on_hold' }),
  ];
  const none = { expected: 0, received: 0, missing: 0, open: 0, wrong: 0, extra: 0, foreign: 0, name: 'x' };
  expect(differencesOf(returnWith({ items }))).toEqual([
    { ...none, itemId: 'a', sku: 'A', expected: 6, received: 2, missing: 3, open: 1, wrong: 4 },
    { ...none, itemId: 'b', sku: 'B', received: 4, extra: 4 },
    { ...none, itemId: 'c', sku: 'C', received: 5, foreign: 5 },
  ]);
});
