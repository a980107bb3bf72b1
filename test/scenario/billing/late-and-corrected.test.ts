import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { releaseCharge, waiveCharge } from '../../../services/billing/use-cases/charges/change-charge.ts';
import { FINANCE } from '../../support/billing-world.ts';
import { live, type Step } from '../../support/scenario-table.ts';
import {
  createScenarioWorld,
  perUnit,
  rule,
  tiers,
  type ScenarioMerchant,
  type ScenarioWorld,
  type Version,
} from '../../support/scenario-world.ts';

let world: ScenarioWorld;
beforeAll(async () => {
  world = await createScenarioWorld();
});
afterAll(() => world.close());

const RULES = [
  rule('pack', perUnit('0.45')),
  rule('return_parcel', perUnit('2.90')),
  rule('return_item', perUnit('0.65')),
];
const withRules = (...rules: Version['rules']) => world.merchant({ versions: [{ rules }] });
const label = { de: 'Zuschlag', en: 'Surcharge' };
const states = (merchant: ScenarioMerchant) =>
  world.database.query<{ id: string; state: string; day: string }>(
    `select id, state, to_char(service_date, 'YYYY-MM-DD') as day from billing.charge where merchant_id = $1 order by service_date, created_at, charge_type, id`,
    [merchant.id],
  );

const LATE: { title: string; steps: readonly Step[] }[] = [
  {
    title: 'the shipment of the 14th reported on the 17th comes at month end',
    steps: [
      [[['2027-03-10', 'pack', 2]], '2027-03-15', 'pack: 2 × 0.45 = 90'],
      [[['2027-03-14', 'pack', 1]], '2027-03-31', 'pack: 1 × 0.45 = 45'],
    ],
  },
  {
    title: 'and stands in the line of the month, which rounds once',
    steps: [
      [[['2027-03-10', 'pack', 2]], '2027-03-15', 'pack: 2 × 0.45 = 90'],
      [
        [
          ['2027-03-14', 'pack', 1],
          ['2027-03-20', 'pack', 2],
        ],
        '2027-03-31',
        'pack: 3 × 0.45 = 135',
      ],
    ],
  },
  {
    title: 'returns of the first half wait for month end',
    steps: [
      [
        [
          ['2027-03-03', 'return_parcel', 1],
          ['2027-03-03', 'pack', 1],
        ],
        '2027-03-15',
        'pack: 1 × 0.45 = 45',
      ],
      [[], '2027-03-31', 'return_parcel: 1 × 2.9 = 290'],
    ],
  },
  {
    title: 'a late return does not come on a 15th',
    steps: [
      [[['2027-03-20', 'return_parcel', 1]], '2027-03-31', 'return_parcel: 1 × 2.9 = 290'],
      [
        [
          ['2027-03-30', 'return_parcel', 1],
          ['2027-04-02', 'pack', 1],
        ],
        '2027-04-15',
        'pack: 1 × 0.45 = 45',
      ],
      [[], '2027-04-30', '2027-03 return_parcel: 1 × 2.9 = 290'],
    ],
  },
  {
    title: 'received on the 30th and inspected on the 2nd is of the next month',
    steps: [
      [[['2027-03-31', 'return_parcel', 1]], '2027-03-31', 'return_parcel: 1 × 2.9 = 290'],
      [[['2027-04-02', 'return_parcel', 1]], '2027-04-30', 'return_parcel: 1 × 2.9 = 290'],
    ],
  },
  {
    title: 'the 15th is in the first half, the 16th in the second',
    steps: [
      [
        [
          ['2027-03-15', 'pack', 1],
          ['2027-03-16', 'pack', 2],
        ],
        '2027-03-15',
        'pack: 1 × 0.45 = 45',
      ],
      [[], '2027-03-31', 'pack: 2 × 0.45 = 90'],
    ],
  },
  {
    title: 'over the change of the year',
    steps: [
      [
        [
          ['2026-12-31', 'pack', 1],
          ['2027-01-01', 'pack', 2],
        ],
        '2026-12-31',
        'pack: 1 × 0.45 = 45',
      ],
      [[['2026-12-30', 'pack', 4]], '2027-01-15', '2026-12 pack: 4 × 0.45 = 180', 'pack: 2 × 0.45 = 90'],
    ],
  },
  {
    title: '28 February and 1 March',
    steps: [
      [
        [
          ['2027-02-28', 'pack', 1],
          ['2027-03-01', 'pack', 2],
        ],
        '2027-02-28',
        'pack: 1 × 0.45 = 45',
      ],
      [[], '2027-03-15', 'pack: 2 × 0.45 = 90'],
    ],
  },
  {
    title: 'what was never billed comes whatever its month, with no lower bound',
    steps: [
      [
        [
          ['2027-01-10', 'pack', 1],
          ['2027-02-10', 'pack', 2],
          ['2027-03-10', 'pack', 4],
        ],
        '2027-03-31',
        '2027-01 pack: 1 × 0.45 = 45',
        '2027-02 pack: 2 × 0.45 = 90',
        'pack: 4 × 0.45 = 180',
      ],
    ],
  },
];

test.each(LATE)('G6 $title', async ({ steps }) => {
  const merchant = await withRules(...RULES);
  expect((await live(merchant, steps)).map(([, ...lines]) => lines)).toEqual(steps.map(([, ...lines]) => lines));
});

test('G12 90 days before the cut-off are billed, 91 are held until finance releases them', async () => {
  const merchant = await withRules(...RULES);
  await merchant.happen({ day: '2027-04-01', type: 'pack' }, { day: '2027-03-31', type: 'pack', quantity: '10' });
  expect(await merchant.bill('2027-06-30')).toEqual([['2027-04', 'pack', '1', '0.45', 45]]);
  const [held] = await states(merchant);
  expect(held).toMatchObject({ state: 'held', day: '2027-03-31' });
  await releaseCharge(world.deps, { id: held!.id }, FINANCE);
  expect(await merchant.bill('2027-07-15')).toEqual([['2027-03', 'pack', '10', '0.45', 450]]);
});

test('G12 a waived charge is never billed', async () => {
  const merchant = await withRules(...RULES);
  await merchant.happen({ day: '2027-03-05', type: 'pack' }, { day: '2027-03-06', type: 'pack', quantity: '10' });
  await waiveCharge(world.deps, { id: (await states(merchant))[1]!.id, reason: 'Goodwill' }, FINANCE);
  expect(await merchant.bill('2027-03-15')).toEqual([['2027-03', 'pack', '1', '0.45', 45]]);
});

test('D6 what has no price blocks, and is billed once it has one', async () => {
  const merchant = await withRules(...RULES);
  await merchant.happen({ day: '2027-03-05', type: 'pack' }, { day: '2027-03-05', type: 'freight' });
  expect(await merchant.bill('2027-03-15')).toEqual([]);
  expect(await merchant.row('2027-03-15')).toMatchObject({ state: 'parked', findings: ['UNRATED_CHARGES'] });
  await merchant.reprice({ validFrom: '2027-03-01', rules: [...RULES, rule('freight', perUnit('4.00'))] });
  expect(await merchant.bill('2027-03-15', { accept: [] })).toEqual([
    ['2027-03', 'pack', '1', '0.45', 45],
    ['2027-03', 'freight', '1', '4', 400],
  ]);
});

test('G8 a version from the past prices what is unbilled anew and leaves what is billed', async () => {
  const merchant = await withRules(...RULES);
  await merchant.happen({ day: '2027-03-05', type: 'pack', quantity: '10' });
  expect(await merchant.bill('2027-03-15')).toEqual([['2027-03', 'pack', '10', '0.45', 450]]);
  await merchant.happen(
    { day: '2027-03-06', type: 'pack', quantity: '4' },
    { day: '2027-03-20', type: 'pack', quantity: '2' },
  );
  await merchant.reprice({ validFrom: '2027-03-01', rules: [rule('pack', perUnit('0.60'))] });
  expect(await merchant.bill('2027-03-31')).toEqual([['2027-03', 'pack', '6', '0.6', 360]]);
});

test('D11 an inspection corrected before the run bills what it says in the end', async () => {
  const merchant = await withRules(...RULES);
  await merchant.correct('R-1', 0, { day: '2027-03-05', type: 'return_item', quantity: '5' });
  await merchant.correct('R-1', 1, { day: '2027-03-08', type: 'return_item', quantity: '3' });
  expect(await merchant.bill('2027-03-31')).toEqual([['2027-03', 'return_item', '3', '0.65', 195]]);
});

test('D11 corrected after the run, the earlier one is taken back at the price it was billed at', async () => {
  const merchant = await withRules(...RULES);
  await merchant.correct('R-1', 0, { day: '2027-03-05', type: 'return_item', quantity: '5' });
  expect(await merchant.bill('2027-03-31')).toEqual([['2027-03', 'return_item', '5', '0.65', 325]]);
  await merchant.reprice({ validFrom: '2027-03-01', rules: [rule('return_item', perUnit('1.00'))] });
  await merchant.correct('R-1', 1, { day: '2027-04-08', type: 'return_item', quantity: '6' });
  expect(await merchant.bill('2027-04-30')).toEqual([
    ['2027-03', 'return_item', '-5', '0.65', -325],
    ['2027-04', 'return_item', '6', '1', 600],
  ]);
});

test('D11 corrected to nothing after the run, the credit waits for something to set it off', async () => {
  const merchant = await withRules(...RULES);
  await merchant.correct('R-1', 0, { day: '2027-03-05', type: 'return_item', quantity: '5' });
  await merchant.bill('2027-03-31');
  await merchant.correct('R-1', 1);
  expect(await merchant.bill('2027-04-30')).toEqual([]);
  await merchant.happen({ day: '2027-05-05', type: 'return_item', quantity: '6' });
  expect(await merchant.bill('2027-05-31')).toEqual([
    ['2027-03', 'return_item', '-5', '0.65', -325],
    ['2027-05', 'return_item', '6', '0.65', 390],
  ]);
});

test('D11 revisions that arrive the other way round come to the same', async () => {
  const merchant = await withRules(...RULES);
  await merchant.correct('R-1', 2, { day: '2027-03-09', type: 'return_item', quantity: '2' });
  await merchant.correct('R-1', 0, { day: '2027-03-05', type: 'return_item', quantity: '5' });
  await merchant.correct('R-1', 1, { day: '2027-03-07', type: 'return_item', quantity: '9' });
  expect(await merchant.bill('2027-03-31')).toEqual([['2027-03', 'return_item', '2', '0.65', 130]]);
});

test('D11 a correction takes its tiers and its surcharge back', async () => {
  const merchant = await world.merchant({
    versions: [
      {
        rules: [rule('return_item', tiers('graduated', ['10', '1.00'], [null, '0.50']))],
        adjustments: [{ key: 'plus', kind: 'surcharge', label, value: { type: 'percent', percent: '10' } }],
      },
    ],
  });
  await merchant.correct('R-1', 0, { day: '2027-03-05', type: 'return_item', quantity: '15' });
  expect(await merchant.bill('2027-03-31')).toEqual([
    ['2027-03', 'return_item', '10', '1', 1_000],
    ['2027-03', 'return_item', '5', '0.5', 250],
    ['2027-03', 'plus', '1', '1.25', 125],
  ]);
  await merchant.correct('R-1', 1, { day: '2027-04-05', type: 'return_item', quantity: '30' });
  expect(await merchant.bill('2027-04-30')).toEqual([
    ['2027-03', 'return_item', '-10', '1', -1_000],
    ['2027-03', 'return_item', '-5', '0.5', -250],
    ['2027-03', 'plus', '1', '-1.25', -125],
    ['2027-04', 'return_item', '10', '1', 1_000],
    ['2027-04', 'return_item', '20', '0.5', 1_000],
    ['2027-04', 'plus', '1', '2', 200],
  ]);
});

test.each([
  ['discount', -1],
  ['surcharge', 1],
] as const)('D11 E7 E10 what takes back units that were free shares the %s of their invoice', async (kind, sign) => {
  const extra = { key: 'extra', kind, label, groups: ['returns' as const] };
  const merchant = await world.merchant({
    versions: [
      {
        rules: [rule('pack', perUnit('1')), rule('return_parcel', perUnit('3', { freeQuantity: '20' }))],
        adjustments: [{ ...extra, value: { type: 'percent', percent: '20' } }],
      },
    ],
  });
  const returned = (day: string, quantity: string, event = day) => ({ day, type: 'return_parcel', quantity, event });
  const pack = (day: string) => ({ day, type: 'pack', quantity: '500' });
  await merchant.happen(returned('2027-03-09', '10', 'free'), pack('2027-03-20'));
  expect(await merchant.bill('2027-03-31')).toEqual([
    ['2027-03', 'pack', '500', '1', 50_000],
    ['2027-03', 'return_parcel', '10', '0', 0],
    ['2027-03', 'extra', '1', '0', 0],
  ]);
  await merchant.happen(returned('2027-03-21', '40'), pack('2027-04-20'));
  expect(await merchant.bill('2027-04-30')).toEqual([
    ['2027-04', 'pack', '500', '1', 50_000],
    ['2027-03', 'return_parcel', '10', '0', 0],
    ['2027-03', 'return_parcel', '30', '3', 9_000],
    ['2027-03', 'extra', '1', String(sign * 18), sign * 1_800],
  ]);
  // the month has forty of them in the end, twenty of which are paid
  await merchant.correct('free', 1);
  await merchant.happen(pack('2027-05-20'));
  expect(await merchant.bill('2027-05-31')).toEqual([
    ['2027-05', 'pack', '500', '1', 50_000],
    ['2027-03', 'return_parcel', '-10', '3', -3_000],
    ['2027-03', 'extra', '1', String(sign * -6), sign * -600],
  ]);
});

const FEE = [rule('software_fee', perUnit('69.00'))];
test.each([
  ['all of March', [{ startsOn: '2020-01-01' }], '2027-03-31', '1', 6_900],
  ['from the 20th: 12 of 31 days', [{ startsOn: '2027-03-20' }], '2027-03-31', '0.387097', 2_671],
  ['to the 10th: 10 of 31 days', [{ startsOn: '2020-01-01', endsOn: '2027-03-10' }], '2027-03-31', '0.322581', 2_226],
  ['the last day alone', [{ startsOn: '2027-03-31' }], '2027-03-31', '0.032258', 223],
  ['half of February', [{ startsOn: '2027-02-15' }], '2027-02-28', '0.5', 3_450],
  [
    'with a gap: 10 and 5 of 31 days',
    [{ startsOn: '2020-01-01', endsOn: '2027-03-10' }, { startsOn: '2027-03-27' }],
    '2027-03-31',
    '0.483871',
    3_339,
  ],
  [
    'a contract that follows at once',
    [{ startsOn: '2020-01-01', endsOn: '2027-03-10' }, { startsOn: '2027-03-11' }],
    '2027-03-31',
    '1',
    6_900,
  ],
] as const)('D12 the software fee: %s', async (_title, contracts, cutoff, quantity, cents) => {
  const merchant = await world.merchant({
    versions: [{ rules: FEE }],
    contracts: contracts.map((terms) => ({ ...terms, softwareFee: true })),
  });
  expect(await merchant.bill(cutoff)).toEqual([[cutoff.slice(0, 7), 'software_fee', quantity, '69', cents]]);
});

test('D12 the software fee: 15 of 29 days in February 2028', async () => {
  world.at('2028-03-02T08:00:00Z');
  const merchant = await world.merchant({
    versions: [{ rules: FEE }],
    contracts: [{ startsOn: '2028-02-15', softwareFee: true }],
  });
  expect(await merchant.bill('2028-02-29')).toEqual([['2028-02', 'software_fee', '0.517241', '69', 3_569]]);
  world.at('2028-01-10T08:00:00Z');
});

test('D12 a contract ended after its fee was billed takes the fee back and bills its days', async () => {
  const merchant = await world.merchant({
    versions: [{ rules: [...FEE, ...RULES] }],
    contracts: [{ startsOn: '2020-01-01', softwareFee: true }],
  });
  expect(await merchant.bill('2027-03-31')).toEqual([['2027-03', 'software_fee', '1', '69', 6_900]]);
  await merchant.agree({ startsOn: '2020-01-01', endsOn: '2027-03-10', softwareFee: true });
  await merchant.happen({ day: '2027-04-05', type: 'return_parcel', quantity: '30' });
  // 10 of 31 days are 0.322581 of the month; with what is taken back -0.677419
  expect(await merchant.bill('2027-04-30')).toEqual([
    ['2027-03', 'software_fee', '-0.677419', '69', -4_674],
    ['2027-04', 'return_parcel', '30', '2.9', 8_700],
  ]);
});

test('E1 what the own card does not price, the base card does; its discount is the merchant’s own', async () => {
  await world.createCard({
    ...{ code: 'base', name: 'Base', currency: 'EUR', isBase: true },
    versions: [
      {
        ...{
          version: 1,
          validFrom: '2020-01-01',
          rules: [rule('pack', perUnit('0.45')), rule('freight', perUnit('4.00'))],
        },
        adjustments: [
          { key: 'fuel', kind: 'surcharge', label, groups: ['freight'], value: { type: 'percent', percent: '5' } },
          { key: 'peak', kind: 'surcharge', label, value: { type: 'percent', percent: '1' } },
        ],
      },
    ],
  });
  const merchant = await world.merchant({
    versions: [
      {
        rules: [rule('pack', perUnit('0.40'))],
        adjustments: [
          { key: 'list', kind: 'discount', label, value: { type: 'percent', percent: '10' } },
          { key: 'peak', kind: 'surcharge', label, value: { type: 'percent', percent: '2' } },
        ],
      },
    ],
  });
  await merchant.happen(
    { day: '2027-03-05', type: 'pack', quantity: '100' },
    { day: '2027-03-05', type: 'freight', quantity: '10' },
  );
  expect(await merchant.bill('2027-03-15')).toEqual([
    ['2027-03', 'pack', '100', '0.4', 4_000],
    ['2027-03', 'freight', '10', '4', 4_000],
    ['2027-03', 'fuel', '1', '2', 200],
    ['2027-03', 'peak', '1', '0.8', 80],
    ['2027-03', 'peak', '1', '0.8', 80],
    ['2027-03', 'list', '1', '-4', -400],
    ['2027-03', 'list', '1', '-4', -400],
  ]);
});

test('G9 what wants a price blocks, and no longer when a correction has taken it back before it had one', async () => {
  const merchant = await withRules(rule('pack', perUnit('0.45')));
  await merchant.happen(
    { day: '2027-03-10', type: 'pack' },
    { day: '2027-03-10', type: 'pick_first', event: 'parcel' },
  );
  expect(await merchant.bill('2027-03-15')).toEqual([]);
  expect((await merchant.row('2027-03-15')).findings).toContain('UNRATED_CHARGES');
  await merchant.correct('parcel', 1);
  expect(await states(merchant)).toMatchObject([{ state: 'accrued' }, { state: 'unrated' }, { state: 'unrated' }]);
  expect(await merchant.bill('2027-03-31')).toEqual([
    ['2027-03', 'pack', '1', '0.45', 45],
    // 1 % by the base card of the house, rounded
    ['2027-03', 'peak', '1', '0.0045', 0],
  ]);
});
