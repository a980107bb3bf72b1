import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { usualAccounts } from '../../../services/billing/domain/exports/accounts.ts';
import { putAccountingSettings } from '../../../services/billing/use-cases/exports/accounting-settings.ts';
import { makeExport } from '../../../services/billing/use-cases/exports/make-export.ts';
import { listExports } from '../../../services/billing/use-cases/exports/read-exports.ts';
import { requestStep } from '../../../services/billing/use-cases/runs/request-step.ts';
import { startRun } from '../../../services/billing/use-cases/runs/start-run.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import { exportActions } from '../../../shared/protocol/billing/export-actions.ts';
import type { ExportKind } from '../../../shared/protocol/billing/export-views.ts';
import { diskStore } from '../../../shared/storage/disk-store.ts';
import { createBillingWorld, FINANCE, type BillingWorld } from '../../support/billing-world.ts';
import { callNaming } from '../../support/people.ts';

/** A program of the house makes the exports of November. The tests go on from each other. */
let world: BillingWorld;
let folder = '';
const KEY: Actor = { ...FINANCE, kind: 'apiKey', id: 'key-1' };

beforeAll(async () => {
  world = await createBillingWorld('2026-11-02T08:00:00Z');
  folder = await mkdtemp(join(tmpdir(), 'kontor-exports-by-api-'));
  Object.assign(world.deps, { store: diskStore(folder), call: callNaming({ [KEY.id]: 'Buchhaltung' }) });
  const merchantId = await world.addMerchant('Alpha GmbH');
  await world.addCharges([{ merchantId, rule: 'pack', day: '2026-10-20' }]);
  const { id } = await startRun(world.deps, { cutoff: '2026-10-31' }, FINANCE);
  await world.work();
  for (const step of ['approve', 'finalize'] as const) {
    await requestStep(world.deps, step, { id }, FINANCE);
    await world.work();
  }
  const settings = exportActions.putAccountingSettings.body.parse({
    ...{ consultantNumber: 29098, clientNumber: 55003, fiscalYearStartMonth: 1, accountDigits: 4, chart: 'SKR04' },
    ...{ ...usualAccounts('SKR04', 4), locked: true, initials: null },
  });
  await putAccountingSettings(world.deps, settings, KEY);
}, 60_000);
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true });
});

const make = (kind: ExportKind, key: string, requestHash = 'same') =>
  makeExport(
    world.deps,
    { kind, period: '2026-11', onlyNew: true },
    { ...KEY, idempotency: { key, action: exportActions.makeExport.name, requestHash } },
  );
const made = async () => (await listExports(world.deps, { limit: 50 }, KEY)).items;

test('I5 an export of an API key bears the name of the key', async () => {
  expect(await make('postings', 'name')).toMatchObject({ madeByName: 'Buchhaltung', sums: { documents: 1 } });
});

test('I5 a request that comes again with its key gets the export it made, and no file is made for it', async () => {
  const first = await make('bundle', 'lost answer');
  const put = world.deps.store.put;
  world.deps.store.put = () => Promise.reject(new Error('made again'));
  // nothing is new any more, and yet it is no refusal
  expect(await make('bundle', 'lost answer').finally(() => (world.deps.store.put = put))).toEqual(first);
  await expect(make('bundle', 'another')).rejects.toMatchObject({ type: 'NOTHING_TO_EXPORT' });
  await expect(make('bundle', 'lost answer', 'other body')).rejects.toMatchObject({
    ...{ code: 422, data: { errors: [{ path: 'Idempotency-Key', code: 'IDEMPOTENCY_KEY_REUSED' }] } },
  });
  expect((await made()).map(({ kind }) => kind).toSorted()).toEqual(['bundle', 'postings']);
});

test('I5 of twins in flight one makes the export, and the other is told so or gets the same', async () => {
  world.at('2026-11-03T08:00:00Z');
  const merchantId = await world.addMerchant('Beta GmbH');
  await world.addCharges([{ merchantId, rule: 'pack', day: '2026-10-21' }]);
  const { id } = await startRun(world.deps, { cutoff: '2026-10-31', merchantIds: [merchantId] }, FINANCE);
  await world.work();
  for (const step of ['approve', 'finalize'] as const) {
    await requestStep(world.deps, step, { id, merchantIds: [merchantId] }, FINANCE);
    await world.work();
  }
  const answers = await Promise.allSettled([1, 2, 3, 4].map(() => make('bundle', 'twins')));
  const exports = answers.filter((answer) => answer.status === 'fulfilled').map(({ value }) => value);
  expect(exports.length).toBeGreaterThan(0);
  for (const one of exports) expect(one).toEqual(exports[0]);
  for (const answer of answers)
    if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ type: 'IDEMPOTENCY_KEY_IN_USE' });
  expect((await made()).filter(({ kind }) => kind === 'bundle')).toHaveLength(2);
});
