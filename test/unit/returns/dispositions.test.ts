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
