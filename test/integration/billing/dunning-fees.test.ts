import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import * as claims from '../../../services/billing/use-cases/dunning/claims.ts';
import { issueDunning } from '../../../services/billing/use-cases/dunning/issue.ts';
import { proposeDunning, selectForDunning } from '../../../services/billing/use-cases/dunning/runs.ts';
import { getDunningSettings, putDunningSettings } from '../../../services/billing/use-cases/dunning/settings.ts';
import { lettersArrive } from '../../support/arriving-letters.ts';
import { createBillingWorld, FINANCE, type BillingWorld } from '../../support/billing-world.ts';
import { issueInvoice } from '../../support/issued-invoices.ts';

let world: BillingWorld;
let merchantId = '';
let serial = 0;

beforeAll(async () => {
  world = await createBillingWorld('2026-10-22T08:00:00Z');
});
afterAll(() => world.close());

/** A house that asks a fee of 10.00 for its first overdue notice, and no interest. */
beforeEach(async () => {
  world.at('2026-10-22T08:00:00Z');
  await charge({ feeMinor: 1_000, lumpSum: false });
  merchantId = await world.addMerchant(`Merchant ${(serial += 1)}`);
});

async function charge({ feeMinor, lumpSum }: { feeMinor: number; lumpSum: boolean }) {
  const { settings, version } = await getDunningSettings(world.deps, {}, FINANCE);
  const levels = settings.levels.map((terms, level) => ({ ...terms, feeMinor: level === 1 ? feeMinor : 0 }));
  const changed = { ...settings, levels, lumpSum, interest: false };
  await putDunningSettings(world.deps, changed, { ...FINANCE, ifMatch: version });
}

const late = async () => (await issueInvoice(world.database, merchantId, { grossMinor: 100_000 })).id;

async function dun(day: string, without: string[] = []) {
  world.at(`${day}T08:00:00Z`);
  const { id } = await proposeDunning(world.deps, { asOf: day }, FINANCE);
  if (without.length) await selectForDunning(world.deps, { id, invoiceIds: without, selected: false }, FINANCE);
  const { issued } = await issueDunning(world.deps, { id }, FINANCE);
  await lettersArrive(world);
  return issued.find((letter) => letter.merchantId === merchantId);
}

const listed = async () => (await claims.listDunningClaims(world.deps, { limit: 50, merchantId }, FINANCE)).items;
const claimsOf = async () =>
  (await listed()).map(({ kind, amountMinor, state, recounted }) => [kind, amountMinor, state, recounted]).toSorted();
const payFee = async () => {
  const { id } = (await listed()).find(({ kind }) => kind === 'fee')!;
  await claims.payDunningClaim(world.deps, { id, paymentId: null }, FINANCE);
};

test('I4 a fee that is open falls with the first lump sum of an invoice on its letter', async () => {
  const [one] = [await late(), await late()];
  await dun('2026-10-22');
  expect(await dun('2026-10-30')).toMatchObject({ level: 1, claimsMinor: 1_000 });
  await charge({ feeMinor: 0, lumpSum: true });
  expect(await dun('2026-11-13', [one])).toMatchObject({ level: 2, claimsMinor: 4_000 });
  // that of the other invoice stands on its letter, which still gives time
  expect(await dun('2026-11-14')).toMatchObject({ level: 2, claimsMinor: 4_000 });
  expect(await claimsOf()).toEqual([
    ['fee', 1_000, 'waived', true],
    ['lumpSum', 4_000, 'open', false],
    ['lumpSum', 4_000, 'open', false],
  ]);
  const audited = await world.database.query(
    `select after from messaging.audit_entry where action = 'dunning.claim-waived' and merchant_id = $1`,
    [merchantId],
  );
  expect(audited).toEqual([{ after: { kind: 'fee', amountMinor: 1_000, recounted: true } }]);
});

test('I4 a fee that was paid counts towards the lump sum, once of all invoices on its letter', async () => {
  const [one] = [await late(), await late(), await late()];
  await dun('2026-10-22');
  await dun('2026-10-30');
  await payFee();
  await charge({ feeMinor: 0, lumpSum: true });
  expect(await dun('2026-11-13', [one])).toMatchObject({ level: 2, claimsMinor: 3_000 + 4_000 });
  expect(await dun('2026-11-14')).toMatchObject({ level: 2, claimsMinor: 4_000 });
  // not paid after all, it is owed again, and no lump sum less
  const { id } = (await listed()).find(({ kind }) => kind === 'fee')!;
  await claims.reopenDunningClaim(world.deps, { id, reason: 'Falsche Zahlung' }, FINANCE);
  expect(await dun('2026-11-27')).toMatchObject({ level: 3, claimsMinor: 1_000 + 3_000 + 4_000 + 4_000 });
});

test('I4 a fee that finance waived lessens no lump sum', async () => {
  await late();
  await dun('2026-10-22');
  await dun('2026-10-30');
  const { id } = (await listed()).find(({ kind }) => kind === 'fee')!;
  await claims.waiveDunningClaim(world.deps, { id, reason: 'Kulanz' }, FINANCE);
  await charge({ feeMinor: 0, lumpSum: true });
  expect(await dun('2026-11-13')).toMatchObject({ level: 2, claimsMinor: 4_000 });
});
