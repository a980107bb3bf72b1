import { expect, test } from '@jest/globals';
import { jsonPlaces } from '../../../web/src/finance/rate-cards/import/json-places.ts';

const CARD = {
  code: 'a "quoted" one',
  versions: [{ validFrom: '2026-12-01', rules: [{ key: 'x', priority: -1.5e3, ok: true }, { key: '{,}' }] }, []],
  empty: {},
  none: null,
};

test('E1 every value of a rate card file is found on the line it was written on', () => {
  const text = JSON.stringify(CARD, null, 2);
  const { placeOf, broken } = jsonPlaces(text);
  expect(broken).toBeUndefined();
  const lines = text.split('\n');
  const at = (path: string) => {
    const { line, column } = placeOf(path);
    return lines[line - 1]!.slice(column - 1);
  };
  expect(at('code')).toBe('"a \\"quoted\\" one",');
  expect(at('versions.0.rules.0.priority')).toBe('-1500,');
  expect(at('versions.0.rules.1.key')).toBe('"{,}"');
  expect(at('none')).toBe('null');
  // what is missing is told where it should be
  expect(placeOf('versions.0.rules.1.label.de')).toEqual(placeOf('versions.0.rules.1'));
  expect(placeOf('nowhere')).toEqual({ line: 1, column: 1 });
});

test.each([
  ['{\n  "a": 1,\n  }', { line: 3, column: 3 }],
  ['{"a": 01}', { line: 1, column: 8 }],
  ['{"a": 1} x', { line: 1, column: 10 }],
  ['[1, 2', { line: 1, column: 6 }],
  ['', { line: 1, column: 1 }],
  ["{'a': 1}", { line: 1, column: 2 }],
])('a file that is no JSON is told where it stops: %j', (text, place) => {
  expect(() => JSON.parse(text) as unknown).toThrow();
  expect(jsonPlaces(text).broken).toEqual(place);
});

test.each(['{}', '[]', '"\\u00e4"', '{"a":[{"b":{}},[[]],-0.5]}', ' \n null\t', '1e5'])(
  'what is JSON is not called broken: %j',
  (text) => {
    expect(() => JSON.parse(text) as unknown).not.toThrow();
    expect(jsonPlaces(text).broken).toBeUndefined();
  },
);
