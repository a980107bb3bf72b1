import { expect, test } from '@jest/globals';
import { differences } from '../../../web/src/admin/parts/differences.ts';

test.each<[string, unknown, unknown, object[]]>([
  ['what was set', null, { name: 'Alpha' }, [{ path: 'name', after: 'Alpha' }]],
  [
    'what changed, deep inside',
    { a: { b: 1 }, c: 2 },
    { a: { b: 3 }, c: 2 },
    [{ path: 'a.b', before: '1', after: '3' }],
  ],
  ['what was taken away', { name: 'Alpha' }, undefined, [{ path: 'name', before: 'Alpha' }]],
  ['what became nothing', { name: 'Alpha' }, { name: null }, [{ path: 'name', before: 'Alpha', after: '–' }]],
  ['simple lists', { roles: ['a'] }, { roles: ['a', 'b'] }, [{ path: 'roles', before: 'a', after: 'a, b' }]],
  ['lists of things', { rules: [] }, { rules: [{ x: 1 }] }, [{ path: 'rules', before: '–', after: '[{"x":1}]' }]],
  ['nothing when nothing changed', { a: [1, 2] }, { a: [1, 2] }, []],
])('the audit trail tells %s', (_, before, after, expected) => {
  expect(differences(before, after)).toEqual(expected);
});

test('the audit trail tells at most 40 fields and cuts long texts', () => {
  const many = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`f${index}`, 'x'.repeat(500)]));
  const told = differences(undefined, many);
  expect(told).toHaveLength(40);
  expect(told[0]!.after).toHaveLength(301);
});
