import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { getMerchantAccount } from '../../../services/billing/use-cases/charges/get-merchant-account.ts';
import { releaseCharge } from '../../../services/billing/use-cases/charges/change-charge.ts';
import { startRun } from '../../../services/billing/use-cases/runs/start-run.ts';
import { FINANCE } from '../../support/billing-world.ts';
import {
  createScenarioWorld,
  perUnit,
  rule,
  type ScenarioMerchant,
  type ScenarioWorld,
} from '../../support/scenario-world.ts';

let world: ScenarioWorld;
beforeEach(async () => {
  world = await createScenarioWorld();
  world.at('2026-11-10T08:00:00Z');
});
afterEach(() => world.close());

const RULES = [
  rule('pack', perUnit('1')),
  rule('freight', perUnit('4')),
  rule('return_parcel', perUnit('3')),
  rule('quarantine_storage', perUnit('0.20')),
  rule('software_fee', perUnit('60')),
  rule('special_job', perUnit('25'), { unit: 'hour' }),
  rule('storage', perUnit('0.10'), { unit: 'bin_day' }),
];
const account = async (merchant: ScenarioMerchant) =>
  (await getMerchantAccount(world.deps, { id: merchant.id }, FINANCE)).expected;
const sections = async (merchant: ScenarioMerchant) =>
  Object.fromEntries(
    (await account(merchant)).sections.map(({ section, expectedMinor, method }) => [section, [expectedMinor, method]]),
  );
const stock = (merchant: ScenarioMerchant, days: number) =>
  world.database.query(
    `insert into billing.storage_header (id, merchant_id, warehouse, day, source, content_hash, recorded_by)
     select gen_random_uuid(), $1, 'main', date '2026-11-01' + n, 'api', 'x', 'test' from generate_series(0, $2 - 1) n`,
    [merchant.id, days],
  );

test('X4 the expected total of the month says for each section how it was found, and writes nothing', async () => {
  const merchant = await world.merchant({ versions: [{ rules: RULES }], contracts: [{ softwareFee: true }] });
  await stock(merchant, 8);
  await merchant.happen(
    { day: '2026-10-30', type: 'pack', quantity: '7' },
    { day: '2026-11-02', type: 'pack', quantity: '50' },
    { day: '2026-11-03', type: 'freight', quantity: '10' },
    { day: '2026-11-04', type: 'storage', unit: 'bin_day', quantity: '80' },
    { day: '2026-11-05', type: 'return_parcel', quantity: '5' },
    { day: '2026-11-05', type: 'quarantine_storage', quantity: '20' },
    { day: '2026-11-06', type: 'special_job', unit: 'hour', quantity: '2' },
  );
  const expected = await account(merchant);
  // 10 of 30 days have passed, of 8 the stock is recorded
  expect(expected).toMatchObject({ upTo: '2026-11-30', days: 30, elapsedDays: 10, storageDays: 8, minimumMinor: 0 });
  expect(expected.method.de).toContain('Software für den ganzen Monat');
  expect(
    expected.sections.map(({ section, netMinor, expectedMinor, method }) => [section, netMinor, expectedMinor, method]),
  ).toEqual([
    ['fulfilment', 700 + 5000 + 4000, 700 + 27000, 'linear'],
    ['storage', 800, 3000, 'elapsedDays'],
    ['software', 6000, 6000, 'known'],
    ['returns', 1500 + 400, 4500 + 1200, 'linear'],
    ['specialJobs', 5000, 5000, 'asIs'],
  ]);
  expect(expected.netMinor).toBe(27700 + 3000 + 6000 + 5700 + 5000);
  expect(await world.database.query(`select 1 from billing.charge where charge_type = 'software_fee'`)).toEqual([]);
});

test('X4 the first days tell nothing: what is there stands as it is', async () => {
  const merchant = await world.merchant({ versions: [{ rules: RULES }] });
  await merchant.happen({ day: '2026-11-01', type: 'pack', quantity: '50' });
  world.at('2026-11-02T08:00:00Z');
  expect(await sections(merchant)).toEqual({ fulfilment: [5000, 'tooEarly'] });
  world.at('2026-11-03T08:00:00Z');
  expect(await sections(merchant)).toEqual({ fulfilment: [50000, 'linear'] });
});

test('X4 what the 15th billed counts for the pace of the month and is not expected again', async () => {
  const merchant = await world.merchant({ versions: [{ rules: RULES }] });
  await merchant.happen({ day: '2026-11-02', type: 'pack', quantity: '150' });
  world.at('2026-11-20T08:00:00Z');
  await merchant.bill('2026-11-15');
  await merchant.happen({ day: '2026-11-18', type: 'pack', quantity: '50' });
  const [section] = (await account(merchant)).sections;
  // 200 parcels in 20 days make 300 in 30; 150 of them are billed
  expect(section).toMatchObject({ netMinor: 5000, billedMinor: 15000, expectedMinor: 15000 });
});

test('X4 discounts grow along up to their maximum, and what then lacks to the minimum is added', async () => {
  const merchant = await world.merchant({
    versions: [
      {
        rules: RULES,
        adjustments: [
          {
            key: 'rebate',
            kind: 'discount',
            label: { de: 'Rabatt', en: 'Rebate' },
            value: { type: 'percent', percent: '10' },
            groups: ['fulfilment'],
          },
        ],
        minimums: [{ key: 'minimum', label: { de: 'Mindestumsatz', en: 'Minimum' }, amount: '500' }],
      },
    ],
  });
  await merchant.happen(
    { day: '2026-11-02', type: 'pack', quantity: '100' },
    { day: '2026-11-02', type: 'freight', quantity: '10' },
  );
  const expected = await account(merchant);
  // 300 parcels less 10 %, and freight of EUR 120 that does not count for the minimum of EUR 500
  expect(expected.sections).toMatchObject([{ section: 'fulfilment', expectedMinor: 30000 - 3000 + 12000 }]);
  expect(expected).toMatchObject({ minimumMinor: 50000 - 27000, netMinor: 39000 + 23000 });
});

test('X4 who joins or leaves within the month is measured by the days under contract', async () => {
  const merchant = await world.merchant({
    versions: [{ rules: RULES }],
    contracts: [{ startsOn: '2026-11-06', endsOn: '2026-11-20', softwareFee: true }],
  });
  await merchant.happen({ day: '2026-11-07', type: 'pack', quantity: '10' });
  expect(await account(merchant)).toMatchObject({ days: 15, elapsedDays: 5 });
  expect(await sections(merchant)).toEqual({ fulfilment: [3000, 'linear'], software: [3000, 'known'] });
});

test('X4 what the next run of a stream will hold as too old is in neither sum and counted apart, until finance releases it', async () => {
  const merchant = await world.merchant({ versions: [{ rules: RULES }] });
  const old = [
    // 91 and 90 days before 15 November, which bills it
    { day: '2026-08-16', type: 'pack', quantity: '7' },
    { day: '2026-08-17', type: 'pack', quantity: '5' },
    // 91 and 90 days before 30 November
    { day: '2026-08-31', type: 'return_parcel' },
    { day: '2026-09-01', type: 'return_parcel' },
  ];
  await merchant.happen(...old, { day: '2026-11-02', type: 'pack', quantity: '10' });
  const look = async ({ id }: ScenarioMerchant) => {
    const { netMinor, tooOld, held, expected } = await getMerchantAccount(world.deps, { id }, FINANCE);
    return { netMinor, tooOld, held, expected: expected.netMinor };
  };
  expect(await look(merchant)).toEqual({ netMinor: 1_800, tooOld: 2, held: 0, expected: 500 + 3_000 + 300 });
  world.at('2026-11-16T08:00:00Z');
  // the run of the 15th is not done, so it is still the next one
  await startRun(world.deps, { cutoff: '2026-11-15', merchantIds: [merchant.id] }, FINANCE);
  expect(await look(merchant)).toMatchObject({ netMinor: 1_800, tooOld: 2 });
  expect((await merchant.bill('2026-11-15')).map(([month, , , , net]) => [month, net])).toEqual([
    ['2026-08', 500],
    ['2026-11', 1_000],
  ]);
  expect(await look(merchant)).toMatchObject({ netMinor: 300, tooOld: 1, held: 1 });
  const [held] = await world.database.query(`select id from billing.charge where state = 'held'`);
  await releaseCharge(world.deps, { id: held!['id'] as string }, FINANCE);
  expect(await look(merchant)).toMatchObject({ netMinor: 300 + 700, tooOld: 1, held: 0 });

  // who is billed at month end only has the limit of that day
  const terms = [{ fulfilmentCadence: 'monthly' as const }];
  const monthly = await world.merchant({ versions: [{ rules: RULES }], contracts: terms });
  await monthly.happen(...old);
  expect(await look(monthly)).toMatchObject({ netMinor: 300, tooOld: 3 });
});
