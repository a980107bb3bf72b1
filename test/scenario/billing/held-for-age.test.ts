import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { waiveCharge } from '../../../services/billing/use-cases/charges/change-charge.ts';
import { FINANCE } from '../../support/billing-world.ts';
import {
  createScenarioWorld,
  perUnit,
  rule,
  type ScenarioMerchant,
  type ScenarioWorld,
} from '../../support/scenario-world.ts';

/** What is older than 90 days at the cut-off that bills it waits for finance. */
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
