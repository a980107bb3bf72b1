import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ContractTerms } from '../../../shared/protocol/merchants/events.ts';
import { daysFrom, type StockDay } from '../../support/scenario-steps.ts';
import { findings } from '../../support/self-check.ts';
import { lineText } from '../../support/scenario-table.ts';
import {
  createScenarioWorld,
  perUnit,
  rule,
  tiers,
  type Rule,
  type ScenarioWorld,
} from '../../support/scenario-world.ts';

let world: ScenarioWorld;
beforeAll(async () => {
  world = await createScenarioWorld();
  world.at('2028-04-02T08:00:00Z');
});
afterAll(() => world.close());

type Method = NonNullable<ContractTerms['storageMethod']>;
const UNITS: Partial<Record<Method, string>> = {
  binDay: 'bin_day',
  palletDay: 'pallet_day',
  cubicMetreDay: 'm3_day',
  pieceDay: 'piece_day',
};
const storing = (method: Method, model: Rule['model'], contracts: readonly Partial<ContractTerms>[]) =>
  world.merchant({
    versions: [{ rules: [rule('storage', model, { unit: UNITS[method]! })] }],
    contracts: contracts.map((terms) => ({ storageMethod: method, ...terms })),
  });

type Lines = StockDay['lines'];
type Span = readonly [from: string, to: string, lines: Lines];
const m3 = (volume: string): Lines => [{ bin: 'A', m3: volume }];
const bins = (count: number): Lines => Array.from({ length: count }, (_, index) => ({ bin: `B-${index}` }));
const MONTHLY = perUnit('30.00', { perDaysOfMonth: true });

interface Month {
  title: string;
  method: Method;
  model: Rule['model'];
  startsOn?: string;
  endsOn?: string;
  stock: readonly Span[];
  cutoff: string;
  lines: readonly string[];
}

const MONTHS: Month[] = [
  {
    title: '44 m³-days at 30.00 per month of 30 days are 44.00',
    method: 'cubicMetreDay',
    model: MONTHLY,
    stock: [
      ['2027-04-01', '2027-04-10', m3('2.4')],
      ['2027-04-11', '2027-04-30', m3('1.0')],
    ],
    cutoff: '2027-04-30',
    lines: ['storage: 44 × 30/30 = 4400'],
  },
  {
    title: 'the same in a month of 31 days',
    method: 'cubicMetreDay',
    model: MONTHLY,
    stock: [
      ['2027-05-01', '2027-05-10', m3('2.4')],
      ['2027-05-11', '2027-05-31', m3('1.0')],
    ],
    cutoff: '2027-05-31',
    lines: ['storage: 45 × 30/31 = 4355'],
  },
  {
    title: 'a cubic metre all February 2027 is the month',
    method: 'cubicMetreDay',
    model: MONTHLY,
    stock: [['2027-02-01', '2027-02-28', m3('1')]],
    cutoff: '2027-02-28',
    lines: ['storage: 28 × 30/28 = 3000'],
  },
  {
    title: 'a cubic metre all February 2028 with its 29th is the month',
    method: 'cubicMetreDay',
    model: MONTHLY,
    startsOn: '2028-02-01',
    stock: [['2028-02-01', '2028-02-29', m3('1')]],
    cutoff: '2028-02-29',
    lines: ['storage: 29 × 30/29 = 3000'],
  },
  {
    title: '29 February alone',
    method: 'cubicMetreDay',
    model: MONTHLY,
    startsOn: '2028-02-29',
    stock: [['2028-02-29', '2028-02-29', m3('1')]],
    cutoff: '2028-02-29',
    lines: ['storage: 1 × 30/29 = 103'],
  },
  {
    title: '28 February alone, of 28 days',
    method: 'cubicMetreDay',
    model: MONTHLY,
    startsOn: '2027-02-28',
    stock: [['2027-02-28', '2027-02-28', m3('1')]],
    cutoff: '2027-02-28',
    lines: ['storage: 1 × 30/28 = 107'],
  },
  {
    title: 'March 2026: the day of 23 hours is one day',
    method: 'binDay',
    model: perUnit('0.05'),
    startsOn: '2026-03-01',
    stock: [['2026-03-01', '2026-03-31', bins(3)]],
    cutoff: '2026-03-31',
    lines: ['storage: 93 × 0.05 = 465'],
  },
  {
    title: '29 March 2026 alone',
    method: 'binDay',
    model: perUnit('0.05'),
    startsOn: '2026-03-29',
    stock: [
      ['2026-03-29', '2026-03-29', bins(3)],
      ['2026-03-30', '2026-03-31', []],
    ],
    cutoff: '2026-03-31',
    lines: ['storage: 3 × 0.05 = 15'],
  },
  {
    title: 'October 2026: the day of 25 hours is one day',
    method: 'binDay',
    model: perUnit('0.05'),
    startsOn: '2026-10-01',
    stock: [['2026-10-01', '2026-10-31', bins(3)]],
    cutoff: '2026-10-31',
    lines: ['storage: 93 × 0.05 = 465'],
  },
  {
    title: '25 October 2026 alone, by a monthly price',
    method: 'cubicMetreDay',
    model: MONTHLY,
    startsOn: '2026-10-25',
    stock: [
      ['2026-10-25', '2026-10-25', m3('1')],
      ['2026-10-26', '2026-10-31', []],
    ],
    cutoff: '2026-10-31',
    lines: ['storage: 1 × 30/31 = 97'],
  },
  {
    title: 'joins on the 20th: the real days',
    method: 'cubicMetreDay',
    model: MONTHLY,
    startsOn: '2027-03-20',
    stock: [['2027-03-20', '2027-03-31', m3('1')]],
    cutoff: '2027-03-31',
    lines: ['storage: 12 × 30/31 = 1161'],
  },
  {
    title: 'leaves on the 10th: the real days',
    method: 'cubicMetreDay',
    model: MONTHLY,
    startsOn: '2027-03-01',
    endsOn: '2027-03-10',
    stock: [['2027-03-01', '2027-03-10', m3('1')]],
    cutoff: '2027-03-31',
    lines: ['storage: 10 × 30/31 = 968'],
  },
  {
    title: 'a bin counts once, whatever lies in it',
    method: 'binDay',
    model: perUnit('0.05'),
    startsOn: '2027-03-31',
    stock: [['2027-03-31', '2027-03-31', [{ bin: 'A', sku: 'S-1' }, { bin: 'A', sku: 'S-2' }, { bin: 'B' }]]],
    cutoff: '2027-03-31',
    lines: ['storage: 2 × 0.05 = 10'],
  },
  {
    title: 'pallets alone count by the pallet',
    method: 'palletDay',
    model: perUnit('0.45'),
    startsOn: '2027-03-30',
    stock: [
      [
        '2027-03-30',
        '2027-03-31',
        [
          { bin: 'A', type: 'pallet', quantity: '3' },
          { bin: 'B', type: 'bin', quantity: '9' },
        ],
      ],
    ],
    cutoff: '2027-03-31',
    lines: ['storage: 6 × 0.45 = 270'],
  },
  {
    title: 'pieces count by the piece',
    method: 'pieceDay',
    model: perUnit('0.002'),
    startsOn: '2027-03-29',
    stock: [
      [
        '2027-03-29',
        '2027-03-31',
        [
          { bin: 'A', quantity: '120' },
          { bin: 'B', quantity: '5' },
        ],
      ],
    ],
    cutoff: '2027-03-31',
    lines: ['storage: 375 × 0.002 = 75'],
  },
  {
    title: 'pieces by a monthly price per thousand are not rounded by day',
    method: 'pieceDay',
    model: perUnit('0.031', { perDaysOfMonth: true }),
    startsOn: '2027-03-01',
    stock: [['2027-03-01', '2027-03-31', [{ bin: 'A', quantity: '7' }]]],
    cutoff: '2027-03-31',
    lines: ['storage: 217 × 0.031/31 = 22'],
  },
  {
    title: 'volumes have six places',
    method: 'cubicMetreDay',
    model: MONTHLY,
    startsOn: '2027-03-31',
    stock: [
      [
        '2027-03-31',
        '2027-03-31',
        [
          { bin: 'A', m3: '0.000517' },
          { bin: 'B', m3: '0.004650' },
        ],
      ],
    ],
    cutoff: '2027-03-31',
    lines: ['storage: 0.005167 × 30/31 = 1'],
  },
  {
    title: 'an empty warehouse is a valid nothing',
    method: 'binDay',
    model: perUnit('0.05'),
    startsOn: '2027-03-30',
    stock: [
      ['2027-03-30', '2027-03-30', bins(4)],
      ['2027-03-31', '2027-03-31', []],
    ],
    cutoff: '2027-03-31',
    lines: ['storage: 4 × 0.05 = 20'],
  },
  {
    title: 'tiers go by the days of the month',
    method: 'binDay',
    model: tiers('graduated', ['100', '0.05'], [null, '0.04']),
    startsOn: '2027-03-25',
    stock: [['2027-03-25', '2027-03-31', bins(20)]],
    cutoff: '2027-03-31',
    lines: ['storage: 100 × 0.05 = 500', 'storage: 40 × 0.04 = 160'],
  },
  {
    title: 'E8 free days of the month',
    method: 'binDay',
    model: perUnit('0.05', { freeQuantity: '30' }),
    startsOn: '2027-03-25',
    stock: [['2027-03-25', '2027-03-31', bins(10)]],
    cutoff: '2027-03-31',
    lines: ['storage: 30 × 0 = 0', 'storage: 40 × 0.05 = 200'],
  },
  {
    title: 'E8 free days of a monthly price',
    method: 'cubicMetreDay',
    model: perUnit('30.00', { perDaysOfMonth: true, freeQuantity: '10' }),
    startsOn: '2027-03-01',
    stock: [['2027-03-01', '2027-03-31', m3('1')]],
    cutoff: '2027-03-31',
    lines: ['storage: 10 × 0/31 = 0', 'storage: 21 × 30/31 = 2032'],
  },
];

test.each(MONTHS)('F2 $title', async ({ method, model, startsOn, endsOn, stock, cutoff, lines }) => {
  const merchant = await storing(method, model, [
    { startsOn: startsOn ?? `${cutoff.slice(0, 7)}-01`, endsOn: endsOn ?? null },
  ]);
  await merchant.stock(...stock.flatMap(([from, to, held]) => daysFrom(from, to).map((day) => ({ day, lines: held }))));
  expect((await merchant.bill(cutoff)).map((line) => lineText(cutoff, line))).toEqual(lines);
});

test('F1 two warehouses are two records of a day', async () => {
  const merchant = await storing('binDay', perUnit('0.05'), [{ startsOn: '2027-03-31' }]);
  const day = '2027-03-31';
  await merchant.stock({ day, lines: bins(2) }, { day, warehouse: 'W2', lines: bins(3) });
  expect(await merchant.bill(day)).toEqual([['2027-03', 'storage', '5', '0.05', 25]]);
});

test('F1 a gap blocks until its day is recorded', async () => {
  const merchant = await storing('binDay', perUnit('0.05'), [{ startsOn: '2027-03-29' }]);
  await merchant.stock({ day: '2027-03-29', lines: bins(2) }, { day: '2027-03-31', lines: bins(2) });
  expect(await merchant.bill('2027-03-31')).toEqual([]);
  expect(await merchant.row('2027-03-31')).toMatchObject({ state: 'parked', findings: ['STORAGE_GAP'] });
  await merchant.stock({ day: '2027-03-30', lines: [] });
  expect(await merchant.bill('2027-03-31', { accept: [] })).toEqual([['2027-03', 'storage', '4', '0.05', 20]]);
});

test('F1 a warehouse with goods has to tell of each day until it is empty', async () => {
  const merchant = await storing('binDay', perUnit('0.05'), [{ startsOn: '2027-03-29' }]);
  const days = ['2027-03-29', '2027-03-30', '2027-03-31'];
  await merchant.stock(...days.map((day) => ({ day, lines: bins(2) })));
  await merchant.stock({ day: '2027-03-29', warehouse: 'W2', lines: bins(3) });
  expect(await merchant.bill('2027-03-31')).toEqual([]);
  expect(await merchant.row('2027-03-31')).toMatchObject({ state: 'parked', findings: ['STORAGE_GAP'] });
  await merchant.stock({ day: '2027-03-30', warehouse: 'W2', lines: [] });
  // 6 bin-days and 3
  expect(await merchant.bill('2027-03-31', { accept: [] })).toEqual([['2027-03', 'storage', '9', '0.05', 45]]);
});

test('F1 a warehouse that proves to have held goods in a billed month, and was silent, blocks the next month', async () => {
  const merchant = await storing('binDay', perUnit('0.05'), [{ startsOn: '2027-03-29' }]);
  const main = (from: string, to: string) => daysFrom(from, to).map((day) => ({ day, lines: bins(2) }));
  await merchant.stock(...main('2027-03-29', '2027-03-31'));
  expect(await merchant.bill('2027-03-31')).toEqual([['2027-03', 'storage', '6', '0.05', 30]]);
  const other = (day: string, lines = bins(3)) => ({ day, warehouse: 'W2', lines });
  const april = daysFrom('2027-04-01', '2027-04-30');
  await merchant.stock(...main('2027-04-01', '2027-04-30'), other('2027-03-29'), ...april.map((day) => other(day, [])));
  expect(await merchant.bill('2027-04-30')).toEqual([]);
  expect(await merchant.row('2027-04-30')).toMatchObject({ state: 'parked', findings: ['STORAGE_GAP', 'ABOVE_USUAL'] });
  const found = await findings(world.database, new Date('2028-04-02T08:00:00Z'), ['billing']);
  expect(found['I16.days']!.filter((id) => id.startsWith(merchant.id))).toEqual(
    ['2027-03-30', '2027-03-31'].map((day) => `${merchant.id}:${day}:W2`),
  );
  // late the 3 bins of the one day on which goods lay there, and 60 bin-days of April
  await merchant.stock(other('2027-03-30', []));
  expect(await merchant.bill('2027-04-30', { accept: ['ABOVE_USUAL'] })).toEqual([
    ['2027-03', 'storage', '3', '0.05', 15],
    ['2027-04', 'storage', '60', '0.05', 300],
  ]);
});

test('F6 a volume that is missing blocks the month', async () => {
  const merchant = await storing('cubicMetreDay', MONTHLY, [{ startsOn: '2027-03-30' }]);
  await merchant.stock({ day: '2027-03-30', lines: m3('1') }, { day: '2027-03-31', lines: [{ bin: 'A' }] });
  expect(await merchant.bill('2027-03-31')).toEqual([]);
  expect(await merchant.row('2027-03-31')).toMatchObject({ state: 'parked', findings: ['UNRATED_CHARGES'] });
});

test('F2 a method agreed for the second half measures its own days', async () => {
  const merchant = await world.merchant({
    versions: [
      {
        rules: [
          rule('storage', perUnit('0.05'), { unit: 'bin_day' }),
          rule('storage', perUnit('0.002'), { key: 'pieces', unit: 'piece_day' }),
        ],
      },
    ],
    contracts: [
      { startsOn: '2027-03-30', endsOn: '2027-03-30', storageMethod: 'binDay' },
      { startsOn: '2027-03-31', storageMethod: 'pieceDay' },
    ],
  });
  const lines = [{ bin: 'A', quantity: '500' }];
  await merchant.stock({ day: '2027-03-30', lines }, { day: '2027-03-31', lines });
  expect(await merchant.bill('2027-03-31')).toEqual([
    ['2027-03', 'pieces', '500', '0.002', 100],
    ['2027-03', 'storage', '1', '0.05', 5],
  ]);
});

test('F2 a price change in the month leaves the days before at the old price', async () => {
  const merchant = await world.merchant({
    versions: [
      { rules: [rule('storage', MONTHLY, { unit: 'm3_day' })] },
      {
        validFrom: '2027-03-10',
        rules: [rule('storage', perUnit('31.00', { perDaysOfMonth: true }), { unit: 'm3_day' })],
      },
    ],
    contracts: [{ startsOn: '2027-03-01', storageMethod: 'cubicMetreDay' }],
  });
  await merchant.stock(...daysFrom('2027-03-01', '2027-03-31').map((day) => ({ day, lines: m3('1') })));
  // 9 × 30 ÷ 31 = 8.7096…, 22 × 31 ÷ 31 = 22
  expect(await merchant.bill('2027-03-31')).toEqual([
    ['2027-03', 'storage', '9', '30/31', 871],
    ['2027-03', 'storage', '22', '31/31', 2_200],
  ]);
});
