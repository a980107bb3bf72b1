import { expect, test } from '@jest/globals';
import { sheetValue } from '../../../web/src/shared/sheet-value.ts';

test('a sheet has instants in the time of the reader, as the reader writes them', () => {
  expect(sheetValue('2026-11-24T23:30:12.345Z', 'de', 'Europe/Berlin')).toBe('25.11.2026 00:30');
  expect(sheetValue('2026-07-01T22:30:00Z', 'en', 'Europe/Berlin')).toBe('2026-07-02 00:30');
});

test('a sheet has days and decimals as the reader writes them, and leaves all else alone', () => {
  expect(sheetValue('2026-11-24', 'de')).toBe('24.11.2026');
  expect(sheetValue('2026-11-24', 'en')).toBe('2026-11-24');
  expect(sheetValue(12.5, 'de')).toBe('12,5');
  expect(sheetValue(12.5, 'en')).toBe(12.5);
  for (const value of ['R-2026-11', '2026-11-24/2026-11-30', '00340434161094042557', '', null, undefined]) {
    expect(sheetValue(value, 'de')).toBe(value);
  }
});
