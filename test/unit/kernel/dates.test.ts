import { expect, test } from '@jest/globals';
import {
  addDays,
  addMonths,
  daysBetween,
  daysInMonth,
  eachDay,
  instantOf,
  isLocalDate,
  lastDayOf,
  localDateOf,
} from '../../../shared/kernel/dates.ts';

test.each([
  ['2026-04-15T21:59:59Z', '2026-04-15'],
  ['2026-04-15T22:00:00Z', '2026-04-16'],
  ['2026-01-15T22:59:59Z', '2026-01-15'],
  ['2026-01-15T23:00:00Z', '2026-01-16'],
  ['2026-12-31T23:30:00Z', '2027-01-01'],
])('%s is %s in Berlin, in summer and in winter', (instant, day) => expect(localDateOf(new Date(instant))).toBe(day));

test.each([
  ['2026-03-29', '00:00', '2026-03-28T23:00:00.000Z'],
  ['2026-03-30', '00:00', '2026-03-29T22:00:00.000Z'],
  ['2026-10-25', '00:00', '2026-10-24T22:00:00.000Z'],
  ['2026-10-26', '00:00', '2026-10-25T23:00:00.000Z'],
  ['2026-04-16', '04:30', '2026-04-16T02:30:00.000Z'],
])('%s %s in Berlin is %s', (day, time, instant) => expect(instantOf(day, time).toISOString()).toBe(instant));

test.each([
  ['2026-02-28', 1, '2026-03-01'],
  ['2028-02-28', 1, '2028-02-29'],
  ['2026-03-29', 1, '2026-03-30'],
  ['2026-10-25', 1, '2026-10-26'],
  ['2026-01-01', -1, '2025-12-31'],
])('%s plus %i days is %s', (day, count, result) => expect(addDays(day, count)).toBe(result));

test.each([
  ['2026-01', 1, '2026-02'],
  ['2026-12', 1, '2027-01'],
  ['2026-01', -1, '2025-12'],
  ['2026-03', -15, '2024-12'],
])('%s plus %i months is %s', (month, count, result) => expect(addMonths(month, count)).toBe(result));

test.each([
  ['2026-02', 28],
  ['2028-02', 29],
  ['2026-03', 31],
  ['2026-10', 31],
  ['2026-11', 30],
])('%s has %i days', (month, days) => {
  expect(daysInMonth(month)).toBe(days);
  expect(eachDay(`${month}-01`, lastDayOf(month))).toHaveLength(days);
});

test.each(['2026-02-30', '2026-13-01', '9999-01-01', '2026-2-1', '26-02-01', '2026-02-01T00:00', ''])(
  '%p is no day',
  (text) => expect(isLocalDate(text)).toBe(false),
);

test('a span across a clock change counts calendar days', () =>
  expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2));
