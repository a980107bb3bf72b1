import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { billCases, type CaseEvent, type PriceCase } from '../../support/scenario-table.ts';
import { createScenarioWorld, perUnit, tiers, type Rule, type ScenarioWorld } from '../../support/scenario-world.ts';

/** First half, second half, and what becomes known in the first half of April. */
type Halves = readonly [h1: readonly Step[], h2: readonly Step[], late?: readonly Step[], later?: readonly Step[]];
/** A quantity, or one with the day of March it belongs to. */
type Step = number | string | readonly [quantity: number | string, day: string];

const eventsOf = ([h1, h2, late = [], later = []]: Halves): CaseEvent[] =>
  (
    [
      [h1, '05', undefined],
      [h2, '20', undefined],
      [late, '25', '2027-04-05'],
      [later, '25', '2027-04-20'],
    ] as const
  ).flatMap(([steps, usual, known]) =>
    steps.map((step): CaseEvent => {
      const [quantity, day] = typeof step === 'object' ? step : [step, usual];
      return [`2027-03-${day}`, quantity, known ? { known } : {}];
    }),
  );

const priced = (
  name: string,
  model: Rule['model'],
  rows: readonly (readonly [title: string, halves: Halves, ...lines: string[]])[],
): PriceCase[] =>
  rows.map(([title, halves, ...lines]) => ({
    title: `${name}: ${title}`,
    terms: { model },
    events: eventsOf(halves),
    lines: lines.map((line) => {
      const [cutoff, text] = [line.slice(0, 4), line.slice(5).trim()];
      return { 'H1: ': `2027-03-15: ${text}`, 'M3: ': `2027-03-31: ${text}` }[cutoff] ?? lateLine(cutoff, text);
    }),
  }));
const lateLine = (cutoff: string, text: string) =>
  `2027-04-${cutoff.startsWith('L1') ? '15' : '30'} of 2027-03: ${text}`;

const GRADUATED = tiers('graduated', ['1000', '0.35'], ['5000', '0.29'], [null, '0.245']);
const VOLUME = tiers('volume', ['100', '5.00'], ['200', '4.50'], [null, '4.00']);
const RISING = tiers('volume', ['10', '1.00'], [null, '1.50']);
const SAME = tiers('volume', ['10', '1.00'], ['20', '1.00'], [null, '0.50']);

const CASES: PriceCase[] = [
  ...priced('E2 graduated', GRADUATED, [
    [
      'crossed in the second half',
      [[800], [500]],
      'H1:  800 × 0.35 = 28000',
      'M3:  200 × 0.35 = 7000',
      'M3:  300 × 0.29 = 8700',
    ],
    [
      'crossed twice in the second half',
      [[800], [5200]],
      'H1:  800 × 0.35 = 28000',
      'M3:  200 × 0.35 = 7000',
      'M3:  4000 × 0.29 = 116000',
      'M3:  1000 × 0.245 = 24500',
    ],
    ['full to the brim at the 15th', [[1000], [1]], 'H1:  1000 × 0.35 = 35000', 'M3:  1 × 0.29 = 29'],
    [
      'crossed in the first half',
      [[1200], [10]],
      'H1:  1000 × 0.35 = 35000',
      'H1:  200 × 0.29 = 5800',
      'M3:  10 × 0.29 = 290',
    ],
    ['nothing in the first half', [[], [1001]], 'M3:  1000 × 0.35 = 35000', 'M3:  1 × 0.29 = 29'],
    ['nothing in the second half', [[1001], []], 'H1:  1000 × 0.35 = 35000', 'H1:  1 × 0.29 = 29'],
    [
      'what comes late goes on from the month',
      [[800], [100], [200]],
      'H1:  800 × 0.35 = 28000',
      'M3:  100 × 0.35 = 3500',
      'L1:  100 × 0.35 = 3500',
      'L1:  100 × 0.29 = 2900',
    ],
    [
      'what comes late twice goes on twice',
      [[999], [], [1], [1]],
      'H1:  999 × 0.35 = 34965',
      'L1:  1 × 0.35 = 35',
      'L2:  1 × 0.29 = 29',
    ],
    [
      'late, of the first half',
      [[900], [100], [[5, '02']]],
      'H1:  900 × 0.35 = 31500',
      'M3:  100 × 0.35 = 3500',
      'L1:  5 × 0.29 = 145',
    ],
    [
      'a correction takes the last units back',
      [[1050], [], [-100]],
      'H1:  1000 × 0.35 = 35000',
      'H1:  50 × 0.29 = 1450',
      'L1:  -50 × 0.35 = -1750',
      'L1:  -50 × 0.29 = -1450',
    ],
    [
      'a correction in the second half and what comes after',
      [[1050], [-100, [100, '21']]],
      'H1:  1000 × 0.35 = 35000',
      'H1:  50 × 0.29 = 1450',
      'M3:  0 × 0.35 = 0',
      'M3:  0 × 0.29 = 0',
    ],
    [
      'days decide the order, not the order of arrival',
      [
        [],
        [
          [600, '25'],
          [600, '18'],
        ],
      ],
      'M3:  1000 × 0.35 = 35000',
      'M3:  200 × 0.29 = 5800',
    ],
    ['each half rounds its own line', [['0.01'], ['0.01']], 'H1:  0.01 × 0.35 = 0', 'M3:  0.01 × 0.35 = 0'],
    ['the 15th and the 16th', [[[1000, '15']], [[1, '16']]], 'H1:  1000 × 0.35 = 35000', 'M3:  1 × 0.29 = 29'],
    ['the first and the last day', [[[1, '01']], [[1, '31']]], 'H1:  1 × 0.35 = 35', 'M3:  1 × 0.35 = 35'],
  ]),
  ...priced('E8 free units', perUnit('0.80', { freeQuantity: '3' }), [
    ['used up in the second half', [[2], [2]], 'H1:  2 × 0 = 0', 'M3:  1 × 0 = 0', 'M3:  1 × 0.8 = 80'],
    ['used up in the first half', [[4], [2]], 'H1:  3 × 0 = 0', 'H1:  1 × 0.8 = 80', 'M3:  2 × 0.8 = 160'],
    [
      'left for what comes late',
      [[1], [1], [2]],
      'H1:  1 × 0 = 0',
      'M3:  1 × 0 = 0',
      'L1:  1 × 0 = 0',
      'L1:  1 × 0.8 = 80',
    ],
    [
      'a correction gives free units back last',
      [[4], [], [-2]],
      'H1:  3 × 0 = 0',
      'H1:  1 × 0.8 = 80',
      'L1:  -1 × 0 = 0',
      'L1:  -1 × 0.8 = -80',
    ],
  ]),
  ...priced('E2 volume', VOLUME, [
    [
      'the tier moves in the second half',
      [[90], [60]],
      'H1:  90 × 5 = 45000',
      'M3:  -90 × 5 = -45000',
      'M3:  90 × 4.5 = 40500',
      'M3:  60 × 4.5 = 27000',
    ],
    ['the tier stays', [[40], [60]], 'H1:  40 × 5 = 20000', 'M3:  60 × 5 = 30000'],
    [
      'two tiers in one step',
      [[90], [111]],
      'H1:  90 × 5 = 45000',
      'M3:  -90 × 5 = -45000',
      'M3:  90 × 4 = 36000',
      'M3:  111 × 4 = 44400',
    ],
    [
      'moved at each step',
      [[100], [1], [100], [1]],
      'H1:  100 × 5 = 50000',
      'M3:  -100 × 5 = -50000',
      'M3:  100 × 4.5 = 45000',
      'M3:  1 × 4.5 = 450',
      'L1:  -101 × 4.5 = -45450',
      'L1:  101 × 4 = 40400',
      'L1:  100 × 4 = 40000',
      'L2:  1 × 4 = 400',
    ],
    [
      'late, and the tier stays',
      [[90], [60], [30]],
      'H1:  90 × 5 = 45000',
      'M3:  -90 × 5 = -45000',
      'M3:  90 × 4.5 = 40500',
      'M3:  60 × 4.5 = 27000',
      'L1:  30 × 4.5 = 13500',
    ],
    [
      'a correction moves it back',
      [[101], [], [-1]],
      'H1:  101 × 4.5 = 45450',
      'L1:  101 × 5 = 50500',
      'L1:  -1 × 5 = -500',
      'L1:  -101 × 4.5 = -45450',
    ],
    ['a correction within the tier', [[150], [-20]], 'H1:  150 × 4.5 = 67500', 'M3:  -20 × 4.5 = -9000'],
    ['nothing in the first half', [[], [101]], 'M3:  101 × 4.5 = 45450'],
    ['nothing in the second half moves nothing', [[90], []], 'H1:  90 × 5 = 45000'],
    [
      'the first half of the month before counts for nothing',
      [[[101, '15']], [[1, '16']]],
      'H1:  101 × 4.5 = 45450',
      'M3:  1 × 4.5 = 450',
    ],
  ]),
  ...priced('E2 volume that rises', RISING, [
    [
      'moves upwards',
      [[10], [1]],
      'H1:  10 × 1 = 1000',
      'M3:  -10 × 1 = -1000',
      'M3:  10 × 1.5 = 1500',
      'M3:  1 × 1.5 = 150',
    ],
    [
      'down and up again',
      [[11], [-1], [1]],
      'H1:  11 × 1.5 = 1650',
      'M3:  11 × 1 = 1100',
      'M3:  -1 × 1 = -100',
      'M3:  -11 × 1.5 = -1650',
      'L1:  -10 × 1 = -1000',
      'L1:  10 × 1.5 = 1500',
      'L1:  1 × 1.5 = 150',
    ],
  ]),
  ...priced('E2 volume with two tiers at one price', SAME, [
    ['a move between them changes no price and no line', [[10], [5]], 'H1:  10 × 1 = 1000', 'M3:  5 × 1 = 500'],
    [
      'a move beyond them takes both back',
      [[10], [5], [6]],
      'H1:  10 × 1 = 1000',
      'M3:  5 × 1 = 500',
      'L1:  -15 × 1 = -1500',
      'L1:  15 × 0.5 = 750',
      'L1:  6 × 0.5 = 300',
    ],
  ]),
  ...priced('G6 per unit', perUnit('0.455'), [
    [
      'each run rounds its own line',
      [[1], [1], [1]],
      'H1:  1 × 0.455 = 46',
      'M3:  1 × 0.455 = 46',
      'L1:  1 × 0.455 = 46',
    ],
    [
      'the shipment of the 14th that is reported after the run',
      [[1], [], [[1, '14']]],
      'H1:  1 × 0.455 = 46',
      'L1:  1 × 0.455 = 46',
    ],
    ['a correction of what is billed', [[3], [-1]], 'H1:  3 × 0.455 = 137', 'M3:  -1 × 0.455 = -46'],
  ]),
  ...priced('E2 package', { type: 'package', size: '15', unitPrice: '12.50' }, [
    [
      'each event has its own packages, whatever the half',
      [[14], [1], [16]],
      'H1:  1 × 12.5 = 1250',
      'M3:  1 × 12.5 = 1250',
      'L1:  2 × 12.5 = 2500',
    ],
  ]),
  ...priced('E2 flat', { type: 'flat', amount: '2.90' }, [
    [
      'once per event in each half',
      [[9, 1], [5], [-5]],
      'H1:  2 × 2.9 = 580',
      'M3:  1 × 2.9 = 290',
      'L1:  -1 × 2.9 = -290',
    ],
  ]),
];

/** That a line takes back or bills again shows in its sign; both stand in the order of tiers. */
const plain = (line: string) => line.replace(/volume(Back|Again): /, '');

let world: ScenarioWorld;
let billed: Map<string, string[]>;
beforeAll(async () => {
  world = await createScenarioWorld();
  billed = await billCases(world, CASES);
});
afterAll(() => world.close());

test.each(CASES)('$title', ({ title, lines }) => expect(billed.get(title)!.map(plain)).toEqual(lines));
