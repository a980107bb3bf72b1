import { expect, test } from '@jest/globals';
import { dispositionOf, type ReturnRule } from '../../../services/returns/domain/disposition-rules.ts';
import { itemWith } from './fixtures.ts';

const RULES: ReturnRule[] = [
  { reasons: ['leaking'], disposition: 'dispose' },
  { skuPrefix: 'UW-', grades: ['A'], disposition: 'donate' },
  { skuPrefix: 'UW-', disposition: 'dispose' },
  { grades: ['B'], disposition: 'restock_b' },
  { grades: ['D'], reasons: ['defect', 'broken'], disposition: 'hold' },
];

test.each([
  // grade, reason, sku, rules, disposition
  ['A', null, 'X-1', [], 'restock'],
  ['B', null, 'X-1', [], 'rtv'],
  ['C', null, 'X-1', [], 'rtv'],
  ['D', null, 'X-1', [], 'rtv'],
  ['A', 'leaking', 'X-1', RULES, 'dispose'],
  ['A', null, 'UW-7', RULES, 'donate'],
  ['C', null, 'UW-7', RULES, 'dispose'],
  ['B', null, 'X-1', RULES, 'restock_b'],
  ['D', 'broken', 'X-1', RULES, 'hold'],
  ['D', 'other', 'X-1', RULES, 'rtv'],
  ['D', null, null, RULES, 'rtv'],
  ['A', 'other', 'uw-7', RULES, 'restock'],
] as const)(
  'B9 grade %s, reason %s, article %s decides by the first rule that fits',
  (grade, reason, sku, rules, expected) => {
    expect(dispositionOf(rules, itemWith({ grade, reason, sku }), 'withdrawal')).toBe(expected);
  },
);

test('what nobody could deliver and nobody opened is sellable, unless a rule says otherwise', () => {
  const item = itemWith({ grade: null });
  expect(dispositionOf([], item, 'undeliverable')).toBe('restock');
  expect(dispositionOf([], item, 'withdrawal')).toBe('rtv');
  expect(dispositionOf([{ grades: ['A'], disposition: 'donate' }], item, 'undeliverable')).toBe('restock');
  expect(dispositionOf([{ disposition: 'hold' }], item, 'undeliverable')).toBe('hold');
});

test("goods of someone else are held whatever the merchant's rules say", () => {
  const foreign = itemWith({ grade: 'A', origin: 'foreign' });
  expect(dispositionOf([{ disposition: 'restock' }], foreign, 'withdrawal')).toBe('hold');
});

const BY_GROUP: ReturnRule[] = [
  { articleGroups: ['underwear'], grades: ['B', 'C', 'D'], disposition: 'dispose' },
  { kinds: ['complaint'], reasons: ['defective'], disposition: 'ask' },
  { kinds: ['exchange'], articleGroups: ['shoes', 'underwear'], disposition: 'restock_b' },
];
test.each([
  ['B', null, 'withdrawal', 'underwear', 'dispose'],
  ['A', null, 'withdrawal', 'underwear', 'restock'],
  ['B', null, 'withdrawal', 'shoes', 'rtv'],
  ['B', null, 'withdrawal', null, 'rtv'],
  ['C', 'defective', 'complaint', 'shoes', 'ask'],
  ['C', 'defective', 'withdrawal', 'shoes', 'rtv'],
  ['A', null, 'exchange', 'underwear', 'restock_b'],
  ['A', null, 'exchange', null, 'restock'],
] as const)(
  'B9 grade %s, reason %s, kind %s, group %s: the rules look at groups and kinds too, and may ask: %s',
  (grade, reason, kind, group, expected) => {
    expect(dispositionOf(BY_GROUP, itemWith({ grade, reason }), kind, group)).toBe(expected);
  },
);

test('C2 nobody is asked about goods of someone else', () => {
  const foreign = itemWith({ grade: 'C', origin: 'foreign' });
  expect(dispositionOf([{ disposition: 'ask' }], foreign, 'withdrawal')).toBe('hold');
});
