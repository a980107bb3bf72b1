import { expect, test } from '@jest/globals';
import { readDecimal, readingsOf, writtenDecimal, type DecimalFault } from '../../../web/src/shared/read-decimal.ts';

type Read = string | { fault: DecimalFault };
const grouped = { fault: 'grouped' } as const;
const sign = { fault: 'sign' } as const;

test.each<[typed: string, german: Read, english: Read]>([
  ['1.000,50', '1000.50', sign],
  ['1,000.50', sign, '1000.50'],
  ['0,45', '0.45', sign],
  ['0.45', sign, '0.45'],
  ['1.000', grouped, '1.000'],
  ['1,000', '1.000', grouped],
  ['1.250', grouped, '1.250'],
  ['1,250', '1.250', grouped],
  ['-1.250', grouped, '-1.250'],
  ['12.500', grouped, '12.500'],
  ['0,245', '0.245', sign],
  ['0.245', sign, '0.245'],
  ['1.000.000', '1000000', sign],
  ['1,000,000', sign, '1000000'],
  ['1.000.000,5', '1000000.5', sign],
  ['1,000,000.5', sign, '1000000.5'],
  ['1.00', sign, '1.00'],
  ['1.0000', sign, '1.0000'],
  ['10.00.000', sign, sign],
  ["1'000,50", sign, sign],
  ['1 000,50', sign, sign],
  ['1,2,3', sign, sign],
  [' 5 ', '5', '5'],
  ['1000', '1000', '1000'],
])('%p is one number or none: %p in German, %p in English', (typed, german, english) => {
  const read = (language: string) => {
    const { value, fault } = readDecimal(typed, language);
    return fault === undefined ? value : { value, fault };
  };
  const expected = (of: Read) => (typeof of === 'string' ? of : { value: undefined, ...of });
  expect(read('de')).toEqual(expected(german));
  expect(read('en')).toEqual(expected(english));
});

test.each(['vier', '5 €', '1 000', 'ca. 5', '1e3'])('what is no number goes to the API as it is: %p', (typed) => {
  expect(readDecimal(typed, 'de')).toEqual({ value: typed });
  expect(readDecimal(typed, 'en')).toEqual({ value: typed });
});

test('an empty field has no number and no fault', () => {
  expect(readDecimal('  ', 'de')).toEqual({ value: undefined });
});

test.each(['1.250', '1.000', '1000', '0.245', '-0.5', '1234567.891234'])(
  'a decimal of the API that is shown is read as the same one again: %p',
  (value) => {
    for (const language of ['de', 'en'])
      expect(readDecimal(writtenDecimal(value, language), language)).toEqual({ value });
  },
);

test('both numbers that may be meant are written so that each of them is read without a doubt', () => {
  expect(readingsOf('1.250', 'de')).toEqual({ whole: '1250', part: '1,250' });
  expect(readingsOf('1,250', 'en')).toEqual({ whole: '1250', part: '1.250' });
});
