import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { getInvoiceDunning } from '../../../services/billing/use-cases/dunning/claims.ts';
import { issueDunning } from '../../../services/billing/use-cases/dunning/issue.ts';
import { getDunningRun, proposeDunning } from '../../../services/billing/use-cases/dunning/runs.ts';
import { lettersArrive } from '../../support/arriving-letters.ts';
import { createBillingWorld, FINANCE, type BillingWorld } from '../../support/billing-world.ts';
import { issueInvoice } from '../../support/issued-invoices.ts';

let world: BillingWorld;
let serial = 0;

beforeAll(async () => {
  world = await createBillingWorld('2026-10-08T08:00:00Z');
});
afterAll(() => world.close());

/** An invoice over 10,000.00 that is due on 30 September. */
async function late() {
  const merchantId = await world.addMerchant(`Merchant ${(serial += 1)}`);
  const terms = { grossMinor: 1_000_000, issueDate: '2026-09-16', dueDate: '2026-09-30' };
  return (await issueInvoice(world.database, merchantId, terms)).id;
}

/** Proposes and issues. @returns the run, and what its proposal said of the invoice */
async function dun(day: string, invoiceId: string) {
  world.at(`${day}T08:00:00Z`);
  const { id, rows } = await proposeDunning(world.deps, { asOf: day }, FINANCE);
  await issueDunning(world.deps, { id }, FINANCE);
  await lettersArrive(world);
  return { id, proposed: rows.find((row) => row.invoiceId === invoiceId)! };
}

test('I4 a proposal says what interest its letters claim anew', async () => {
  const invoiceId = await late();
  const proposed = [];
  for (const day of ['2026-10-08', '2026-10-30', '2026-11-14']) proposed.push((await dun(day, invoiceId)).proposed);
  const { steps } = await getInvoiceDunning(world.deps, { id: invoiceId }, FINANCE);
  // 10,000.00 × 10.52 % × 30 / 365, and of 45 days what is more than that
  expect(steps.map(({ interestMinor }) => interestMinor)).toEqual([0, 8_647, 4_323]);
  expect(proposed.map(({ interestMinor }) => interestMinor)).toEqual([0, 8_647, 4_323]);
});

test('I4 a run says how far an invoice was when it was proposed, whatever letters came since', async () => {
  const invoiceId = await late();
  const ids = [];
  // the last one has nothing to dun: the time of the letter before still runs
  for (const day of ['2026-10-08', '2026-10-30', '2026-11-14', '2026-11-15']) ids.push((await dun(day, invoiceId)).id);
  const levels = [];
  for (const id of ids) {
    const { rows } = await getDunningRun(world.deps, { id }, FINANCE);
    const { lastLevel, level, hindrance } = rows.find((row) => row.invoiceId === invoiceId)!;
    levels.push([lastLevel, level ?? hindrance]);
  }
  expect(levels).toEqual([
    [null, 0],
    [0, 1],
    [1, 2],
    [2, 'waiting'],
  ]);
});
