import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ChargeAttributes } from '../../../services/billing/domain/charge-fact.ts';
import { billCases, type PriceCase } from '../../support/scenario-table.ts';
import { createScenarioWorld, perUnit, tiers, type ScenarioWorld } from '../../support/scenario-world.ts';

/** Freight by zone and weight, as houses print it: the last rule takes what no other does. */
const ZONES = {
  'home-light': { model: perUnit('4.29'), priority: 300, conditions: { countries: ['DE'], weightGramsUpTo: 2000 } },
  'home-heavy': {
    model: perUnit('5.49'),
    priority: 300,
    conditions: { countries: ['DE'], weightGramsOver: 2000, weightGramsUpTo: 31_500 },
  },
  neighbours: { model: perUnit('11.90'), priority: 200, conditions: { countries: ['AT', 'NL'] } },
  express: { model: perUnit('19.90'), priority: 400, conditions: { carriers: ['UPS'] } },
  'not-home': { model: perUnit('16.50'), priority: 150, conditions: { countriesNot: ['DE', 'CH'] } },
  rest: { model: perUnit('24.00'), priority: 1 },
};
const freight = (title: string, attributes: ChargeAttributes, line: string): PriceCase => ({
  title: `E3 ${title}`,
  type: 'freight',
  terms: { rules: ZONES },
  events: [['2027-03-05', 1, { attributes }]],
  lines: [`2027-03-15: ${line}`],
});

const CONDITIONS: PriceCase[] = [
  freight('a light parcel at home', { country: 'DE', weightGrams: 1 }, 'home-light: 1 × 4.29 = 429'),
  freight(
    'the upper bound of a weight band is included',
    { country: 'DE', weightGrams: 2000 },
    'home-light: 1 × 4.29 = 429',
  ),
  freight('the lower bound is not', { country: 'DE', weightGrams: 2001 }, 'home-heavy: 1 × 5.49 = 549'),
  freight('the heaviest of a band', { country: 'DE', weightGrams: 31_500 }, 'home-heavy: 1 × 5.49 = 549'),
  freight('beyond all bands the rest applies', { country: 'DE', weightGrams: 31_501 }, 'rest: 1 × 24 = 2400'),
  freight('a weight that nobody knows meets no band', { country: 'DE' }, 'rest: 1 × 24 = 2400'),
  freight('a neighbour of any weight', { country: 'NL', weightGrams: 40_000 }, 'neighbours: 1 × 11.9 = 1190'),
  freight(
    'the higher priority wins where two rules fit',
    { country: 'AT', weightGrams: 10 },
    'neighbours: 1 × 11.9 = 1190',
  ),
  freight(
    'the carrier wins over the zone',
    { country: 'DE', weightGrams: 10, carrier: 'UPS' },
    'express: 1 × 19.9 = 1990',
  ),
  freight('another carrier does not', { country: 'DE', weightGrams: 10, carrier: 'DHL' }, 'home-light: 1 × 4.29 = 429'),
  freight('a country outside a list of exceptions', { country: 'FR', weightGrams: 10 }, 'not-home: 1 × 16.5 = 1650'),
  freight('an excepted country', { country: 'CH', weightGrams: 10 }, 'rest: 1 × 24 = 2400'),
  freight('a country that nobody knows meets no exception', { weightGrams: 10 }, 'rest: 1 × 24 = 2400'),
  freight('no carrier at all', { country: 'DE', weightGrams: 2500, carrier: null }, 'home-heavy: 1 × 5.49 = 549'),
  {
    title: 'E3 each rule is a line of its own',
    type: 'freight',
    terms: { rules: ZONES },
    events: [
      ['2027-03-05', 2, { attributes: { country: 'DE', weightGrams: 900 } }],
      ['2027-03-06', 1, { attributes: { country: 'AT', weightGrams: 900 } }],
      ['2027-03-07', 3, { attributes: { country: 'DE', weightGrams: 700 } }],
    ],
    lines: ['2027-03-15: home-light: 5 × 4.29 = 2145', '2027-03-15: neighbours: 1 × 11.9 = 1190'],
  },
  {
    title: 'E3 each rule counts its own tiers',
    type: 'freight',
    terms: {
      rules: {
        de: { model: tiers('graduated', ['10', '4.00'], [null, '3.00']), conditions: { countries: ['DE'] } },
        at: { model: tiers('graduated', ['10', '9.00'], [null, '8.00']), conditions: { countries: ['AT'] } },
      },
    },
    events: [
      ['2027-03-05', 8, { attributes: { country: 'DE' } }],
      ['2027-03-06', 8, { attributes: { country: 'AT' } }],
      ['2027-03-18', 3, { attributes: { country: 'DE' } }],
    ],
    lines: [
      '2027-03-15: at: 8 × 9 = 7200',
      '2027-03-15: de: 8 × 4 = 3200',
      '2027-03-31: de: 2 × 4 = 800',
      '2027-03-31: de: 1 × 3 = 300',
    ],
  },
  {
    title: 'E3 a lower priority waits behind a higher one, whatever its order on the card',
    terms: {
      rules: {
        low: { model: perUnit('1.00'), priority: -5 },
        high: { model: perUnit('2.00'), priority: 0 },
      },
    },
    events: [['2027-03-05', 1]],
    lines: ['2027-03-15: high: 1 × 2 = 200'],
  },
];

const from = (...prices: readonly (readonly [string, string])[]): PriceCase['terms'] =>
  prices.map(([day, price]) => [day, { model: perUnit(price) }] as const);
const TIER_CHANGE: PriceCase['terms'] = [
  ['2020-01-01', { model: tiers('graduated', ['100', '1.00'], [null, '0.80']) }],
  ['2027-03-10', { model: tiers('graduated', ['100', '1.10'], [null, '0.90']) }],
];
const VOLUME_CHANGE: PriceCase['terms'] = [
  ['2020-01-01', { model: tiers('volume', ['100', '1.00'], [null, '0.80']) }],
  ['2027-03-10', { model: tiers('volume', ['100', '1.10'], [null, '0.90']) }],
];
const march = (
  title: string,
  terms: PriceCase['terms'],
  events: readonly (readonly [day: string, quantity: number, known?: string])[],
  ...lines: string[]
): PriceCase => ({
  title: `E1 ${title}`,
  terms,
  events: events.map(([day, quantity, known]) => [`2027-03-${day}`, quantity, known ? { known: `2027-${known}` } : {}]),
  lines: lines.map((line) => `2027-${line}`),
});
const PRICE_CHANGE = from(['2020-01-01', '0.45'], ['2027-03-10', '0.50']);

const VERSIONS: PriceCase[] = [
  march(
    'a price change on the 10th leaves what was before at the old price',
    PRICE_CHANGE,
    [
      ['09', 4],
      ['10', 3],
    ],
    '03-15: 4 × 0.45 = 180',
    '03-15: 3 × 0.5 = 150',
  ),
  march('the last day before', PRICE_CHANGE, [['09', 1]], '03-15: 1 × 0.45 = 45'),
  march('the day of the change', PRICE_CHANGE, [['10', 1]], '03-15: 1 × 0.5 = 50'),
  march(
    'what comes late has the price of its own day',
    PRICE_CHANGE,
    [
      ['12', 1],
      ['02', 1, '04-03'],
    ],
    '03-15: 1 × 0.5 = 50',
    '04-15 of 2027-03: 1 × 0.45 = 45',
  ),
  march(
    'each version is a line and rounds alone',
    from(['2020-01-01', '0.005'], ['2027-03-10', '0.015']),
    [
      ['01', 1],
      ['11', 1],
    ],
    '03-15: 1 × 0.005 = 1',
    '03-15: 1 × 0.015 = 2',
  ),
  march(
    'of two versions from the same day the later one counts',
    from(['2020-01-01', '0.45'], ['2027-03-12', '9.99'], ['2027-03-12', '0.60']),
    [
      ['11', 1],
      ['12', 1],
    ],
    '03-15: 1 × 0.45 = 45',
    '03-15: 1 × 0.6 = 60',
  ),
  march(
    'three versions in a month',
    from(['2020-01-01', '1.00'], ['2027-03-05', '2.00'], ['2027-03-20', '4.00']),
    [
      ['04', 1],
      ['05', 1],
      ['19', 1],
      ['20', 1],
    ],
    '03-15: 1 × 1 = 100',
    '03-15: 1 × 2 = 200',
    '03-31: 1 × 2 = 200',
    '03-31: 1 × 4 = 400',
  ),
  march(
    'tiers count on across a new version',
    TIER_CHANGE,
    [
      ['05', 80],
      ['12', 40],
    ],
    '03-15: 80 × 1 = 8000',
    '03-15: 20 × 1.1 = 2200',
    '03-15: 20 × 0.9 = 1800',
  ),
  march(
    'tiers count on across a new version in the second half',
    TIER_CHANGE,
    [
      ['05', 120],
      ['20', 10],
    ],
    '03-15: 100 × 1 = 10000',
    '03-15: 20 × 0.8 = 1600',
    '03-31: 10 × 0.9 = 900',
  ),
  march(
    'a late unit of the old version stands where the counter is',
    TIER_CHANGE,
    [
      ['05', 50],
      ['20', 60],
      ['06', 5, '04-02'],
    ],
    '03-15: 50 × 1 = 5000',
    '03-31: 50 × 1.1 = 5500',
    '03-31: 10 × 0.9 = 900',
    '04-15 of 2027-03: 5 × 0.8 = 400',
  ),
  march(
    'a volume price counts both versions, each at its own price of the tier',
    VOLUME_CHANGE,
    [
      ['05', 60],
      ['12', 60],
    ],
    '03-15: 60 × 0.8 = 4800',
    '03-15: 60 × 0.9 = 5400',
  ),
  march(
    'a tier that moves takes each version back at its own price',
    VOLUME_CHANGE,
    [
      ['05', 60],
      ['12', 30],
      ['20', 20],
    ],
    '03-15: 60 × 1 = 6000',
    '03-15: 30 × 1.1 = 3300',
    '03-31: volumeBack: -60 × 1 = -6000',
    '03-31: volumeBack: -30 × 1.1 = -3300',
    '03-31: volumeAgain: 60 × 0.8 = 4800',
    '03-31: volumeAgain: 30 × 0.9 = 2700',
    '03-31: 20 × 0.9 = 1800',
  ),
];

const CASES = [...CONDITIONS, ...VERSIONS];
let world: ScenarioWorld;
let billed: Map<string, string[]>;
beforeAll(async () => {
  world = await createScenarioWorld();
  billed = await billCases(world, CASES);
});
afterAll(() => world.close());

test.each(CASES)('$title', ({ title, lines }) => expect(billed.get(title)!.toSorted()).toEqual(lines.toSorted()));
