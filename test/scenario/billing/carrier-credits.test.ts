import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { holdCharge, releaseCharge, waiveCharge } from '../../../services/billing/use-cases/charges/change-charge.ts';
import { getMerchantAccount } from '../../../services/billing/use-cases/charges/get-merchant-account.ts';
import { previewRun } from '../../../services/billing/use-cases/runs/preview-run.ts';
import { requestStep } from '../../../services/billing/use-cases/runs/request-step.ts';
import { startRun } from '../../../services/billing/use-cases/runs/start-run.ts';
import { FINANCE } from '../../support/billing-world.ts';
import { findings } from '../../support/self-check.ts';
import {
  createScenarioWorld,
  perUnit,
  rule,
  type ScenarioEvent,
  type ScenarioMerchant,
  type ScenarioWorld,
} from '../../support/scenario-world.ts';

/** What a carrier gives back of a surcharge waits as long as that one is held and not billed (docs/decisions/018). */
const RULES = [rule('pack', perUnit('1.00')), rule('carrier_surcharge', { type: 'costPlus', percent: '10' })];
const HELD = 'Gives back a surcharge that is held and not billed';
const WAIVED = 'Gives back a surcharge that was waived and never billed';
const NOW = '2028-01-10T08:00:00Z';

let world: ScenarioWorld;
beforeAll(async () => {
  world = await createScenarioWorld();
});
afterAll(() => world.close());

const withRules = () => world.merchant({ versions: [{ rules: RULES }] });
/** 100.00 for an oversized parcel, which the merchant pays with 110.00. */
const surcharge = (day: string, more: Partial<ScenarioEvent> = {}): ScenarioEvent => ({
  ...{ day, type: 'carrier_surcharge', amountMinor: 10_000, shipment: 'parcel' },
  ...{ attributes: { code: 'oversize' }, event: 'surcharge' },
  ...more,
});
const credit = (day: string, more: Partial<ScenarioEvent> = {}) =>
  surcharge(day, { quantity: '-1', event: 'credit', ...more });
const packs = (day: string): ScenarioEvent => ({ day, type: 'pack', quantity: '300' });
const PACKS = (month: string) => [month, 'pack', '300', '1', 30_000];
const CREDIT = (month: string) => [month, 'carrier_surcharge', '-1', '110', -11_000];
const SURCHARGE = (month: string) => [month, 'carrier_surcharge', '1', '110', 11_000];

/** The carrier's charges that are not billed, as quantity, state and reason. */
const unbilled = async ({ id }: ScenarioMerchant) =>
  (
    await world.database.query<{ quantity: number; state: string; reason: string | null }>(
      `select quantity::int, state, state_reason as reason from billing.charge
       where merchant_id = $1 and charge_type = 'carrier_surcharge' and line_id is null order by quantity desc, id`,
      [id],
    )
  ).map(({ quantity, state, reason }) => [quantity, state, reason]);
const idOf = async ({ id }: ScenarioMerchant, quantity: number) =>
  (
    await world.database.query<{ id: string }>(
      `select id from billing.charge where merchant_id = $1 and charge_type = 'carrier_surcharge' and quantity = $2 and line_id is null`,
      [id, quantity],
    )
  )[0]!.id;
const hold = async (merchant: ScenarioMerchant) =>
  holdCharge(world.deps, { id: await idOf(merchant, 1), reason: 'disputed' }, FINANCE);
const release = async (merchant: ScenarioMerchant, quantity = 1) =>
  releaseCharge(world.deps, { id: await idOf(merchant, quantity) }, FINANCE);
const waive = async (merchant: ScenarioMerchant) =>
  waiveCharge(world.deps, { id: await idOf(merchant, 1), reason: 'the carrier took it back' }, FINANCE);

const inconsistencies = () => findings(world.database, new Date(NOW), ['billing']);
async function expectNothingFound() {
  await world.database.query(
    `update billing.charge set created_at = now() - interval '2 hours', released_at = released_at - interval '1 hour'`,
  );
  expect(await inconsistencies()).toEqual({});
}

test('G12 a carrier gives back a surcharge that is held for its age: both wait, and go together once finance releases it', async () => {
  const merchant = await withRules();
  await merchant.happen(surcharge('2027-01-02'), packs('2027-04-02'));
  expect(await merchant.bill('2027-04-15')).toEqual([PACKS('2027-04')]);
  await merchant.happen(credit('2027-01-02'), packs('2027-04-20'));
  expect(await merchant.bill('2027-04-30')).toEqual([PACKS('2027-04')]);
  const reason = 'Older than 90 days at the cut-off 2027-04-15';
  expect(await unbilled(merchant)).toEqual([
    [1, 'held', reason],
    [-1, 'held', HELD],
  ]);
  await expectNothingFound();
  await release(merchant);
  expect(await unbilled(merchant)).toEqual([
    [1, 'accrued', null],
    [-1, 'accrued', null],
  ]);
  await merchant.happen(packs('2027-05-03'));
  const both = (await merchant.bill('2027-05-15')).toSorted((one, other) => one[4] - other[4]);
  expect(both).toEqual([CREDIT('2027-01'), SURCHARGE('2027-01'), PACKS('2027-05')]);
  await expectNothingFound();
});

test('G12 a surcharge and its credit that are both reported too late are held by the same run', async () => {
  const merchant = await withRules();
  await merchant.happen(surcharge('2027-01-02'), credit('2027-01-02'), packs('2027-04-02'));
  expect(await merchant.bill('2027-04-15')).toEqual([PACKS('2027-04')]);
  expect(await unbilled(merchant)).toEqual([
    [1, 'held', 'Older than 90 days at the cut-off 2027-04-15'],
    [-1, 'held', HELD],
  ]);
});

test('G12 a credit waits with a surcharge that finance holds, in account, preview and draft alike', async () => {
  const merchant = await withRules();
  await merchant.happen(surcharge('2027-05-04'), credit('2027-05-04'), packs('2027-05-04'));
  await hold(merchant);
  world.at('2027-05-10T08:00:00Z');
  const account = await getMerchantAccount(world.deps, { id: merchant.id }, FINANCE);
  expect(account).toMatchObject({ netMinor: 30_000, held: 1, tooOld: 1 });
  world.at(NOW);
  const preview = await previewRun(
    world.deps,
    { cutoff: '2027-05-15', merchantIds: [merchant.id], limit: 10 },
    FINANCE,
  );
  expect(preview).toMatchObject({ items: [{ netMinor: 30_000 }] });
  expect(await merchant.bill('2027-05-15')).toEqual([PACKS('2027-05')]);
  expect(await unbilled(merchant)).toEqual([
    [1, 'held', 'disputed'],
    [-1, 'held', HELD],
  ]);
  await expectNothingFound();
});

test('G12 the credit of a waived surcharge stays held until finance pays it out', async () => {
  const merchant = await withRules();
  await merchant.happen(surcharge('2027-05-04'), credit('2027-05-04'), packs('2027-05-04'));
  await hold(merchant);
  expect(await merchant.bill('2027-05-15')).toEqual([PACKS('2027-05')]);
  await waive(merchant);
  const waived = [1, 'waived', 'the carrier took it back'];
  expect(await unbilled(merchant)).toEqual([waived, [-1, 'held', WAIVED]]);
  await merchant.happen(packs('2027-05-20'));
  expect(await merchant.bill('2027-05-31')).toEqual([PACKS('2027-05')]);
  await expectNothingFound();
  await release(merchant, -1);
  await merchant.happen(packs('2027-06-04'));
  expect(await merchant.bill('2027-06-15')).toEqual([CREDIT('2027-05'), PACKS('2027-06')]);
  await expectNothingFound();
});

test('G12 a credit that comes after its surcharge was waived is held too', async () => {
  const merchant = await withRules();
  await merchant.happen(surcharge('2027-05-04'));
  await waive(merchant);
  await merchant.happen(credit('2027-05-04'), packs('2027-05-04'));
  expect(await merchant.bill('2027-05-15')).toEqual([PACKS('2027-05')]);
  expect((await unbilled(merchant)).at(-1)).toEqual([-1, 'held', WAIVED]);
});

test('G12 the credit of a billed surcharge, of another kind or parcel, or of nothing that is left does not wait', async () => {
  const merchant = await withRules();
  await merchant.happen(surcharge('2027-05-04', { event: 'billed' }), packs('2027-05-04'));
  await merchant.bill('2027-05-15');
  await merchant.happen(
    surcharge('2027-05-04', { attributes: { code: 'toll' } }),
    surcharge('2027-05-04', { shipment: 'other', event: 'of another parcel' }),
    surcharge('2027-05-04', { event: 'taken back' }),
    packs('2027-05-20'),
  );
  await world.database.query(
    `update billing.charge set state = 'held', state_reason = 'test' where merchant_id = $1 and line_id is null and charge_type <> 'pack'`,
    [merchant.id],
  );
  await merchant.correct('taken back', 1);
  await merchant.happen(credit('2027-05-04'));
  expect(await merchant.bill('2027-05-31')).toEqual([PACKS('2027-05'), CREDIT('2027-05')]);
});

test('G12 a credit and its own twin come to nothing whatever is held', async () => {
  const merchant = await withRules();
  await merchant.happen(surcharge('2027-05-04'), credit('2027-05-04'), packs('2027-05-04'));
  await hold(merchant);
  await merchant.bill('2027-05-15');
  await merchant.correct('credit', 1);
  await release(merchant);
  expect((await unbilled(merchant)).map(([quantity, state]) => [quantity, state])).toEqual([
    [1, 'accrued'],
    [1, 'accrued'],
    [-1, 'accrued'],
  ]);
  await merchant.happen(packs('2027-05-20'));
  const net = (await merchant.bill('2027-05-31')).reduce((sum, line) => sum + line[4], 0);
  expect(net).toBe(30_000 + 11_000);
});

test('G12 a draft in which a credit stands is made anew when its surcharge comes and is held before the approval', async () => {
  const merchant = await withRules();
  await merchant.happen(credit('2027-05-04'), packs('2027-05-04'));
  const { id } = await startRun(world.deps, { cutoff: '2027-05-15', merchantIds: [merchant.id] }, FINANCE);
  await world.work();
  expect(await merchant.row('2027-05-15')).toMatchObject({ state: 'draft', net: 19_000 });
  await merchant.happen(surcharge('2027-05-04'));
  await hold(merchant);
  await requestStep(world.deps, 'approve', { id, merchantIds: [merchant.id] }, FINANCE);
  await world.work();
  const row = await merchant.row('2027-05-15');
  expect(row).toMatchObject({ state: 'draft', net: 30_000 });
  expect(row.findings).toContain('CHANGED_SINCE_PREVIEW');
});

test('I30 a charge that is put aside as a credit of nothing has somebody to answer for it', async () => {
  const merchant = await withRules();
  await merchant.happen(credit('2027-05-04', { event: 'alone' }));
  const id = await idOf(merchant, -1);
  await world.database.query(`update billing.charge set state = 'held', state_reason = $2 where id = $1`, [id, HELD]);
  const { 'I30.held': unanswered } = await inconsistencies();
  expect(unanswered).toContain(id);
  await world.database.query(`update billing.charge set state = 'accrued', state_reason = null where id = $1`, [id]);
});
