import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { upsertMerchants } from '../../../services/orders/persistence/merchants.ts';
import { specialJobHandlers } from '../../../services/orders/special-jobs.ts';
import { inTransaction } from '../../../shared/persistence/transaction.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { SpecialJobView } from '../../../shared/protocol/orders/special-jobs.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { merchantSnapshot, newId, ordersFixture, staff, userOf, type OrdersFixture } from '../../support/orders.ts';

let database: TestDatabase;
let fixture: OrdersFixture;
let jobs: ReturnType<typeof specialJobHandlers>;
const merchant = merchantSnapshot();
const foreign = merchantSnapshot({ number: '200' });
const person = (id: string, ...roles: Actor['roles'][number][]): Actor => ({ ...staff, kind: 'user', id, roles });
const lead = person('lead', 'lead');
const maria = person('maria', 'worker');
const decider: Actor = { ...userOf(merchant.merchantId), roles: ['merchantDecider'] };
const stranger: Actor = { ...userOf(foreign.merchantId), roles: ['merchantDecider'] };
const keyOfMerchant: Actor = { ...userOf(merchant.merchantId), kind: 'apiKey', roles: ['api'] };

beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await ordersFixture(database, '2026-10-15T08:00:00Z');
  fixture.merchants.push(merchant, foreign);
  await inTransaction(fixture.deps.orm, 'staff', (em) => upsertMerchants(em, [merchant, foreign]));
  jobs = specialJobHandlers(fixture.deps);
});
afterAll(async () => {
  await fixture.close();
  await database.drop();
});

const entry = (overrides: object = {}) => ({
  code: `entry-${newId().slice(-8)}`,
  name: { de: 'Umetikettieren', en: 'Relabelling' },
  unit: 'minute' as const,
  needsApproval: false,
  words: 'Ware umetikettieren',
  active: true,
  ...overrides,
});
const free = (overrides: object = {}) => ({
  merchantId: merchant.merchantId,
  ...{ code: 'relabel', description: 'Relabel 12 cartons', unit: 'piece' as const, quantity: '12' },
  ...overrides,
});
const opened = (overrides: object = {}) => jobs.createSpecialJob(free(overrides), lead);
const waiting = () => opened({ needsApproval: true });
const at = (instant: string) => void (fixture.clock.now = new Date(instant));
const refused = (promise: Promise<unknown>, type: string) => expect(promise).rejects.toMatchObject({ type });
const wrongField = (promise: Promise<unknown>, path: string, code: string) =>
  expect(promise).rejects.toMatchObject({ code: 422, data: { errors: [expect.objectContaining({ path, code })] } });
const told = async (id: string) =>
  (
    await database.query<{ state: string; type: string }>(
      `select coalesce(payload ->> 'state', 'revision ' || (payload ->> 'revision') || ': ' || (payload ->> 'quantity')) as state
       from messaging.event where payload ->> 'specialJobId' = $1 order by occurred_at, type, payload ->> 'version'`,
      [id],
    )
  ).map(({ state }) => state);

test('D8 the house keeps a catalogue, and a job takes code, unit, words and approval from it', async () => {
  const made = await jobs.createCatalogueEntry(entry({ needsApproval: true }), lead);
  const job = await jobs.createSpecialJob(
    {
      merchantId: merchant.merchantId,
      catalogueId: made.id,
      quantity: '30',
      reference: { kind: 'order', number: 'B-1' },
    },
    lead,
  );
  expect(job).toMatchObject({
    ...{ catalogueId: made.id, code: made.code, unit: 'minute', description: 'Ware umetikettieren' },
    ...{ state: 'awaiting_approval', needsApproval: true, estimatedQuantity: '30', openedOn: '2026-10-15' },
    reference: { kind: 'order', number: 'B-1' },
  });
  const changed = await jobs.changeCatalogueEntry(
    { id: made.id, active: false, words: 'anders' },
    { ...lead, ifMatch: 1 },
  );
  expect(changed).toMatchObject({ version: 2, active: false, words: 'anders', code: made.code });
  expect((await jobs.getSpecialJob({ id: job.id }, lead)).description).toBe('Ware umetikettieren');
  const list = (active?: 'true' | 'false') =>
    jobs.listJobCatalogue({ limit: 200, ...(active ? { active } : {}) }, maria);
  expect((await list('true')).items.map(({ id }) => id)).not.toContain(made.id);
  expect((await list()).items.map(({ id }) => id)).toContain(made.id);
});

test('D8 the catalogue refuses a code twice, an older version, and what it does not have', async () => {
  const id = newId();
  const content = entry();
  const made = await jobs.createCatalogueEntry({ id, ...content }, lead);
  expect(await jobs.createCatalogueEntry({ id, ...content }, lead)).toEqual(made);
  await refused(jobs.createCatalogueEntry(content, lead), 'CATALOGUE_ENTRY_EXISTS');
  await refused(jobs.createCatalogueEntry({ ...content, id, words: 'x' }, lead), 'CATALOGUE_ENTRY_EXISTS');
  await refused(jobs.changeCatalogueEntry({ id, words: 'x' }, { ...lead, ifMatch: 7 }), 'VERSION_STALE');
  await expect(jobs.changeCatalogueEntry({ id: newId(), words: 'x' }, lead)).rejects.toMatchObject({ code: 404 });
  const off = await jobs.createCatalogueEntry(entry({ active: false }), lead);
  const by = (more: object) => jobs.createSpecialJob({ merchantId: merchant.merchantId, quantity: '1', ...more }, lead);
  await wrongField(by({ catalogueId: off.id }), 'catalogueId', 'INACTIVE');
  await wrongField(by({ catalogueId: newId() }), 'catalogueId', 'UNKNOWN_ENTRY');
  await wrongField(by({ catalogueId: id, code: 'mine' }), 'code', 'FROM_CATALOGUE');
  await wrongField(by({ catalogueId: id, unit: 'job' }), 'unit', 'FROM_CATALOGUE');
  await wrongField(by({ description: 'x', unit: 'job' }), 'code', 'REQUIRED');
  await wrongField(by({ code: 'x', unit: 'job' }), 'description', 'REQUIRED');
  await wrongField(by({ code: 'x', description: 'x' }), 'unit', 'REQUIRED');
  await wrongField(opened({ quantity: '0' }), 'quantity', 'TOO_FEW');
});

test('D8 nothing is worked or signed off before the merchant agreed; the merchant sees the estimate and answers', async () => {
  const job = await waiting();
  expect(await jobs.getSpecialJob({ id: job.id }, decider)).toMatchObject({
    state: 'awaiting_approval',
    quantity: '12',
  });
  await refused(jobs.signOffSpecialJob({ id: job.id }, lead), 'SPECIAL_JOB_NOT_APPROVED');
  await refused(jobs.enterJobWork({ id: job.id, minutes: 5, note: '' }, maria), 'SPECIAL_JOB_NOT_APPROVED');
  await refused(jobs.startJobTimer({ id: job.id }, maria), 'SPECIAL_JOB_NOT_APPROVED');
  await expect(jobs.approveJob({ id: job.id }, stranger)).rejects.toMatchObject({ code: 404 });
  await expect(jobs.declineJob({ id: job.id, reason: 'x' }, stranger)).rejects.toMatchObject({ code: 404 });
  await refused(jobs.approveJob({ id: job.id }, { ...decider, ifMatch: 9 }), 'VERSION_STALE');
  at('2026-10-15T09:00:00Z');
  expect(await jobs.approveJob({ id: job.id }, { ...decider, ifMatch: job.version })).toMatchObject({
    ...{ state: 'open', answeredAt: '2026-10-15T09:00:00.000Z', declineReason: null },
  });
  await refused(jobs.approveJob({ id: job.id }, decider), 'SPECIAL_JOB_TRANSITION_NOT_ALLOWED');
  await refused(jobs.declineJob({ id: job.id, reason: 'x' }, decider), 'SPECIAL_JOB_TRANSITION_NOT_ALLOWED');
  at('2026-10-15T10:00:00Z');
  expect(await jobs.signOffSpecialJob({ id: job.id }, lead)).toMatchObject({ state: 'signed_off', quantity: '12' });
  expect(await told(job.id)).toEqual(['awaiting_approval', 'open', 'signed_off', 'revision 0: 12']);
});

test('D8 a declined job can be asked about anew with another estimate, or called off', async () => {
  const job = await waiting();
  at('2026-10-15T11:00:00Z');
  expect(await jobs.declineJob({ id: job.id, reason: 'Zu teuer' }, decider)).toMatchObject({
    ...{ state: 'declined', declineReason: 'Zu teuer' },
  });
  await refused(jobs.signOffSpecialJob({ id: job.id }, lead), 'SPECIAL_JOB_NOT_APPROVED');
  await wrongField(jobs.askJobApproval({ id: job.id, quantity: '0' }, maria), 'quantity', 'TOO_FEW');
  at('2026-10-15T12:00:00Z');
  expect(await jobs.askJobApproval({ id: job.id, quantity: '6' }, maria)).toMatchObject({
    ...{ state: 'awaiting_approval', estimatedQuantity: '6', quantity: '6', declineReason: null, answeredAt: null },
  });
  await refused(jobs.askJobApproval({ id: job.id }, maria), 'SPECIAL_JOB_TRANSITION_NOT_ALLOWED');
  at('2026-10-15T13:00:00Z');
  expect(await jobs.cancelSpecialJob({ id: job.id, reason: 'Hat sich erledigt' }, lead)).toMatchObject({
    ...{ state: 'cancelled', cancelReason: 'Hat sich erledigt' },
  });
  expect(await told(job.id)).toEqual(['awaiting_approval', 'declined', 'awaiting_approval', 'cancelled']);
});

test('D8 a cancelled job charges nothing and stays as it is', async () => {
  const job = await opened();
  await jobs.cancelSpecialJob({ id: job.id, reason: 'x' }, lead);
  await refused(jobs.signOffSpecialJob({ id: job.id }, lead), 'SPECIAL_JOB_TRANSITION_NOT_ALLOWED');
  await refused(jobs.signOffSpecialJob({ id: job.id, reason: 'x' }, lead), 'SPECIAL_JOB_TRANSITION_NOT_ALLOWED');
  await refused(jobs.cancelSpecialJob({ id: job.id, reason: 'x' }, lead), 'SPECIAL_JOB_TRANSITION_NOT_ALLOWED');
  await refused(jobs.askJobApproval({ id: job.id }, lead), 'SPECIAL_JOB_TRANSITION_NOT_ALLOWED');
  await refused(jobs.enterJobWork({ id: job.id, pieces: 1, note: '' }, maria), 'SPECIAL_JOB_CLOSED');
  await refused(jobs.correctSpecialJob({ id: job.id, quantity: '1', reason: 'x' }, lead), 'SPECIAL_JOB_NOT_SIGNED_OFF');
  expect((await told(job.id)).filter((one) => one.startsWith('revision'))).toEqual([]);
});

test('D8 minutes and pieces are entered by whoever worked, taken back by a further entry, and summed', async () => {
  const job = await opened({ unit: 'minute', quantity: '30' });
  await jobs.enterJobWork({ id: job.id, minutes: 40, note: 'Palette 1' }, maria);
  await jobs.enterJobWork({ id: job.id, minutes: 15, pieces: 3, note: '' }, lead);
  await wrongField(jobs.enterJobWork({ id: job.id, minutes: -56, note: '' }, maria), 'minutes', 'TOO_MUCH_TAKEN_BACK');
  await wrongField(jobs.enterJobWork({ id: job.id, pieces: -4, note: '' }, maria), 'pieces', 'TOO_MUCH_TAKEN_BACK');
  await wrongField(jobs.enterJobWork({ id: job.id, note: 'x' }, maria), 'minutes', 'NOTHING_WORKED');
  await wrongField(jobs.enterJobWork({ id: job.id, minutes: 0, note: '' }, maria), 'minutes', 'NOTHING_WORKED');
  expect(await jobs.enterJobWork({ id: job.id, minutes: -5, note: 'vertippt' }, maria)).toMatchObject({
    ...{ workedMinutes: 50, workedPieces: 3, version: 4 },
  });
  const { work } = await jobs.getSpecialJob({ id: job.id }, lead);
  expect(work.map(({ worker, minutes, pieces }) => [worker, minutes, pieces])).toEqual([
    ...[
      ['maria', 40, null],
      ['lead', 15, 3],
      ['maria', -5, null],
    ],
  ]);
  expect((await jobs.getSpecialJob({ id: job.id }, decider)).work.map(({ worker }) => worker)).toEqual([
    null,
    null,
    null,
  ]);
  await expect(
    database.query(`update orders.special_job_work set minutes = 1 where job_id = $1`, [job.id]),
  ).rejects.toThrow();
  expect(await jobs.signOffSpecialJob({ id: job.id }, lead)).toMatchObject({ quantity: '50', estimatedQuantity: '30' });
});

test('D8 a clock measures the time of one worker for one job at a time', async () => {
  const [one, two] = [await opened({ unit: 'minute' }), await opened({ unit: 'minute' })];
  at('2026-10-15T14:00:00Z');
  await jobs.startJobTimer({ id: one.id }, maria);
  await refused(jobs.startJobTimer({ id: one.id }, maria), 'SPECIAL_JOB_TIMER_RUNNING');
  await refused(jobs.startJobTimer({ id: two.id }, maria), 'SPECIAL_JOB_TIMER_RUNNING');
  await refused(jobs.signOffSpecialJob({ id: one.id, quantity: '1' }, lead), 'SPECIAL_JOB_TIMER_RUNNING');
  await refused(jobs.cancelSpecialJob({ id: one.id, reason: 'x' }, lead), 'SPECIAL_JOB_TIMER_RUNNING');
  await refused(jobs.stopJobTimer({ id: two.id }, maria), 'SPECIAL_JOB_TIMER_NOT_RUNNING');
  await expect(jobs.stopJobTimer({ id: one.id, worker: 'maria' }, person('paul', 'worker'))).rejects.toMatchObject({
    code: 403,
  });
  at('2026-10-15T14:20:01Z');
  expect(await jobs.stopJobTimer({ id: one.id }, maria)).toMatchObject({ workedMinutes: 21 });
  await refused(jobs.stopJobTimer({ id: one.id }, maria), 'SPECIAL_JOB_TIMER_NOT_RUNNING');
  await jobs.startJobTimer({ id: two.id }, maria);
  at('2026-10-17T14:20:01Z');
  await wrongField(jobs.stopJobTimer({ id: two.id, worker: 'maria' }, lead), 'minutes', 'CLOCK_FORGOTTEN');
  expect(await jobs.stopJobTimer({ id: two.id, worker: 'maria', minutes: 45 }, lead)).toMatchObject({
    workedMinutes: 45,
  });
  at('2026-10-15T14:30:00Z');
});

test('D8 of two clocks that one worker starts at once one runs', async () => {
  const many = await Promise.all([opened(), opened(), opened(), opened()]);
  const started = await Promise.allSettled(many.map(({ id }) => jobs.startJobTimer({ id }, person('eva', 'worker'))));
  expect(started.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('D8 two editors: one signs off, the other one is told; what was seen must still be so', async () => {
  const job = await opened();
  await jobs.enterJobWork({ id: job.id, pieces: 10, note: '' }, maria);
  await refused(jobs.signOffSpecialJob({ id: job.id }, { ...lead, ifMatch: job.version }), 'VERSION_STALE');
  const both = await Promise.allSettled([
    jobs.signOffSpecialJob({ id: job.id }, lead),
    jobs.cancelSpecialJob({ id: job.id, reason: 'x' }, lead),
  ]);
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const { state } = await jobs.getSpecialJob({ id: job.id }, lead);
  expect((await told(job.id)).filter((one) => one.startsWith('revision'))).toHaveLength(state === 'signed_off' ? 1 : 0);
});

test('D8 a correction after the sign-off is a revision of its own on the same day', async () => {
  const job = await opened();
  await jobs.signOffSpecialJob({ id: job.id, signedOffOn: '2026-10-03' }, lead);
  await refused(jobs.signOffSpecialJob({ id: job.id }, lead), 'SPECIAL_JOB_ALREADY_SIGNED_OFF');
  at('2026-11-04T09:00:00Z');
  const correct = (change: object, actor = lead) =>
    jobs.correctSpecialJob({ id: job.id, reason: 'Nachgezählt', ...change }, actor);
  await refused(correct({}), 'SPECIAL_JOB_UNCHANGED');
  await refused(correct({ quantity: '12.0', description: 'Relabel 12 cartons' }), 'SPECIAL_JOB_UNCHANGED');
  expect(await correct({ quantity: '9' })).toMatchObject({ quantity: '9', revision: 1, serviceDate: '2026-10-03' });
  await refused(correct({ quantity: '8' }, { ...lead, ifMatch: 2 }), 'VERSION_STALE');
  expect(await correct({ description: 'Relabel 9 cartons' })).toMatchObject({ revision: 2, estimatedQuantity: '12' });
  expect(await correct({ quantity: '0' })).toMatchObject({ quantity: '0', revision: 3, state: 'signed_off' });
  const { revisions } = await jobs.getSpecialJob({ id: job.id }, decider);
  expect(revisions).toMatchObject([
    { revision: 0, quantity: '12', serviceDate: '2026-10-03', reason: null },
    { revision: 1, quantity: '9', serviceDate: '2026-10-03', reason: 'Nachgezählt' },
    { revision: 2, quantity: '9', description: 'Relabel 9 cartons' },
    { revision: 3, quantity: '0' },
  ]);
  expect((await told(job.id)).filter((one) => one.startsWith('revision')).toSorted()).toEqual([
    ...['revision 0: 12', 'revision 1: 9', 'revision 2: 9', 'revision 3: 0'],
  ]);
  await expect(
    database.query(`update orders.special_job_revision set quantity = 1 where job_id = $1`, [job.id]),
  ).rejects.toThrow();
  at('2026-10-15T15:00:00Z');
});

test('D8 a merchant sees the own jobs only, and its API key writes nothing it is billed by', async () => {
  const job = await opened();
  await expect(jobs.getSpecialJob({ id: job.id }, stranger)).rejects.toMatchObject({ code: 404 });
  const seen = await jobs.listSpecialJobs({ limit: 200 }, stranger);
  expect(seen.items.filter(({ merchantId }) => merchantId !== foreign.merchantId)).toEqual([]);
  const tries: Promise<SpecialJobView>[] = [
    jobs.createSpecialJob(free(), keyOfMerchant),
    jobs.signOffSpecialJob({ id: job.id }, keyOfMerchant),
    jobs.cancelSpecialJob({ id: job.id, reason: 'x' }, keyOfMerchant),
    jobs.askJobApproval({ id: job.id }, keyOfMerchant),
  ];
  for (const attempt of tries) await expect(attempt).rejects.toMatchObject({ code: 403 });
});

test('D8 what is unfinished is a list of its own', async () => {
  const [open, asked, off] = [await opened(), await waiting(), await opened()];
  await jobs.cancelSpecialJob({ id: off.id, reason: 'x' }, lead);
  const { items } = await jobs.listSpecialJobs({ limit: 200, state: 'unfinished' }, maria);
  const ids = items.map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining([open.id, asked.id]));
  expect(ids).not.toContain(off.id);
  expect(items.every(({ state }) => ['open', 'awaiting_approval', 'declined'].includes(state))).toBe(true);
});

test('D8 the same request with its key is answered once more and done once', async () => {
  const job = await opened();
  const actor = { ...maria, idempotency: { key: newId(), action: 'orders.enterJobWork', requestHash: 'h' } };
  const first = await jobs.enterJobWork({ id: job.id, pieces: 4, note: '' }, actor);
  expect(await jobs.enterJobWork({ id: job.id, pieces: 4, note: '' }, actor)).toEqual(first);
  expect((await jobs.getSpecialJob({ id: job.id }, lead)).workedPieces).toBe(4);
});
