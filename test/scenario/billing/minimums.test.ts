import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ContractTerms } from '../../../shared/protocol/merchants/events.ts';
import { live, type Step } from '../../support/scenario-table.ts';
import { createScenarioWorld, perUnit, rule, type ScenarioWorld, type Version } from '../../support/scenario-world.ts';

type Minimum = NonNullable<Version['minimums']>[number];
type Adjustment = NonNullable<Version['adjustments']>[number];
const label = { de: 'Mindestumsatz-Ausgleich', en: 'Minimum' };
const minimum = (amount: string, more: Partial<Minimum> = {}): Minimum => ({ key: 'minimum', label, amount, ...more });
const RULES = [
  rule('pack', perUnit('1.00')),
  rule('freight', perUnit('4.00')),
  rule('return_parcel', perUnit('2.00')),
  rule('special_job', perUnit('1.00'), { unit: 'minute' }),
];
const DISCOUNT: Adjustment = { key: 'less', kind: 'discount', label, value: { type: 'percent', percent: '50' } };

interface Story {
  title: string;
  minimums?: readonly Minimum[];
  adjustments?: readonly Adjustment[];
  versions?: readonly Partial<Version>[];
  contracts?: readonly Partial<ContractTerms>[];
  steps: readonly Step[];
}
const pack = (day: string, quantity: number | string) => [day, 'pack', quantity] as const;
const freight = (day: string, quantity: number) => [day, 'freight', quantity] as const;
const M = minimum('100.00');

const STORIES: Story[] = [
  {
    title: 'the month reaches it exactly',
    minimums: [M],
    steps: [[[pack('2027-03-05', 100)], '2027-03-31', 'pack: 100 × 1 = 10000']],
  },
  {
    title: 'the month goes beyond it',
    minimums: [M],
    steps: [[[pack('2027-03-05', 101)], '2027-03-31', 'pack: 101 × 1 = 10100']],
  },
  {
    title: 'a cent is missing',
    minimums: [minimum('100.01')],
    steps: [[[pack('2027-03-05', 100)], '2027-03-31', 'pack: 100 × 1 = 10000', 'minimum: 1 × 0.01 = 1']],
  },
  {
    title: 'freight does not count',
    minimums: [M],
    steps: [
      [
        [pack('2027-03-05', 30), freight('2027-03-05', 50)],
        '2027-03-31',
        'pack: 30 × 1 = 3000',
        'freight: 50 × 4 = 20000',
        'minimum: 1 × 70 = 7000',
      ],
    ],
  },
  {
    title: 'freight alone',
    minimums: [M],
    steps: [[[freight('2027-03-05', 50)], '2027-03-31', 'freight: 50 × 4 = 20000', 'minimum: 1 × 100 = 10000']],
  },
  {
    title: 'the first half counts at month end',
    minimums: [M],
    steps: [
      [[pack('2027-03-05', 40)], '2027-03-15', 'pack: 40 × 1 = 4000'],
      [[pack('2027-03-20', 35)], '2027-03-31', 'pack: 35 × 1 = 3500', 'minimum: 1 × 25 = 2500'],
    ],
  },
  {
    title: 'the first half alone reaches it',
    minimums: [M],
    steps: [
      [[pack('2027-03-05', 140)], '2027-03-15', 'pack: 140 × 1 = 14000'],
      [[freight('2027-03-20', 1)], '2027-03-31', 'freight: 1 × 4 = 400'],
    ],
  },
  { title: 'nothing but the minimum', minimums: [M], steps: [[[], '2027-03-31', 'minimum: 1 × 100 = 10000']] },
  {
    title: 'it is never asked for on a 15th',
    minimums: [M],
    steps: [
      [[], '2027-03-15'],
      [[], '2027-03-31', 'minimum: 1 × 100 = 10000'],
    ],
  },
  {
    title: 'of one scope: freight',
    minimums: [minimum('100.00', { groups: ['freight'] })],
    steps: [
      [
        [pack('2027-03-05', 300), freight('2027-03-05', 10)],
        '2027-03-31',
        'pack: 300 × 1 = 30000',
        'freight: 10 × 4 = 4000',
        'minimum: 1 × 60 = 6000',
      ],
    ],
  },
  {
    title: 'of one scope: returns',
    minimums: [minimum('50.00', { groups: ['returns'] })],
    steps: [
      [
        [pack('2027-03-05', 300), ['2027-03-20', 'return_parcel', 20]],
        '2027-03-31',
        'pack: 300 × 1 = 30000',
        'return_parcel: 20 × 2 = 4000',
        'minimum: 1 × 10 = 1000',
      ],
    ],
  },
  {
    title: 'of two scopes together',
    minimums: [minimum('100.00', { groups: ['fulfilment', 'freight'] })],
    steps: [
      [
        [pack('2027-03-05', 30), freight('2027-03-05', 10), ['2027-03-20', 'return_parcel', 20]],
        '2027-03-31',
        'pack: 30 × 1 = 3000',
        'freight: 10 × 4 = 4000',
        'return_parcel: 20 × 2 = 4000',
        'minimum: 1 × 30 = 3000',
      ],
    ],
  },
  {
    title: 'two minimums, each by its own scope',
    minimums: [
      minimum('50.00', { key: 'returns', groups: ['returns'] }),
      minimum('100.00', { key: 'shipping', groups: ['fulfilment'] }),
    ],
    steps: [
      [
        [pack('2027-03-05', 30), ['2027-03-20', 'return_parcel', 20]],
        '2027-03-31',
        'pack: 30 × 1 = 3000',
        'return_parcel: 20 × 2 = 4000',
        'returns: 1 × 10 = 1000',
        'shipping: 1 × 70 = 7000',
      ],
    ],
  },
  {
    title: 'the rounded lines count: 0.335 is 0.34',
    minimums: [M],
    versions: [{ rules: [rule('pack', perUnit('0.335'))], minimums: [M] }],
    steps: [[[pack('2027-03-05', 1)], '2027-03-31', 'pack: 1 × 0.335 = 34', 'minimum: 1 × 99.66 = 9966']],
  },
  {
    title: 'a discount makes more of it due',
    minimums: [M],
    adjustments: [DISCOUNT],
    steps: [
      [
        [pack('2027-03-05', 100)],
        '2027-03-31',
        'pack: 100 × 1 = 10000',
        'less: 1 × -50 = -5000',
        'minimum: 1 × 50 = 5000',
      ],
    ],
  },
  {
    title: 'a surcharge makes less of it due',
    minimums: [M],
    adjustments: [{ ...DISCOUNT, key: 'plus', kind: 'surcharge' }],
    steps: [
      [[pack('2027-03-05', 50)], '2027-03-31', 'pack: 50 × 1 = 5000', 'plus: 1 × 25 = 2500', 'minimum: 1 × 25 = 2500'],
    ],
  },
  {
    title: 'a surcharge on freight is freight',
    minimums: [M],
    adjustments: [{ ...DISCOUNT, key: 'fuel', kind: 'surcharge', groups: ['freight'] }],
    steps: [
      [
        [pack('2027-03-05', 50), freight('2027-03-05', 10)],
        '2027-03-31',
        'pack: 50 × 1 = 5000',
        'freight: 10 × 4 = 4000',
        'fuel: 1 × 20 = 2000',
        'minimum: 1 × 50 = 5000',
      ],
    ],
  },
  // late charges
  {
    title: 'late: less than the difference',
    minimums: [M],
    steps: [
      [[pack('2027-03-05', 40)], '2027-03-31', 'pack: 40 × 1 = 4000', 'minimum: 1 × 60 = 6000'],
      [
        [pack('2027-03-31', 20), pack('2027-04-02', 1)],
        '2027-04-15',
        '2027-03 pack: 20 × 1 = 2000',
        'pack: 1 × 1 = 100',
        '2027-03 minimum: 1 × -20 = -2000',
      ],
    ],
  },
  {
    title: 'late: more than the difference',
    minimums: [M],
    steps: [
      [[pack('2027-03-05', 40)], '2027-03-31', 'pack: 40 × 1 = 4000', 'minimum: 1 × 60 = 6000'],
      [[pack('2027-03-31', 75)], '2027-04-15', '2027-03 pack: 75 × 1 = 7500', '2027-03 minimum: 1 × -60 = -6000'],
    ],
  },
  {
    title: 'late: in two steps',
    minimums: [M],
    steps: [
      [[pack('2027-03-05', 40)], '2027-03-31', 'pack: 40 × 1 = 4000', 'minimum: 1 × 60 = 6000'],
      [
        [pack('2027-03-31', 50), pack('2027-04-01', 9)],
        '2027-04-15',
        '2027-03 pack: 50 × 1 = 5000',
        'pack: 9 × 1 = 900',
        '2027-03 minimum: 1 × -50 = -5000',
      ],
      [
        [pack('2027-03-30', 30)],
        '2027-04-30',
        '2027-03 pack: 30 × 1 = 3000',
        '2027-03 minimum: 1 × -10 = -1000',
        'minimum: 1 × 91 = 9100',
      ],
    ],
  },
  {
    title: 'late: exactly the difference comes to nothing and waits for the month end',
    minimums: [M],
    steps: [
      [[pack('2027-03-05', 40)], '2027-03-31', 'pack: 40 × 1 = 4000', 'minimum: 1 × 60 = 6000'],
      [[pack('2027-03-31', 60)], '2027-04-15'],
      [[], '2027-04-30', '2027-03 pack: 60 × 1 = 6000', '2027-03 minimum: 1 × -60 = -6000', 'minimum: 1 × 100 = 10000'],
    ],
  },
  {
    title: 'late: freight uses nothing up',
    minimums: [M],
    steps: [
      [[pack('2027-03-05', 40)], '2027-03-31', 'pack: 40 × 1 = 4000', 'minimum: 1 × 60 = 6000'],
      [[freight('2027-03-31', 5)], '2027-04-15', '2027-03 freight: 5 × 4 = 2000'],
    ],
  },
  {
    title: 'late: of a month above it',
    minimums: [M],
    steps: [
      [[pack('2027-03-05', 140)], '2027-03-31', 'pack: 140 × 1 = 14000'],
      [[pack('2027-03-31', 5)], '2027-04-15', '2027-03 pack: 5 × 1 = 500'],
    ],
  },
  {
    title: 'late: a correction on a 15th asks for nothing yet, the month end does',
    minimums: [M],
    steps: [
      [[pack('2027-03-05', 110)], '2027-03-31', 'pack: 110 × 1 = 11000'],
      [
        [pack('2027-03-05', -30), pack('2027-04-02', 200)],
        '2027-04-15',
        '2027-03 pack: -30 × 1 = -3000',
        'pack: 200 × 1 = 20000',
      ],
      [
        [pack('2027-03-05', -1), pack('2027-04-20', 2)],
        '2027-04-30',
        '2027-03 pack: -1 × 1 = -100',
        '2027-03 minimum: 1 × 21 = 2100',
        'pack: 2 × 1 = 200',
      ],
    ],
  },
  {
    title: 'late: what a correction on a 15th left open is asked for at the month end, once',
    minimums: [M],
    steps: [
      [[pack('2027-03-05', 110)], '2027-03-31', 'pack: 110 × 1 = 11000'],
      [
        [pack('2027-03-05', -30), pack('2027-04-02', 200)],
        '2027-04-15',
        '2027-03 pack: -30 × 1 = -3000',
        'pack: 200 × 1 = 20000',
      ],
      [[], '2027-04-30', '2027-03 minimum: 1 × 20 = 2000'],
      [[], '2027-05-31', 'minimum: 1 × 100 = 10000'],
    ],
  },
  {
    title: 'a month whose document was carried over is asked for with the next',
    minimums: [M],
    steps: [
      [[pack('2027-02-10', 300)], '2027-02-28', 'pack: 300 × 1 = 30000'],
      // with the 100.00 of March it comes to less than nothing
      [[pack('2027-02-20', -200)], '2027-03-31'],
      [
        [pack('2027-04-10', 250)],
        '2027-04-30',
        '2027-02 pack: -200 × 1 = -20000',
        'pack: 250 × 1 = 25000',
        '2027-03 minimum: 1 × 100 = 10000',
      ],
    ],
  },
  {
    title: 'late: two months at once',
    minimums: [M],
    steps: [
      [[pack('2027-02-05', 40)], '2027-02-28', 'pack: 40 × 1 = 4000', 'minimum: 1 × 60 = 6000'],
      [[pack('2027-03-05', 30)], '2027-03-31', 'pack: 30 × 1 = 3000', 'minimum: 1 × 70 = 7000'],
      [
        [pack('2027-02-06', 10), pack('2027-03-06', 10), pack('2027-04-06', 10)],
        '2027-04-15',
        '2027-02 pack: 10 × 1 = 1000',
        '2027-03 pack: 10 × 1 = 1000',
        'pack: 10 × 1 = 1000',
        '2027-02 minimum: 1 × -10 = -1000',
        '2027-03 minimum: 1 × -10 = -1000',
      ],
    ],
  },
  {
    title: 'late: a month that no run came to has no minimum',
    minimums: [M],
    steps: [
      [
        [pack('2027-02-20', 5), pack('2027-03-05', 40)],
        '2027-03-31',
        '2027-02 pack: 5 × 1 = 500',
        'pack: 40 × 1 = 4000',
        'minimum: 1 × 60 = 6000',
      ],
    ],
  },
  // joining and leaving
  {
    title: 'joins on the 20th: 12 of 31 days',
    minimums: [M],
    contracts: [{ startsOn: '2027-03-20' }],
    steps: [[[pack('2027-03-25', 10)], '2027-03-31', 'pack: 10 × 1 = 1000', 'minimum: 1 × 28.71 = 2871']],
  },
  {
    title: 'joins on the last day: 1 of 30 days',
    minimums: [M],
    contracts: [{ startsOn: '2027-04-30' }],
    steps: [[[], '2027-04-30', 'minimum: 1 × 3.33 = 333']],
  },
  {
    title: 'joins on the first day: all of it',
    minimums: [M],
    contracts: [{ startsOn: '2027-03-01' }],
    steps: [[[], '2027-03-31', 'minimum: 1 × 100 = 10000']],
  },
  {
    title: 'leaves on the 10th: 10 of 31 days',
    minimums: [M],
    contracts: [{ startsOn: '2020-01-01', endsOn: '2027-03-10' }],
    steps: [
      [[pack('2027-03-05', 2)], '2027-03-31', 'pack: 2 × 1 = 200', 'minimum: 1 × 30.26 = 3026'],
      [[pack('2027-04-02', 1)], '2027-04-30', 'pack: 1 × 1 = 100'],
    ],
  },
  {
    title: 'leaves and comes back: 10 and 5 of 31 days',
    minimums: [M],
    contracts: [{ startsOn: '2020-01-01', endsOn: '2027-03-10' }, { startsOn: '2027-03-27' }],
    steps: [[[], '2027-03-31', 'minimum: 1 × 48.39 = 4839']],
  },
  {
    title: 'a contract that follows at once is the whole month',
    minimums: [M],
    contracts: [{ startsOn: '2020-01-01', endsOn: '2027-03-10' }, { startsOn: '2027-03-11' }],
    steps: [[[], '2027-03-31', 'minimum: 1 × 100 = 10000']],
  },
  {
    title: 'February: 14 of 28 days',
    minimums: [M],
    contracts: [{ startsOn: '2027-02-15' }],
    steps: [[[], '2027-02-28', 'minimum: 1 × 50 = 5000']],
  },
  {
    title: 'before the contract there is none',
    minimums: [M],
    contracts: [{ startsOn: '2027-04-01' }],
    steps: [[[], '2027-03-31']],
  },
  // versions
  {
    title: 'the version of the last day counts for the month',
    versions: [
      { rules: RULES, minimums: [M] },
      { validFrom: '2027-03-31', rules: RULES, minimums: [minimum('250.00')] },
    ],
    steps: [[[pack('2027-03-05', 40)], '2027-03-31', 'pack: 40 × 1 = 4000', 'minimum: 1 × 210 = 21000']],
  },
  {
    title: 'a version without one ends it',
    versions: [
      { rules: RULES, minimums: [M] },
      { validFrom: '2027-03-20', rules: RULES },
    ],
    steps: [
      [[pack('2027-02-05', 40)], '2027-02-28', 'pack: 40 × 1 = 4000', 'minimum: 1 × 60 = 6000'],
      [[pack('2027-03-05', 40)], '2027-03-31', 'pack: 40 × 1 = 4000'],
    ],
  },
  {
    title: 'a minimum that begins in the month after',
    versions: [{ rules: RULES }, { validFrom: '2027-04-01', rules: RULES, minimums: [M] }],
    steps: [
      [[pack('2027-03-05', 1)], '2027-03-31', 'pack: 1 × 1 = 100'],
      [[pack('2027-04-20', 1)], '2027-04-30', 'pack: 1 × 1 = 100', 'minimum: 1 × 99 = 9900'],
    ],
  },
  // cadence
  {
    title: 'billed at month end only',
    minimums: [M],
    contracts: [{ fulfilmentCadence: 'monthly' }],
    steps: [
      [[pack('2027-03-05', 40)], '2027-03-15'],
      [[], '2027-03-31', 'pack: 40 × 1 = 4000', 'minimum: 1 × 60 = 6000'],
    ],
  },
  {
    title: 'in two documents it stands once',
    minimums: [M],
    contracts: [{ monthEndDocuments: 'two' }],
    steps: [
      [
        [pack('2027-03-20', 40), ['2027-03-20', 'return_parcel', 10]],
        '2027-03-31',
        'pack: 40 × 1 = 4000',
        'return_parcel: 10 × 2 = 2000',
        'minimum: 1 × 40 = 4000',
      ],
    ],
  },
];

/** What a version that starts in the past says of March, after March was billed. */
interface Renaming {
  title: string;
  first?: readonly Minimum[];
  billed?: Step;
  then: readonly (readonly [minimums: readonly Minimum[], ...step: Step])[];
}
const FLAT = minimum('100.00', { key: 'flat' });
const RETURNS = minimum('50.00', { key: 'returns', groups: ['returns'] });

const RENAMINGS: Renaming[] = [
  {
    title: 'under another name nothing is asked for twice, and late charges use up what was paid',
    then: [
      [
        [FLAT],
        [pack('2027-03-31', 20), pack('2027-04-02', 1)],
        '2027-04-15',
        '2027-03 pack: 20 × 1 = 2000',
        'pack: 1 × 1 = 100',
        '2027-03 flat: 1 × -20 = -2000',
      ],
      [
        [FLAT],
        [pack('2027-03-30', 10)],
        '2027-04-30',
        '2027-03 pack: 10 × 1 = 1000',
        '2027-03 flat: 1 × -10 = -1000',
        'flat: 1 × 99 = 9900',
      ],
    ],
  },
  {
    title: 'under another name and raised, the rest is asked for',
    then: [
      [
        [minimum('120.00', { key: 'flat' })],
        [pack('2027-03-31', 1)],
        '2027-04-30',
        '2027-03 pack: 1 × 1 = 100',
        '2027-03 flat: 1 × 19 = 1900',
        'flat: 1 × 120 = 12000',
      ],
    ],
  },
  {
    title: 'renamed twice',
    then: [
      [
        [FLAT],
        [pack('2027-03-31', 20), pack('2027-04-02', 1)],
        '2027-04-15',
        '2027-03 pack: 20 × 1 = 2000',
        'pack: 1 × 1 = 100',
        '2027-03 flat: 1 × -20 = -2000',
      ],
      [
        [minimum('100.00', { key: 'floor' })],
        [pack('2027-03-30', 10)],
        '2027-04-30',
        '2027-03 pack: 10 × 1 = 1000',
        '2027-03 floor: 1 × -10 = -1000',
        'floor: 1 × 99 = 9900',
      ],
      [
        [],
        [pack('2027-03-29', 50), pack('2027-05-02', 1)],
        '2027-05-15',
        '2027-03 pack: 50 × 1 = 5000',
        'pack: 1 × 1 = 100',
        '2027-03 floor: 1 × -30 = -3000',
      ],
    ],
  },
  {
    title: 'dropped, what was paid stays and is used up',
    then: [
      [
        [],
        [pack('2027-03-31', 20), pack('2027-04-02', 1)],
        '2027-04-15',
        '2027-03 pack: 20 × 1 = 2000',
        'pack: 1 × 1 = 100',
        '2027-03 minimum: 1 × -20 = -2000',
      ],
      [[], [pack('2027-03-31', 70)], '2027-04-30', '2027-03 pack: 70 × 1 = 7000', '2027-03 minimum: 1 × -40 = -4000'],
    ],
  },
  {
    title: 'others in its place ask for what was not paid: 120 in all',
    then: [
      [
        [RETURNS, minimum('70.00', { key: 'shipping', groups: ['fulfilment'] })],
        [pack('2027-03-31', 5), pack('2027-04-02', 200), ['2027-04-02', 'return_parcel', 25]],
        '2027-04-30',
        '2027-03 pack: 5 × 1 = 500',
        'pack: 200 × 1 = 20000',
        'return_parcel: 25 × 2 = 5000',
        '2027-03 minimum: 1 × -5 = -500',
        '2027-03 shipping: 1 × 20 = 2000',
      ],
    ],
  },
  {
    title: 'one of two renamed',
    first: [M, RETURNS],
    billed: [
      [pack('2027-03-05', 40)],
      '2027-03-31',
      'pack: 40 × 1 = 4000',
      'minimum: 1 × 60 = 6000',
      'returns: 1 × 50 = 5000',
    ],
    then: [
      [
        [M, { ...RETURNS, key: 'returned' }],
        [['2027-03-31', 'return_parcel', 5], pack('2027-04-02', 200), ['2027-04-02', 'return_parcel', 25]],
        '2027-04-30',
        '2027-03 return_parcel: 5 × 2 = 1000',
        'pack: 200 × 1 = 20000',
        'return_parcel: 25 × 2 = 5000',
        '2027-03 minimum: 1 × -10 = -1000',
        '2027-03 returned: 1 × -10 = -1000',
      ],
    ],
  },
];
const MARCH: Step = [[pack('2027-03-05', 40)], '2027-03-31', 'pack: 40 × 1 = 4000', 'minimum: 1 × 60 = 6000'];

let world: ScenarioWorld;
beforeAll(async () => {
  world = await createScenarioWorld();
});
afterAll(() => world.close());

test.each(STORIES)('E6 $title', async ({ minimums = [], adjustments = [], versions, contracts, steps }) => {
  const merchant = await world.merchant({
    versions: versions ?? [{ rules: RULES, minimums: [...minimums], adjustments: [...adjustments] }],
    ...(contracts ? { contracts } : {}),
  });
  expect(sorted(await live(merchant, steps))).toEqual(sorted(steps));
});

test.each(RENAMINGS)('E6 by a version that starts in the past: $title', async ({ first = [M], billed, then }) => {
  const merchant = await world.merchant({ versions: [{ rules: RULES, minimums: [...first] }] });
  expect(sorted(await live(merchant, [billed ?? MARCH]))).toEqual(sorted([billed ?? MARCH]));
  for (const [minimums, ...step] of then) {
    await merchant.reprice({ validFrom: '2027-03-01', rules: RULES, minimums: [...minimums] });
    expect(sorted(await live(merchant, [step]))).toEqual(sorted([step]));
  }
});

/** In two documents the order of the lines follows their numbers. */
const sorted = (steps: readonly Step[]) => steps.map(([, cutoff, ...lines]) => [cutoff, ...lines.toSorted()]);
