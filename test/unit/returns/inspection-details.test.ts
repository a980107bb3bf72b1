import { expect, test } from '@jest/globals';
import { checklistFor, checklistsOf, suggestedGrade } from '../../../services/returns/domain/checklist.ts';
import { DEFAULT_REASONS, reasonText } from '../../../services/returns/domain/default-reasons.ts';
import { inspect } from '../../../services/returns/domain/inspection.ts';
import type { Item } from '../../../services/returns/domain/model.ts';
import { overReturnReason } from '../../../services/returns/domain/over-return.ts';
import { isMismatch } from '../../../services/returns/domain/serials.ts';
import type { ReturnChecklist } from '../../../shared/protocol/returns/settings-actions.ts';
import { handlingWith, ids, itemWith, moment, returnWith } from './fixtures.ts';

const yesNo = (code: string, no?: 'A' | 'B' | 'C' | 'D') => ({
  code,
  de: code,
  en: code,
  kind: 'yesNo' as const,
  options: [
    { code: 'yes', de: 'Ja', en: 'Yes', grade: 'A' as const },
    { code: 'no', de: 'Nein', en: 'No', ...(no ? { grade: no } : {}) },
  ],
});
const SHOES: ReturnChecklist = {
  id: 'shoes',
  articleGroup: 'shoes',
  questions: [yesNo('sole-clean', 'C'), yesNo('box', 'B'), yesNo('told')],
};
const GENERAL: ReturnChecklist = { id: 'general', articleGroup: null, questions: [yesNo('complete', 'D')] };

test.each([
  ['all well', { 'sole-clean': 'yes', box: 'yes' }, 'A'],
  ['the worst of two', { 'sole-clean': 'no', box: 'no' }, 'C'],
  ['one that is less bad', { 'sole-clean': 'yes', box: 'no' }, 'B'],
  ['one that says nothing', { told: 'no' }, null],
  ['a question that is gone', { laces: 'no', box: 'no' }, 'B'],
  ['an answer that is gone', { box: 'maybe' }, null],
  ['no answers', {}, null],
])('B7 answers suggest the worst of their grades: %s', (_title, answers, expected) => {
  const given = Object.entries(answers).map(([question, answer]) => ({ question, answer: answer! }));
  expect(suggestedGrade(SHOES, given)).toBe(expected);
  expect(suggestedGrade(undefined, given)).toBeNull();
});

test('B7 an article has the checklist of its group, else the general one; a merchant has its own for a group', () => {
  expect(checklistFor([GENERAL, SHOES], 'shoes')).toBe(SHOES);
  expect(checklistFor([GENERAL, SHOES], 'lamps')).toBe(GENERAL);
  expect(checklistFor([SHOES], null)).toBeUndefined();
  const own = { ...SHOES, id: 'own' };
  expect(checklistsOf([own], [GENERAL, SHOES]).map(({ id }) => id)).toEqual(['own', 'general']);
});

test.each([
  [['SN-1'], ['SN-1', 'SN-2'], false],
  [['sn 1'], ['SN1'], false],
  [['SN-3'], ['SN-1'], true],
  [['SN-1', 'SN-3'], ['SN-1'], true],
  [['SN-3'], [], false],
  [[], ['SN-1'], false],
])('A11 %j back of %j shipped is flagged: %s', (returned, shipped, expected) => {
  expect(isMismatch(returned, shipped)).toBe(expected);
});

const finding = { itemId: 'item-1', quantity: 2, grade: 'A' as const, reason: null, note: 'ok' };
const look = (item: Item, what: object) =>
  inspect(returnWith({ items: [item] }), { ...finding, ...what }, handlingWith(), moment, ids('part')).item;

test('A11 serial, batch and best-before are kept, stay when left out, and can be taken back', () => {
  const first = look(itemWith({ quantity: 2 }), {
    serialNumbers: ['a', 'b'],
    serialMismatch: true,
    batchNumber: 'L-7',
    bestBefore: '2027-01-31',
  });
  const kept = { serialNumbers: ['a', 'b'], serialMismatch: true, batchNumber: 'L-7', bestBefore: '2027-01-31' };
  expect(first).toMatchObject(kept);
  expect(look(first, {})).toMatchObject(kept);
  expect(look(first, { serialNumbers: [], serialMismatch: false, batchNumber: null, bestBefore: null })).toMatchObject({
    serialNumbers: [],
    serialMismatch: false,
    batchNumber: null,
    bestBefore: null,
  });
  for (const serialNumbers of [
    ['a', 'b', 'c'],
    ['a', 'a'],
  ])
    expect(() => look(itemWith({ quantity: 2 }), { serialNumbers })).toThrow(expect.objectContaining({ code: 422 }));
});

const here = (overrides: Partial<Item> = {}) => itemWith({ state: 'disposition_proposed', ...overrides });
test.each([
  // what else is in the return, the item, shipped, elsewhere → what is asked for
  ['as often as shipped', [], { quantity: 2 }, 2, 0, null],
  ['one too many', [], { quantity: 3 }, 2, 0, 'refused'],
  ['with those of other returns', [], { quantity: 1 }, 2, 2, 'refused'],
  ['with those beside it', [here({ id: 'i2', quantity: 2 })], { quantity: 1 }, 2, 0, 'refused'],
  ['what is still expected does not count', [here({ id: 'i2', state: 'expected' })], { quantity: 2 }, 2, 0, null],
  ['what is missing does not count', [here({ id: 'i2', state: 'missing' })], { quantity: 2 }, 2, 0, null],
  ['another article does not count', [here({ id: 'i2', sku: 'X' })], { quantity: 2 }, 2, 0, null],
  ['the extra one is asked about', [here({ id: 'i2', quantity: 2 })], { origin: 'unexpected' }, 2, 0, 'refused'],
  ['the expected one is not', [here({ id: 'i2', origin: 'unexpected' })], { quantity: 2 }, 2, 0, null],
  [
    'one that was explained does not count',
    [here({ id: 'i2', overReturnReason: 'gift' })],
    { quantity: 2 },
    2,
    0,
    null,
  ],
  ['with a reason', [], { quantity: 3, overReturnReason: 'gift' }, 2, 0, 'gift'],
  ['with a reason nobody needs', [], { overReturnReason: 'gift' }, 2, 0, null],
  ['an article that was never shipped', [], { quantity: 9 }, 0, 0, null],
  ['goods of someone else', [], { quantity: 9, origin: 'foreign' }, 2, 0, null],
] as [string, Item[], Partial<Item>, number, number, string | null][])(
  'A14 %s',
  (_title, others, overrides, shipped, elsewhere, expected) => {
    const item = here(overrides);
    const act = () => overReturnReason(returnWith({ items: [item, ...others] }), item, { shipped, elsewhere });
    if (expected !== 'refused') return expect(act()).toBe(expected);
    expect(act).toThrow(
      expect.objectContaining({
        code: 422,
        data: { errors: [expect.objectContaining({ code: 'MORE_THAN_SHIPPED' })] },
      }),
    );
  },
);

test('a reason reads in both languages; one that is in no list reads as it was written', () => {
  expect(reasonText(DEFAULT_REASONS, 'too_small')).toEqual({ de: 'Zu klein', en: 'Too small' });
  expect(reasonText(DEFAULT_REASONS, 'Mangelhaft')).toEqual({ de: 'Mangelhaft', en: 'Mangelhaft' });
  expect(reasonText(DEFAULT_REASONS, null)).toBeNull();
});
