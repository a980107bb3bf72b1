import { expect, test } from '@jest/globals';
import { localTimeReader } from '../../../services/sync/domain/local-time.ts';

const iso = (value: Date | string): string => (typeof value === 'string' ? value : value.toISOString());

test.each([
  ['2011-01-15 08:26:00', '2011-01-15T08:26:00.000Z'],
  ['2011-07-15 08:26:00', '2011-07-15T07:26:00.000Z'],
  // 27 March 2011: 01:00 becomes 02:00
  ['2011-03-27 00:59:59', '2011-03-27T00:59:59.000Z'],
  ['2011-03-27 01:00:00', 'nonexistent'],
  ['2011-03-27 01:59:59', 'nonexistent'],
  ['2011-03-27 02:00:00', '2011-03-27T01:00:00.000Z'],
  // 30 October 2011: 02:00 becomes 01:00; the first 01:30 is meant
  ['2011-10-30 00:59:59', '2011-10-29T23:59:59.000Z'],
  ['2011-10-30 01:30:00', '2011-10-30T00:30:00.000Z'],
  ['2011-10-30 02:00:00', '2011-10-30T02:00:00.000Z'],
  ['2011-02-29 10:00:00', 'invalid'],
  ['2012-02-29 10:00:00', '2012-02-29T10:00:00.000Z'],
  ['2011-04-31 10:00:00', 'invalid'],
  ['2011-04-30 24:00:00', 'invalid'],
  ['2011-04-30 23:60:00', 'invalid'],
  ['1999-04-30 10:00:00', 'invalid'],
  ['2011-04-30T10:00:00', 'invalid'],
  ['2011-04-30 10:00', 'invalid'],
  ['2011-4-30 10:00:00', 'invalid'],
  ['2011-04-30 10:00:00 ', 'invalid'],
  ['', 'invalid'],
])('%s in London is %s', (text, expected) => {
  expect(iso(localTimeReader('YYYY-MM-DD HH:mm:ss', 'Europe/London')(text))).toBe(expected);
});

test.each([
  ['DD.MM.YYYY HH:mm', 'Europe/Berlin', '29.03.2026 03:00', '2026-03-29T01:00:00.000Z'],
  ['DD.MM.YYYY HH:mm', 'Europe/Berlin', '29.03.2026 02:30', 'nonexistent'],
  ['DD.MM.YYYY HH:mm', 'Europe/Berlin', '25.10.2026 02:30', '2026-10-25T00:30:00.000Z'],
  ['DD.MM.YYYY', 'Europe/Berlin', '01.07.2026', '2026-06-30T22:00:00.000Z'],
  ['YYYYMMDD', 'UTC', '20260701', '2026-07-01T00:00:00.000Z'],
  ['MM/DD/YYYY HH:mm', 'America/New_York', '11/01/2026 01:30', '2026-11-01T05:30:00.000Z'],
  ['MM/DD/YYYY HH:mm', 'America/New_York', '03/08/2026 02:30', 'nonexistent'],
  ['YYYY-MM-DDTHH:mm:ss', 'Asia/Kolkata', '2026-01-01T00:00:00', '2025-12-31T18:30:00.000Z'],
  ['YYYY-MM-DD HH:mm', 'Australia/Lord_Howe', '2026-10-04 02:15', 'nonexistent'],
  ['YYYY-MM-DD HH:mm', 'Australia/Lord_Howe', '2026-10-04 02:30', '2026-10-03T15:30:00.000Z'],
])('%s in %s reads %s as %s', (format, zone, text, expected) => {
  expect(iso(localTimeReader(format, zone)(text))).toBe(expected);
});

test.each(['YYYY-MM', 'YYYY-MM-DD HH', 'YYYY-MM-DD ss', 'YYYY-MM-DD YYYY', 'D.M.YYYY', 'YYYY-MM-DD\\d'])(
  'refuses the format %s',
  (format) => expect(() => localTimeReader(format, 'UTC')).toThrow(RangeError),
);

test('refuses a zone that does not exist', () => {
  expect(() => localTimeReader('YYYY-MM-DD', 'Europe/Atlantis')).toThrow(RangeError);
});
