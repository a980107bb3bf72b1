import { expect, test } from '@jest/globals';
import {
  delayedFrom,
  feeOf,
  interestUpTo,
  lessFees,
  newClaims,
  periodsOf,
  principalOf,
} from '../../../services/billing/domain/dunning/claims.ts';
import { touchedBy } from '../../../services/billing/domain/dunning/free-money.ts';
import { workingDayFrom } from '../../../services/billing/domain/dunning/working-days.ts';
import { DUNNING_LETTER_TEXTS } from '../../../services/billing/documents/dunning/dunning-letter-texts.ts';
import { DEFAULT_DUNNING } from '../../../services/billing/domain/dunning/default-settings.ts';
import { interestMinor, missingRate } from '../../../services/billing/domain/dunning/interest.ts';
import { judge } from '../../../services/billing/domain/dunning/levels.ts';
import { fieldErrors } from '../../../shared/moleculer/actions.ts';
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

const DEBT = {
  ...{ claimMinor: 100_000, dueDate: '2024-01-02', returnedOn: null, uncollected: false, firstPayBy: null },
  ...{ settled: [], interestClaimedMinor: 0, lumpSumClaimed: false },
};

test('I4 a part that was paid bears interest up to the day it came, the rest further on', () => {
  const debt = { ...DEBT, settled: [{ day: '2024-01-12', minor: 60_000 }] };
  expect(principalOf(debt)).toEqual([
    { from: '2024-01-03', minor: 100_000 },
    { from: '2024-01-13', minor: 40_000 },
  ]);
  // 12.62 %: 1000.00 × 10 days and 400.00 × 20 days / 365 = 3.4575 + 2.7660
  expect(interestUpTo(debt, '2024-02-01', RATES)).toBe(622);
});

test('I4 what came before the due date bears nothing, what was taken back bears again', () => {
  const debt = {
    ...{ ...DEBT, dueDate: '2024-01-10' },
    settled: [
      { day: '2024-01-05', minor: 30_000 },
      { day: '2024-01-12', minor: 70_000 },
      { day: '2024-01-20', minor: -70_000 },
    ],
  };
  // 700.00 on 11, 12 January and from 21 to 30: 12 days × 12.62 % / 365 = 2.9044
  expect(interestUpTo(debt, '2024-01-30', RATES)).toBe(290);
});

const AT_1_27 = [{ validFrom: '2026-07-01', rateBasisPoints: 127 }];
test.each([
  // 10,000.00 of which 9,000.00 were credited: 1,000.00 × 10.27 % × 84 / 365
  ['on nothing that a correction took back', { claimMinor: 100_000, dueDate: '2026-08-31' }, '2026-11-23', 2_364],
  // due on a Saturday, so on Monday 16: 10,000.00 × 10.27 % × 14 / 365
  ['from the day after the next working day', { claimMinor: 1_000_000, dueDate: '2026-11-14' }, '2026-11-30', 3_939],
  ['on nothing before a letter asks for a transfer', { uncollected: true, dueDate: '2026-08-31' }, '2026-11-23', 0],
  // from 21 November on: 1,000.00 × 10.27 % × 6 / 365
  [
    'after the time that this letter gives',
    { uncollected: true, dueDate: '2026-08-31', firstPayBy: '2026-11-20' },
    ...(['2026-11-26', 169] as const),
  ],
] as const)('I4 interest %s', (_, debt, to, cents) =>
  expect(interestUpTo({ ...DEBT, ...debt }, to, AT_1_27)).toBe(cents),
);

test.each([
  ['2026-11-16', null, '2026-11-17'],
  ['2026-11-16', '2026-11-20', '2026-11-21'],
  ['2026-11-16', '2026-11-12', '2026-11-17'],
  ['2026-11-14', null, '2026-11-17'],
  // came back on a Saturday: that is no term
  ['2026-11-13', '2026-11-14', '2026-11-15'],
])('I4 due on %s, returned on %s: late from %s', (dueDate, returnedOn, from) =>
  expect(delayedFrom({ dueDate, returnedOn, uncollected: false, firstPayBy: null })).toBe(from),
);

test.each([
  ['a Saturday', '2026-11-14', '2026-11-16'],
  ['Good Friday to Easter Monday', '2026-04-03', '2026-04-07'],
  ['Ascension Day', '2026-05-14', '2026-05-15'],
  ['Whit Monday', '2026-05-25', '2026-05-26'],
  ['Labour Day, a Friday', '2026-05-01', '2026-05-04'],
  ['the Day of German Unity, a Saturday', '2026-10-03', '2026-10-05'],
  ['Christmas, before a Sunday', '2026-12-25', '2026-12-28'],
  ['New Year after a Sunday', '2023-12-31', '2024-01-02'],
  ['Christmas Eve and New Year’s Eve are working days', '2026-12-24', '2026-12-24'],
  ['a holiday of some Länder', '2026-06-04', '2026-06-04'],
])('I4 § 193 BGB: %s', (_, day, expected) => expect(workingDayFrom(day)).toBe(expected));

test('I4 a letter names each rate with its days, from the first invoice that is late', () => {
  const young = { ...DEBT, dueDate: '2024-07-15' };
  expect(periodsOf([young, DEBT], '2024-07-31', RATES)).toEqual([
    { from: '2024-01-03', to: '2024-06-30', rateBasisPoints: 1_262 },
    { from: '2024-07-01', to: '2024-07-31', rateBasisPoints: 1_237 },
  ]);
  expect(periodsOf([], '2024-07-31', RATES)).toEqual([]);
});

test.each([
  ['once claimed for one of its invoices', [{ lumpSumClaimed: true, lumpSumMinor: 0 }], 0],
  ['claimed by this letter', [{ lumpSumClaimed: false, lumpSumMinor: 4_000 }], 0],
  ['never claimed', [{ lumpSumClaimed: false, lumpSumMinor: 0 }], 500],
])('I4 § 288 Abs. 5 Satz 3 BGB: the fee where the lump sum was %s', (_, dunned, fee) =>
  expect(feeOf(500, dunned)).toBe(fee),
);

test.each<[string, number, [number, ...string[]][], number[]]>([
  ['of no letter about them', 4_000, [[1_000, 'x']], [4_000, 4_000]],
  ['of a letter about one', 4_000, [[1_000, 'b']], [4_000, 3_000]],
  ['of a letter about both, once', 4_000, [[1_000, 'a', 'b']], [3_000, 4_000]],
  [
    'of several letters',
    4_000,
    [
      [1_000, 'a', 'b'],
      [500, 'b'],
      [700, 'a'],
    ],
    [2_300, 3_500],
  ],
  [
    'that are more than one lump sum',
    4_000,
    [
      [2_500, 'a', 'b'],
      [2_500, 'a', 'b'],
    ],
    [0, 3_000],
  ],
  ['where none is claimed', 0, [[1_000, 'a', 'b']], [0, 0]],
])('I4 § 288 Abs. 5 Satz 3 BGB: lump sums less the paid fees %s', (_, lumpSumMinor, fees, left) => {
  const paid = fees.map(([amountMinor, ...invoiceIds]) => ({ amountMinor, invoiceIds }));
  const dunned = ['a', 'b'].map((invoiceId) => ({ invoiceId, lumpSumMinor }));
  expect(lessFees(dunned, paid).map((invoice) => invoice.lumpSumMinor)).toEqual(left);
});

test.each([
  ['nothing', 0, []],
  ['the first ones as far as it goes', 350, ['a', 'c']],
  ['a part of one', 100, ['a', 'b', 'c']],
  ['some in full and a part of the others', 351, ['a', 'b', 'c']],
  ['all', 10_000, ['a', 'b', 'c']],
])('I4 free money pays %s', (_, free, touched) => {
  const invoices = [
    { invoiceId: 'a', openMinor: 200 },
    { invoiceId: 'b', openMinor: 300 },
    { invoiceId: 'c', openMinor: 150 },
  ];
  expect([...touchedBy(free, invoices)]).toEqual(touched);
});

const facts = (...levels: number[]) => ({
  ...{ level: Math.max(...levels), payBy: '2026-12-07', asOf: '2026-11-30', totalMinor: 100 },
  invoices: levels.map((level, index) => ({ number: `R-${index + 1}`, level })),
  interestPeriods: [{ from: '2026-11-17', to: '2026-11-30', rateBasisPoints: 1_052 }],
});
test.each([
  ['de', [3], '3. Mahnung', 'auch auf unsere 2. Mahnung hin'],
  ['de', [2, 1], 'Mahnung', 'Neben jeder Rechnung steht ihre Stufe'],
  ['de', [0, 3], 'Zahlungserinnerung und Mahnung', 'Zu Rechnung R-2 ist dies unsere letzte Aufforderung'],
  ['de', [3, 3, 1], 'Mahnung', 'Zu den Rechnungen R-1, R-2 ist dies unsere letzte Aufforderung'],
  ['de', [0, ...Array<number>(9).fill(3)], 'Zahlungserinnerung und Mahnung', 'Zu den 9 Rechnungen mit der Stufe'],
  ['en', [3], 'Final notice', 'after our second overdue notice'],
  ['en', [0, 3], 'Payment reminder and overdue notice', 'For invoice R-2 this is our final request'],
] as const)('I4 a letter in %s of levels %j is called %s', (language, levels, title, said) => {
  const texts = DUNNING_LETTER_TEXTS[language];
  expect(texts.title(facts(...levels))).toBe(title);
  expect(texts.intro(facts(...levels))).toContain(said);
});

test('I4 a letter of several levels threatens with court for none below the last one', () => {
  expect(DUNNING_LETTER_TEXTS.de.intro(facts(0, 1, 2))).not.toContain('gerichtlich');
  expect(DUNNING_LETTER_TEXTS.de.interestNote(facts(1)).replaceAll('\u00a0', ' ')).toBe(
    'Verzugszinsen von neun Prozentpunkten über dem Basiszinssatz (§ 288 Abs. 2 BGB): 10,52 % p. a. vom 17.11.2026 bis zum 30.11.2026, je Rechnung ab dem Verzug, taggenau.',
  );
});

test.each([
  ['a reminder claims nothing', 0, {}, {}, [0, 0]],
  ['level 1 claims interest and lump sum', 1, {}, {}, [1037, 4000]],
  ['nothing before it is late', 1, { uncollected: true, firstPayBy: '2024-02-01' }, {}, [0, 0]],
  ['level 2 claims what came since', 2, { interestClaimedMinor: 1000, lumpSumClaimed: true }, {}, [37, 0]],
  ['never less than nothing', 2, { interestClaimedMinor: 2000, lumpSumClaimed: true }, {}, [0, 0]],
  ['nothing where the house wants none', 1, {}, { interest: false, lumpSum: false }, [0, 0]],
])('I4 %s', (_, level, debt, settings, expected) => {
  const claims = newClaims({ ...DEBT, ...debt }, level, {
    settings: { ...DEFAULT_DUNNING, ...settings },
    asOf: '2024-02-01',
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
  ...{ disputed: false, stopped: false, awaitsCollection: false, collectionHeld: false, dueDate: '2026-09-24' },
};
const TODAY = '2026-11-23';
test.each([
  ['first the reminder, however late', {}, 0],
  ['not before its day', { daysOverdue: 4 }, 'waiting'],
  ['from its day on', { daysOverdue: 5 }, 0],
  ['level 1 after the time of the reminder', { lastLevel: 0, lastPayBy: '2026-11-20', daysOverdue: 14 }, 1],
  ['not while it ends on the working day after', { lastLevel: 0, lastPayBy: '2026-11-22', daysOverdue: 14 }, 'waiting'],
  ['not while that time runs', { lastLevel: 0, lastPayBy: TODAY, daysOverdue: 14 }, 'waiting'],
  ['not before its days after due', { lastLevel: 0, lastPayBy: '2026-11-20', daysOverdue: 13 }, 'waiting'],
  ['level 2', { lastLevel: 1, lastPayBy: '2026-11-01' }, 2],
  ['level 3', { lastLevel: 2, lastPayBy: '2026-11-01' }, 3],
  ['nothing after it', { lastLevel: 3, lastPayBy: '2026-11-01' }, 'exhausted'],
  ['small amounts', { openMinor: 499 }, 'small'],
  ['the limit itself', { openMinor: 500 }, 0],
  ['a dispute', { disputed: true }, 'disputed'],
  ['a stop of the merchant', { stopped: true, disputed: true }, 'stopped'],
  ['what is collected', { awaitsCollection: true, collectionHeld: true }, 'directDebit'],
  ['what the house does not collect itself', { collectionHeld: true }, 'collectionHeld'],
  ['what was due on a weekend', { dueDate: '2026-11-21', daysOverdue: 5 }, 'waiting'],
])('I4 %s', (_, facts, expected) => {
  const { level, hindrance } = judge({ ...overdue, ...facts }, DEFAULT_DUNNING, TODAY);
  expect(level ?? hindrance).toBe(expected);
});

test.each([
  ['as the product brings them', DEFAULT_DUNNING, []],
  ['a reminder that costs', withLevel(0, { feeMinor: 100 }), ['levels.0.feeMinor REMINDER_WITH_FEE']],
  ['a level before the one below', withLevel(2, { daysAfterDue: 14 }), ['levels.2.daysAfterDue LEVEL_NOT_LATER']],
  ['no day at all', withLevel(2, { daysAfterDue: null }), ['levels.2.daysAfterDue INVALID_TYPE']],
  ['three levels', { ...DEFAULT_DUNNING, levels: DEFAULT_DUNNING.levels.slice(0, 3) }, ['levels TOO_SMALL']],
])('I4 settings: %s', (_, settings, expected) => {
  const found = dunningSettings.safeParse(settings).error?.issues.flatMap(fieldErrors) ?? [];
  expect(found.map(({ path, code }) => `${path} ${code}`)).toEqual(expected);
});

function withLevel(level: number, change: object) {
  const levels = DEFAULT_DUNNING.levels.map((terms, index) => (index === level ? { ...terms, ...change } : terms));
  return { ...DEFAULT_DUNNING, levels };
}
