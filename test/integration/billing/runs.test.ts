import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { requestStep } from '../../../services/billing/use-cases/runs/request-step.ts';
import { getRun } from '../../../services/billing/use-cases/runs/read-runs.ts';
import { startDueRuns } from '../../../services/billing/use-cases/runs/start-due-runs.ts';
import { startRun } from '../../../services/billing/use-cases/runs/start-run.ts';
import { workRow } from '../../../services/billing/use-cases/runs/work-row.ts';
import { renderNextDocument } from '../../../services/billing/use-cases/invoices/render-documents.ts';
import type { RunView } from '../../../shared/protocol/billing/runs-actions.ts';
import { createBillingWorld, FINANCE, type BillingWorld, type TestCharge } from '../../support/billing-world.ts';

let world: BillingWorld;
beforeEach(async () => {
  world = await createBillingWorld();
});
afterEach(() => world.close());

const run = (cutoff: string, merchantIds?: string[]): Promise<RunView> =>
  startRun(world.deps, { cutoff, merchantIds }, FINANCE);
const view = (id: string) => getRun(world.deps, { id }, FINANCE);
const step = async (name: 'draft' | 'approve' | 'finalize', id: string, merchantIds?: string[]) => {
  await requestStep(world.deps, name, { id, merchantIds }, FINANCE);
  await world.work();
  return view(id);
};
/** A run with nothing but skipped and parked rows has nothing to approve. */
const nothingToDo = (error: { type?: string }) => {
  if (!error.type?.startsWith('NOTHING_')) throw error;
};
/** Starts, drafts, approves and finalizes a cut-off. */
const bill = async (cutoff: string) => {
  const { id } = await run(cutoff);
  await world.work();
  await step('approve', id).catch(nothingToDo);
  await step('finalize', id).catch(nothingToDo);
  return view(id);
};
const lines = () =>
  world.database.query(
    `select i.number, l.section, l.charge_type as type, trim_scale(l.quantity)::text as quantity, trim_scale(l.unit_price)::text as price, l.net_minor::int as net, l.service_month as month,
       trim_scale(l.late_quantity)::text as late, trim_scale(l.tier_from)::text as tier from billing.invoice_line l join billing.invoice i on i.id = l.invoice_id order by i.number, l.position`,
  );
const many = (count: number, charge: TestCharge): TestCharge[] => Array.from({ length: count }, () => charge);

test('G1 a run is drafted, approved and finalized with gapless numbers, frozen documents and exact totals', async () => {
  const merchant = await world.addMerchant('Alpha GmbH');
  const other = await world.addMerchant('Beta GmbH');
  await world.addCharges([
    ...many(3, { merchantId: merchant, rule: 'pack', day: '2026-10-03' }),
    { merchantId: other, rule: 'pack', day: '2026-10-14' },
  ]);
  const { id } = await run('2026-10-15');
  await world.work();
  const draft = await view(id);
  expect(draft).toMatchObject({ state: 'draft', grossMinor: 161 + 54, counts: { draft: 2 } });
  expect(await step('approve', id)).toMatchObject({ state: 'approved' });
  const done = await step('finalize', id);
  expect(done).toMatchObject({ state: 'finalized', counts: { finalized: 2 } });
  expect(done.rows.flatMap(({ invoices }) => invoices.map(({ number }) => number)).toSorted()).toEqual([
    'RE-2026-00001',
    'RE-2026-00002',
  ]);
  const documents = await world.database.query(`select state, length(sha256) as hash from billing.invoice_document`);
  expect(documents).toEqual([
    { state: 'ready', hash: 64 },
    { state: 'ready', hash: 64 },
  ]);
  expect(
    await world.database.query(`select 1 from messaging.event where type = 'billing.invoice-document-ready.v1'`),
  ).toHaveLength(2);
});

test('G4 the same run started again, at once and by the clock, is the same run', async () => {
  const merchant = await world.addMerchant('Alpha GmbH');
  await world.addCharges(many(2, { merchantId: merchant, rule: 'pack', day: '2026-10-03' }));
  const runs = await Promise.all(Array.from({ length: 8 }, () => run('2026-10-15')));
  await world.database.query(`update billing.issuer set billing_starts_on = '2026-10-01'`);
  world.at('2026-10-16T04:00:00Z');
  await Promise.all([startDueRuns(world.deps), startDueRuns(world.deps)]);
  expect(new Set(runs.map(({ id }) => id)).size).toBe(1);
  expect(await world.database.query('select 1 from billing.run')).toHaveLength(1);
  expect(await world.database.query('select 1 from billing.run_merchant')).toHaveLength(1);
});

test('G4 a run for some merchants is joined by the others', async () => {
  const alpha = await world.addMerchant('Alpha GmbH');
  const beta = await world.addMerchant('Beta GmbH');
  await world.addCharges([
    { merchantId: alpha, rule: 'pack', day: '2026-10-03' },
    { merchantId: beta, rule: 'pack', day: '2026-10-03' },
  ]);
  const first = await run('2026-10-15', [alpha]);
  expect(first.rows).toHaveLength(1);
  const second = await run('2026-10-15');
  expect(second.id).toBe(first.id);
  expect(second.rows).toHaveLength(2);
});

test('G13 who started a run is recorded; the clock makes the run that finance did not', async () => {
  await world.addMerchant('Alpha GmbH');
  await world.database.query(`update billing.issuer set billing_starts_on = '2026-10-01'`);
  world.at('2026-10-16T02:29:00Z');
  expect(await startDueRuns(world.deps)).toBe(0);
  world.at('2026-11-01T10:00:00Z');
  expect(await startDueRuns(world.deps)).toBe(2);
  expect(await startDueRuns(world.deps)).toBe(0);
  expect(await world.database.query(`select cutoff::text, started_kind as kind from billing.run order by 1`)).toEqual([
    { cutoff: '2026-10-15', kind: 'clock' },
    { cutoff: '2026-10-31', kind: 'clock' },
  ]);
});

test('only cut-offs that have come start a run', async () => {
  await world.addMerchant('Alpha GmbH');
  await expect(run('2026-10-14')).rejects.toMatchObject({ code: 422 });
  await expect(run('2026-11-15')).rejects.toMatchObject({ code: 422 });
});

test('the 15th bills the first half, month end the second half and the monthly streams', async () => {
  const merchantId = await world.addMerchant('Alpha GmbH');
  await world.addCharges([
    { merchantId, rule: 'pack', day: '2026-10-15' },
    { merchantId, rule: 'pack', day: '2026-10-16' },
    { merchantId, rule: 'returnParcel', day: '2026-10-02' },
    { merchantId, rule: 'storage', day: '2026-10-05', quantity: '44' },
  ]);
  await bill('2026-10-15');
  await bill('2026-10-31');
  expect(await lines()).toEqual([
    {
      number: 'RE-2026-00001',
      section: 'fulfilment',
      type: 'pack',
      quantity: '1',
      price: '0.45',
      net: 45,
      month: '2026-10',
      late: '0',
      tier: null,
    },
    {
      number: 'RE-2026-00002',
      section: 'fulfilment',
      type: 'pack',
      quantity: '1',
      price: '0.45',
      net: 45,
      month: '2026-10',
      late: '0',
      tier: null,
    },
    {
      number: 'RE-2026-00002',
      section: 'storage',
      type: 'storage',
      quantity: '44',
      price: '30',
      net: 4258,
      month: '2026-10',
      late: '0',
      tier: null,
    },
    {
      number: 'RE-2026-00002',
      section: 'returns',
      type: 'returnParcel',
      quantity: '1',
      price: '2.9',
      net: 290,
      month: '2026-10',
      late: '0',
      tier: null,
    },
  ]);
});

test('G6 a shipment of the 14th reported after the approval comes at month end, labelled late; before it, in the first half', async () => {
  const merchantId = await world.addMerchant('Alpha GmbH');
  await world.addCharges([{ merchantId, rule: 'pack', day: '2026-10-03' }]);
  const { id } = await run('2026-10-15');
  await world.work();
  await world.addCharges([{ merchantId, rule: 'pack', day: '2026-10-14' }]);
  await step('draft', id);
  await step('approve', id);
  await world.addCharges([{ merchantId, rule: 'pack', day: '2026-10-14' }]);
  await step('finalize', id);
  await world.addCharges([{ merchantId, rule: 'pack', day: '2026-10-20' }]);
  await bill('2026-10-31');
  expect((await lines()).map(({ number, quantity, late }) => [number, quantity, late])).toEqual([
    ['RE-2026-00001', '2', '0'],
    ['RE-2026-00002', '2', '1'],
  ]);
  const [document] = await world.database.query<{ detail: string }>(
    `select model -> 'sections' -> 0 -> 'lines' -> 0 ->> 'detail' as detail from billing.invoice_document d join billing.invoice i on i.id = d.invoice_id where i.number = 'RE-2026-00002'`,
  );
  expect(document!.detail).toBe('davon Nachberechnung: 1, Leistung vom 14.10.2026');
});

test('approval bills what was seen: a charge that came since asks finance again', async () => {
  const merchantId = await world.addMerchant('Alpha GmbH');
  await world.addCharges([{ merchantId, rule: 'pack', day: '2026-10-03' }]);
  const { id } = await run('2026-10-15');
  await world.work();
  await world.addCharges([{ merchantId, rule: 'pack', day: '2026-10-04' }]);
  const again = await step('approve', id);
  expect(again.rows[0]).toMatchObject({ state: 'draft', netMinor: 90 });
  expect(again.rows[0]!.findings.map(({ code }) => code)).toContain('CHANGED_SINCE_PREVIEW');
  expect((await step('approve', id)).rows[0]).toMatchObject({ state: 'approved', findings: [] });
});

test("a graduated price counts on from the first half to the second, and each unit takes its own day's version", async () => {
  const merchantId = await world.addMerchant('Alpha GmbH');
  await world.addCharges([
    { merchantId, rule: 'pick', day: '2026-10-02', quantity: '60' },
    { merchantId, rule: 'pick', day: '2026-10-05', quantity: '60' },
  ]);
  await bill('2026-10-15');
  await world.addCharges([
    { merchantId, rule: 'pickNew', day: '2026-10-20', quantity: '400' },
    { merchantId, rule: 'pickNew', day: '2026-10-18', quantity: '10' },
  ]);
  await bill('2026-10-31');
  // 120 in the first half; then 121..130 and 131..500 at the second tier, 501..530 at the third, all at the new version
  expect((await lines()).map(({ number, tier, quantity, price, net }) => [number, tier, quantity, price, net])).toEqual(
    [
      ['RE-2026-00001', '0', '100', '0.3', 3000],
      ['RE-2026-00001', '100', '20', '0.25', 500],
      ['RE-2026-00002', '100', '380', '0.35', 13300],
      ['RE-2026-00002', '500', '30', '0.3', 900],
    ],
  );
});

test('a late charge continues the counter of its own month', async () => {
  const merchantId = await world.addMerchant('Alpha GmbH');
  await world.addCharges([{ merchantId, rule: 'pick', day: '2026-09-02', quantity: '95' }]);
  await bill('2026-09-30');
  await world.addCharges([
    { merchantId, rule: 'pick', day: '2026-09-20', quantity: '10' },
    { merchantId, rule: 'pick', day: '2026-10-01', quantity: '10' },
  ]);
  await bill('2026-10-15');
  expect((await lines()).slice(1).map(({ month, tier, quantity, late }) => [month, tier, quantity, late])).toEqual([
    ['2026-09', '0', '5', '5'],
    ['2026-09', '100', '5', '5'],
    ['2026-10', '0', '10', '0'],
  ]);
});

test('a correction takes back the last units of a graduated price', async () => {
  const merchantId = await world.addMerchant('Alpha GmbH');
  await world.addCharges([{ merchantId, rule: 'pick', day: '2026-10-02', quantity: '120' }]);
  await bill('2026-10-15');
  await world.addCharges([
    { merchantId, rule: 'pick', day: '2026-10-20', quantity: '-30' },
    { merchantId, rule: 'returnParcel', day: '2026-10-20' },
    ...many(10, { merchantId, rule: 'returnParcel', day: '2026-10-20' }),
  ]);
  await bill('2026-10-31');
  expect(
    (await lines())
      .filter(({ number, type }) => number === 'RE-2026-00002' && type === 'pick')
      .map(({ tier, quantity, net }) => [tier, quantity, net]),
  ).toEqual([
    ['0', '-10', -300],
    ['100', '-20', -500],
  ]);
});

test('a price change on the 10th leaves charges before it at the old price', async () => {
  const merchantId = await world.addMerchant('Alpha GmbH');
  await world.addCharges([
    { merchantId, rule: 'pack', day: '2026-10-09' },
    { merchantId, rule: 'packNew', day: '2026-10-10' },
  ]);
  await bill('2026-10-15');
  expect((await lines()).map(({ price, net }) => [price, net])).toEqual([
    ['0.45', 45],
    ['0.5', 50],
  ]);
});

test('a line is rounded once, not its charges', async () => {
  const merchantId = await world.addMerchant('Alpha GmbH');
  await world.addCharges(many(3, { merchantId, rule: 'tiny', day: '2026-10-09' }));
  await bill('2026-10-15');
  expect((await lines()).map(({ quantity, net }) => [quantity, net])).toEqual([['3', 2]]);
});

test('G11 a zero total issues nothing and keeps the charges; no activity is skipped', async () => {
  const merchantId = await world.addMerchant('Alpha GmbH');
  await world.addMerchant('Beta GmbH');
  await world.addCharges([{ merchantId, rule: 'free', day: '2026-10-03' }]);
  expect(await bill('2026-10-15')).toMatchObject({ state: 'empty', counts: { skipped: 2 } });
  expect(
    await world.database.query(`select 1 from billing.charge where line_id is null and state = 'accrued'`),
  ).toHaveLength(1);
  await world.addCharges([{ merchantId, rule: 'pack', day: '2026-10-20' }]);
  await bill('2026-10-31');
  expect((await lines()).map(({ type, net, late }) => [type, net, late])).toEqual([
    ['free', 0, '1'],
    ['pack', 45, '0'],
  ]);
});

test('a negative total is carried to the next run', async () => {
  const merchantId = await world.addMerchant('Alpha GmbH');
  await world.addCharges([{ merchantId, rule: 'pack', day: '2026-10-03', quantity: '-2' }]);
  expect(await bill('2026-10-15')).toMatchObject({ counts: { skipped: 1 } });
  await world.addCharges(many(5, { merchantId, rule: 'pack', day: '2026-10-20' }));
  await bill('2026-10-31');
  expect((await lines()).map(({ quantity, net }) => [quantity, net])).toEqual([['3', 135]]);
});

test('G7 an unrated charge parks its merchant, the others go on', async () => {
  const alpha = await world.addMerchant('Alpha GmbH');
  const beta = await world.addMerchant('Beta GmbH');
  const [charge] = await world.addCharges([
    { merchantId: alpha, rule: 'pack', day: '2026-10-03' },
    { merchantId: beta, rule: 'pack', day: '2026-10-03' },
  ]);
  await world.database.query(
    `update billing.charge set state = 'unrated', rule_id = null, rule_key = null, version_id = null where id = $1`,
    [charge],
  );
  const done = await bill('2026-10-15');
  expect(done.counts).toEqual({ parked: 1, finalized: 1 });
  expect(done.rows[0]!.findings[0]).toMatchObject({ code: 'UNRATED_CHARGES', blocks: true, data: { count: 1 } });
  await expect(
    requestStep(world.deps, 'approve', { id: done.id, merchantIds: [alpha] }, FINANCE),
  ).rejects.toMatchObject({ code: 409, type: 'RUN_ROW_TRANSITION_NOT_ALLOWED' });
});

test('X6 what the issuer took away after an approval is told before a number is taken, and issued once it is back', async () => {
  const merchantId = await world.addMerchant('Stadt Leipzig', { buyerReference: '04011000-1234512345-06' });
  await world.addCharges([{ merchantId, rule: 'pack', day: '2026-10-05' }]);
  const profile = (change: string) => world.database.query(`update billing.issuer set profile = profile ${change}`);
  const contact = `|| '{"phone": "040 123456", "email": "rechnung@example.com"}'`;
  await profile(contact);
  const { id } = await run('2026-10-15');
  await world.work();
  expect(await step('approve', id)).toMatchObject({ counts: { approved: 1 } });
  await profile(`- 'phone' || '{"web": "www.深.example"}'`);
  const told = await step('finalize', id);
  expect(told.rows).toMatchObject([
    {
      state: 'approved',
      wanted: null,
      findings: [
        { code: 'ISSUER_CONTACT_MISSING', blocks: true, data: { missing: ['phone'] } },
        { code: 'ISSUER_NOT_PRINTABLE', blocks: true, data: { remedy: { where: '/finance/settings' } } },
      ],
    },
  ]);
  // asked again it says the same, once
  expect((await step('finalize', id)).rows[0]!.findings).toEqual(told.rows[0]!.findings);
  expect(await world.database.query('select 1 from billing.number_series')).toEqual([]);
  await profile(`- 'web' ${contact}`);
  expect((await step('finalize', id)).rows).toMatchObject([
    { state: 'finalized', findings: [], invoices: [{ number: 'RE-2026-00001' }] },
  ]);
  expect(await world.database.query('select state from billing.invoice_document')).toEqual([{ state: 'ready' }]);
});

test('X6 what could not be printed or sent as e-invoice parks its merchant before it has a number', async () => {
  const named = await world.addMerchant('深圳市 Ltd');
  const reference = await world.addMerchant('Stadt Leipzig', { buyerReference: '04011000-1234512345-06' });
  await world.addCharges([named, reference].map((merchantId) => ({ merchantId, rule: 'pack', day: '2026-10-05' })));
  const { rows } = await bill('2026-10-15');
  const told = rows.map(({ state, findings }) => [state, findings.map(({ code, data }) => [code, data])]);
  expect(told).toMatchObject([
    [
      'parked',
      [['MERCHANT_NOT_PRINTABLE', { character: '深', remedy: { where: `/finance/accounts/${named}?view=record` } }]],
    ],
    ['parked', [['ISSUER_CONTACT_MISSING', { missing: ['phone', 'email'], remedy: { where: '/finance/settings' } }]]],
  ]);
  expect(await world.database.query('select number from billing.invoice where number is not null')).toEqual([]);
});

test('a storage gap parks the merchant; the parked row is carried over once the gap is closed', async () => {
  const merchantId = await world.addMerchant('Alpha GmbH', {}, { storageMethod: 'binDay', startsOn: '2026-09-29' });
  await world.addCharges([{ merchantId, rule: 'pack', day: '2026-09-30' }]);
  const first = await bill('2026-09-30');
  expect(first.rows[0]).toMatchObject({
    state: 'parked',
    findings: [{ code: 'STORAGE_GAP', data: { days: ['2026-09-29', '2026-09-30'] } }],
  });
  await world.database.query(
    `insert into billing.storage_header (id, merchant_id, warehouse, day, source, content_hash, recorded_by)
     select gen_random_uuid(), $1, 'main', day, 'api', 'x', 'x' from generate_series('2026-09-29'::date, '2026-10-31', '1 day') day`,
    [merchantId],
  );
  const second = await bill('2026-10-31');
  expect(second.rows[0]).toMatchObject({ state: 'finalized', netMinor: 45, findings: [{ code: 'CARRIED_OVER' }] });
  expect((await view(first.id)).rows[0]).toMatchObject({ state: 'cancelled' });
  expect((await lines()).map(({ late }) => late)).toEqual(['1']);
});

test('a return received on the 30th and inspected on the 2nd is billed next month; the run says that it waits', async () => {
  const merchantId = await world.addMerchant('Alpha GmbH');
  await world.addCharges([{ merchantId, rule: 'returnParcel', day: '2026-10-03' }]);
  await world.database.query(
    `insert into billing.return_ref (id, merchant_id, version, number, state, received_on) values ($1, $1, 1, 'RT-2026-00001', 'received', '2026-09-30')`,
    [merchantId],
  );
  await world.addCharges([{ merchantId, rule: 'returnParcel', day: '2026-09-20' }]);
  const september = await bill('2026-09-30');
  expect(september.rows[0]).toMatchObject({
    state: 'finalized',
    netMinor: 290,
    findings: [{ code: 'RECEIVED_NOT_INSPECTED', data: { returns: ['RT-2026-00001'] } }],
  });
  await world.database.query(`update billing.return_ref set inspected_on = '2026-10-02', state = 'completed'`);
  await world.addCharges([{ merchantId, rule: 'returnParcel', day: '2026-10-02' }]);
  expect((await bill('2026-10-31')).rows[0]).toMatchObject({ state: 'finalized', netMinor: 580, findings: [] });
  expect((await lines()).map(({ number, quantity, late }) => [number, quantity, late])).toEqual([
    ['RE-2026-00001', '1', '0'],
    ['RE-2026-00002', '2', '0'],
  ]);
});

test('a charge older than 90 days at the cut-off is held until finance releases it', async () => {
  const merchantId = await world.addMerchant('Alpha GmbH');
  await world.addCharges([
    { merchantId, rule: 'pack', day: '2026-07-16' },
    { merchantId, rule: 'pack', day: '2026-07-17' },
  ]);
  await bill('2026-10-15');
  expect((await lines()).map(({ quantity, late }) => [quantity, late])).toEqual([['1', '1']]);
  expect(
    await world.database.query(`select service_date::text as day from billing.charge where state = 'held'`),
  ).toEqual([{ day: '2026-07-16' }]);
});

test('G9 an invoice far above the usual waits for a person, who can let it pass with a reason that stays', async () => {
  const merchantId = await world.addMerchant('Alpha GmbH');
  await world.addCharges([{ merchantId, rule: 'pack', day: '2026-09-03' }]);
  await bill('2026-09-15');
  await world.addCharges(many(4, { merchantId, rule: 'pack', day: '2026-10-03' }));
  const parked = await bill('2026-10-15');
  expect(parked.rows[0]).toMatchObject({ state: 'parked', findings: [{ code: 'ABOVE_USUAL' }] });
  await requestStep(
    world.deps,
    'draft',
    { id: parked.id, merchantIds: [merchantId], accept: ['ABOVE_USUAL'], reason: 'Messe in Köln' },
    FINANCE,
  );
  expect(
    await world.database.query(
      `select actor_id, after, reason from messaging.audit_entry where action = 'billing-run.draft-requested' and merchant_id = $1`,
      [merchantId],
    ),
  ).toEqual([{ actor_id: FINANCE.id, after: { accept: ['ABOVE_USUAL'] }, reason: 'Messe in Köln' }]);
  await world.work();
  await step('approve', parked.id);
  expect((await step('finalize', parked.id)).rows[0]).toMatchObject({ state: 'finalized', netMinor: 180 });
});

test('an earlier open run comes first', async () => {
  const merchantId = await world.addMerchant('Alpha GmbH');
  await world.addCharges([
    { merchantId, rule: 'pack', day: '2026-10-03' },
    { merchantId, rule: 'pack', day: '2026-10-20' },
  ]);
  const first = await run('2026-10-15');
  const second = await run('2026-10-31');
  await world.work();
  expect((await view(second.id)).rows[0]).toMatchObject({
    state: 'scheduled',
    findings: [{ code: 'EARLIER_RUN_OPEN' }],
  });
  await step('approve', first.id);
  await step('finalize', first.id);
  expect((await view(second.id)).rows[0]).toMatchObject({ state: 'draft', netMinor: 45 });
});

test('a draft waits for events that happened before the cut-off, at most a quarter of an hour', async () => {
  const merchantId = await world.addMerchant('Alpha GmbH');
  await world.addCharges([{ merchantId, rule: 'pack', day: '2026-10-03' }]);
  await world.database.query(
    `insert into messaging.event (id, type, merchant_id, occurred_at, payload, request_id) values ($1, 'x', $1, '2026-10-15T21:59:00Z', '{}', 'r')`,
    [merchantId],
  );
  await world.database.query(
    `insert into messaging.delivery (consumer, event_id, occurred_at) values ('billing.charge-shipments', $1, '2026-10-15T21:59:00Z')`,
    [merchantId],
  );
  const { id } = await run('2026-10-15');
  await workRow(world.deps);
  expect((await view(id)).rows[0]).toMatchObject({
    state: 'scheduled',
    wanted: 'draft',
    findings: [{ code: 'WAITING_FOR_EVENTS' }],
  });
  world.at('2026-11-02T08:16:00Z');
  await world.work();
  expect((await view(id)).rows[0]).toMatchObject({
    state: 'draft',
    findings: [{ code: 'EVENTS_UNDELIVERED', blocks: false }],
  });
});

test.each([
  ['domestic', 'S', 1900, 'DE', 86],
  ['reverseCharge', 'AE', 0, 'AT', 0],
  ['thirdCountry', 'O', 0, 'CH', 0],
  ['exempt', 'E', 0, 'DE', 0],
] as const)('a %s merchant is taxed in category %s', async (taxTreatment, category, rate, country, vatMinor) => {
  const merchantId = await world.addMerchant('Alpha GmbH', {
    taxTreatment,
    address: { name: 'Alpha', street: 'Weg 1', postalCode: '1010', city: 'Wien', country },
    vatId: country === 'AT' ? 'ATU12345675' : null,
  });
  await world.addCharges(many(10, { merchantId, rule: 'pack', day: '2026-10-03' }));
  await bill('2026-10-15');
  const [vat] = await world.database.query(
    `select category, rate_bp, basis_minor::int as basis, vat_minor::int as vat from billing.invoice_vat`,
  );
  expect(vat).toEqual({ category, rate_bp: rate, basis: 450, vat: vatMinor });
});

test('H3 the year of the number follows the invoice date in local time, each series from 1', async () => {
  const merchantId = await world.addMerchant('Alpha GmbH');
  await world.addCharges([{ merchantId, rule: 'pack', day: '2026-12-10' }]);
  world.at('2026-12-31T22:59:00Z');
  await bill('2026-12-15');
  await world.addCharges([{ merchantId, rule: 'pack', day: '2026-12-20' }]);
  world.at('2026-12-31T23:30:00Z');
  await bill('2026-12-31');
  expect(
    await world.database.query(`select number, issue_date::text as day from billing.invoice order by finalized_at`),
  ).toEqual([
    { number: 'RE-2026-00001', day: '2026-12-31' },
    { number: 'RE-2027-00001', day: '2027-01-01' },
  ]);
});

test('H4 a finalized invoice, its lines, VAT, links and document cannot be changed or deleted, even by the owner', async () => {
  const merchantId = await world.addMerchant('Alpha GmbH');
  await world.addCharges([{ merchantId, rule: 'pack', day: '2026-10-03' }]);
  await bill('2026-10-15');
  for (const statement of [
    `update billing.invoice set net_minor = 1, gross_minor = 1 + vat_minor`,
    `delete from billing.invoice`,
    `update billing.invoice_line set label = 'x'`,
    `delete from billing.invoice_line`,
    `update billing.invoice_vat set basis_minor = 0, vat_minor = 0`,
    `delete from billing.invoice_line_charge`,
    `update billing.invoice_line_charge set quantity = 2`,
    `update billing.invoice_document set sha256 = repeat('0', 64)`,
    `delete from billing.invoice_document`,
    `update billing.invoice set state = 'draft', number = null`,
  ])
    await expect(world.database.query(statement)).rejects.toMatchObject({ code: expect.stringMatching(/^23/) });
});

test('H4 nothing of a draft is moved to a finalized invoice', async () => {
  const merchantId = await world.addMerchant('Alpha GmbH');
  await world.addCharges([{ merchantId, rule: 'pack', day: '2026-10-03' }]);
  await bill('2026-10-15');
  await world.addCharges([{ merchantId, rule: 'pack', day: '2026-10-20' }]);
  await run('2026-10-31');
  await world.work();
  expect(await world.database.query(`select state from billing.invoice order by state`)).toEqual([
    { state: 'draft' },
    { state: 'finalized' },
  ]);
  const moved = (table: string, more: string) =>
    world.database.query(
      `update billing.${table} p set invoice_id = f.id ${more} from billing.invoice d, billing.invoice f
       where p.invoice_id = d.id and d.state = 'draft' and f.state = 'finalized'`,
    );
  for (const [table, more] of [
    ['invoice_line', ', position = p.position + 900'],
    ['invoice_vat', ", category = 'E'"],
  ] as const)
    await expect(moved(table, more)).rejects.toMatchObject({ code: '23001' });
});

test('G5 several workers and a worker killed between steps bill every charge exactly once', async () => {
  const merchants: string[] = [];
  for (let index = 0; index < 12; index += 1) merchants.push(await world.addMerchant(`Merchant ${index}`));
  await world.addCharges(
    merchants.flatMap((merchantId) => many(20, { merchantId, rule: 'pick', day: '2026-10-03', quantity: '7' })),
  );
  const { id } = await run('2026-10-15');
  const rush = async () => {
    await Promise.all(
      Array.from({ length: 4 }, async () => {
        while (await workRow(world.deps));
      }),
    );
  };
  await rush();
  for (const name of ['approve', 'finalize'] as const) {
    await requestStep(world.deps, name, { id }, FINANCE);
    await requestStep(world.deps, name, { id }, FINANCE);
    await rush();
  }
  await Promise.all(
    Array.from({ length: 3 }, async () => {
      while (await renderNextDocument(world.deps));
    }),
  );
  const numbers = await world.database.query<{ n: number }>(
    `select series_number as n from billing.invoice order by 1`,
  );
  expect(numbers.map(({ n }) => n)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
  expect(
    await world.database.query(
      `select charge_id from billing.invoice_line_charge lc join billing.invoice_line l on l.id = lc.line_id group by 1 having sum(lc.quantity) <> 7`,
    ),
  ).toEqual([]);
  expect(await world.database.query(`select 1 from billing.charge where line_id is null`)).toEqual([]);
  expect(
    await world.database.query(`select 1 from messaging.event where type = 'billing.invoice-finalized.v1'`),
  ).toHaveLength(12);
  expect(
    await world.database.query(`select 1 from messaging.event where type = 'billing.invoice-document-ready.v1'`),
  ).toHaveLength(12);
});

test('a merchant whose contract says so gets two documents at month end, each with its own number', async () => {
  const merchantId = await world.addMerchant('Alpha GmbH', {}, { monthEndDocuments: 'two' });
  await world.addCharges([
    { merchantId, rule: 'pack', day: '2026-10-20' },
    { merchantId, rule: 'returnParcel', day: '2026-10-20' },
  ]);
  const done = await bill('2026-10-31');
  expect(done.rows[0]!.invoices.map(({ number, netMinor }) => [number, netMinor])).toEqual([
    ['RE-2026-00001', 45],
    ['RE-2026-00002', 290],
  ]);
});

test('each of two documents is of its own period, in its row, on paper and as it is announced', async () => {
  const merchantId = await world.addMerchant('Alpha GmbH', {}, { monthEndDocuments: 'two' });
  await world.addCharges([
    { merchantId, rule: 'pack', day: '2026-10-20' },
    { merchantId, rule: 'returnParcel', day: '2026-10-20' },
  ]);
  await bill('2026-10-31');
  const told = await world.database.query(
    `select i.split, i.period_from::text as row, d.model -> 'servicePeriod' ->> 'from' as paper,
       (select e.payload ->> 'periodFrom' from messaging.event e
        where e.type = 'billing.invoice-finalized.v1' and e.payload ->> 'invoiceId' = i.id::text) as announced
     from billing.invoice i join billing.invoice_document d on d.invoice_id = i.id order by i.split`,
  );
  const since = (day: string) => ({ row: day, paper: day, announced: day });
  expect(told).toEqual([
    { split: 'fulfilment', ...since('2026-10-16') },
    { split: 'monthly', ...since('2026-10-01') },
  ]);
});

test('a draft whose period moved with the contract is asked for again', async () => {
  const merchantId = await world.addMerchant(
    'Alpha GmbH',
    {},
    {
      ...{ fulfilmentCadence: 'monthly', monthEndDocuments: 'two' },
    },
  );
  await world.addCharges([{ merchantId, rule: 'pack', day: '2026-10-20' }]);
  const { id } = await run('2026-10-31');
  await world.work();
  await world.database.query(
    `update billing.merchant_ref set snapshot = jsonb_set(snapshot, '{contracts,0,fulfilmentCadence}', '"semiMonthly"')`,
  );
  expect((await step('approve', id)).rows[0]).toMatchObject({ state: 'draft' });
  await step('approve', id);
  await step('finalize', id);
  expect(await world.database.query('select period_from::text as since from billing.invoice')).toEqual([
    { since: '2026-10-16' },
  ]);
});

test('the line of a single special job says what was done, that of several only what they cost', async () => {
  const [one, two] = [await world.addMerchant('Alpha GmbH'), await world.addMerchant('Beta GmbH')];
  await world.addCharges([
    { merchantId: one, rule: 'returnParcel', day: '2026-10-20', job: 'Umetikettiert' },
    { merchantId: one, rule: 'storage', day: '2026-10-20' },
    { merchantId: two, rule: 'returnParcel', day: '2026-10-20', job: 'Umetikettiert' },
    { merchantId: two, rule: 'returnParcel', day: '2026-10-20', job: 'Gezählt' },
  ]);
  await bill('2026-10-31');
  const details = await world.database.query<{ details: (string | null)[] }>(
    `select (select jsonb_agg(line -> 'detail') from jsonb_path_query(model, '$.sections[*].lines[*]') as line) as details
     from billing.invoice_document order by model -> 'buyer' ->> 'name'`,
  );
  expect(details.map((document) => document.details)).toEqual([[null, 'Umetikettiert'], [null]]);
});
