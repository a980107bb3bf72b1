import { expect, test } from '@jest/globals';
import {
  draftDueAt,
  dueCutoffs,
  duePeriods,
  holdBefore,
  isCutoff,
  lastDraftingAt,
  nextCutoff,
} from '../../../services/billing/domain/runs/periods.ts';

const BERLIN = 'Europe/Berlin';

test.each([
  ['2026-10-15', true],
  ['2026-10-31', true],
  ['2026-10-30', false],
  ['2026-02-28', true],
  ['2028-02-28', false],
  ['2028-02-29', true],
  ['2026-10-01', false],
])('%s is a cut-off: %p', (day, expected) => expect(isCutoff(day)).toBe(expected));

test.each([
  ['2026-10-15', 'semiMonthly', [['fulfilment', '2026-10-01', '2026-10-15']]],
  ['2026-10-15', 'monthly', []],
  [
    '2026-10-31',
    'semiMonthly',
    [
      ['fulfilment', '2026-10-16', '2026-10-31'],
      ['monthly', '2026-10-01', '2026-10-31'],
    ],
  ],
  [
    '2026-10-31',
    'monthly',
    [
      ['fulfilment', '2026-10-01', '2026-10-31'],
      ['monthly', '2026-10-01', '2026-10-31'],
    ],
  ],
  [
    '2028-02-29',
    'semiMonthly',
    [
      ['fulfilment', '2028-02-16', '2028-02-29'],
      ['monthly', '2028-02-01', '2028-02-29'],
    ],
  ],
] as const)('G1 the cut-off %s of a %s contract bills %j', (cutoff, cadence, expected) =>
  expect(duePeriods(cutoff, cadence).map(({ stream, from, to }) => [stream, from, to])).toEqual(expected),
);

test('a day that is no cut-off has no periods', () =>
  expect(() => duePeriods('2026-10-14', 'semiMonthly')).toThrow(RangeError));

test.each([
  // the day after, 04:30 local: one hour apart in UTC between summer and winter time
  ['2026-10-15', 0, '2026-10-16T02:30:00.000Z'],
  ['2026-10-31', 0, '2026-11-01T03:30:00.000Z'],
  ['2026-03-31', 2, '2026-04-03T02:30:00.000Z'],
  ['2026-12-31', 0, '2027-01-01T03:30:00.000Z'],
])('the draft of %s with %i waiting days is due at %s', (cutoff, waitDays, at) =>
  expect(draftDueAt(cutoff, waitDays, BERLIN).toISOString()).toBe(at),
);

test.each([
  ['2026-10-01', '2026-10-16T02:29:59Z', []],
  ['2026-10-01', '2026-10-16T02:30:00Z', ['2026-10-15']],
  ['2026-10-16', '2026-11-02T00:00:00Z', ['2026-10-31']],
  ['2026-08-20', '2026-11-02T00:00:00Z', ['2026-08-31', '2026-09-15', '2026-09-30', '2026-10-15', '2026-10-31']],
])('K16 billing since %s, asked at %s, has due %j', (startsOn, now, expected) =>
  expect(dueCutoffs(startsOn, new Date(now), 0, BERLIN)).toEqual(expected),
);

test.each([
  ['2026-11-15T03:29:59Z', '2026-11-14T03:30:00.000Z'],
  ['2026-11-15T03:30:00Z', '2026-11-15T03:30:00.000Z'],
  // the clock went back an hour that night
  ['2026-10-25T03:29:59Z', '2026-10-24T02:30:00.000Z'],
  ['2026-10-25T03:30:00Z', '2026-10-25T03:30:00.000Z'],
])('at %s drafts of before %s are of yesterday', (now, at) =>
  expect(lastDraftingAt(new Date(now), BERLIN).toISOString()).toBe(at),
);

test.each([
  ['2026-10-15', 'fulfilment', 'semiMonthly', '2026-10-15'],
  ['2026-10-16', 'fulfilment', 'semiMonthly', '2026-10-31'],
  ['2026-10-15', 'fulfilment', 'monthly', '2026-10-31'],
  ['2026-02-01', 'monthly', 'semiMonthly', '2026-02-28'],
  ['2026-10-31', 'monthly', 'monthly', '2026-10-31'],
] as const)('the next cut-off from %s on that bills %s, billed %s, is %s', (day, stream, cadence, cutoff) =>
  expect(nextCutoff(day, stream, cadence)).toBe(cutoff),
);

test('the limit of age is counted from the cut-off', () => expect(holdBefore('2026-10-31')).toBe('2026-08-02'));
