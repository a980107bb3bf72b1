import { expect, test } from '@jest/globals';
import { isWithin } from '../../../web/src/finance/line-disputes/credited-amount.ts';

test.each([
  [null, 4500, false],
  [0, 4500, false],
  [-1, 4500, false],
  [0.01, 4500, true],
  [18.1, 4500, true],
  [1.15, 115, true],
  [45, 4500, true],
  [45.01, 4500, false],
  [1.005, 4500, false],
])('H11 %s euros of %i cents can be credited: %s', (amount, leftMinor, expected) =>
  expect(isWithin(amount, leftMinor)).toBe(expected),
);
