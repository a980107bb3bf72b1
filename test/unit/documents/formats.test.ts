import { expect, test } from '@jest/globals';
import {
  amount,
  date,
  decimal,
  groupedIban,
  money,
  percent,
  period,
  price,
} from '../../../shared/documents/formats.ts';
import type { Language } from '../../../shared/documents/formats.ts';

const plain = (text: string): string => text.replaceAll('\u00A0', '_');

test.each<[number, string, Language, string]>([
  [0, 'EUR', 'de', '0,00_€'],
  [5, 'EUR', 'de', '0,05_€'],
  [-5, 'EUR', 'de', '-0,05_€'],
  [123456, 'EUR', 'de', '1.234,56_€'],
  [-123456789, 'EUR', 'de', '-1.234.567,89_€'],
  [99900, 'CHF', 'de', '999,00_CHF'],
  [123456, 'EUR', 'en', '€1,234.56'],
  [-123456, 'EUR', 'en', '-€1,234.56'],
  [123456, 'CHF', 'en', 'CHF_1,234.56'],
  [Number.MAX_SAFE_INTEGER, 'EUR', 'de', '90.071.992.547.409,91_€'],
])('%i minor units of %s in %s are %s', (minor, currency, language, expected) =>
  expect(plain(money(minor, currency, language))).toBe(expected),
);

test.each<[string, Language, string]>([
  ['30', 'de', '30,00'],
  ['0.285', 'de', '0,285'],
  ['0.194725', 'de', '0,194725'],
  ['1.500000', 'de', '1,50'],
  ['-4.19', 'de', '-4,19'],
  ['1234.5', 'en', '1,234.50'],
])('the unit price %s in %s is %s', (text, language, expected) => expect(price(text, language)).toBe(expected));

test.each<[string, string]>([
  ['1', '1'],
  ['1287', '1.287'],
  ['12.50', '12,5'],
  ['-0.000001', '-0,000001'],
  ['-0.00', '0'],
  ['007', '7'],
  ['100000', '100.000'],
])('the quantity %s is %s', (text, expected) => expect(decimal(text, 'de')).toBe(expected));

test.each(['', '1,5', '1e3', 'NaN', '.5', '--1', '1.'])('%p is no decimal', (text) =>
  expect(() => decimal(text, 'de')).toThrow(RangeError),
);

test('amounts stand without a currency in columns', () => expect(amount(-380, 'de')).toBe('-3,80'));

test.each<[string, Language, string]>([
  ['2026-10-31', 'de', '31.10.2026'],
  ['2026-03-05', 'de', '05.03.2026'],
  ['2026-03-05', 'en', '5_Mar_2026'],
  ['2026-12-01', 'en', '1_Dec_2026'],
])('the day %s in %s is %s', (day, language, expected) => expect(plain(date(day, language))).toBe(expected));

test('a period of one day is that day', () => {
  expect(period('2026-10-01', '2026-10-31', 'de')).toBe('01.10.2026 – 31.10.2026');
  expect(period('2026-10-15', '2026-10-15', 'de')).toBe('15.10.2026');
});

test.each<[number, Language, string]>([
  [1900, 'de', '19_%'],
  [700, 'de', '7_%'],
  [1905, 'de', '19,05_%'],
  [0, 'en', '0%'],
])('%i basis points in %s are %s', (rate, language, expected) => expect(plain(percent(rate, language))).toBe(expected));

test('an IBAN is read in groups of four', () =>
  expect(plain(groupedIban('DE02120300000000202051'))).toBe('DE02_1203_0000_0000_2020_51'));
