import { expect, test } from '@jest/globals';
import { unbundle, type Came } from '../../../services/returns/domain/bundles.ts';
import { ids, itemWith, returnWith } from './fixtures.ts';

const components = [
  { sku: 'CUP', name: 'Cup', quantity: 2 },
  { sku: 'POT', name: 'Pot', quantity: 1 },
];
const bundle = itemWith({ id: 'set', sku: 'TEA-SET', name: 'Tea set', quantity: 3, state: 'expected' });
const parcel = returnWith({ items: [bundle, itemWith({ id: 'other', position: 2 })] });
const take = (came: Came[]) => unbundle(parcel, 'set', components, came, ids('new'));

test.each<[string, Came[], [string, number, string][]]>([
  [
    'all of it',
    [
      { sku: 'CUP', quantity: 6 },
      { sku: 'POT', quantity: 3 },
    ],
    [
      ['CUP', 6, 'received'],
      ['POT', 3, 'received'],
    ],
  ],
  [
    'some of one component',
    [{ sku: 'CUP', quantity: 5 }],
    [
      ['CUP', 5, 'received'],
      ['CUP', 1, 'expected'],
      ['POT', 3, 'expected'],
    ],
  ],
  [
    'none of the first component',
    [{ sku: 'POT', quantity: 1 }],
    [
      ['CUP', 6, 'expected'],
      ['POT', 1, 'received'],
      ['POT', 2, 'expected'],
    ],
  ],
])('A12 %s came of a bundle', (_what, came, expected) => {
  const { items } = take(came);
  const parts = items.filter(({ id }) => id !== 'other');
  expect(parts.map(({ sku, quantity, state }) => [sku, quantity, state])).toEqual(expected);
  expect(parts[0]).toMatchObject({ id: 'set', recordedAs: '3 × TEA-SET Tea set' });
  expect(new Set(parts.map(({ bundleOf }) => bundleOf))).toEqual(new Set(['set']));
  expect(new Set(items.map(({ position }) => position)).size).toBe(items.length);
});

test.each<[string, Came[], string]>([
  ['more than the bundle holds', [{ sku: 'CUP', quantity: 7 }], 'components.0.quantity'],
  ['something else', [{ sku: 'LID', quantity: 1 }], 'components.0.sku'],
  [
    'a component twice',
    [
      { sku: 'CUP', quantity: 1 },
      { sku: 'CUP', quantity: 1 },
    ],
    'components.1.sku',
  ],
])('A12 %s is refused with its path', (_what, came, path) =>
  expect(() => take(came)).toThrow(
    expect.objectContaining({ code: 422, data: { errors: [expect.objectContaining({ path })] } }),
  ),
);

test('A12 a bundle is taken apart once, before it is graded, and only when it is one', () => {
  const once = take([{ sku: 'CUP', quantity: 1 }]);
  expect(unbundle(once, 'set', components, [{ sku: 'CUP', quantity: 1 }], ids('x'))).toBe(once);
  const graded = returnWith({ items: [{ ...bundle, state: 'graded', grade: 'A' }] });
  expect(() => unbundle(graded, 'set', components, [], ids('x'))).toThrow(
    expect.objectContaining({ type: 'ITEM_NOT_TO_UNBUNDLE' }),
  );
  expect(() => unbundle(parcel, 'set', [], [], ids('x'))).toThrow(expect.objectContaining({ code: 422 }));
});
