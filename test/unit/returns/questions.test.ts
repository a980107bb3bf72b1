import { describe, expect, test } from '@jest/globals';
import { completeInspection, proceed } from '../../../services/returns/domain/completion.ts';
import { decide, overdueDecisions, type Decider } from '../../../services/returns/domain/decision.ts';
import { inspect } from '../../../services/returns/domain/inspection.ts';
import type { Disposition, Item, Return } from '../../../services/returns/domain/model.ts';
import { asked, choicesFor, isOpen } from '../../../services/returns/domain/questions.ts';
import { reopen } from '../../../services/returns/domain/reopening.ts';
import { returnPolicy } from '../../../shared/protocol/merchants/return-policy.ts';
import { handlingWith, ids, itemWith, moment, returnWith } from './fixtures.ts';

const ASK_C = handlingWith([{ grades: ['C'], disposition: 'ask' }]);
const HOUR = 3_600_000;
const after = (hours: number) => new Date(moment.at.getTime() + hours * HOUR);
const graded = (overrides: Partial<Item> = {}) =>
  itemWith({ state: 'disposition_proposed', grade: 'C', note: 'scratched', ...overrides });
const complete = (...items: Item[]): Return =>
  completeInspection(
    returnWith({ state: 'inspecting', items }),
    ASK_C,
    { photos: [{ itemId: null, kind: 'content' }], nothingInside: false },
    moment,
  );
const answer = (parcel: Return, itemId: string, disposition: Disposition, by: Decider = 'merchant', at = after(1)) =>
  decide(parcel, { itemId, disposition }, { at, handling: ASK_C, by });
const typeOf = (act: () => unknown): string => {
  try {
    act();
    return 'allowed';
  } catch (error) {
    const { data, type } = error as { type: string; data: { errors?: { code: string }[] } };
    return data.errors?.[0]?.code ?? type;
  }
};

test.each([
  ['of a known article', {}, 720],
  ['without an article code', { sku: null, name: 'a lamp' }, 48],
  ['that nobody expected', { origin: 'unexpected' }, 48],
] as const)('C3 goods %s have their deadline as shipped: %o in %i hours', (_title, overrides, hours) => {
  const item = asked(graded(overrides), returnPolicy.parse({}), moment.at);
  expect(item).toMatchObject({ decisionDueAt: after(hours), decisionDefault: 'rtv', disposition: null });
});

test('C3 the deadlines and defaults of the merchant count, and what cannot be done is no default', () => {
  const policy = returnPolicy.parse({
    decision: { unknownHours: 5, unknownDefault: 'dispose', damagedHours: 7, damagedDefault: 'donate' },
  });
  expect(asked(graded({ sku: null }), policy, moment.at)).toMatchObject({
    decisionDueAt: after(5),
    decisionDefault: 'dispose',
  });
  const damaged = asked(graded(), policy, moment.at);
  expect(damaged).toMatchObject({ decisionDueAt: after(7), decisionDefault: 'donate' });
  expect(choicesFor(damaged)).toEqual(['restock', 'restock_b', 'rtv', 'dispose', 'hold', 'donate']);
  const unopened = asked(itemWith({ state: 'received', grade: null }), returnPolicy.parse({}), moment.at);
  expect(unopened.decisionDefault).toBe('restock');
  expect(choicesFor(unopened)).not.toContain('rtv');
});

test('C2 nothing is proposed where a rule asks; the others go their way while the return waits', () => {
  const parcel = returnWith({ state: 'inspecting', items: [itemWith()] });
  const finding = { itemId: 'item-1', quantity: 1, grade: 'C' as const, reason: null, note: 'scratched' };
  const { item } = inspect(parcel, finding, ASK_C, moment, ids('part'));
  expect(item).toMatchObject({ state: 'disposition_proposed', disposition: null, suggestedDisposition: 'ask' });
  expect(isOpen(item)).toBe(false);
  const done = complete(
    item,
    graded({ id: 'i2', grade: 'A' }),
    graded({ id: 'i3', sku: null, name: 'x' }),
    graded({ id: 'i4', state: 'decided', disposition: 'dispose', dispositionSource: 'manual' }),
  );
  expect(done).toMatchObject({ state: 'awaiting_decision', decisionDueAt: after(48), completedAt: null });
  expect(done.items.map(({ state }) => state)).toEqual([
    'disposition_proposed',
    'restocked',
    'disposition_proposed',
    'disposed',
  ]);
});

describe('answers', () => {
  const waiting = complete(graded(), graded({ id: 'i2', sku: null, name: 'x' }));

  test('C2 each takes effect at once; the last one ends the wait', () => {
    const first = answer(waiting, 'i2', 'dispose');
    expect(first).toMatchObject({ state: 'awaiting_decision', decisionDueAt: after(720) });
    expect(answer(first, 'item-1', 'hold')).toMatchObject({
      state: 'processing',
      decisionDueAt: null,
      items: [{ state: 'on_hold', dispositionSource: 'merchant', askedAt: moment.at }, { state: 'disposed' }],
    });
    expect(answer(first, 'item-1', 'restock')).toMatchObject({ state: 'completed', completedAt: after(1) });
  });

  test.each([
    ['merchant', 'refurbish', 'NOT_OFFERED'],
    ['link', 'donate', 'NOT_OFFERED'],
    ['house', 'donate', 'allowed'],
    ['merchant', 'restock_b', 'allowed'],
    ['deadline', 'rtv', 'allowed'],
  ] as const)('C2 %s answers %s: %s', (by, disposition, expected) => {
    expect(typeOf(() => answer(waiting, 'item-1', disposition, by))).toBe(expected);
  });

  test.each([
    ['merchant', 'on_hold', 'allowed'],
    ['link', 'on_hold', 'ITEM_NOT_TO_DECIDE'],
    ['deadline', 'on_hold', 'ITEM_NOT_TO_DECIDE'],
    ['merchant', 'restocked', 'ITEM_NOT_TO_DECIDE'],
    ['link', 'restocked', 'ITEM_NOT_TO_DECIDE'],
  ] as const)('C2 %s decides on what is %s: %s', (by, state, expected) => {
    const parcel = returnWith({ state: 'processing', items: [graded({ state, askedAt: moment.at })] });
    expect(typeOf(() => answer(parcel, 'item-1', 'dispose', by))).toBe(expected);
  });

  test('C3 the clock decides what is overdue as it was said, and nothing else', () => {
    expect(overdueDecisions(waiting, after(47))).toEqual([]);
    expect(overdueDecisions(waiting, after(48))).toEqual([{ itemId: 'i2', disposition: 'rtv' }]);
    expect(overdueDecisions(answer(waiting, 'i2', 'hold'), after(9_000))).toEqual([
      { itemId: 'item-1', disposition: 'rtv' },
    ]);
    const decided = answer(waiting, 'i2', 'rtv', 'deadline', after(48));
    expect(decided.items[1]).toMatchObject({
      state: 'in_rtv_batch',
      dispositionSource: 'deadline',
      dispositionReason: null,
    });
  });
});

test('B13 reopening withdraws what was asked, also of a parcel nobody opened', () => {
  const waiting = complete(graded());
  expect(reopen(waiting)).toMatchObject({
    state: 'inspecting',
    decisionDueAt: null,
    items: [{ state: 'graded', askedAt: null, decisionDueAt: null, decisionDefault: null }],
  });
  const unopened = completeInspection(
    returnWith({ kind: 'undeliverable', items: [itemWith({ state: 'received' })] }),
    handlingWith([{ disposition: 'ask' }]),
    { photos: [], nothingInside: false },
    moment,
  );
  expect(unopened.state).toBe('awaiting_decision');
  expect(reopen(unopened).items[0]).toMatchObject({ state: 'received', askedAt: null });
});

test('A6 a question that was open when a further parcel came stays open, and nothing is asked twice', () => {
  const waiting = complete(graded(), itemWith({ id: 'i2' }));
  const again: Return = {
    ...waiting,
    state: 'inspecting',
    revision: 1,
    inspectedAt: null,
    items: [waiting.items[0]!, { ...waiting.items[1]!, state: 'expected' }],
  };
  const ended = completeInspection(
    again,
    ASK_C,
    { photos: [{ itemId: null, kind: 'content' }], nothingInside: false },
    { ...moment, at: after(10) },
  );
  expect(ended).toMatchObject({ state: 'awaiting_decision', decisionDueAt: after(720) });
  expect(ended.items).toMatchObject([{ askedAt: moment.at }, { state: 'missing' }]);
  expect(proceed(ended, after(11))).toEqual(ended);
});
