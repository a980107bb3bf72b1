import { expect, test } from '@jest/globals';
import { divideRounded, formatMicros, parseMicros } from '../../../shared/kernel/decimal.ts';
import { lineNetMinor, vatMinor } from '../../../shared/kernel/money.ts';

test.each([
  ['12.5', 12_500_000n],
  ['-0.000001', -1n],
  ['0', 0n],
  ['100', 100_000_000n],
  ['0.1', 100_000n],
])('%s reads as %s millionths and is written back the same', (text, micros) => {
  expect(parseMicros(text)).toBe(micros);
  expect(formatMicros(micros)).toBe(text);
});

test.each(['', '.5', '1.', '1e3', '1.0000001', ' 1', '1,5', '0x1', 'NaN', '1234567890123456'])(
  '%p is no decimal',
  (text) => expect(() => parseMicros(text)).toThrow(RangeError),
);

test.each([
  [5n, 10n, 1n],
  [-5n, 10n, -1n],
  [4n, 10n, 0n],
  [-4n, 10n, 0n],
  [15n, 10n, 2n],
  [-15n, 10n, -2n],
  [25n, 10n, 3n],
])('%s / %s rounds half away from zero to %s', (numerator, denominator, result) =>
  expect(divideRounded(numerator, denominator)).toBe(result),
);

test.each([
  ['1', '0.005', '1', 1],
  ['-1', '0.005', '1', -1],
  ['1', '0.004999', '1', 0],
  ['44', '30', '30', 4400],
  ['44', '30', '31', 4258],
  ['3', '0.333333', '1', 100],
  ['1000000', '0.000001', '1', 100],
])('%s × EUR %s per %s is %i cents', (quantity, price, base, cents) =>
  expect(lineNetMinor(parseMicros(quantity), parseMicros(price), parseMicros(base))).toBe(cents),
);

test.each([
  [10_000, 1900, 1900],
  [1, 1900, 0],
  [3, 1900, 1],
  [-3, 1900, -1],
  [5, 1000, 1],
  [12_345, 700, 864],
])('VAT on %i cents at %i basis points is %i', (net, rate, vat) => expect(vatMinor(net, rate)).toBe(vat));
