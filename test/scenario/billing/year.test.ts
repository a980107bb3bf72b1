import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { requestStep } from '../../../services/billing/use-cases/runs/request-step.ts';
import { startDueRuns } from '../../../services/billing/use-cases/runs/start-due-runs.ts';
import { addDays } from '../../../shared/kernel/dates.ts';
import { FINANCE } from '../../support/billing-world.ts';
import { daysFrom } from '../../support/scenario-steps.ts';
import { cutoffsBetween } from '../../support/scenario-table.ts';
import {
  createScenarioWorld,
  perUnit,
  rule,
  tiers,
  type ScenarioMerchant,
  type ScenarioWorld,
} from '../../support/scenario-world.ts';

/** 2027 from January to the run of 31 December: what happens is told as it happens, and the clock starts each run. */
let world: ScenarioWorld;
let parcels: ScenarioMerchant;
let freight: ScenarioMerchant;
let returns: ScenarioMerchant;
const billed = new Map<string, [cutoff: string, net: number][]>();

beforeAll(async () => {
  world = await createScenarioWorld();
  world.at('2027-01-01T08:00:00Z');
  await world.database.query(`update billing.issuer set billing_starts_on = '2027-01-01'`);
  // 0.45 a parcel, from July 0.50; four bins all year
  const storage = rule('storage', perUnit('0.05'), { unit: 'bin_day' });
  parcels = await world.merchant({
    versions: [
      { rules: [rule('pack', perUnit('0.45')), storage] },
      { validFrom: '2027-07-01', rules: [rule('pack', perUnit('0.50')), storage] },
    ],
    contracts: [{ storageMethod: 'binDay' }],
  });
  // a volume price with a minimum, from the middle of January, billed once a month
  freight = await world.merchant({
    versions: [
      {
        rules: [rule('freight', tiers('volume', ['100', '5.00'], ['200', '4.50'], [null, '4.00']))],
        minimums: [{ key: 'minimum', label: { de: 'M', en: 'M' }, amount: '500.00', groups: ['freight'] }],
      },
    ],
    contracts: [{ startsOn: '2027-01-15', fulfilmentCadence: 'monthly' }],
  });
  // returns by tiers with a software fee, until 10 October
  returns = await world.merchant({
    versions: [
      {
        rules: [
          rule('return_item', tiers('graduated', ['100', '1.00'], [null, '0.80'])),
          rule('software_fee', perUnit('69.00')),
        ],
      },
    ],
    contracts: [{ softwareFee: true, endsOn: '2027-10-10' }],
  });
  for (const cutoff of cutoffsBetween('2027-01-01', '2027-12-31')) await liveUntil(cutoff);
}, 120_000);
afterAll(() => world.close());

const FREIGHT = [50, 100, 101, 150, 200, 201, 300, 10, 99, 100, 400, 500];

async function liveUntil(cutoff: string): Promise<void> {
  const month = cutoff.slice(0, 7);
  const half = cutoff.endsWith('-15') ? 1 : 2;
  // half past five in Berlin in winter, half past six in summer, the morning after
  world.at(`${addDays(cutoff, 1)}T04:30:00Z`);
  await parcels.happen({
    day: half === 1 ? `${month}-08` : `${month}-24`,
    type: 'pack',
    quantity: half === 1 ? '100' : '120',
  });
  const lines = ['A', 'B', 'C', 'D'].map((bin) => ({ bin }));
  await parcels.stock(...daysFrom(half === 1 ? `${month}-01` : `${month}-16`, cutoff).map((day) => ({ day, lines })));
  if (half === 2)
    await freight.happen({
      day: `${month}-20`,
      type: 'freight',
      quantity: String(FREIGHT[Number(month.slice(5)) - 1]),
    });
  if (half === 1 && month < '2027-11')
    await returns.happen({ day: `${month}-05`, type: 'return_item', quantity: month === '2027-10' ? '30' : '120' });
  if (cutoff === '2027-04-15') await returns.happen({ day: '2027-03-30', type: 'return_item', quantity: '10' });
  await startDueRuns(world.deps);
  await world.work();
  const [run] = await world.database.query<{ id: string }>('select id from billing.run where cutoff = $1', [cutoff]);
  await requestStep(world.deps, 'draft', { id: run!.id, accept: ['ABOVE_USUAL'] }, FINANCE);
  await world.work();
  for (const step of ['approve', 'finalize'] as const) {
    await requestStep(world.deps, step, { id: run!.id }, FINANCE);
    await world.work();
  }
  for (const { id } of [parcels, freight, returns]) {
    const found = await world.database.query<{ net: number; issued: string }>(
      `select i.net_minor::int as net, to_char(i.issue_date, 'YYYY-MM-DD') as issued from billing.invoice i where i.run_id = $1 and i.merchant_id = $2`,
      [run!.id, id],
    );
    for (const { net, issued } of found) {
      expect(issued).toBe(addDays(cutoff, 1));
      billed.set(id, [...(billed.get(id) ?? []), [cutoff, net]]);
    }
  }
}

test('G1 a year of parcels in half months with storage', () => {
  expect(billed.get(parcels.id)).toEqual([
    ['2027-01-15', 4_500],
    ['2027-01-31', 6_020],
    ['2027-02-15', 4_500],
    ['2027-02-28', 5_960],
    ['2027-03-15', 4_500],
    ['2027-03-31', 6_020],
    ['2027-04-15', 4_500],
    ['2027-04-30', 6_000],
    ['2027-05-15', 4_500],
    ['2027-05-31', 6_020],
    ['2027-06-15', 4_500],
    ['2027-06-30', 6_000],
    ['2027-07-15', 5_000],
    ['2027-07-31', 6_620],
    ['2027-08-15', 5_000],
    ['2027-08-31', 6_620],
    ['2027-09-15', 5_000],
    ['2027-09-30', 6_600],
    ['2027-10-15', 5_000],
    ['2027-10-31', 6_620],
    ['2027-11-15', 5_000],
    ['2027-11-30', 6_600],
    ['2027-12-15', 5_000],
    ['2027-12-31', 6_620],
  ]);
  expect(total(parcels)).toBe(132_700);
});

test('E6 E2 a year of a volume price with a minimum', () => {
  expect(billed.get(freight.id)).toEqual([
    ['2027-01-31', 27_419], // 17 of 31 days of the minimum; 250.00 of it by freight
    ['2027-02-28', 50_000],
    ['2027-03-31', 50_000], // 454.50 and the difference
    ['2027-04-30', 67_500],
    ['2027-05-31', 90_000],
    ['2027-06-30', 80_400],
    ['2027-07-31', 120_000],
    ['2027-08-31', 50_000],
    ['2027-09-30', 50_000],
    ['2027-10-31', 50_000],
    ['2027-11-30', 160_000],
    ['2027-12-31', 200_000],
  ]);
  expect(total(freight)).toBe(995_319);
});

test('D12 E2 a year of returns with a software fee that ends on 10 October', () => {
  expect(billed.get(returns.id)).toEqual([
    ...['2027-01-31', '2027-02-28', '2027-03-31'].map((cutoff) => [cutoff, 18_500]),
    ['2027-04-30', 19_300], // with ten late pieces of March in its second tier
    ...['2027-05-31', '2027-06-30', '2027-07-31', '2027-08-31', '2027-09-30'].map((cutoff) => [cutoff, 18_500]),
    ['2027-10-31', 5_226],
  ]);
  expect(total(returns)).toBe(172_526);
});

test('G5 the numbers of each year have no gap', async () => {
  const found = await world.database.query<{ year: number; n: number }>(
    'select series_year as year, series_number as n from billing.invoice order by 1, 2',
  );
  const numbers = (year: number, count: number) =>
    Array.from({ length: count }, (_, index) => ({ year, n: index + 1 }));
  // both documents of 31 December are of 1 January 2028
  expect(found).toEqual([...numbers(2027, 44), ...numbers(2028, 2)]);
});

const total = ({ id }: ScenarioMerchant): number => billed.get(id)!.reduce((sum, [, net]) => sum + net, 0);
