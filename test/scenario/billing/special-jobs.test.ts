import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { pricingConsumers } from '../../../services/billing/pricing.ts';
import { requestStep } from '../../../services/billing/use-cases/runs/request-step.ts';
import { startRun } from '../../../services/billing/use-cases/runs/start-run.ts';
import { specialJobHandlers } from '../../../services/orders/special-jobs.ts';
import { consumeDue } from '../../../shared/messaging/consumer.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import { FINANCE } from '../../support/billing-world.ts';
import { merchantSnapshot, ordersFixture, staff, userOf, type OrdersFixture } from '../../support/orders.ts';
import { createScenarioWorld, perUnit, rule, type ScenarioWorld } from '../../support/scenario-world.ts';

/** Jobs as the warehouse enters them and as they stand on the bill: both services, one database. */
let world: ScenarioWorld;
let orders: OrdersFixture;
let jobs: ReturnType<typeof specialJobHandlers>;
const lead: Actor = { ...staff, kind: 'user', id: 'lead', roles: ['lead'] };

beforeAll(async () => {
  world = await createScenarioWorld();
  orders = await ordersFixture(world.database);
  jobs = specialJobHandlers(orders.deps);
});
afterAll(async () => {
  await orders.close();
  await world.close();
});

const HOURLY = rule('special_job', perUnit('42.00', { baseQuantity: '60' }), { unit: 'minute' });
const on = (day: string, time = '10:00:00Z') => void (orders.clock.now = new Date(`${day}T${time}`));

async function customer(rules = [HOURLY]) {
  const merchant = await world.merchant({ versions: [{ rules }] });
  orders.merchants.push(merchantSnapshot({ merchantId: merchant.id }));
  return merchant;
}
const opened = (merchantId: string, more: object = {}) =>
  jobs.createSpecialJob(
    { merchantId, code: 'relabel', description: 'Relabelling', unit: 'minute', quantity: '30', ...more },
    lead,
  );
/** A job that took some minutes, signed off on the day that the clock says. */
async function done(merchantId: string, quantity: string, more: object = {}) {
  const { id } = await opened(merchantId, more);
  await jobs.signOffSpecialJob({ id, quantity }, lead);
  await heard();
  return id;
}
const correct = async (id: string, quantity: string) => {
  await jobs.correctSpecialJob({ id, quantity, reason: 'Nachgezählt' }, lead);
  await heard();
};
/** Billing learns of everything that was announced. */
async function heard(): Promise<void> {
  await world.database.query('update messaging.delivery set next_at = now() where done_at is null');
  for (const consumer of pricingConsumers(world.deps)) while (await consumeDue(world.deps, consumer));
}

test('D8 a signed-off job is billed at month end on the day of its sign-off, by the minutes that were worked', async () => {
  const merchant = await customer();
  on('2027-03-10');
  const { id } = await opened(merchant.id);
  await jobs.enterJobWork({ id, minutes: 35, note: '' }, lead);
  await jobs.enterJobWork({ id, minutes: 15, note: '' }, lead);
  // 23:30 UTC is the first of April in Berlin
  on('2027-03-31', '22:30:00Z');
  expect(await jobs.signOffSpecialJob({ id }, lead)).toMatchObject({ serviceDate: '2027-04-01', quantity: '50' });
  await heard();
  expect(await merchant.bill('2027-03-31')).toEqual([]);
  expect(await merchant.bill('2027-04-15')).toEqual([]);
  expect(await merchant.bill('2027-04-30')).toEqual([['2027-04', 'special_job', '50', '42/60', 3_500]]);
});

test('D8 a correction after billing comes as the difference with the next bill, for the day of the sign-off', async () => {
  const merchant = await customer();
  on('2027-03-10');
  const id = await done(merchant.id, '50');
  expect(await merchant.bill('2027-03-31')).toEqual([['2027-03', 'special_job', '50', '42/60', 3_500]]);
  on('2027-04-05');
  await correct(id, '95');
  await done(merchant.id, '10');
  expect(await merchant.bill('2027-04-30')).toEqual([
    ['2027-03', 'special_job', '45', '42/60', 3_150],
    ['2027-04', 'special_job', '10', '42/60', 700],
  ]);
  on('2027-05-05');
  await correct(id, '0');
  await done(merchant.id, '200');
  expect(await merchant.bill('2027-05-31')).toEqual([
    ['2027-03', 'special_job', '-95', '42/60', -6_650],
    ['2027-05', 'special_job', '200', '42/60', 14_000],
  ]);
});

test('D8 of a job that was corrected before it was billed nothing of the old remains to pay', async () => {
  const merchant = await customer();
  on('2027-03-10');
  const id = await done(merchant.id, '50');
  await correct(id, '80');
  await correct(id, '35');
  const gone = await done(merchant.id, '500');
  await correct(gone, '0');
  expect(await merchant.bill('2027-03-31')).toEqual([['2027-03', 'special_job', '35', '42/60', 2_450]]);
});

test('D8 other words for a job that was billed change nothing of what is to be paid', async () => {
  const merchant = await customer();
  on('2027-03-10');
  const id = await done(merchant.id, '50');
  await merchant.bill('2027-03-31');
  on('2027-04-05');
  await jobs.correctSpecialJob({ id, description: 'Kartons umetikettieren', reason: 'Wortlaut' }, lead);
  await heard();
  await done(merchant.id, '60');
  const lines = await merchant.bill('2027-04-30');
  expect(lines.filter(([month]) => month === '2027-04')).toEqual([['2027-04', 'special_job', '60', '42/60', 4_200]]);
  expect(lines.filter(([month]) => month === '2027-03').reduce((sum, [, , , , net]) => sum + net, 0)).toBe(0);
});

test('D8 a correction has the price of the day of the sign-off, whatever holds since', async () => {
  const merchant = await customer();
  on('2027-03-10');
  const id = await done(merchant.id, '60');
  await merchant.bill('2027-03-31');
  const dearer = rule('special_job', perUnit('60.00', { baseQuantity: '60' }), { unit: 'minute' });
  await merchant.reprice({ validFrom: '2027-04-01', rules: [dearer] });
  on('2027-04-05');
  await correct(id, '90');
  await done(merchant.id, '30');
  expect(await merchant.bill('2027-04-30')).toEqual([
    ['2027-03', 'special_job', '30', '42/60', 2_100],
    ['2027-04', 'special_job', '30', '60/60', 3_000],
  ]);
});

test('D8 the rate card prices jobs of the catalogue by their code', async () => {
  const merchant = await customer([
    HOURLY,
    rule('special_job', perUnit('0.125'), {
      ...{ key: 'tagging', unit: 'piece', priority: 200, conditions: { codes: ['tagging'] } },
    }),
  ]);
  const entry = await jobs.createCatalogueEntry(
    {
      ...{ code: 'tagging', name: { de: 'Etiketten anbringen', en: 'Tagging' }, unit: 'piece' as const },
      ...{ needsApproval: false, words: '', active: true },
    },
    lead,
  );
  on('2027-03-10');
  const { id } = await jobs.createSpecialJob({ merchantId: merchant.id, catalogueId: entry.id, quantity: '300' }, lead);
  await jobs.enterJobWork({ id, pieces: 333, minutes: 90, note: '' }, lead);
  await jobs.signOffSpecialJob({ id }, lead);
  await done(merchant.id, '10');
  // 333 × 0.125 = 41.625
  expect(await merchant.bill('2027-03-31')).toEqual([
    ['2027-03', 'special_job', '10', '42/60', 700],
    ['2027-03', 'tagging', '333', '0.125', 4_163],
  ]);
});

test('D8 a cancelled or declined job charges nothing', async () => {
  const merchant = await customer();
  on('2027-03-10');
  const off = await opened(merchant.id);
  await jobs.cancelSpecialJob({ id: off.id, reason: 'x' }, lead);
  const no = await opened(merchant.id, { needsApproval: true });
  await jobs.declineJob({ id: no.id, reason: 'x' }, { ...userOf(merchant.id), roles: ['merchantDecider'] });
  await done(merchant.id, '10');
  expect(await merchant.bill('2027-03-31')).toEqual([['2027-03', 'special_job', '10', '42/60', 700]]);
});

test('G9 a run names the special jobs that were opened by its cut-off and are not signed off, and goes on', async () => {
  const merchant = await customer();
  on('2027-03-31', '12:00:00Z');
  const [left, asked, off] = [
    await opened(merchant.id),
    await opened(merchant.id, { needsApproval: true }),
    await opened(merchant.id),
  ];
  await jobs.cancelSpecialJob({ id: off.id, reason: 'x' }, lead);
  await done(merchant.id, '10');
  on('2027-04-01', '12:00:00Z');
  await opened(merchant.id);
  await heard();
  const told = () =>
    world.database.query<{ blocks: boolean; jobs: string[]; where: string; de: string }>(
      `select (f ->> 'blocks')::boolean as blocks, f -> 'data' -> 'jobs' as jobs, f -> 'data' -> 'remedy' ->> 'where' as "where",
         f -> 'data' -> 'remedy' ->> 'de' as de
       from billing.run_merchant m, jsonb_array_elements(m.findings) f
       where m.merchant_id = $1 and m.cutoff = '2027-03-31' and f ->> 'code' = 'OPEN_SPECIAL_JOBS'`,
      [merchant.id],
    );
  expect(await merchant.bill('2027-03-15')).toEqual([]);
  expect((await merchant.row('2027-03-15')).findings).not.toContain('OPEN_SPECIAL_JOBS');
  expect(await merchant.bill('2027-03-31')).toEqual([['2027-03', 'special_job', '10', '42/60', 700]]);
  expect(await told()).toEqual([
    {
      ...{ blocks: false, jobs: [left.number, asked.number] },
      where: `/finance/special-jobs?merchantId=${merchant.id}`,
      de: expect.stringContaining('Nehmen Sie die Sonderaufträge ab'),
    },
  ]);
  expect((await merchant.row('2027-03-31')).state).toBe('finalized');
});

test('G9 once signed off or cancelled a job is no finding any more', async () => {
  const merchant = await customer();
  on('2027-03-30');
  const [one, two] = [await opened(merchant.id), await opened(merchant.id)];
  await heard();
  const { id } = await startRun(world.deps, { cutoff: '2027-03-31', merchantIds: [merchant.id] }, FINANCE);
  await world.work();
  // nothing to bill is no run to check
  expect((await merchant.row('2027-03-31')).state).toBe('skipped');
  await jobs.signOffSpecialJob({ id: one.id }, lead);
  await heard();
  const again = () => requestStep(world.deps, 'draft', { id, merchantIds: [merchant.id] }, FINANCE);
  await again();
  await world.work();
  expect(await merchant.row('2027-03-31')).toMatchObject({
    state: 'draft',
    findings: ['OPEN_SPECIAL_JOBS'],
    net: 2_100,
  });
  await jobs.cancelSpecialJob({ id: two.id, reason: 'x' }, lead);
  await heard();
  await again();
  await world.work();
  expect(await merchant.row('2027-03-31')).toMatchObject({ state: 'draft', findings: [], net: 2_100 });
});
