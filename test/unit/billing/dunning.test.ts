import { expect, test } from '@jest/globals';
import { delayedFrom, interestUpTo, newClaims, principalOf } from '../../../services/billing/domain/dunning/claims.ts';
import { DEFAULT_DUNNING } from '../../../services/billing/domain/dunning/default-settings.ts';
import { interestMinor, missingRate } from '../../../services/billing/domain/dunning/interest.ts';
import { judge } from '../../../services/billing/domain/dunning/levels.ts';
import { dunningSettings } from '../../../shared/protocol/billing/dunning-views.ts';

const RATES = [
  { validFrom: '2022-07-01', rateBasisPoints: -88 },
  { validFrom: '2023-01-01', rateBasisPoints: 162 },
  { validFrom: '2023-07-01', rateBasisPoints: 312 },
  { validFrom: '2024-01-01', rateBasisPoints: 362 },
  { validFrom: '2024-07-01', rateBasisPoints: 337 },
];
const owed = (minor: number) => [{ from: '2000-01-01', minor }];

test.each([
  // 1000.00 × 12.62 % × 30 / 365 = 10.3726
  ['in one half-year', 100_000, '2024-01-01', '2024-01-30', 1037],
  // a leap year counts 366 days and divides by 365: 1000.00 × (12.62 % × 182 + 12.37 % × 184) / 365 = 125.2855
  ['of a leap year', 100_000, '2024-01-01', '2024-12-31', 12_529],
  // 28 and 29 February alike: 1000.00 × 12.62 % × 2 / 365 = 0.6915
  ['on 28 and 29 February', 100_000, '2024-02-28', '2024-02-29', 69],
  // 1000.00 × (8.12 % × 31 + 10.62 % × 31) / 365 = 6.8964 + 9.0197
  ['over a change of the rate', 100_000, '2022-12-01', '2023-01-31', 1592],
  // each rate from its first day: 30 June 10.62 %, 1 July 12.12 %: 22.74 % of 1000.00 / 365
  ['on the two days of a change', 100_000, '2023-06-30', '2023-07-01', 62],
  ['of one day', 100_000, '2024-01-01', '2024-01-01', 35],
  ['of no day', 100_000, '2024-01-02', '2024-01-01', 0],
  // what nobody entered bears nothing: only the days up to the year's end count
  ['into a half-year without rate', 100_000, '2024-12-31', '2025-01-31', 34],
  ['of a cent', 1, '2024-01-01', '2024-12-31', 0],
  ['exactly, rounded once', 730_000, '2024-01-01', '2024-01-01', 252],
])('I4 interest %s', (_, minor, from, to, cents) =>
  expect(interestMinor(owed(minor), { from, to }, RATES)).toBe(cents),
);

test('I4 a part that was paid bears interest up to the day it came, the rest further on', () => {
  const debt = {
    ...{ grossMinor: 100_000, dueDate: '2023-12-31', returnedOn: null, interestClaimedMinor: 0, lumpSumClaimed: false },
    settled: [{ day: '2024-01-10', minor: 60_000 }],
  };
  expect(principalOf(debt)).toEqual([
    { from: '2024-01-01', minor: 100_000 },
    { from: '2024-01-11', minor: 40_000 },
  ]);
  // 12.62 %: 1000.00 × 10 days and 400.00 × 20 days / 365 = 3.4575 + 2.7660
  expect(interestUpTo(debt, '2024-01-30', RATES)).toBe(622);
});

test('I4 what came before the due date bears nothing, what was taken back bears again', () => {
  const debt = {
    ...{ grossMinor: 100_000, dueDate: '2024-01-10', returnedOn: null, interestClaimedMinor: 0, lumpSumClaimed: false },
    settled: [
      { day: '2024-01-05', minor: 30_000 },
      { day: '2024-01-12', minor: 70_000 },
      { day: '2024-01-20', minor: -70_000 },
    ],
  };
  // 700.00 on 11, 12 January and from 21 to 30: 12 days × 12.62 % / 365 = 2.9044
  expect(interestUpTo(debt, '2024-01-30', RATES)).toBe(290);
});

test.each([
  ['2026-11-16', null, '2026-11-17'],
  ['2026-11-16', '2026-11-20', '2026-11-21'],
  ['2026-11-16', '2026-11-12', '2026-11-17'],
])('I4 due on %s, returned on %s: late from %s', (dueDate, returnedOn, from) =>
  expect(delayedFrom({ dueDate, returnedOn })).toBe(from),
);

const DEBT = {
  ...{ grossMinor: 100_000, dueDate: '2023-12-31', returnedOn: null, settled: [] },
  ...{ interestClaimedMinor: 0, lumpSumClaimed: false },
};
test.each([
  ['a reminder claims nothing', 0, {}, {}, [0, 0]],
  ['level 1 claims interest and lump sum', 1, {}, {}, [1037, 4000]],
  ['level 2 claims what came since', 2, { interestClaimedMinor: 1000, lumpSumClaimed: true }, {}, [37, 0]],
  ['never less than nothing', 2, { interestClaimedMinor: 2000, lumpSumClaimed: true }, {}, [0, 0]],
  ['nothing where the house wants none', 1, {}, { interest: false, lumpSum: false }, [0, 0]],
])('I4 %s', (_, level, debt, settings, expected) => {
  const claims = newClaims({ ...DEBT, ...debt }, level, {
    settings: { ...DEFAULT_DUNNING, ...settings },
    asOf: '2024-01-30',
    rates: RATES,
  });
  expect([claims.interestMinor, claims.lumpSumMinor]).toEqual(expected);
});

test.each([
  ['2024-01-01', '2024-12-31', null],
  ['2024-12-31', '2025-01-01', '2025-01-01'],
  ['2022-06-30', '2022-07-01', '2022-01-01'],
])('I4 from %s to %s a rate is missing from %s', (from, to, expected) =>
  expect(missingRate(RATES, from, to)).toBe(expected),
);

const overdue = {
  ...{ daysOverdue: 60, openMinor: 10_000, lastLevel: null, lastPayBy: null },
  ...{ disputed: false, stopped: false, awaitsCollection: false },
};
const TODAY = '2026-11-23';
test.each([
  ['first the reminder, however late', {}, 0],
  ['not before its day', { daysOverdue: 4 }, 'waiting'],
  ['from its day on', { daysOverdue: 5 }, 0],
  ['level 1 after the time of the reminder', { lastLevel: 0, lastPayBy: '2026-11-22', daysOverdue: 14 }, 1],
  ['not while that time runs', { lastLevel: 0, lastPayBy: TODAY, daysOverdue: 14 }, 'waiting'],
  ['not before its days after due', { lastLevel: 0, lastPayBy: '2026-11-22', daysOverdue: 13 }, 'waiting'],
  ['level 2', { lastLevel: 1, lastPayBy: '2026-11-01' }, 2],
  ['level 3', { lastLevel: 2, lastPayBy: '2026-11-01' }, 3],
  ['nothing after it', { lastLevel: 3, lastPayBy: '2026-11-01' }, 'exhausted'],
  ['small amounts', { openMinor: 499 }, 'small'],
  ['the limit itself', { openMinor: 500 }, 0],
  ['a dispute', { disputed: true }, 'disputed'],
  ['a stop of the merchant', { stopped: true, disputed: true }, 'stopped'],
  ['what is collected', { awaitsCollection: true }, 'directDebit'],
])('I4 %s', (_, facts, expected) => {
  const { level, hindrance } = judge({ ...overdue, ...facts }, DEFAULT_DUNNING, TODAY);
  expect(level ?? hindrance).toBe(expected);
});

test.each([
  ['as the product brings them', DEFAULT_DUNNING, []],
  ['a reminder that costs', withLevel(0, { feeMinor: 100 }), ['levels.0.feeMinor']],
  ['a level before the one below', withLevel(2, { daysAfterDue: 14 }), ['levels.2.daysAfterDue']],
  ['three levels', { ...DEFAULT_DUNNING, levels: DEFAULT_DUNNING.levels.slice(0, 3) }, ['levels']],
])('I4 settings: %s', (_, settings, paths) => {
  const found = dunningSettings.safeParse(settings).error?.issues.map(({ path }) => path.join('.')) ?? [];
  expect(found).toEqual(paths);
});

function withLevel(level: number, change: object) {
  const levels = DEFAULT_DUNNING.levels.map((terms, index) => (index === level ? { ...terms, ...change } : terms));
  return { ...DEFAULT_DUNNING, levels };
}
