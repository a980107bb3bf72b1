import { describe, expect, test } from '@jest/globals';
import { assertPhotos, photosNeeded, type Evidence } from '../../../services/returns/domain/photo-rules.ts';
import type { Item } from '../../../services/returns/domain/model.ts';
import { handlingWith, itemWith, returnWith } from './fixtures.ts';

const NOON = new Date('2026-10-15T12:00:00Z');
const BEFORE = new Date('2026-10-15T11:59:59Z');

const RULES = {
  photoRules: [
    { grades: ['B', 'C', 'D'], minPhotos: 2 },
    { reasons: ['transport_damage'], minPhotos: 4 },
    { articleGroups: ['jewellery'], minPhotos: 3 },
    { kinds: ['complaint'], grades: ['A'], minPhotos: 1 },
  ],
};
const handling = handlingWith([], RULES, { RING: 'jewellery' });

test.each([
  [{ grade: 'A' }, 'withdrawal', 0],
  [{ grade: 'A' }, 'complaint', 1],
  [{ grade: 'B' }, 'withdrawal', 2],
  [{ grade: 'C', reason: 'transport_damage' }, 'withdrawal', 4],
  [{ grade: 'A', sku: 'RING' }, 'withdrawal', 3],
  [{ grade: 'D', sku: 'RING' }, 'withdrawal', 3],
  [{ grade: 'D', sku: null }, 'withdrawal', 2],
] as const)('B2 %j of a %s needs %i photos: the highest number that fits', (item, kind, needed) => {
  expect(photosNeeded(itemWith(item), kind, handling)).toBe(needed);
});

describe('evidence', () => {
  const b = itemWith({ id: 'i1', grade: 'B', state: 'disposition_proposed' });
  const part = itemWith({ id: 'p1', splitFrom: 'i1', splitAt: NOON, grade: 'C', state: 'disposition_proposed' });
  const missing = itemWith({ id: 'm1', state: 'missing' });
  const of = (itemId: string | null, kind: Evidence['kind'] = itemId ? 'item' : 'parcel', uploadedAt = BEFORE) => ({
    itemId,
    kind,
    uploadedAt,
  });
  const outcome = (items: Item[], photos: Evidence[], kind: 'withdrawal' | 'undeliverable' = 'withdrawal') => {
    try {
      assertPhotos(
        returnWith({ kind, items }),
        items.filter(({ grade }) => grade),
        photos,
        handling,
      );
      return 'enough';
    } catch (error) {
      return (error as { data: { errors: { path: string; message: string }[] } }).data.errors.map(
        ({ path, message }) => `${path}: ${message}`,
      );
    }
  };
  test.each([
    ['its own', [b], [of('i1'), of('i1')], 'enough'],
    ['too few', [b], [of('i1')], ['items.i1: It needs 2 and has 1']],
    ['none at all', [itemWith({ id: 'i1', grade: 'A' })], [], ['items.i1: It needs 1 and has 0']],
    ['of the parcel, and nothing else came', [b, missing], [of(null), of(null, 'content')], 'enough'],
    ['of the parcel with two items', [b, part], [of(null), of('i1'), of('p1')], ['items.i1: It needs 2 and has 1']],
    ['a label shows no goods', [b], [of(null, 'label'), of('i1')], ['items.i1: It needs 2 and has 1']],
    ['of what a part was split from, before it was', [part, b], [of('i1'), of('i1')], 'enough'],
    [
      'of what stayed when a part was split off',
      [part, b],
      [of('i1', 'item', NOON), of('i1', 'item', NOON)],
      ['items.p1: It needs 2 and has 0'],
    ],
    ['of a part', [part, b], [of('p1'), of('p1')], ['items.i1: It needs 2 and has 0']],
  ] as [string, Item[], Evidence[], unknown][])('B2 %s', (_title, items, photos, expected) => {
    expect(outcome(items, photos)).toEqual(expected);
  });

  test('B2 what nobody could deliver needs no photo, unless somebody opened it', () => {
    expect(outcome([itemWith({ state: 'received' })], [], 'undeliverable')).toBe('enough');
    expect(outcome([b], [], 'undeliverable')).toEqual(['items.i1: It needs 2 and has 0']);
  });
});
