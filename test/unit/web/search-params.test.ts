import { expect, test } from '@jest/globals';
import { searchValue } from '../../../web/src/app/search-params.ts';

test.each(['12345678901234567890', '00340434161094042557', '1e5', '1.50', '-0', 'R-1', ''])(
  'what was scanned as %s stays text in the address',
  (code) => {
    expect(() => searchValue(code)).toThrow(Error);
  },
);

test('what a number, a quoted text or a list says exactly is read as that', () => {
  expect(searchValue('42')).toBe(42);
  expect(searchValue('"12345678901234567890"')).toBe('12345678901234567890');
  expect(searchValue('["a"]')).toEqual(['a']);
  expect(searchValue('true')).toBe(true);
});
