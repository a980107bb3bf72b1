import { expect, test } from '@jest/globals';
import { dayBefore, instantAt, lastFullMonth, movableClock, workingDays } from '../../../demo/calendar.ts';

test.each([
  ['2026-11-21T18:00:00Z', '2026-10'],
  ['2026-01-01T00:00:00Z', '2025-12'],
  // in Berlin the month has begun
  ['2026-06-30T22:30:00Z', '2026-06'],
  ['2026-06-30T21:30:00Z', '2026-05'],
])('at %s the last full month is %s', (now, month) => {
  expect(lastFullMonth(new Date(now))).toBe(month);
});

test.each([
  ['2026-10-16', '05:00', '2026-10-16T03:00:00.000Z'],
  ['2026-11-01', '05:00', '2026-11-01T04:00:00.000Z'],
])('%s %s in the warehouse is %s', (day, time, instant) => {
  expect(instantAt(day, time).toISOString()).toBe(instant);
});

test('the warehouse works from Monday to Friday, and at a weekend when there is no other day', () => {
  expect(workingDays('2026-10', 9, 14)).toEqual(['2026-10-09', '2026-10-12', '2026-10-13', '2026-10-14']);
  expect(workingDays('2026-10', 24, 25)).toEqual(['2026-10-24', '2026-10-25']);
});

test('the clock runs on with the system from where it was moved to', () => {
  let system = 1_000;
  const clock = movableClock(new Date('2026-10-01T06:00:00Z'), () => system);
  system += 5_000;
  expect(clock.now()).toEqual(new Date('2026-10-01T06:00:05Z'));
  clock.moveTo('2026-10-15', '22:00');
  system += 60_000;
  expect(clock.now()).toEqual(new Date('2026-10-15T20:01:00Z'));
});

test('the clock of the last days goes neither back nor past the system', () => {
  const system = Date.parse('2026-11-21T18:00:00Z');
  const clock = movableClock(new Date('2026-11-01T04:00:00Z'), () => system);
  clock.moveOn(dayBefore(new Date(system), 8), '09:30');
  expect(clock.now()).toEqual(new Date('2026-11-13T08:30:00Z'));
  clock.moveOn(dayBefore(new Date(system), 16), '09:30');
  expect(clock.now()).toEqual(new Date('2026-11-13T08:30:00Z'));
  clock.moveOn('2026-11-22', '09:30');
  expect(clock.now()).toEqual(new Date(system));
  clock.moveTo('2026-11-22', '05:00');
  clock.moveOn();
  expect(clock.now()).toEqual(new Date('2026-11-22T04:00:00Z'));
});
