import { expect, test } from '@jest/globals';
import { comparableCode, hasRightCheckDigit } from '../../../shared/kernel/gtin.ts';

test.each([
  ['4006381333931', true],
  ['4006381333930', false],
  ['036000291452', true],
  ['036000291453', false],
  ['96385074', true],
  ['96385075', false],
  ['10614141000415', true],
  ['10614141000416', false],
  // swapped neighbours that differ are noticed
  ['4006381339331', false],
  ['0000000000000', true],
  // no GTIN, so nothing to check
  ['12345', true],
  ['1234567890', true],
  ['X-4006381333930', true],
  ['', true],
])('the check digit of %s: %s', (code, right) => expect(hasRightCheckDigit(code)).toBe(right));

test.each([
  ['036000291452', '0036000291452'],
  ['0036000291452', '00036000291452'],
  ['36000291452', '036000291452'],
])('%s and %s are the same code', (one, other) => expect(comparableCode(one)).toBe(comparableCode(other)));

test.each([
  ['4006381333931', '4006381333948'],
  ['ABC', '0ABC'],
  ['123456789012345', '0123456789012345'],
])('%s and %s are different codes', (one, other) => expect(comparableCode(one)).not.toBe(comparableCode(other)));
