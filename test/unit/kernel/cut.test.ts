import { expect, test } from '@jest/globals';
import { cut } from '../../../shared/kernel/cut.ts';

test.each([
  ['', 5, ''],
  ['abc', 5, 'abc'],
  ['abcdef', 5, 'abcde'],
  ['abc😀def', 4, 'abc😀'],
  ['😀😀😀', 2, '😀😀'],
  ['x😀😀', 2, 'x😀'],
  ['😀', 0, ''],
])('%j cut to %i signs is %j', (text, most, kept) => {
  expect(cut(text, most)).toBe(kept);
  expect(cut(text, most).isWellFormed()).toBe(true);
});
