import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { issueDunning } from '../../../services/billing/use-cases/dunning/issue.ts';
import { proposeDunning } from '../../../services/billing/use-cases/dunning/runs.ts';
import { recordPayment } from '../../../services/billing/use-cases/payments/payments.ts';
import { uuidOf } from '../../../shared/kernel/ids.ts';
import { lettersArrive } from '../../support/arriving-letters.ts';
import { createBillingWorld, FINANCE, type BillingWorld } from '../../support/billing-world.ts';
import { issueInvoice } from '../../support/issued-invoices.ts';

let world: BillingWorld;
let merchantId = '';
let serial = 0;

beforeAll(async () => {
  world = await createBillingWorld('2026-10-08T08:00:00Z');
});
afterAll(() => world.close());
beforeEach(async () => {
  merchantId = await world.addMerchant(`Merchant ${(serial += 1)}`);
});

const invoiced = async (grossMinor: number, dueDate: string) =>
  (await issueInvoice(world.database, merchantId, { grossMinor, issueDate: '2026-09-16', dueDate })).id;
/** By then the letters before have arrived, on their day. @returns the letter to the merchant of this test */
async function dun(day: string) {
  await lettersArrive(world);
  world.at(`${day}T08:00:00Z`);
  const { id } = await proposeDunning(world.deps, { asOf: day }, FINANCE);
  const { issued } = await issueDunning(world.deps, { id }, FINANCE);
  return issued.find((letter) => letter.merchantId === merchantId);
}
const pay = (invoiceId: string, amountMinor: number, valueDate: string) =>
  recordPayment(
    world.deps,
    { merchantId, amountMinor, valueDate, remittance: '', allocations: [{ invoiceId, amountMinor }] },
    FINANCE,
  );

test('I4 what a letter demands that still gives time stands on no other letter', async () => {
  await invoiced(1_000_000, '2026-10-15');
  await dun('2026-10-22');
  // 10,000.00 × 10.52 % × 18 / 365
  expect(await dun('2026-11-02')).toMatchObject({ level: 1, payBy: '2026-11-12', claimsMinor: 5_188 + 4_000 });
  await invoiced(20_000, '2026-10-30');
  expect(await dun('2026-11-06')).toMatchObject({ level: 0, openMinor: 20_000, claimsMinor: 0 });
  // that for the first invoice takes the place of its letter before: 10,000.00 for 29 days
  expect(await dun('2026-11-13')).toMatchObject({ level: 2, openMinor: 1_000_000, claimsMinor: 8_358 + 4_000 });
});

test('I4 what an earlier letter demanded of an invoice that is paid since stands on one letter at a time', async () => {
  const paid = await invoiced(1_000_000, '2026-10-15');
  await dun('2026-10-22');
  await dun('2026-11-02');
  await pay(paid, 1_000_000, '2026-11-02');
  const charge = `insert into billing.dunning_claim (id, merchant_id, invoice_id, kind, amount_minor, claimed_on, state) values ($1, $2, $3, 'bankCharge', 350, '2026-11-05', 'open')`;
  await world.database.query(charge, [uuidOf('charge', merchantId), merchantId, paid]);
  await invoiced(20_000, '2026-10-30');
  // the charge was never demanded, and the rest is until the 12th
  expect(await dun('2026-11-06')).toMatchObject({ level: 0, openMinor: 20_000, claimsMinor: 350, payBy: '2026-11-13' });
  await invoiced(30_000, '2026-11-05');
  expect(await dun('2026-11-13')).toMatchObject({ openMinor: 30_000, claimsMinor: 5_188 + 4_000, payBy: '2026-11-20' });
  // the day on which a term ends is a day of it; 200.00 × 10.52 % × 21 / 365
  await invoiced(40_000, '2026-11-12');
  expect(await dun('2026-11-20')).toMatchObject({ openMinor: 20_000 + 40_000, claimsMinor: 350 + 121 + 4_000 });
});
