import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { releaseCharge, waiveCharge } from '../../../services/billing/use-cases/charges/change-charge.ts';
import { getMerchantAccount } from '../../../services/billing/use-cases/charges/get-merchant-account.ts';
import { FINANCE } from '../../support/billing-world.ts';
import { findings } from '../../support/self-check.ts';
import {
  createScenarioWorld,
  perUnit,
  rule,
  type ScenarioMerchant,
  type ScenarioWorld,
} from '../../support/scenario-world.ts';

/** What costs something and is older than 90 days at the cut-off that bills it waits for finance. */
const RULES = [rule('pack', perUnit('1.00')), rule('return_parcel', perUnit('3.00'))];

let world: ScenarioWorld;
beforeAll(async () => {
  world = await createScenarioWorld();
});
afterAll(() => world.close());

const withRules = () => world.merchant({ versions: [{ rules: RULES }] });
/** Charges in a state, as type and day. */
const inState = async (state: string, { id }: ScenarioMerchant) =>
  (
    await world.database.query<{ id: string; name: string }>(
      `select id, charge_type || ' ' || service_date as name from billing.charge
       where merchant_id = $1 and state = $2 and line_id is null order by name, quantity`,
      [id, state],
    )
  ).map(({ name }) => name);

test('G12 a 15th holds what it bills, and leaves the monthly services of a parked month end to that one', async () => {
  const merchant = await withRules();
  // 88 days before 31 March, and more than 90 before 15 April
  await merchant.happen(
    { day: '2027-01-02', type: 'return_parcel' },
    { day: '2027-03-30', type: 'return_item', event: 'nobody priced it' },
  );
  expect(await merchant.bill('2027-03-31')).toEqual([]);
  expect(await merchant.row('2027-03-31')).toMatchObject({ state: 'parked', findings: ['UNRATED_CHARGES'] });
  await merchant.happen({ day: '2027-01-02', type: 'pack', quantity: '7' }, { day: '2027-04-02', type: 'pack' });
  expect(await merchant.bill('2027-04-15')).toEqual([['2027-04', 'pack', '1', '1', 100]]);
  expect(await inState('held', merchant)).toEqual(['pack 2027-01-02']);
  const [unrated] = await world.database.query<{ id: string }>(
    `select id from billing.charge where merchant_id = $1 and state = 'unrated'`,
    [merchant.id],
  );
  await waiveCharge(world.deps, { id: unrated!.id, reason: 'not agreed' }, FINANCE);
  expect(await merchant.bill('2027-03-31', { accept: [] })).toEqual([['2027-01', 'return_parcel', '1', '3', 300]]);
});

test('G12 a 15th on which nothing is due holds nothing, the month end does', async () => {
  const merchant = await world.merchant({
    versions: [{ rules: RULES }],
    contracts: [{ fulfilmentCadence: 'monthly' }],
  });
  await merchant.happen({ day: '2027-01-02', type: 'pack' });
  expect(await merchant.bill('2027-04-15')).toEqual([]);
  expect(await inState('held', merchant)).toEqual([]);
  expect(await merchant.bill('2027-04-30')).toEqual([]);
  expect(await inState('held', merchant)).toEqual(['pack 2027-01-02']);
});

test('G11 G12 a credit that was carried is not held, however old it is, but billed with the next run that comes to something', async () => {
  const merchant = await withRules();
  await merchant.happen({ day: '2027-01-20', type: 'return_parcel', quantity: '10', event: 'parcels' });
  expect(await merchant.bill('2027-01-31')).toEqual([['2027-01', 'return_parcel', '10', '3', 3000]]);
  await merchant.correct('parcels', 1, { day: '2027-01-20', type: 'return_parcel', quantity: '2' });
  for (const cutoff of ['2027-02-28', '2027-03-31', '2027-04-30']) {
    expect(await merchant.bill(cutoff)).toEqual([]);
    expect((await merchant.row(cutoff)).findings).toContain('CARRIED_FORWARD');
  }
  // what it is charged anew in their place is a cost, 100 days before 30 April
  expect(await inState('held', merchant)).toEqual(['return_parcel 2027-01-20']);
  await merchant.happen({ day: '2027-05-03', type: 'pack', quantity: '100' });
  world.at('2027-05-20T08:00:00Z');
  const account = await getMerchantAccount(world.deps, { id: merchant.id }, FINANCE);
  expect(account).toMatchObject({ netMinor: 7_000, tooOld: 0, held: 1, expected: { netMinor: -3_000 + 15_500 } });
  world.at('2028-01-10T08:00:00Z');
  expect(await merchant.bill('2027-05-31')).toEqual([
    ['2027-05', 'pack', '100', '1', 10000],
    ['2027-01', 'return_parcel', '-10', '3', -3000],
  ]);
  await world.database.query(`update billing.charge set created_at = now() - interval '1 hour'`);
  expect(await findings(world.database, new Date('2028-01-10T08:00:00Z'), ['billing'])).toEqual({});
});

test('G12 what a late charge takes back of nothing that was billed waits with it, or goes with what finance released', async () => {
  const merchant = await withRules();
  const old = (event: string, quantity: string) => ({ day: '2027-01-02', type: 'pack', quantity, event });
  await merchant.happen(
    old('corrected at once', '5'),
    old('corrected when held', '7'),
    old('corrected when released', '9'),
  );
  await merchant.correct('corrected at once', 1);
  await merchant.happen({ day: '2027-04-20', type: 'pack' });
  expect(await merchant.bill('2027-04-30')).toEqual([['2027-04', 'pack', '1', '1', 100]]);
  await merchant.correct('corrected when held', 1);
  const [released] = await world.database.query<{ id: string }>(
    `select id from billing.charge where merchant_id = $1 and state = 'held' and quantity = 9`,
    [merchant.id],
  );
  await releaseCharge(world.deps, { id: released!.id }, FINANCE);
  await merchant.correct('corrected when released', 1);
  await merchant.happen({ day: '2027-05-20', type: 'pack' });
  expect(await merchant.bill('2027-05-31')).toEqual([
    ['2027-01', 'pack', '0', '1', 0],
    ['2027-05', 'pack', '1', '1', 100],
  ]);
  expect(await inState('held', merchant)).toEqual(Array.from({ length: 4 }, () => 'pack 2027-01-02'));
});
