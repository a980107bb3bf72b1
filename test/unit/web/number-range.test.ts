import { expect, test } from '@jest/globals';
import { numberFault, type NumberRange } from '../../../web/src/shared/number-range.ts';

test.each<[number | string | null, NumberRange, ReturnType<typeof numberFault>]>([
  [3, { min: 1, max: 3 }, null],
  ['', { min: 1 }, null],
  [null, { min: 1 }, null],
  [999_999_999, { min: 0, max: 1 }, 'tooLarge'],
  ['123456789012345678901', { max: 100_000 }, 'tooLarge'],
  [0, { min: 1 }, 'tooSmall'],
  [-1, { min: 0 }, 'tooSmall'],
  [1.5, { min: 0, max: 3 }, 'notWhole'],
  [12.34, { min: 0, places: 2 }, null],
  [0.29, { places: 2 }, null],
  [12.345, { min: 0, places: 2 }, 'tooManyPlaces'],
  ['-', { min: 0 }, 'notWhole'],
  ['1.000', { min: 1 }, 'notWhole'],
  ['1.', { min: 1 }, null],
  ['1.00', { min: 1, places: 2 }, null],
  ['1.250', { min: 1, places: 2 }, 'tooManyPlaces'],
])('a number that was typed is told apart from what may be sent: %p within %p', (typed, range, expected) => {
  expect(numberFault(typed, range)).toBe(expected);
});
