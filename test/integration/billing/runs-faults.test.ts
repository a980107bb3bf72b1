import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { BillingDeps } from '../../../services/billing/billing.deps.ts';
import { renderNextDocument } from '../../../services/billing/use-cases/invoices/render-documents.ts';
import { retryDocument } from '../../../services/billing/use-cases/invoices/retry-document.ts';
import { getRun } from '../../../services/billing/use-cases/runs/read-runs.ts';
import { requestStep } from '../../../services/billing/use-cases/runs/request-step.ts';
import { startDueRuns } from '../../../services/billing/use-cases/runs/start-due-runs.ts';
import { startRun } from '../../../services/billing/use-cases/runs/start-run.ts';
import { workRow } from '../../../services/billing/use-cases/runs/work-row.ts';
import { eachDay } from '../../../shared/kernel/dates.ts';
import { RuleViolation } from '../../../shared/kernel/errors.ts';
import { createBillingWorld, FINANCE, type BillingWorld, type TestCharge } from '../../support/billing-world.ts';

let world: BillingWorld;
let merchantId: string;
beforeEach(async () => {
  world = await createBillingWorld();
  merchantId = await world.addMerchant('Alpha GmbH');
});
afterEach(() => world.close());

type Step = 'draft' | 'approve' | 'finalize';
const sql = (text: string, values?: unknown[]) => world.database.query(text, values);
const charge = (day = '2026-10-03', rule: TestCharge['rule'] = 'pack') => world.addCharges([{ merchantId, rule, day }]);
const ask = (step: Step, id: string) => requestStep(world.deps, step, { id }, FINANCE);
const rowOf = async (id: string) => (await getRun(world.deps, { id }, FINANCE)).rows[0]!;
const step = async (name: Step, id: string) => {
  await ask(name, id);
  await world.work();
  return rowOf(id);
};
const draft = async (cutoff: string, options: { streams?: ('fulfilment' | 'monthly')[] } = {}) => {
  const { id } = await startRun(world.deps, { cutoff, ...options }, FINANCE);
  await world.work();
  return id;
};
/** A run with nothing but skipped and parked rows has nothing to approve. */
const nothingToDo = (error: { type?: string }) => {
  if (!error.type?.startsWith('NOTHING_')) throw error;
};
/** Starts, drafts, approves and finalizes a cut-off. */
const bill = async (cutoff: string, options = {}) => {
  const id = await draft(cutoff, options);
  await step('approve', id).catch(nothingToDo);
  await step('finalize', id).catch(nothingToDo);
  return id;
};
const codes = async (id: string) => (await rowOf(id)).findings.map(({ code }) => code);

/** The same deps, with something around the n-th transaction that is opened through them. */
function aroundTransactions(around: (n: number, run: () => Promise<unknown>) => Promise<unknown>): BillingDeps {
  let opened = 0;
  const fork = (options: object) => {
    const real = world.deps.orm.em.fork(options);
    const n = (opened += 1);
    return {
      transactional: (...args: Parameters<typeof real.transactional>) => around(n, () => real.transactional(...args)),
    };
  };
  return { ...world.deps, orm: { em: { fork } } } as unknown as BillingDeps;
}

test('a worker whose step failed does not write over what another one has done since', async () => {
  await charge();
  const id = await draft('2026-10-15');
  await ask('approve', id);
  // the second transaction is the note of the failure: another worker is faster
  const slow = aroundTransactions(async (n, run) => {
    if (n === 2) await workRow(world.deps);
    return run();
  });
  let asked = 0;
  slow.now = () => {
    // the first look at the clock names the request, the second is the step's
    if ((asked += 1) === 2) throw new Error('something passing');
    return world.deps.now();
  };
  await workRow(slow);
  await world.work();
  expect(await rowOf(id)).toMatchObject({ state: 'approved', wanted: null });
});

test('a COMMIT whose answer is lost counts as done', async () => {
  await charge();
  const id = await draft('2026-10-15');
  await step('approve', id);
  await ask('finalize', id);
  const cut = aroundTransactions(async (n, run) => {
    const answer = await run();
    if (n === 1) throw new Error('Connection terminated unexpectedly');
    return answer;
  });
  await workRow(cut);
  await world.work();
  expect(await rowOf(id)).toMatchObject({ state: 'finalized', wanted: null });
  await charge('2026-10-20');
  expect(await rowOf(await bill('2026-10-31'))).toMatchObject({ state: 'finalized' });
});

test('what blocks and comes between draft and approval stops the approval', async () => {
  await charge();
  const id = await draft('2026-10-15');
  const [unrated] = await charge('2026-10-04');
  await sql(
    `update billing.charge set state = 'unrated', rule_id = null, rule_key = null, version_id = null where id = $1`,
    [unrated],
  );
  expect(await step('approve', id)).toMatchObject({ state: 'parked', findings: [{ code: 'UNRATED_CHARGES' }] });
  await sql(`delete from billing.charge where id = $1`, [unrated]);
  await step('draft', id);
  await sql(`update billing.merchant_ref set snapshot = jsonb_set(snapshot, '{invoiceEmails}', '[]')`);
  expect(await step('approve', id)).toMatchObject({ state: 'parked', findings: [{ code: 'NO_INVOICE_EMAIL' }] });
});

test('a step that concerns no row is refused, not answered as done; asked for again it is no error', async () => {
  await charge();
  const { id } = await startRun(world.deps, { cutoff: '2026-10-15' }, FINANCE);
  await expect(ask('approve', id)).rejects.toMatchObject({ code: 409, type: 'NOTHING_TO_APPROVE' });
  await world.work();
  await expect(ask('finalize', id)).rejects.toMatchObject({ code: 409, type: 'NOTHING_APPROVED' });
  await step('approve', id);
  await ask('approve', id);
  await step('finalize', id);
  expect(await step('finalize', id)).toMatchObject({ state: 'finalized', wanted: null });
});

test('the finding of charges without a price says what to do', async () => {
  const [unrated] = await charge();
  await sql(
    `update billing.charge set state = 'unrated', rule_id = null, rule_key = null, version_id = null, trace = '{"reason":"CARD_MISSING"}' where id = $1`,
    [unrated],
  );
  const [finding] = (await rowOf(await draft('2026-10-15'))).findings;
  expect(finding).toMatchObject({
    message: '1 charges have no price: the contract names a rate card that does not exist',
    data: { reasons: ['CARD_MISSING'] },
  });
});

test('a storage gap goes on blocking when its month is carried over', async () => {
  const storing = await world.addMerchant('Lager GmbH', {}, { storageMethod: 'binDay', startsOn: '2026-09-01' });
  await world.addCharges([{ merchantId: storing, rule: 'returnParcel', day: '2026-09-03' }]);
  for (const day of eachDay('2026-10-01', '2026-10-31'))
    await sql(
      `insert into billing.storage_header (id, merchant_id, warehouse, day, source, content_hash, recorded_by) values (gen_random_uuid(), $1, 'main', $2, 'api', 'x', 'x')`,
      [storing, day],
    );
  const only = { merchantIds: [storing] };
  await startRun(world.deps, { cutoff: '2026-09-30', ...only }, FINANCE);
  await world.work();
  const { id } = await startRun(world.deps, { cutoff: '2026-10-31', ...only }, FINANCE);
  await world.work();
  const row = await rowOf(id);
  expect(row.state).toBe('parked');
  expect(row.findings.find(({ code }) => code === 'STORAGE_GAP')?.data).toMatchObject({
    days: expect.arrayContaining(['2026-09-01', '2026-09-30']),
  });
});

test('a parked month end survives the 15th of a merchant who is billed at month end only', async () => {
  const monthly = await world.addMerchant('Monatlich GmbH', { invoiceEmails: [] }, { fulfilmentCadence: 'monthly' });
  await world.addCharges([{ merchantId: monthly, rule: 'pack', day: '2026-09-20' }]);
  const only = { merchantIds: [monthly] };
  const { id } = await startRun(world.deps, { cutoff: '2026-09-30', ...only }, FINANCE);
  await world.work();
  await startRun(world.deps, { cutoff: '2026-10-15', ...only }, FINANCE);
  await world.work();
  expect(await rowOf(id)).toMatchObject({ state: 'parked' });
});

test.each(['finance', 'the clock'])(
  'a run of one stream is joined by the other one through %s, under a document of its own',
  async (who) => {
    await world.addCharges([
      { merchantId, rule: 'pack', day: '2026-10-20' },
      { merchantId, rule: 'returnParcel', day: '2026-10-20' },
    ]);
    const id = await bill('2026-10-31', { streams: ['fulfilment'] });
    expect((await rowOf(id)).invoices.map(({ netMinor }) => netMinor)).toEqual([45]);
    await sql(`update billing.issuer set billing_starts_on = '2026-10-31'`);
    if (who === 'finance') await draft('2026-10-31');
    else await startDueRuns(world.deps);
    await world.work();
    await step('approve', id);
    expect((await step('finalize', id)).invoices.map(({ number, netMinor }) => [number, netMinor])).toEqual([
      ['RE-2026-00001', 45],
      ['RE-2026-00002', 290],
    ]);
    expect(await sql(`select 1 from billing.charge where line_id is null`)).toEqual([]);
    await draft('2026-10-31');
    expect(await rowOf(id)).toMatchObject({ state: 'finalized', wanted: null });
  },
);

test('a draft of one stream is widened before it is approved', async () => {
  await world.addCharges([
    { merchantId, rule: 'pack', day: '2026-10-20' },
    { merchantId, rule: 'returnParcel', day: '2026-10-20' },
  ]);
  await draft('2026-10-31', { streams: ['fulfilment'] });
  expect(await rowOf(await draft('2026-10-31'))).toMatchObject({ state: 'draft', netMinor: 335 });
});

test('a store that is away delays documents, and only what cannot be drawn is parked until someone retries', async () => {
  await charge();
  const { store } = world.deps;
  const put = store.putContent.bind(store);
  store.putContent = () => Promise.reject(new Error('connect ECONNREFUSED'));
  const id = await bill('2026-10-15');
  for (let attempt = 0; attempt < 12; attempt += 1) {
    await sql(`update billing.invoice_document set next_at = now()`);
    await renderNextDocument(world.deps);
  }
  expect(await sql(`select state from billing.invoice_document`)).toEqual([{ state: 'pending' }]);
  store.putContent = put;
  const [invoice] = (await rowOf(id)).invoices;
  await expect(retryDocument(world.deps, { id: invoice!.id }, FINANCE)).rejects.toMatchObject({ code: 409 });
  await sql(`update billing.invoice_document set state = 'parked', error = 'a glyph is missing'`);
  expect(await retryDocument(world.deps, { id: invoice!.id }, FINANCE)).toMatchObject({
    document: 'pending',
    documentError: null,
  });
  await world.work();
  expect(await sql(`select state from billing.invoice_document`)).toEqual([{ state: 'ready' }]);
});

test('an event that failed for good is a finding of its merchant and makes nobody wait', async () => {
  const other = await world.addMerchant('Beta GmbH');
  await world.addCharges([
    { merchantId, rule: 'pack', day: '2026-10-03' },
    { merchantId: other, rule: 'pack', day: '2026-10-03' },
  ]);
  await sql(
    `insert into messaging.event (id, type, merchant_id, occurred_at, payload, request_id) values ($1, 'x', $1, '2026-10-02', '{}', 'r')`,
    [merchantId],
  );
  await sql(
    `insert into messaging.delivery (consumer, event_id, occurred_at, attempts, parked_at) values ('billing.charge-shipments', $1, '2026-10-02', 20, now())`,
    [merchantId],
  );
  const { id } = await startRun(world.deps, { cutoff: '2026-10-15' }, FINANCE);
  await world.work();
  const run = await getRun(world.deps, { id }, FINANCE);
  expect(run.rows.map(({ state, findings }) => [state, findings.map(({ code }) => code)])).toEqual([
    ['draft', ['EVENTS_PARKED']],
    ['draft', []],
  ]);
});

test('charges that are getting another price make the draft wait', async () => {
  const [rerating] = await charge();
  await sql(
    `update billing.charge set state = 'unrated', rule_id = null, rule_key = null, version_id = null, trace = '{"reason":"RERATING"}' where id = $1`,
    [rerating],
  );
  expect(await rowOf(await draft('2026-10-15'))).toMatchObject({
    state: 'scheduled',
    wanted: 'draft',
    findings: [{ code: 'RERATING' }],
  });
});

test('a total above the usual is accepted up to what finance saw', async () => {
  await charge('2026-09-03');
  await bill('2026-09-15');
  await world.addCharges(Array.from({ length: 4 }, () => ({ merchantId, rule: 'pack' as const, day: '2026-10-03' })));
  const id = await draft('2026-10-15');
  await requestStep(world.deps, 'draft', { id, merchantIds: [merchantId], accept: ['ABOVE_USUAL'] }, FINANCE);
  await world.work();
  expect(await rowOf(id)).toMatchObject({ state: 'draft' });
  await world.addCharges([{ merchantId, rule: 'pack', day: '2026-10-03', quantity: '100000' }]);
  expect(await step('draft', id)).toMatchObject({ state: 'parked' });
});

test('a total that is carried forward says so', async () => {
  await world.addCharges([{ merchantId, rule: 'pack', day: '2026-10-03', quantity: '-2' }]);
  const id = await draft('2026-10-15');
  expect(await codes(id)).toEqual(['CARRIED_FORWARD', 'NOTHING_TO_BILL']);
  expect((await rowOf(id)).findings[0]!.data).toEqual({ grossMinor: -107, besideInvoice: false });
});

test('a document that is carried forward says that the other one of its merchant is issued', async () => {
  const both = await world.addMerchant('Beta GmbH', {}, { monthEndDocuments: 'two' });
  await world.addCharges([
    { merchantId: both, rule: 'pack', day: '2026-10-20' },
    { merchantId: both, rule: 'returnParcel', day: '2026-10-20', quantity: '-1' },
  ]);
  const { rows } = await getRun(world.deps, { id: await draft('2026-10-31') }, FINANCE);
  const row = rows.find((one) => one.merchantId === both)!;
  expect(row).toMatchObject({ state: 'draft', netMinor: 45 });
  expect(row.findings).toMatchObject([{ code: 'CARRIED_FORWARD', data: { grossMinor: -345, besideInvoice: true } }]);
});

test('G7 a step that fails says why and that it is tried again, and after the fifth time that it is not', async () => {
  await charge();
  const { id } = await startRun(world.deps, { cutoff: '2026-10-15' }, FINANCE);
  const told = async () => {
    const { state, findings } = await failOnce(id);
    return [state, findings[0]!.data!['then']];
  };
  for (let attempt = 1; attempt < 5; attempt += 1) expect(await told()).toEqual(['scheduled', 'again']);
  expect(await told()).toEqual(['parked', 'parked']);
  expect((await rowOf(id)).findings).toMatchObject([
    {
      code: 'STEP_FAILED',
      data: { step: 'draft', code: 'AMOUNT_OUT_OF_RANGE', reason: 'Too much', remedy: { de: expect.any(String) } },
    },
  ]);
  expect(await step('draft', id)).toMatchObject({ state: 'draft', findings: [] });
});

test('an invoice that fails to be issued is tried for as long as it takes, and says so', async () => {
  await charge();
  const id = await draft('2026-10-15');
  await step('approve', id);
  await ask('finalize', id);
  for (let attempt = 1; attempt <= 6; attempt += 1)
    expect(await failOnce(id)).toMatchObject({ state: 'approved', findings: [{ data: { then: 'untilDone' } }] });
  await world.work();
  expect(await rowOf(id)).toMatchObject({ state: 'finalized', findings: [] });
});

/** The next step of the only row with a step to do fails once it has begun to write, and is due again at once. */
async function failOnce(id: string) {
  const reached = () => {
    throw new RuleViolation('AMOUNT_OUT_OF_RANGE', 'Too much');
  };
  await workRow({ ...world.deps, reached });
  await sql(`update billing.run_merchant set next_at = now() where wanted is not null`);
  return rowOf(id);
}

test('of two invoices at once the later number never has the earlier date', async () => {
  const other = await world.addMerchant('Beta GmbH');
  await world.addCharges([
    { merchantId, rule: 'pack', day: '2026-10-03' },
    { merchantId: other, rule: 'pack', day: '2026-10-03' },
  ]);
  const { id } = await startRun(world.deps, { cutoff: '2026-10-15' }, FINANCE);
  await world.work();
  await step('approve', id);
  await ask('finalize', id);
  // a clock that goes on with every look at it, so that the order of looks shows
  let ticks = 0;
  const start = Date.parse('2026-12-31T22:59:59.000Z');
  world.deps.now = () => new Date(start + (ticks += 20));
  await Promise.all([workRow(world.deps), workRow(world.deps)]);
  await world.work();
  const found = await sql(
    `select series_number as n, finalized_at as at from billing.invoice order by series_year, series_number`,
  );
  expect(found.map(({ at }) => (at as Date).getTime())).toEqual(
    found.map(({ at }) => (at as Date).getTime()).toSorted((a, b) => a - b),
  );
});
