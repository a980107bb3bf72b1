import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { holdCharge, releaseCharge, waiveCharge } from '../../../services/billing/use-cases/charges/change-charge.ts';
import { requestStep } from '../../../services/billing/use-cases/runs/request-step.ts';
import { startRun } from '../../../services/billing/use-cases/runs/start-run.ts';
import { FINANCE } from '../../support/billing-world.ts';
import {
  createScenarioWorld,
  perUnit,
  rule,
  tiers,
  type ScenarioMerchant,
  type ScenarioWorld,
} from '../../support/scenario-world.ts';
import { findings } from '../../support/self-check.ts';

/** A check that cries wolf is switched off: what is right, however odd, contradicts nothing. */
let world: ScenarioWorld;
beforeAll(async () => {
  world = await createScenarioWorld();
  world.at('2026-11-02T08:00:00Z');
});
afterAll(() => world.close());

const RULES = [
  rule('pack', tiers('graduated', ['10', '1'], [null, '0.5'])),
  rule('return_parcel', { type: 'flat', amount: '2.90' }),
  rule('storage', perUnit('0.10'), { unit: 'binDay' }),
  rule('software_fee', perUnit('62')),
];
// documents are not made here, and are not due by then
const found = () => findings(world.database, new Date('2026-11-02T08:00:00Z'), ['billing']);

/** Gives a merchant's charges the source of special jobs, with the events of theirs that were handled. */
async function asSpecialJobs({ id }: ScenarioMerchant) {
  for (const table of ['charge', 'charge_source'])
    await world.database.query(
      `update billing.${table} set source = replace(source, 'test', 'orders.special-job') where merchant_id = $1`,
      [id],
    );
  await world.database.query(
    `with told as (
       insert into messaging.event (id, type, merchant_id, occurred_at, payload, request_id)
       select gen_random_uuid(), 'orders.special-job-signed-off.v1', merchant_id, now(), jsonb_build_object('specialJobId', source_event, 'revision', revision,
         'quantity', trace ->> 'measured', 'serviceDate', service_date), 'test'
       from billing.charge where source = 'orders.special-job' and merchant_id = $1 returning id)
     insert into messaging.delivery (consumer, event_id, occurred_at, done_at) select 'billing.charge-special-jobs', id, now(), now() from told`,
    [id],
  );
}

test('X8 a charge that is held for its age alone is held by its run', async () => {
  const merchant = await world.merchant({ versions: [{ rules: RULES }] });
  await merchant.happen({ day: '2026-06-01', type: 'pack', quantity: '3' }, { day: '2026-10-20', type: 'pack' });
  expect(await merchant.bill('2026-10-31')).toHaveLength(1);
  expect(await world.database.query(`select state from billing.charge where quantity = 3`)).toEqual([
    { state: 'held' },
  ]);
  expect(await found()).toEqual({});
});

test('X8 charges that are corrected, priced anew, held, waived and billed in parts contradict nothing', async () => {
  await world.database.query(`update billing.issuer set billing_starts_on = '2026-10-01'`);
  const merchant = await world.merchant({
    versions: [{ rules: RULES }],
    contracts: [{ storageMethod: 'binDay', startsOn: '2026-10-30', softwareFee: true }],
  });
  const lines = [{ bin: 'A-1' }, { bin: 'A-2' }];
  await merchant.stock({ day: '2026-10-30', lines }, { day: '2026-10-31', lines: lines.slice(1) });
  for (const event of ['billed', 'open', 'held', 'waived', 'gone'])
    await merchant.happen({ day: '2026-10-30', type: 'pack', quantity: '7', event });
  const idOf = async (quantity: string) =>
    String((await world.database.query(`select id from billing.charge where quantity = $1`, [quantity]))[0]!['id']);
  await merchant.correct('held', 1, { day: '2026-10-30', type: 'pack', quantity: '31' });
  await merchant.correct('waived', 1, { day: '2026-10-30', type: 'pack', quantity: '32' });
  await holdCharge(world.deps, { id: await idOf('31'), reason: 'x' }, FINANCE);
  await waiveCharge(world.deps, { id: await idOf('32'), reason: 'x' }, FINANCE);
  await merchant.correct('gone', 1);
  expect(await found()).toEqual({});
  // only what was picked and shipped, then the rest of the month under a document of its own
  const { id } = await startRun(world.deps, { cutoff: '2026-10-31', streams: ['fulfilment'] }, FINANCE);
  await world.work();
  expect(await found()).toEqual({});
  for (const step of ['approve', 'finalize'] as const) {
    await requestStep(world.deps, step, { id }, FINANCE);
    await world.work();
    expect(await found()).toEqual({});
  }
  await merchant.correct('billed', 1, { day: '2026-10-30', type: 'pack', quantity: '6' });
  await merchant.correct('open', 1);
  // a source whose twins are priced along with their originals
  await asSpecialJobs(merchant);
  await merchant.reprice({ validFrom: '2026-10-01', rules: [rule('pack', perUnit('2')), ...RULES.slice(1)] });
  await releaseCharge(world.deps, { id: await idOf('31') }, FINANCE);
  expect(
    await world.database.query(`select released_at > created_at as later from billing.charge where quantity = 31`),
  ).toEqual([{ later: true }]);
  await merchant.bill('2026-10-31');
  expect(await found()).toEqual({});
  world.at('2026-11-16T08:00:00Z');
  await merchant.bill('2026-11-15');
  expect(await found()).toEqual({});
});

test('X8 nothing is reported of a price that was dropped while a run billed the rest, and came back', async () => {
  const PRICES = [rule('pack', perUnit('1')), rule('pick_line', perUnit('0.10'))];
  world.at('2026-11-17T08:00:00Z');
  const merchant = await world.merchant({ versions: [{ rules: PRICES }] });
  for (const event of ['plain', 'called back'])
    await merchant.happen({ day: '2026-11-10', type: 'pick_line', quantity: '3', event });
  await merchant.happen({ day: '2026-11-11', type: 'pack' });
  await merchant.correct('called back', 1);
  // a source whose twins are priced along with their originals
  await asSpecialJobs(merchant);
  await world.database.query(
    `update billing.charge set created_at = now() - interval '1 hour' where merchant_id = $1`,
    [merchant.id],
  );
  const states = async () =>
    (
      await world.database.query(
        `select distinct state from billing.charge where charge_type = 'pick_line' and merchant_id = $1`,
        [merchant.id],
      )
    ).map(({ state }) => state);
  await merchant.reprice({ validFrom: '2026-11-01', rules: PRICES.slice(0, 1) });
  expect(await states()).toEqual(['waived']);
  await merchant.bill('2026-11-15');
  expect(await found()).toEqual({});
  await merchant.reprice({ validFrom: '2026-11-01', rules: PRICES });
  expect(await states()).toEqual(['accrued']);
  expect(await found()).toEqual({});
  world.at('2026-12-02T08:00:00Z');
  // the next run has to bill it, and it does
  expect(await merchant.bill('2026-11-30')).toEqual([['2026-11', 'pick_line', '3', '0.1', 30]]);
  expect(await found()).toEqual({});
});
