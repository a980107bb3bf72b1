import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  billedQuantity,
  amountMinor,
  graduatedAmount,
  graduatedParts,
  priceParts,
} from '../../../services/billing/domain/rate-models.ts';
import { MICROS, parseMicros } from '../../../shared/kernel/decimal.ts';
import { rateModel, type RateTier } from '../../../shared/protocol/billing/rate-model.ts';

const TIERS: RateTier[] = [
  { upTo: '100', unitPrice: '0.35' },
  { upTo: '500', unitPrice: '0.25' },
  { upTo: null, unitPrice: '0.125' },
];

test.each([
  ['0', 0],
  ['1', 35],
  ['100', 3500],
  ['100.5', 3513],
  ['101', 3525],
  ['500', 13500],
  ['501', 13513],
  ['502', 13525],
  ['1000', 19750],
])('%s units of a graduated price cost %i cents', (units, cents) =>
  expect(graduatedAmount(parseMicros(units), TIERS)).toBe(cents),
);

test.each([
  [
    '90',
    '20',
    [
      ['10', '0', '100'],
      ['10', '100', '500'],
    ],
  ],
  ['100', '1', [['1', '100', '500']]],
  [
    '0',
    '600',
    [
      ['100', '0', '100'],
      ['400', '100', '500'],
      ['100', '500', null],
    ],
  ],
  [
    '110',
    '-20',
    [
      ['-10', '0', '100'],
      ['-10', '100', '500'],
    ],
  ],
  ['5', '-8', [['-8', '0', '100']]],
  ['7', '0', []],
])('a counter at %s goes on by %s through the tiers', (counter, quantity, expected) =>
  expect(
    graduatedParts(parseMicros(counter), parseMicros(quantity), TIERS).map((part) => [
      part.quantityMicros,
      part.tierFrom,
      part.tierTo,
    ]),
  ).toEqual(expected.map((part) => part.map((value) => (value === null ? null : parseMicros(value))))),
);

test.each([
  ['E9 a unit price of six places', { type: 'perUnit', unitPrice: '0.000001' }, '5000', 1],
  ['a price per unit', { type: 'perUnit', unitPrice: '1.35' }, '169', 22815],
  ['a price per 60 minutes', { type: 'perUnit', unitPrice: '42.00', baseQuantity: '60' }, '50', 3500],
  [
    '44 m³-days of a monthly price in a month of 30 days',
    { type: 'perUnit', unitPrice: '30.00', perDaysOfMonth: true },
    '44',
    4400,
  ],
  ['half a cent, away from zero', { type: 'perUnit', unitPrice: '0.005' }, '1', 1],
  ['half a cent taken back', { type: 'perUnit', unitPrice: '0.005' }, '-1', -1],
  ['a flat price', { type: 'flat', amount: '2.90' }, '7', 290],
  ['a flat price taken back', { type: 'flat', amount: '2.90' }, '-7', -290],
])('%s', (_title, input, measured, cents) => {
  const model = rateModel.parse(input);
  const quantity = billedQuantity(model, parseMicros(measured));
  expect(amountMinor(priceParts(model, quantity, { serviceMonth: '2026-06' }))).toBe(cents);
});

test.each([
  ['2026-02', 28n],
  ['2028-02', 29n],
  ['2026-10', 31n],
])('a monthly price metered by day has the days of %s as its base', (serviceMonth, days) => {
  const model = rateModel.parse({ type: 'perUnit', unitPrice: '30', perDaysOfMonth: true });
  expect(priceParts(model, MICROS, { serviceMonth })[0]!.baseQuantityMicros).toBe(days * MICROS);
});

const ascending = fc
  .uniqueArray(fc.integer({ min: 1, max: 5_000 }), { minLength: 0, maxLength: 6 })
  .map((limits) => limits.toSorted((a, b) => a - b))
  .chain((limits) =>
    fc
      .array(fc.integer({ min: 0, max: 9_999 }), { minLength: limits.length + 1, maxLength: limits.length + 1 })
      .map((prices): RateTier[] =>
        prices.map((cents, index) => ({
          upTo: limits[index] === undefined ? null : String(limits[index]),
          unitPrice: (cents / 100).toFixed(2),
        })),
      ),
  );

const priceOfUnit = (tiers: readonly RateTier[], ordinal: number) =>
  Number(parseMicros(tiers.find(({ upTo }) => upTo === null || ordinal <= Number(upTo))!.unitPrice) / 10_000n);

test('the graduated amount is the integral of its tiers: the sum of what each unit costs', () => {
  fc.assert(
    fc.property(ascending, fc.integer({ min: 0, max: 6_000 }), (tiers, units) => {
      let sum = 0;
      for (let ordinal = 1; ordinal <= units; ordinal += 1) sum += priceOfUnit(tiers, ordinal);
      expect(graduatedAmount(BigInt(units) * MICROS, tiers)).toBe(sum);
    }),
    { numRuns: 60 },
  );
});

test('splitting a quantity never changes the parts taken from each tier', () => {
  const perTier = (parts: ReturnType<typeof graduatedParts>) => {
    const sums = new Map<string, bigint>();
    for (const { tierFrom, quantityMicros } of parts)
      sums.set(String(tierFrom), (sums.get(String(tierFrom)) ?? 0n) + quantityMicros);
    return Object.fromEntries([...sums].filter(([, sum]) => sum !== 0n));
  };
  fc.assert(
    fc.property(ascending, fc.array(fc.integer({ min: -800, max: 3_000 }), { maxLength: 8 }), (tiers, steps) => {
      const total = steps.reduce((sum, step) => sum + step, 0);
      fc.pre(total >= 0);
      let counter = 0n;
      const parts = steps.flatMap((step) => {
        const taken = graduatedParts(counter, BigInt(step) * MICROS, tiers);
        counter += BigInt(step) * MICROS;
        return taken;
      });
      expect(perTier(parts)).toEqual(perTier(graduatedParts(0n, BigInt(total) * MICROS, tiers)));
    }),
    { numRuns: 200 },
  );
});

test.each([
  ['tiers that do not end open', { type: 'graduated', tiers: [{ upTo: '5', unitPrice: '1' }] }],
  [
    'tiers that do not ascend',
    {
      type: 'graduated',
      tiers: [
        { upTo: '5', unitPrice: '1' },
        { upTo: '5', unitPrice: '1' },
        { upTo: null, unitPrice: '1' },
      ],
    },
  ],
  [
    'an open tier before the end',
    {
      type: 'graduated',
      tiers: [
        { upTo: null, unitPrice: '1' },
        { upTo: null, unitPrice: '1' },
      ],
    },
  ],
  ['a price as a number', { type: 'perUnit', unitPrice: 1.35 }],
  ['a price with seven places', { type: 'perUnit', unitPrice: '0.0000001' }],
  ['a negative price', { type: 'flat', amount: '-1' }],
  ['a base of zero', { type: 'perUnit', unitPrice: '1', baseQuantity: '0.00' }],
  ['a monthly price with another base', { type: 'perUnit', unitPrice: '1', baseQuantity: '30', perDaysOfMonth: true }],
  ['an unknown model', { type: 'volume', tiers: [] }],
])('%s is refused', (_title, model) => expect(rateModel.safeParse(model).success).toBe(false));
