import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { issueDunning } from '../../../services/billing/use-cases/dunning/issue.ts';
import { getDunningLetter, retryDunningLetter } from '../../../services/billing/use-cases/dunning/letters.ts';
import { proposeDunning } from '../../../services/billing/use-cases/dunning/runs.ts';
import { getInvoice } from '../../../services/billing/use-cases/invoices/read-invoices.ts';
import { renderNextDocument } from '../../../services/billing/use-cases/invoices/render-documents.ts';
import { retryDocument } from '../../../services/billing/use-cases/invoices/retry-document.ts';
import { renderNextLetter } from '../../../services/billing/use-cases/dunning/render-letters.ts';
import { requestStep } from '../../../services/billing/use-cases/runs/request-step.ts';
import { startRun } from '../../../services/billing/use-cases/runs/start-run.ts';
import { workRow } from '../../../services/billing/use-cases/runs/work-row.ts';
import { openChildPool } from '../../../shared/runtime/child-pool.ts';
import { createBillingWorld, FINANCE, type BillingWorld } from '../../support/billing-world.ts';
import type { FaultyRequest } from '../../support/faulty-child.ts';
import { issueInvoice } from '../../support/issued-invoices.ts';

const DYING = { do: 'kill', signal: 'SIGKILL' } as const;
const pool = openChildPool<FaultyRequest, never>({
  ...{ module: new URL('../../support/faulty-child.ts', import.meta.url), title: 'kontor-test', size: 1 },
});
let world: BillingWorld;

beforeAll(async () => {
  world = await createBillingWorld();
});
afterAll(() => Promise.all([world.close(), pool.close()]));

/** One more try, whatever the back-off. */
async function tryAgain(table: 'invoice_document' | 'dunning_letter', work: (deps: BillingWorld['deps']) => unknown) {
  await world.database.query(`update billing.${table} set next_at = now() where state = 'pending'`);
  await work(world.deps);
}

test('X6 a document over which its maker dies again and again is parked and says so, one that fails otherwise is not', async () => {
  const merchantId = await world.addMerchant('Alpha GmbH');
  await world.addCharges([{ merchantId, rule: 'pack', day: '2026-10-03' }]);
  const { id: runId } = await startRun(world.deps, { cutoff: '2026-10-31' }, FINANCE);
  await world.work();
  for (const step of ['approve', 'finalize'] as const) {
    await requestStep(world.deps, step, { id: runId }, FINANCE);
    while (await workRow(world.deps));
  }
  const [row] = await world.database.query<{ id: string }>(`select id from billing.invoice where state = 'finalized'`);
  const invoice = () => getInvoice(world.deps, { id: row!.id }, FINANCE);
  const { make } = world.deps.invoices;
  const fail = async (times: number, how: () => Promise<never>) => {
    world.deps.invoices.make = how;
    for (let nth = 1; nth <= times; nth += 1) await tryAgain('invoice_document', renderNextDocument);
  };

  await fail(30, () => Promise.reject(new Error('the store is away')));
  await fail(9, () => pool.run(DYING));
  expect(await invoice()).toMatchObject({ document: 'pending', documentFinding: null });
  // what fails between the deaths takes none of them away
  await fail(1, () => Promise.reject(new Error('the store is away')));
  await fail(1, () => pool.run(DYING));
  const finding = { code: 'DOCUMENT_CRASHED', crashes: 10 };
  expect(await invoice()).toMatchObject({ document: 'parked', documentFinding: finding });
  expect(
    await world.database.query(`select 1 from messaging.event where type = 'billing.invoice-document-ready.v1'`),
  ).toEqual([]);

  // whoever asks for it once more gets as many tries again
  await retryDocument(world.deps, { id: row!.id }, FINANCE);
  await fail(1, () => pool.run(DYING));
  expect(await invoice()).toMatchObject({ document: 'pending', documentFinding: null });
  world.deps.invoices.make = make;
  await tryAgain('invoice_document', renderNextDocument);
  expect(await invoice()).toMatchObject({ document: 'ready', documentFinding: null, documentError: null });
});

test('I4 a dunning letter is parked alike, and drawn when somebody asks for it', async () => {
  const merchantId = await world.addMerchant('Beta GmbH');
  await issueInvoice(world.database, merchantId, { dueDate: '2026-10-15' });
  world.at('2026-10-22T08:00:00Z');
  const { id: runId } = await proposeDunning(world.deps, { asOf: '2026-10-22' }, FINANCE);
  const { issued } = await issueDunning(world.deps, { id: runId }, FINANCE);
  const { id } = issued.find((letter) => letter.merchantId === merchantId)!;
  const letter = () => getDunningLetter(world.deps, { id }, FINANCE);
  const { render } = world.deps.letters;
  world.deps.letters.render = () => pool.run(DYING);

  for (let nth = 1; nth <= 9; nth += 1) await tryAgain('dunning_letter', renderNextLetter);
  expect(await letter()).toMatchObject({ document: 'pending', documentFinding: null });
  await tryAgain('dunning_letter', renderNextLetter);
  const finding = { code: 'DOCUMENT_CRASHED', crashes: 10 };
  expect(await letter()).toMatchObject({ document: 'parked', documentFinding: finding });

  await retryDunningLetter(world.deps, { id }, FINANCE);
  world.deps.letters.render = render;
  await tryAgain('dunning_letter', renderNextLetter);
  expect(await letter()).toMatchObject({ document: 'ready', documentFinding: null });
});
