import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { getRun } from '../../../services/billing/use-cases/runs/read-runs.ts';
import { requestStep } from '../../../services/billing/use-cases/runs/request-step.ts';
import { startFinalRun } from '../../../services/billing/use-cases/runs/start-final-run.ts';
import type { MerchantSnapshot } from '../../../shared/protocol/merchants/events.ts';
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
  world.at('2026-11-22T08:00:00Z');
});
afterEach(() => world.close());

const RULES = [
  rule('pack', perUnit('0.45')),
  rule('return_parcel', perUnit('2.90')),
  rule('software_fee', perUnit('60')),
  rule('storage', perUnit('0.10'), { unit: 'bin_day' }),
];
const MINIMUM = { key: 'minimum', label: { de: 'Mindestumsatz', en: 'Minimum' }, amount: '300' };
const query = (text: string, values?: unknown[]) => world.database.query(text, values);
/** A merchant whose contract ends on 20 November. */
const leaving = (more: object = {}, version: object = {}) =>
  world.merchant({
    versions: [{ rules: RULES, ...version }],
    contracts: [{ endsOn: '2026-11-20', softwareFee: true, ...more }],
  });
const final = (merchant: ScenarioMerchant, day = '2026-11-20') =>
  startFinalRun(world.deps, { merchantId: merchant.id, day }, FINANCE);
const step = async (name: 'approve' | 'finalize' | 'draft', id: string) => {
  await requestStep(world.deps, name, { id }, FINANCE);
  await world.work();
};
const bill = async (merchant: ScenarioMerchant, day?: string) => {
  const { id } = await final(merchant, day);
  await world.work();
  await step('approve', id);
  await step('finalize', id);
  return query(
    `select l.service_month as month, l.rule_key as rule, trim_scale(l.quantity)::text as quantity, l.net_minor::int as net
     from billing.invoice_line l join billing.invoice i on i.id = l.invoice_id where i.run_id = $1 and i.state = 'finalized' order by l.position`,
    [id],
  );
};

test('G10 a final run bills everything unbilled of one merchant on any day, the fee and the minimum by active days', async () => {
  const merchant = await leaving({}, { minimums: [MINIMUM] });
  const other = await leaving();
  await merchant.happen(
    { day: '2026-10-31', type: 'pack', quantity: '3' },
    { day: '2026-11-05', type: 'pack', quantity: '10' },
    { day: '2026-11-18', type: 'pack', quantity: '20' },
    { day: '2026-11-20', type: 'return_parcel' },
    // inspected after the contract had ended
    { day: '2026-11-21', type: 'return_parcel' },
  );
  await other.happen({ day: '2026-11-05', type: 'pack' });
  const lines = await bill(merchant);
  // 20 of 30 days: EUR 60 × 20 / 30 = 40; EUR 300 × 20 / 30 = 200, less 13.50 + 5.80 + 40.00
  expect(lines).toEqual([
    { month: '2026-10', rule: 'pack', quantity: '3', net: 135 },
    { month: '2026-11', rule: 'pack', quantity: '30', net: 1350 },
    { month: '2026-11', rule: 'software_fee', quantity: '0.666667', net: 4000 },
    { month: '2026-11', rule: 'return_parcel', quantity: '2', net: 580 },
    { month: '2026-11', rule: 'minimum', quantity: '1', net: 14070 },
  ]);
  expect(await query(`select 1 from billing.run_merchant where merchant_id = $1`, [other.id])).toEqual([]);
  expect(await query('select period_from::text as "from", period_to::text as "to" from billing.invoice')).toEqual([
    { from: '2026-11-01', to: '2026-11-20' },
  ]);
});

test('G10 what comes after a final run of the month uses up its minimum, and the month end asks for none again', async () => {
  const merchant = await leaving({ softwareFee: false }, { minimums: [MINIMUM] });
  await merchant.happen({ day: '2026-11-05', type: 'pack', quantity: '10' });
  expect((await bill(merchant)).map(({ rule: key, net }) => [key, net])).toEqual([
    ['pack', 450],
    ['minimum', 19550],
  ]);
  world.at('2026-12-02T08:00:00Z');
  expect(await merchant.bill('2026-11-30')).toEqual([]);
  expect(await merchant.row('2026-11-30')).toMatchObject({ state: 'skipped' });
});

test('G10 storage is billed up to the last day, and its gaps up to there block', async () => {
  const merchant = await leaving({ startsOn: '2026-11-19', storageMethod: 'binDay', softwareFee: false });
  await merchant.happen({ day: '2026-11-19', type: 'storage', unit: 'bin_day', quantity: '5' });
  await query(`update billing.issuer set billing_starts_on = '2026-11-01'`);
  const header = (day: string) =>
    query(
      `insert into billing.storage_header (id, merchant_id, warehouse, day, source, content_hash, recorded_by) values (gen_random_uuid(), $1, 'main', $2, 'api', 'x', 'test')`,
      [merchant.id, day],
    );
  await header('2026-11-19');
  const { id } = await final(merchant);
  await world.work();
  const [parked] = (await getRun(world.deps, { id }, FINANCE)).rows;
  expect(parked).toMatchObject({ state: 'parked', final: true });
  expect(parked!.findings[0]).toMatchObject({ code: 'STORAGE_GAP', data: { days: ['2026-11-20'] } });
  await header('2026-11-20');
  await merchant.happen({ day: '2026-11-20', type: 'storage', unit: 'bin_day', quantity: '4' });
  await step('draft', id);
  expect((await getRun(world.deps, { id }, FINANCE)).rows[0]).toMatchObject({ state: 'draft', netMinor: 90 });
});

test('G10 H7 a contract that ends with a credit has it issued as a credit note once it is approved', async () => {
  const merchant = await leaving({ softwareFee: false });
  await merchant.happen({ day: '2026-11-05', type: 'pack', quantity: '-10' });
  const { id } = await final(merchant);
  await world.work();
  const [row] = (await getRun(world.deps, { id }, FINANCE)).rows;
  expect(row).toMatchObject({ state: 'draft', netMinor: -450, grossMinor: -536, invoices: [{ kind: 'creditNote' }] });
  expect(row!.findings).toMatchObject([
    { code: 'FINAL_TOTAL_NEGATIVE', blocks: false, data: { grossMinor: -536, remedy: { de: expect.any(String) } } },
  ]);
  await step('approve', id);
  await step('finalize', id);
  expect((await getRun(world.deps, { id }, FINANCE)).rows[0]!.invoices).toMatchObject([
    { kind: 'creditNote', number: 'RK-2026-00001', state: 'finalized', grossMinor: -536, correctsId: null },
  ]);
  world.at('2026-12-02T08:00:00Z');
  expect(await merchant.bill('2026-11-30')).toEqual([]);
});

test('G10 a final run asked for again, at once too, is the same; a draft of that day becomes the final one', async () => {
  const merchant = await world.merchant({ versions: [{ rules: RULES }], contracts: [{ endsOn: '2026-11-15' }] });
  await merchant.happen({ day: '2026-11-05', type: 'pack' }, { day: '2026-11-06', type: 'return_parcel' });
  await world.work();
  const runs = await Promise.all([1, 2, 3].map(() => final(merchant, '2026-11-15')));
  expect(new Set(runs.map(({ id }) => id)).size).toBe(1);
  await world.work();
  // on a 15th a usual run would leave the return for the month end
  expect(await merchant.row('2026-11-15')).toMatchObject({ state: 'draft', net: 335 });
});

test('G10 a contract that was ended a moment ago is asked for, before the event that tells of it has arrived', async () => {
  const merchant = await world.merchant({ versions: [{ rules: RULES }] });
  await merchant.happen({ day: '2026-11-05', type: 'pack' });
  const [{ snapshot }] = (await query('select snapshot from billing.merchant_ref where merchant_id = $1', [
    merchant.id,
  ])) as [{ snapshot: MerchantSnapshot }];
  const contracts = snapshot.contracts.map((contract) => ({ ...contract, endsOn: '2026-11-20' }));
  world.directory.set(merchant.id, { ...snapshot, version: snapshot.version + 1, contracts });
  await final(merchant);
  await world.work();
  expect(await merchant.row('2026-11-20')).toMatchObject({ state: 'draft', net: 45 });
});

test('G10 a final run needs a contract that has ended, a day that has come and a merchant, and is not made over a bill', async () => {
  const merchant = await leaving({ softwareFee: false });
  await expect(final(merchant, '2026-11-19')).rejects.toMatchObject({
    code: 422,
    data: { errors: [{ path: 'day', code: 'CONTRACT_NOT_ENDED' }] },
  });
  await expect(final(merchant, '2026-11-23')).rejects.toMatchObject({ data: { errors: [{ code: 'DAY_IN_FUTURE' }] } });
  await expect(
    startFinalRun(world.deps, { merchantId: merchant.id, day: '2026-11-20' }, { ...FINANCE, scope: [merchant.id] }),
  ).rejects.toMatchObject({ code: 403 });
  expect(await query('select 1 from billing.run')).toEqual([]);
  const ended = await world.merchant({ versions: [{ rules: RULES }], contracts: [{ endsOn: '2026-11-15' }] });
  await ended.happen({ day: '2026-11-05', type: 'pack' });
  await ended.bill('2026-11-15');
  await expect(final(ended, '2026-11-15')).rejects.toMatchObject({ code: 409, type: 'FINAL_RUN_TOO_LATE' });
  // a later day takes what is left
  await ended.happen({ day: '2026-11-10', type: 'return_parcel' });
  expect((await bill(ended, '2026-11-16')).map(({ net }) => net)).toEqual([290]);
});
