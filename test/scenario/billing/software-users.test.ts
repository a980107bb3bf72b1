import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { saveAccess } from '../../../services/billing/persistence/merchant-access.ts';
import { accrueFinishedMonths } from '../../../services/billing/use-cases/charges/accrue-software-fees.ts';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import { transact } from '../../../shared/messaging/transact.ts';
import { FINANCE } from '../../support/billing-world.ts';
import { createScenarioWorld, perUnit, rule, type ScenarioWorld } from '../../support/scenario-world.ts';

const FEE = rule('software_fee', perUnit('31'));
const RULES = [FEE, rule('software_user', perUnit('5'))];
const CUTOFF = '2027-03-31';

let world: ScenarioWorld;
beforeAll(async () => {
  world = await createScenarioWorld();
});
afterAll(() => world.close());

const merchantWith = (rules = RULES, contract: object = {}) =>
  world.merchant({ versions: [{ rules }], contracts: [{ softwareFee: true, ...contract }] });

/** A user, and the days on which it came to its merchants; without them it is gone. */
async function user(...changes: readonly (readonly [day: string, ...merchantIds: string[]])[]): Promise<string> {
  const userId = uuidv7(world.deps.now());
  const told = changes.map(([day, ...merchantIds], index) => ({ version: index + 1, day, merchantIds }));
  // in any order, and twice
  for (const one of [...told.toReversed(), ...told]) await access(userId, one);
  return userId;
}
const access = (userId: string, told: { version: number; day: string; merchantIds: string[] }) =>
  transact(world.deps, { ...FINANCE, kind: 'service' }, (em) =>
    saveAccess(em, [{ userId, changedAt: `${told.day}T09:00:00Z`, ...told }], 'Europe/Berlin'),
  );

test('D12 where the card prices users, each counts by the days on which it may log in', async () => {
  const [one, other] = [await merchantWith(), await merchantWith()];
  await user(['2026-05-01', one.id]);
  await user(['2027-01-01', other.id], ['2027-02-01', one.id, other.id]);
  await user(['2027-03-17', one.id]);
  await user(['2027-02-10', one.id], ['2027-03-11']);
  await user(['2027-03-08', one.id], ['2027-03-08']);
  await user(['2027-04-01', one.id]);
  // 31 + 31 + 15 + 10 of 31 days
  expect(await one.bill(CUTOFF)).toEqual([
    ['2027-03', 'software_fee', '1', '31', 3_100],
    ['2027-03', 'software_user', '2.806452', '5', 1_403],
  ]);
  expect(await other.bill(CUTOFF)).toEqual([
    ['2027-03', 'software_fee', '1', '31', 3_100],
    ['2027-03', 'software_user', '1', '5', 500],
  ]);
});

test('D12 users count on days under contract only, and not at all where no card prices them', async () => {
  const joiner = await merchantWith(RULES, { startsOn: '2027-03-20' });
  const unpriced = await merchantWith([FEE]);
  await user(['2026-05-01', joiner.id, unpriced.id]);
  expect(await joiner.bill(CUTOFF)).toEqual([
    ['2027-03', 'software_fee', '0.387097', '31', 1_200],
    ['2027-03', 'software_user', '0.387097', '5', 194],
  ]);
  expect(await unpriced.bill(CUTOFF)).toEqual([['2027-03', 'software_fee', '1', '31', 3_100]]);
});

test('D12 the fee per user is charged once, however often and by whomever the month is worked on', async () => {
  const merchant = await merchantWith();
  await user(['2026-05-01', merchant.id]);
  await world.database.query(`update billing.issuer set billing_starts_on = '2027-03-01'`);
  await Promise.all([1, 2, 3].map(() => accrueFinishedMonths(world.deps)));
  await accrueFinishedMonths(world.deps);
  const charges = await world.database.query(
    `select trim_scale(quantity)::text as quantity, revision from billing.charge
     where merchant_id = $1 and charge_type = 'software_user' and service_month = '2027-03'`,
    [merchant.id],
  );
  expect(charges).toEqual([{ quantity: '1', revision: 0 }]);
  await world.database.query(`update billing.issuer set billing_starts_on = '2028-01-01'`);
});

test('D12 a price that comes before the bill counts, one that comes after it is not charged backwards', async () => {
  const [early, late] = [await merchantWith([FEE]), await merchantWith([FEE])];
  await user(['2026-05-01', early.id, late.id]);
  const priced = { validFrom: '2027-03-01', rules: RULES };
  await early.reprice(priced);
  expect(await early.bill(CUTOFF)).toContainEqual(['2027-03', 'software_user', '1', '5', 500]);
  expect(await late.bill(CUTOFF)).toEqual([['2027-03', 'software_fee', '1', '31', 3_100]]);
  await late.reprice(priced);
  await world.database.query(`update billing.issuer set billing_starts_on = '2027-03-01'`);
  await accrueFinishedMonths(world.deps);
  expect(await late.bill('2027-04-30')).toEqual([
    ['2027-04', 'software_fee', '1', '31', 3_100],
    ['2027-04', 'software_user', '1', '5', 500],
  ]);
});

test('D12 news of a user that comes late corrects the month that was billed', async () => {
  const merchant = await merchantWith();
  await user(['2026-05-01', merchant.id]);
  const gone = await user(['2026-05-01', merchant.id]);
  expect(await merchant.bill(CUTOFF)).toContainEqual(['2027-03', 'software_user', '2', '5', 1_000]);
  await access(gone, { version: 2, day: '2027-03-11', merchantIds: [] });
  await world.database.query(`update billing.issuer set billing_starts_on = '2027-03-01'`);
  await accrueFinishedMonths(world.deps);
  const lines = await merchant.bill('2027-04-30');
  // 41 of 62 user days: 1.322581 instead of 2
  expect(lines).toContainEqual(['2027-03', 'software_user', '-0.677419', '5', -339]);
  expect(lines).toContainEqual(['2027-04', 'software_user', '1', '5', 500]);
});
