import { expect, test } from '@jest/globals';
import { decimalOf, minorOf, readFigure, type FigureFault } from '../../../web/src/shared/typed-figure.ts';

type Read = string | { fault: FigureFault } | undefined;
const fault = (of: FigureFault) => ({ fault: of });

test.each<[typed: string, german: Read, english: Read]>([
  ['', undefined, undefined],
  ['1.250', fault('sign'), fault('tooManyPlaces')],
  ['1,250', fault('tooManyPlaces'), fault('sign')],
  ['12.50', fault('sign'), '12.50'],
  ['12,50', '12.50', fault('sign')],
  ['1.250,50', '1250.50', fault('sign')],
  ['12,', '12', fault('sign')],
  [',5', '0.5', fault('sign')],
  ['abc', fault('noNumber'), fault('noNumber')],
  [',', fault('noNumber'), fault('sign')],
  ['0', fault('tooSmall'), fault('tooSmall')],
  ['-5', fault('tooSmall'), fault('tooSmall')],
  ['1251', fault('tooLarge'), fault('tooLarge')],
])('%p is an amount or says why not: %p in German, %p in English', (typed, german, english) => {
  const read = (language: string) => {
    const { value, ...rest } = readFigure(typed, language, { min: 0.01, max: 1250.5, places: 2 });
    return rest.fault ? rest : value;
  };
  expect([read('de'), read('en')]).toEqual([german, english]);
});

test('what may be thousands or places of a quantity is asked for', () => {
  expect(readFigure('1.250', 'de', { places: 6 })).toEqual({ value: undefined, fault: 'grouped' });
  expect(readFigure('1,250', 'de', { places: 6 })).toEqual({ value: '1.250' });
});

test.each([
  ['12,5', undefined],
  ['1.250', undefined],
  ['12.5', undefined],
  ['-40', '-40'],
  ['1250', '1250'],
])('%p is taken for the whole number %p', (typed, expected) => {
  const fault = expected ? {} : { fault: 'notWhole' };
  expect(readFigure(typed, 'de', { places: 0 })).toEqual({ value: expected, ...fault });
});

test.each([
  ['', 4500, false],
  ['0', 4500, false],
  ['-1', 4500, false],
  ['0,01', 4500, true],
  ['18,1', 4500, true],
  ['1,15', 115, true],
  ['45', 4500, true],
  ['45,01', 4500, false],
  ['1,005', 4500, false],
])('H11 %s euros of %i cents can be credited: %s', (typed, leftMinor, expected) =>
  expect(readFigure(typed, 'de', { min: 0.01, max: leftMinor / 100, places: 2 }).value !== undefined).toBe(expected),
);

test.each([
  ['12', 1200],
  ['12.5', 1250],
  ['0.29', 29],
  ['1.15', 115],
  ['1000000000', 100_000_000_000],
])('%s are %i minor units, and back', (decimal, minor) => {
  expect(minorOf(decimal)).toBe(minor);
  expect(minorOf(decimalOf(minor))).toBe(minor);
});
