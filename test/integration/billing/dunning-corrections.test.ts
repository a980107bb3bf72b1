import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as claims from '../../../services/billing/use-cases/dunning/claims.ts';
import { issueDunning } from '../../../services/billing/use-cases/dunning/issue.ts';
import * as runs from '../../../services/billing/use-cases/dunning/runs.ts';
import { getDunningSettings, putDunningSettings } from '../../../services/billing/use-cases/dunning/settings.ts';
import { getInvoice } from '../../../services/billing/use-cases/invoices/read-invoices.ts';
import {
  getCreditBalance,
  grantCredit,
  listCreditEntries,
} from '../../../services/billing/use-cases/payments/credit.ts';
import { refundPayment, voidPayment } from '../../../services/billing/use-cases/payments/change-payment.ts';
import { getPayment, recordPayment } from '../../../services/billing/use-cases/payments/payments.ts';
import { findings } from '../../support/self-check.ts';
import { requestStep } from '../../../services/billing/use-cases/runs/request-step.ts';
import { startRun } from '../../../services/billing/use-cases/runs/start-run.ts';
import type { DunningRunView } from '../../../shared/protocol/billing/dunning-views.ts';
import { uuidOf } from '../../../shared/kernel/ids.ts';
import { lettersArrive, tellOfMails } from '../../support/arriving-letters.ts';
import { createBillingWorld, FINANCE, type BillingWorld } from '../../support/billing-world.ts';
import { correctionsOf } from '../../support/corrections.ts';
import { issueInvoice } from '../../support/issued-invoices.ts';

let world: BillingWorld;
let serial = 0;
const query = (text: string, values?: unknown[]) => world.database.query(text, values);

beforeAll(async () => {
  world = await createBillingWorld();
});
afterAll(() => world.close());

const merchant = () => world.addMerchant(`Merchant ${(serial += 1)}`);

/** An invoice of a run over 10,000 parcels, due on Monday 16 November: 5,355.00 with VAT. */
async function invoiced(): Promise<{ merchantId: string; invoiceId: string; lineId: string }> {
  world.at('2026-11-02T08:00:00Z');
  const merchantId = await merchant();
  await world.addCharges([{ merchantId, rule: 'pack', day: '2026-10-20', quantity: '10000' }]);
  const { id } = await startRun(world.deps, { cutoff: '2026-10-31', merchantIds: [merchantId] }, FINANCE);
  await world.work();
  for (const step of ['approve', 'finalize'] as const) {
    await requestStep(world.deps, step, { id, merchantIds: [merchantId] }, FINANCE);
    await world.work();
  }
  const [found] = await correctionsOf(world).live(merchantId);
  const invoiceId = found!.id;
  await tellOfMails(world, 'invoiceReady', invoiceId, ['a', 0, 'sent']);
  const { lines } = await getInvoice(world.deps, { id: invoiceId }, FINANCE);
  return { merchantId, invoiceId, lineId: lines[0]!.id };
}

/** By then the letters before have arrived. */
const propose = async (day: string) => {
  await lettersArrive(world);
  world.at(`${day}T08:00:00Z`);
  return runs.proposeDunning(world.deps, { asOf: day }, FINANCE);
};
const issue = ({ id }: DunningRunView) => issueDunning(world.deps, { id }, FINANCE);
/** Proposes and issues on each day. @returns the letter to a merchant of the last one */
async function dunOn(days: readonly string[], merchantId: string) {
  let run: DunningRunView | undefined;
  for (const day of days) run = await issue(await propose(day));
  return run!.issued.find((letter) => letter.merchantId === merchantId);
}
const claimsOf = async (merchantId: string) =>
  (await claims.listDunningClaims(world.deps, { limit: 50, merchantId }, FINANCE)).items
    .map(({ kind, amountMinor, state, settledReason }) => [kind, amountMinor, state, settledReason])
    .toSorted();
const rowsOf = ({ rows }: DunningRunView, merchantId: string) =>
  rows
    .filter((row) => row.merchantId === merchantId)
    .map(({ level, hindrance, freeMinor, selected }) => [level ?? hindrance, freeMinor, selected]);
const dunnable = ({ rows }: DunningRunView, merchantId: string) =>
  rows.filter((row) => row.merchantId === merchantId && row.level !== null).map(({ invoiceId }) => invoiceId);

test('I4 a cancellation takes what was claimed beside the invoice with it', async () => {
  const { merchantId, invoiceId } = await invoiced();
  const letter = await dunOn(['2026-11-23', '2026-12-01'], merchantId);
  // 5,355.00 × 10.52 % × 15 / 365
  expect(letter).toMatchObject({ level: 1, openMinor: 535_500, claimsMinor: 2_315 + 4_000 });
  await correctionsOf(world).cancel(invoiceId, 'Doppelt berechnet');
  expect(await claimsOf(merchantId)).toEqual([
    ['interest', 2_315, 'waived', 'Doppelt berechnet'],
    ['lumpSum', 4_000, 'waived', 'Doppelt berechnet'],
  ]);
  // the next letter to the merchant is about its own invoice alone
  await issueInvoice(world.database, merchantId, { dueDate: '2026-11-16' });
  expect(await dunOn(['2026-12-02'], merchantId)).toMatchObject({ level: 0, openMinor: 11_900, claimsMinor: 0 });
});

test('I4 interest on what is credited falls; the rest bears it anew from the first day', async () => {
  const { merchantId, invoiceId, lineId } = await invoiced();
  await dunOn(['2026-11-23', '2026-12-01'], merchantId);
  await correctionsOf(world).credit(invoiceId, [{ lineId, netMinor: 400_000 }], 'Falsche Menge');
  expect(await claimsOf(merchantId)).toEqual([
    ['interest', 2_315, 'waived', 'Falsche Menge'],
    ['lumpSum', 4_000, 'open', null],
  ]);
  // 595.00 × 10.52 % × 29 / 365, from 17 November on
  expect(await dunOn(['2026-12-15'], merchantId)).toMatchObject({
    ...{ level: 2, openMinor: 59_500, claimsMinor: 497 + 4_000 },
  });
  // the whole rest: nothing was ever owed
  await correctionsOf(world).credit(invoiceId, [{ lineId, netMinor: 50_000 }], 'Kulanz');
  expect((await claimsOf(merchantId)).map(([, , state]) => state)).toEqual(['waived', 'waived', 'waived']);
});

test('I4 what is disputed is not demanded beside other invoices', async () => {
  const merchantId = await merchant();
  const [{ id: disputed }] = [
    await issueInvoice(world.database, merchantId, { dueDate: '2026-10-15', grossMinor: 500_000 }),
    await issueInvoice(world.database, merchantId, { dueDate: '2026-10-15' }),
  ];
  const first = await dunOn(['2026-10-22', '2026-11-02'], merchantId);
  // 5,000.00 and 119.00 × 10.52 % × 18 / 365
  expect(first).toMatchObject({ level: 1, claimsMinor: 2_594 + 62 + 8_000 });
  await query(`update billing.invoice_status set dispute = 'open' where invoice_id = $1`, [disputed]);
  // 119.00 for 29 days
  expect(await dunOn(['2026-11-13'], merchantId)).toMatchObject({
    level: 2,
    openMinor: 11_900,
    claimsMinor: 99 + 4_000,
  });
});

test('I4 the fee of a letter falls with the last of its invoices', async () => {
  const { settings, version } = await getDunningSettings(world.deps, {}, FINANCE);
  const levels = settings.levels.map((terms, level) => (level === 0 ? terms : { ...terms, feeMinor: 500 }));
  const put = (next: typeof settings, ifMatch: number) => putDunningSettings(world.deps, next, { ...FINANCE, ifMatch });
  const saved = await put({ ...settings, levels, lumpSum: false, interest: false }, version);
  const { merchantId, invoiceId } = await invoiced();
  expect(await dunOn(['2026-11-23', '2026-12-01'], merchantId)).toMatchObject({ claimsMinor: 500 });
  await correctionsOf(world).cancel(invoiceId, 'Falscher Empfänger');
  expect(await claimsOf(merchantId)).toEqual([['fee', 500, 'waived', 'Falscher Empfänger']]);
  await put(settings, saved.version);
});

test('I4 what the house itself does not collect is no delay of the merchant', async () => {
  const merchantId = await merchant();
  const { id: invoiceId } = await issueInvoice(world.database, merchantId, { grossMinor: 100_000 });
  const mandateId = uuidOf('mandate', merchantId);
  await query(`update billing.issuer set profile = profile || '{"sepaCreditorId": "DE98ZZZ09999999999"}'`);
  await query(
    `insert into billing.mandate (id, merchant_id, creditor_id, reference, scheme, kind, signed_on, iban, debtor_name, state, created_at)
     values ($1, $2, 'DE98ZZZ09999999999', 'M-1', 'CORE', 'recurrent', '2026-01-05', 'DE02120300000000202051', 'M', 'active', now())`,
    [mandateId, merchantId],
  );
  await query(
    `insert into billing.direct_debit (invoice_id, merchant_id, mandate_id, collect_on, announced_minor) values ($1, $2, $3, '2026-10-15', 1000000)`,
    [invoiceId, merchantId, mandateId],
  );
  const judged = async () => rowsOf(await propose('2026-10-22'), merchantId)[0]![0];
  expect(await judged()).toBe('directDebit');
  await query(
    `update billing.direct_debit set held_at = now(), held_by = 'x', held_reason = 'x' where invoice_id = $1`,
    [invoiceId],
  );
  expect(await judged()).toBe('collectionHeld');
  await query(`update billing.direct_debit set held_at = null, held_by = null, held_reason = null`);
  await query(`update billing.mandate set state = 'blocked' where id = $1`, [mandateId]);
  expect(await judged()).toBe('collectionHeld');
  await query(`update billing.mandate set state = 'revoked' where id = $1`, [mandateId]);
  expect(await judged()).toBe(0);
  // 1,000.00 from 30 October, when the reminder's time was over, to 3 November: 5 days
  expect(await dunOn(['2026-10-22', '2026-11-03'], merchantId)).toMatchObject({ level: 1, claimsMinor: 144 + 4_000 });
});

test('I4 what a merchant has with the house is told, and what it pays is not dunned', async () => {
  const [covered, partly] = [await merchant(), await merchant()];
  for (const merchantId of [covered, partly])
    for (const grossMinor of [30_000, 10_000]) await issueInvoice(world.database, merchantId, { grossMinor });
  const pay = (merchantId: string, amountMinor: number) =>
    recordPayment(
      world.deps,
      { merchantId, amountMinor, valueDate: '2026-10-20', remittance: '', allocations: [] },
      FINANCE,
    );
  await pay(covered, 25_000);
  await grantCredit(world.deps, { merchantId: covered, amountMinor: 5_000, reason: 'Kulanz' }, FINANCE);
  await pay(partly, 9_999);
  const run = await propose('2026-10-22');
  expect(rowsOf(run, covered)).toEqual([
    [0, 30_000, false],
    [0, 30_000, true],
  ]);
  expect(rowsOf(run, partly)).toEqual([
    [0, 9_999, false],
    [0, 9_999, false],
  ]);
  // whoever duns it all the same has seen it
  await runs.selectForDunning(world.deps, { id: run.id, invoiceIds: dunnable(run, partly), selected: true }, FINANCE);
  // comes between look and click
  await pay(partly, 20_001);
  const { issued } = await issue(run);
  const open = (merchantId: string) => issued.find((letter) => letter.merchantId === merchantId)?.openMinor;
  expect([open(covered), open(partly)]).toEqual([10_000, 10_000]);
  const again = await propose('2026-10-22');
  await runs.selectForDunning(
    world.deps,
    { id: again.id, invoiceIds: dunnable(again, covered), selected: true },
    FINANCE,
  );
  expect((await issue(again)).issued).toMatchObject([{ merchantId: covered, openMinor: 30_000 }]);
});

test('I4 money that pays a claim is used up by it, and free again when that is taken back', async () => {
  const [merchantId, other] = [await merchant(), await merchant()];
  await issueInvoice(world.database, merchantId, { grossMinor: 100_000 });
  await dunOn(['2026-10-22', '2026-11-02'], merchantId);
  const { items } = await claims.listDunningClaims(world.deps, { limit: 10, merchantId }, FINANCE);
  const claimed = (kind: string) => items.find((claim) => claim.kind === kind)!.id;
  const paid = (whose: string, amountMinor: number) =>
    recordPayment(
      world.deps,
      { merchantId: whose, amountMinor, valueDate: '2026-11-02', remittance: '', allocations: [] },
      FINANCE,
    );
  const { id: paymentId } = await paid(merchantId, 4_100);
  const pay = (kind: string, by: string | null) =>
    claims.payDunningClaim(world.deps, { id: claimed(kind), paymentId: by }, FINANCE);
  const left = async () => {
    const { unallocatedMinor, claimsMinor } = await getPayment(world.deps, { id: paymentId }, FINANCE);
    return [unallocatedMinor, claimsMinor];
  };
  await expect(pay('lumpSum', (await paid(other, 9_000)).id)).rejects.toMatchObject({ code: 422 });
  expect(await pay('lumpSum', paymentId)).toMatchObject({ state: 'paid', paymentId });
  expect(await left()).toEqual([100, 4_000]);
  // 5.19 of interest: more than the payment has left
  await expect(pay('interest', paymentId)).rejects.toMatchObject({ type: 'PAYMENT_USED_UP' });
  await expect(
    refundPayment(world.deps, { id: paymentId, amountMinor: 101, valueDate: '2026-11-02', reason: 'zu viel' }, FINANCE),
  ).rejects.toMatchObject({ type: 'PAYMENT_USED_UP' });
  await expect(voidPayment(world.deps, { id: paymentId, reason: 'x' }, FINANCE)).rejects.toMatchObject({
    type: 'PAYMENT_IN_USE',
  });
  expect(await findings(world.database, world.deps.now(), ['billing'])).not.toHaveProperty(['I32.payment']);
  const { id: voided } = await paid(merchantId, 4_000);
  await voidPayment(world.deps, { id: voided, reason: 'Doppelt erfasst' }, FINANCE);
  await expect(pay('interest', voided)).rejects.toMatchObject({ type: 'PAYMENT_VOID' });
  const reopen = () =>
    claims.reopenDunningClaim(world.deps, { id: claimed('lumpSum'), reason: 'Falsche Zahlung' }, FINANCE);
  expect(await reopen()).toMatchObject({ state: 'open', paymentId: null, settledBy: null });
  await expect(reopen()).rejects.toMatchObject({ type: 'CLAIM_NOT_PAID' });
  expect(await left()).toEqual([4_100, 0]);
  // both clicks at once use it once
  const clicks = await Promise.allSettled([pay('lumpSum', paymentId), pay('lumpSum', paymentId)]);
  expect(clicks.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(await pay('interest', null)).toMatchObject({ state: 'paid', paymentId: null });
  expect(await left()).toEqual([100, 4_000]);
});

test('I4 what was paid of a claim is credit once its invoice claims nothing any more', async () => {
  const { merchantId, invoiceId, lineId } = await invoiced();
  await dunOn(['2026-11-23', '2026-12-01'], merchantId);
  const claimed = async () => (await claims.listDunningClaims(world.deps, { limit: 50, merchantId }, FINANCE)).items;
  const { id: paymentId } = await recordPayment(
    world.deps,
    { merchantId, amountMinor: 6_315, valueDate: '2026-12-01', remittance: '', allocations: [] },
    FINANCE,
  );
  for (const { id } of await claimed()) await claims.payDunningClaim(world.deps, { id, paymentId }, FINANCE);
  const balance = async () => (await getCreditBalance(world.deps, { id: merchantId }, FINANCE)).balanceMinor;
  // the rest is still late
  await correctionsOf(world).credit(invoiceId, [{ lineId, netMinor: 400_000 }], 'Falsche Menge');
  expect([(await claimed()).map(({ credited }) => credited), await balance()]).toEqual([[false, false], 0]);
  await correctionsOf(world).credit(invoiceId, [{ lineId, netMinor: 50_000 }], 'Kulanz');
  const given = await claimed();
  expect(
    given.map(({ kind, amountMinor, state, credited }) => [kind, amountMinor, state, credited]).toSorted(),
  ).toEqual([
    ['interest', 2_315, 'paid', true],
    ['lumpSum', 4_000, 'paid', true],
  ]);
  expect(await balance()).toBe(6_315);
  const { items } = await listCreditEntries(world.deps, { limit: 10, merchantId }, FINANCE);
  expect(items.map(({ kind, amountMinor, reason }) => [kind, amountMinor, reason]).toSorted()).toEqual([
    ['grant', 2_315, expect.stringMatching(/^RE-.*: Kulanz$/)],
    ['grant', 4_000, expect.stringMatching(/^RE-.*: Kulanz$/)],
  ]);
  // the money is with the merchant now: neither claim nor payment is free again
  for (const { id } of given)
    await expect(claims.reopenDunningClaim(world.deps, { id, reason: 'x' }, FINANCE)).rejects.toMatchObject({
      type: 'CLAIM_CREDITED',
    });
  expect(await getPayment(world.deps, { id: paymentId }, FINANCE)).toMatchObject({ unallocatedMinor: 0 });
  await expect(
    query(
      `insert into billing.credit_entry (id, merchant_id, kind, amount_minor, reason, dunning_claim_id, booked_on, booked_by, booked_at)
       values (gen_random_uuid(), $1, 'grant', 1, 'x', $2, '2026-12-01', 'x', now())`,
      [merchantId, given[0]!.id],
    ),
  ).rejects.toThrow('credit_entry_claim_once');
  for (const change of [`state = 'open', settled_by = null, settled_at = null`, `corrected_by = null`])
    await expect(query(`update billing.dunning_claim set ${change} where id = $1`, [given[0]!.id])).rejects.toThrow(
      'never changes',
    );
  expect(await findings(world.database, world.deps.now(), ['billing'])).not.toHaveProperty(['I37.claims']);
});

test('I4 a cancellation gives back what was paid, and takes back what was not', async () => {
  const { merchantId, invoiceId } = await invoiced();
  await dunOn(['2026-11-23', '2026-12-01'], merchantId);
  const { items } = await claims.listDunningClaims(world.deps, { limit: 50, merchantId }, FINANCE);
  const lumpSum = items.find(({ kind }) => kind === 'lumpSum')!;
  const { id: paymentId } = await recordPayment(
    world.deps,
    { merchantId, amountMinor: 4_000, valueDate: '2026-12-01', remittance: '', allocations: [] },
    FINANCE,
  );
  await claims.payDunningClaim(world.deps, { id: lumpSum.id, paymentId }, FINANCE);
  await correctionsOf(world).cancel(invoiceId, 'Doppelt berechnet');
  expect(await claimsOf(merchantId)).toEqual([
    ['interest', 2_315, 'waived', 'Doppelt berechnet'],
    ['lumpSum', 4_000, 'paid', null],
  ]);
  expect(await getCreditBalance(world.deps, { id: merchantId }, FINANCE)).toMatchObject({ balanceMinor: 4_000 });
});

test('I4 a claim that was noted as paid without a payment makes no credit: nobody knows of what money', async () => {
  const { merchantId, invoiceId } = await invoiced();
  await dunOn(['2026-11-23', '2026-12-01'], merchantId);
  const { items } = await claims.listDunningClaims(world.deps, { limit: 50, merchantId }, FINANCE);
  for (const { id } of items) await claims.payDunningClaim(world.deps, { id, paymentId: null }, FINANCE);
  await correctionsOf(world).cancel(invoiceId, 'Doppelt berechnet');
  expect(await claimsOf(merchantId)).toEqual([
    ['interest', 2_315, 'paid', null],
    ['lumpSum', 4_000, 'paid', null],
  ]);
  expect(await getCreditBalance(world.deps, { id: merchantId }, FINANCE)).toMatchObject({ balanceMinor: 0 });
});
