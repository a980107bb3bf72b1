import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { inspect, type Finding } from '../../../services/returns/domain/inspection.ts';
import { piecesOf } from '../../../services/returns/domain/items.ts';
import type { Grade, Return } from '../../../services/returns/domain/model.ts';
import { handlingWith, ids, itemWith, moment, returnWith } from './fixtures.ts';

const finding = (overrides: Partial<Finding> = {}): Finding => ({
  itemId: 'item-1',
  quantity: 1,
  grade: 'A',
  reason: null,
  note: 'as new',
  ...overrides,
});
const inspected = (parcel: Return, what: Partial<Finding>, newId = ids('part')) =>
  inspect(parcel, finding(what), handlingWith(), moment, newId);

describe('splitting', () => {
  test('B10 three pieces with three outcomes are three items, their sum is three', () => {
    const newId = ids('part');
    let parcel = returnWith({ items: [itemWith({ quantity: 3 })] });
    for (const grade of ['A', 'C', 'D'] as const) parcel = inspected(parcel, { grade }, newId).parcel;
    expect(
      parcel.items.map(({ id, splitFrom, quantity, grade, disposition }) => [
        id,
        splitFrom,
        quantity,
        grade,
        disposition,
      ]),
    ).toEqual([
      ['item-1', null, 1, 'D', 'rtv'],
      ['part-1', 'item-1', 1, 'A', 'restock'],
      ['part-2', 'item-1', 1, 'C', 'rtv'],
    ]);
    expect(piecesOf(parcel.items)).toBe(3);
  });

  test('B10 whatever is inspected in whatever order, no piece is lost or made', () => {
    const step = fc.record({
      item: fc.nat(50),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      grade: fc.constantFrom<Grade>('A', 'B', 'C', 'D'),
    });
    const start = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(start, fc.array(step, { maxLength: 30 }), (quantities, steps) => {
        const newId = ids('part');
        const items = quantities.map((quantity, index) => itemWith({ id: `item-${index}`, position: index, quantity }));
        let parcel = returnWith({ items });
        for (const { item, share, grade } of steps) {
          const target = parcel.items[item % parcel.items.length]!;
          const quantity = Math.max(1, Math.ceil(share * target.quantity));
          parcel = inspected(parcel, { itemId: target.id, quantity, grade }, newId).parcel;
        }
        expect(parcel.items.every(({ quantity }) => Number.isInteger(quantity) && quantity >= 1)).toBe(true);
        expect(new Set(parcel.items.map(({ id }) => id)).size).toBe(parcel.items.length);
        quantities.forEach((quantity, position) =>
          expect(piecesOf(parcel.items, (item) => item.position === position)).toBe(quantity),
        );
      }),
    );
  });

  test.each([0, 4, 1.5, -1])('%s of three pieces cannot be inspected', (quantity) => {
    const parcel = returnWith({ items: [itemWith({ quantity: 3 })] });
    expect(() => inspected(parcel, { quantity })).toThrow();
    expect(parcel.items[0]).toMatchObject({ quantity: 3, state: 'expected' });
  });
});

test('inspecting the same part again corrects it and splits nothing', () => {
  const first = inspected(returnWith({ items: [itemWith({ quantity: 2 })] }), { quantity: 1, grade: 'B' }).parcel;
  const again = inspected(first, { itemId: 'part-1', quantity: 1, grade: 'A' });
  expect(again.parcel.items).toHaveLength(2);
  expect(again.item).toMatchObject({ id: 'part-1', grade: 'A', disposition: 'restock' });
});

test('the first finding starts the inspection', () => {
  const { parcel } = inspected(returnWith({ items: [itemWith()] }), {});
  expect(parcel.state).toBe('inspecting');
});

test.each(['announced', 'in_transit', 'inspected', 'processing', 'completed', 'cancelled'] as const)(
  'a return that is %s cannot be inspected',
  (state) => {
    expect(() => inspected(returnWith({ state, items: [itemWith()] }), {})).toThrow(
      expect.objectContaining({ type: 'RETURN_STATE_NOT_ALLOWED' }),
    );
  },
);

test('goods back from refurbishing are inspected again while their return goes its way', () => {
  const parcel = returnWith({ state: 'processing', items: [itemWith({ state: 'refurbishing', grade: 'C' })] });
  expect(inspected(parcel, { grade: 'A' })).toMatchObject({
    parcel: { state: 'processing' },
    item: { state: 'disposition_proposed', grade: 'A', disposition: 'restock' },
  });
});

test.each([
  // disposition, overrideReason, note → what is kept
  [undefined, undefined, 'fine', { disposition: 'restock', dispositionSource: 'rule', dispositionReason: null }],
  ['restock', 'because', 'fine', { disposition: 'restock', dispositionSource: 'rule', dispositionReason: null }],
  ['dispose', 'mouldy', 'fine', { disposition: 'dispose', dispositionSource: 'manual', dispositionReason: 'mouldy' }],
  [
    'dispose',
    undefined,
    'smells',
    { disposition: 'dispose', dispositionSource: 'manual', dispositionReason: 'smells' },
  ],
] as const)('B9 %s by hand for grade A, reason %s, note %s', (disposition, overrideReason, note, kept) => {
  const { item } = inspected(returnWith({ items: [itemWith()] }), { disposition, overrideReason, note });
  expect(item).toMatchObject({
    state: kept.dispositionSource === 'manual' ? 'decided' : 'disposition_proposed',
    ...kept,
  });
});

test('B9 an override without any reason is refused', () => {
  expect(() => inspected(returnWith({ items: [itemWith()] }), { disposition: 'dispose', note: ' ' })).toThrow(
    expect.objectContaining({ code: 422 }),
  );
});

test('B8 the grade is kept apart from what is decided about it', () => {
  const { item } = inspected(returnWith({ items: [itemWith()] }), {
    grade: 'D',
    disposition: 'restock',
    note: 'label only',
  });
  expect(item).toMatchObject({ grade: 'D', disposition: 'restock', dispositionSource: 'manual' });
});
