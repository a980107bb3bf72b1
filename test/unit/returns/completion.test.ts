import { describe, expect, test } from '@jest/globals';
import { completeInspection, intoBatch, needsBatch } from '../../../services/returns/domain/completion.ts';
import { decide } from '../../../services/returns/domain/decision.ts';
import { match } from '../../../services/returns/domain/matching.ts';
import type { Item, Return } from '../../../services/returns/domain/model.ts';
import { reopen } from '../../../services/returns/domain/reopening.ts';
import { handlingWith, itemWith, moment, returnWith } from './fixtures.ts';

const graded = (overrides: Partial<Item> = {}): Item =>
  itemWith({
    state: 'disposition_proposed',
    grade: 'A',
    note: 'as new',
    disposition: 'restock',
    dispositionSource: 'rule',
    ...overrides,
  });
const photos = (count: number) => Array.from({ length: count }, () => ({ itemId: null, kind: 'parcel' as const }));
const SEEN = { photos: photos(1), nothingInside: false };
const inspecting = (...items: Item[]): Return => returnWith({ state: 'inspecting', items });
const typeOf = (act: () => unknown): string => {
  try {
    act();
    return 'allowed';
  } catch (error) {
    return (error as { type: string }).type;
  }
};

describe('ending the inspection', () => {
  test.each([
    ['without a photo', inspecting(graded()), 0, 'RETURN_PHOTO_MISSING'],
    ['with a photo', inspecting(graded()), 1, 'allowed'],
    ['B6 without a finding', inspecting(graded({ note: ' \n' })), 1, 'ITEM_NOTE_MISSING'],
    [
      'with an item nobody graded',
      inspecting(graded(), itemWith({ id: 'i2', state: 'received' })),
      1,
      'ITEMS_NOT_INSPECTED',
    ],
    ['without items', inspecting(), 1, 'RETURN_EMPTY'],
    ['without a merchant', { ...inspecting(graded()), merchantId: null }, 1, 'RETURN_MERCHANT_UNKNOWN'],
    ['a second time', { ...inspecting(graded()), state: 'processing' as const }, 1, 'RETURN_STATE_NOT_ALLOWED'],
    ['before arrival', { ...inspecting(graded()), state: 'announced' as const }, 1, 'RETURN_STATE_NOT_ALLOWED'],
    [
      'of an undeliverable parcel that nobody opened',
      returnWith({ kind: 'undeliverable', items: [itemWith({ state: 'received' })] }),
      0,
      'allowed',
    ],
    ['B7 when only the announcement is known', returnWith({ items: [itemWith()] }), 1, 'RETURN_NOTHING_INSPECTED'],
    ['B7 of an empty parcel', returnWith({ items: [itemWith()] }), 1, 'allowed', true],
    ['B7 of an empty parcel that nobody announced', returnWith(), 1, 'allowed', true],
    ['B7 of an empty parcel without a photo', returnWith({ items: [itemWith()] }), 0, 'RETURN_PHOTO_MISSING', true],
    ['B7 of a parcel that is not empty after all', inspecting(graded()), 1, 'RETURN_NOT_EMPTY', true],
  ] as [string, Return, number, string, boolean?][])('%s', (_, parcel, count, expected, nothingInside = false) => {
    const evidence = { photos: photos(count), nothingInside };
    expect(typeOf(() => completeInspection(parcel, handlingWith(), evidence, moment))).toBe(expected);
  });

  test('what is lacking is named item by item', () => {
    const silent = inspecting(graded({ id: 'i1', note: '' }), graded({ id: 'i2' }));
    const errorsOf = (parcel: Return, count: number) => {
      try {
        completeInspection(parcel, handlingWith(), { photos: photos(count), nothingInside: false }, moment);
      } catch (error) {
        return (error as { data: { errors: { path: string; code: string }[] } }).data.errors.map(
          ({ path, code }) => `${path} ${code}`,
        );
      }
      return [];
    };
    expect(errorsOf(silent, 1)).toEqual(['items.i1 ITEM_NOTE_MISSING']);
    expect(errorsOf(silent, 0)).toEqual(['items.i1 RETURN_PHOTO_MISSING', 'items.i2 RETURN_PHOTO_MISSING']);
  });

  test('every item goes its way at once and what did not come is missing', () => {
    const items = [
      graded(),
      graded({ id: 'i2', grade: 'C', disposition: 'rtv' }),
      graded({ id: 'i3', state: 'decided', disposition: 'dispose', dispositionSource: 'manual' }),
      itemWith({ id: 'i4', state: 'expected' }),
      graded({ id: 'i5', origin: 'foreign' }),
    ];
    const done = completeInspection(inspecting(...items), handlingWith(), SEEN, moment);
    expect(done.items.map(({ state }) => state)).toEqual([
      'restocked',
      'in_rtv_batch',
      'disposed',
      'missing',
      'on_hold',
    ]);
    expect(done).toMatchObject({ state: 'processing', inspectedOn: '2026-10-15', completedAt: null });
    expect(needsBatch(done)).toBe(true);
    const batched = intoBatch(done, 'batch-1');
    expect(batched.items.map(({ rtvBatchId }) => rtvBatchId)).toEqual([null, 'batch-1', null, null, null]);
    expect(needsBatch(batched)).toBe(false);
  });

  test('a return whose items have all ended is completed by itself', () => {
    const done = completeInspection(inspecting(graded(), itemWith({ id: 'i2' })), handlingWith(), SEEN, moment);
    expect(done).toMatchObject({ state: 'completed', completedAt: moment.at });
  });

  test("the merchant's rules of this moment decide, also when the merchant was unknown at the inspection", () => {
    const done = completeInspection(
      inspecting(graded()),
      handlingWith([{ grades: ['A'], disposition: 'donate' }]),
      SEEN,
      moment,
    );
    expect(done.items[0]).toMatchObject({ state: 'donated', disposition: 'donate', dispositionSource: 'rule' });
  });

  test('what goes back to the merchant needs a grade, also from a parcel nobody opened', () => {
    const parcel = returnWith({ kind: 'undeliverable', items: [itemWith({ state: 'received' })] });
    expect(
      typeOf(() => completeInspection(parcel, handlingWith([{ disposition: 'rtv' }]), { ...SEEN, photos: [] }, moment)),
    ).toBe('ITEMS_NOT_INSPECTED');
  });
});

describe('decisions', () => {
  const held = graded({ state: 'on_hold', disposition: 'hold' });
  const decided = (parcel: Return, merchant: boolean, reason?: string) =>
    decide(
      parcel,
      { itemId: 'item-1', disposition: 'dispose', reason },
      {
        at: moment.at,
        handling: handlingWith(),
        by: merchant ? 'merchant' : 'house',
      },
    );

  test('what is held goes where the decision leads, and the return is completed when that was all', () => {
    const parcel = { ...inspecting(held), state: 'processing' as const };
    for (const merchant of [true, false])
      expect(decided(parcel, merchant)).toMatchObject({ state: 'completed', items: [{ state: 'disposed' }] });
  });

  test('a decision before the inspection has ended is kept until then, and is the house’s', () => {
    const parcel = inspecting(graded());
    expect(decided(parcel, false, 'damp')).toMatchObject({
      state: 'inspecting',
      items: [{ state: 'decided', disposition: 'dispose', dispositionReason: 'damp' }],
    });
    expect(typeOf(() => decided(parcel, true))).toBe('RETURN_STATE_NOT_ALLOWED');
  });

  test.each(['restocked', 'in_rtv_batch', 'returned_to_merchant', 'disposed', 'missing'] as const)(
    'there is nothing to decide on what is %s',
    (state) => {
      const parcel = { ...inspecting(graded({ state })), state: 'processing' as const };
      expect(typeOf(() => decided(parcel, false))).toBe('ITEM_NOT_TO_DECIDE');
    },
  );
});

describe('matching', () => {
  const order = { orderId: 'order-1', orderNumber: '4711' };
  test.each([
    [
      'unknown merchant',
      returnWith({ merchantId: null, matchState: 'unknown_merchant' }),
      undefined,
      'unmatched',
      null,
    ],
    ['unknown merchant with order', returnWith({ merchantId: null }), order, 'matched', 'order-1'],
    ['the same merchant keeps the order', returnWith({ merchantId: 'm', orderId: 'o' }), undefined, 'matched', 'o'],
    ['another merchant loses the order', returnWith({ merchantId: 'x', orderId: 'o' }), undefined, 'unmatched', null],
  ])('%s', (_, parcel, given, matchState, orderId) => {
    expect(match(parcel, { merchantId: 'm', order: given })).toMatchObject({ merchantId: 'm', matchState, orderId });
  });

  test.each([
    ['received', 'withdrawal', 'allowed'],
    ['inspecting', 'withdrawal', 'allowed'],
    ['processing', 'withdrawal', 'RETURN_MERCHANT_FIXED'],
    ['received', 'undeliverable', 'RETURN_MERCHANT_FIXED'],
    ['completed', 'withdrawal', 'RETURN_STATE_NOT_ALLOWED'],
    ['cancelled', 'withdrawal', 'RETURN_STATE_NOT_ALLOWED'],
  ] as const)('another merchant for a return that is %s (%s): %s', (state, kind, expected) => {
    const inspectedAt = state === 'processing' ? moment.at : null;
    expect(typeOf(() => match(returnWith({ state, kind, inspectedAt }), { merchantId: 'other' }))).toBe(expected);
  });
});

describe('reopening', () => {
  const completed = (...items: Item[]) =>
    returnWith({ state: 'completed', inspectedAt: moment.at, inspectedOn: moment.on, completedAt: moment.at, items });

  test('what is in the house can be inspected again, as the next revision', () => {
    const items = [
      graded({ state: 'restocked' }),
      graded({ id: 'i2', state: 'in_rtv_batch', rtvBatchId: 'batch-1' }),
      graded({ id: 'i3', state: 'disposed' }),
      itemWith({ id: 'i4', state: 'missing' }),
    ];
    const reopened = reopen(completed(...items));
    expect(reopened).toMatchObject({ state: 'inspecting', revision: 1, inspectedOn: null, completedAt: null });
    expect(reopened.items.map(({ state, rtvBatchId }) => [state, rtvBatchId])).toEqual([
      ['graded', null],
      ['graded', null],
      ['disposed', null],
      ['missing', null],
    ]);
  });

  test.each([
    ['goods that left', completed(graded({ state: 'returned_to_merchant' })), 'RETURN_GOODS_LEFT'],
    ['nothing in the house', completed(graded({ state: 'disposed' })), 'RETURN_NOTHING_TO_REOPEN'],
    ['an inspection that has not ended', inspecting(graded()), 'RETURN_TRANSITION_NOT_ALLOWED'],
    ['a return that was cancelled', returnWith({ state: 'cancelled' }), 'RETURN_TRANSITION_NOT_ALLOWED'],
  ])('%s cannot be reopened', (_, parcel, expected) => {
    expect(typeOf(() => reopen(parcel))).toBe(expected);
  });
});
