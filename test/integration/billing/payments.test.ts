import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { allocatePayment, getPayment, recordPayment } from '../../../services/billing/use-cases/payments/payments.ts';
import * as change from '../../../services/billing/use-cases/payments/change-payment.ts';
import * as credit from '../../../services/billing/use-cases/payments/credit.ts';
import * as items from '../../../services/billing/use-cases/payments/open-items.ts';
import { bookingOf, releaseAllocations } from '../../../services/billing/use-cases/payments/settlement.ts';
import { getInvoice } from '../../../services/billing/use-cases/invoices/read-invoices.ts';
import { requestStep } from '../../../services/billing/use-cases/runs/request-step.ts';
import { startRun } from '../../../services/billing/use-cases/runs/start-run.ts';
import { uuidOf } from '../../../shared/kernel/ids.ts';
import { transact } from '../../../shared/messaging/transact.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import { createBillingWorld, FINANCE, type BillingWorld } from '../../support/billing-world.ts';

let world: BillingWorld;
let [alpha, beta, gamma] = ['', '', ''];
const ofMerchant = (merchantId: string): Actor => ({
  ...{ kind: 'user', id: 'anna', roles: ['merchantViewer'], scope: [merchantId], requestId: 'test' },
});

beforeAll(async () => {
  world = await createBillingWorld('2026-11-02T08:00:00Z');
  alpha = await world.addMerchant('Alpha GmbH');
  beta = await world.addMerchant('Beta GmbH');
  gamma = await world.addMerchant('Gamma KG');
});
afterAll(() => world.close());

let issued = 0;

/** An invoice over so many cents, due on 16 November. @returns its id */
async function invoiceOver(merchantId: string, grossMinor: number, kind = 'invoice', corrects: string | null = null) {
  const number = (issued += 1);
  const id = uuidOf('invoice', number);
  const { query } = world.database;
  await query(
    `insert into billing.run (id, issuer_id, cutoff, started_by, started_kind, created_at) values ($1, $2, date '2020-01-01' + $3::int, 'x', 'user', now())`,
    [uuidOf('run', number), uuidOf('issuer'), number],
  );
  await query(
    `insert into billing.run_merchant (id, run_id, merchant_id, cutoff, state) select $1, id, $2, cutoff, 'skipped' from billing.run where id = $3`,
    [uuidOf('row', number), merchantId, uuidOf('run', number)],
  );
  await query(
    `insert into billing.invoice (id, run_id, run_merchant_id, merchant_id, kind, split, state, currency, language, issuer_id, number, series_year, series_number,
       issue_date, due_date, period_from, period_to, net_minor, vat_minor, gross_minor, finalized_at, created_at, corrects_id)
     values ($1, $2, $3, $4, $5, 'all', 'finalized', 'EUR', 'de', $6, $7, 2020, $8::int, '2026-11-02', '2026-11-16', '2026-10-01', '2026-10-31', $9::bigint, 0, $9::bigint, now(), now(), $10)`,
    [
      ...[id, uuidOf('run', number), uuidOf('row', number), merchantId, kind, uuidOf('issuer'), `T-${number}`, number],
      ...[grossMinor, corrects],
    ],
  );
  await query(
    `insert into billing.invoice_status (invoice_id, merchant_id, payment, delivery, dispute) values ($1, $2, 'open', 'sent', 'none')`,
    [id, merchantId],
  );
  return id;
}

const pay = (
  merchantId: string | undefined,
  amountMinor: number,
  allocations: { invoiceId: string; amountMinor: number }[] = [],
) =>
  recordPayment(world.deps, { merchantId, amountMinor, valueDate: '2026-11-02', remittance: '', allocations }, FINANCE);

/** What is open, and the axis that follows it. */
async function open(invoiceId: string): Promise<[number, string]> {
  const { openMinor, payment } = await items.getInvoiceSettlement(world.deps, { id: invoiceId }, FINANCE);
  const [status] = await world.database.query(`select payment from billing.invoice_status where invoice_id = $1`, [
    invoiceId,
  ]);
  expect(status).toEqual({ payment });
  return [openMinor, payment];
}

const balance = async (merchantId: string) =>
  (await credit.getCreditBalance(world.deps, { id: merchantId }, FINANCE)).balanceMinor;
const refusal = (type: string) => expect.objectContaining({ type });

/** The cancellation of an invoice as its use case does it. */
const correct = (invoiceId: string, change: (em: Parameters<typeof rows>[0]) => Promise<unknown>, releases = true) =>
  transact(world.deps, FINANCE, async (em, _announce, audit) => {
    await change(em);
    return releases ? releaseAllocations({ em, audit, booking: bookingOf(world.deps, 'finance-1') }, invoiceId) : 0;
  });
const cancelled = (id: string) => (em: Parameters<typeof rows>[0]) =>
  rows(em, sql`update invoice set state = 'cancelled' where id = ${id}`);

describe('I1 payments entered by hand', () => {
  test('a part, then the rest', async () => {
    const invoice = await invoiceOver(alpha, 11900);
    const first = await pay(alpha, 5000, [{ invoiceId: invoice, amountMinor: 5000 }]);
    expect(first).toMatchObject({
      state: 'allocated',
      unallocatedMinor: 0,
      allocations: [{ invoiceId: invoice, amountMinor: 5000 }],
    });
    expect(await open(invoice)).toEqual([6900, 'partially_paid']);
    await pay(undefined, 6900, [{ invoiceId: invoice, amountMinor: 6900 }]);
    expect(await open(invoice)).toEqual([0, 'paid']);
    await expect(pay(alpha, 1, [{ invoiceId: invoice, amountMinor: 1 }])).rejects.toEqual(refusal('MORE_THAN_OPEN'));
    const { items: listed } = await items.listOpenItems(world.deps, { limit: 50, merchantId: alpha }, FINANCE);
    expect(listed).toEqual([]);
  });

  test('is of a day that was: money to come is neither received nor paid out', async () => {
    const valueDate = '2026-11-03';
    const { id } = await pay(alpha, 100);
    const early = [
      recordPayment(
        world.deps,
        { merchantId: alpha, amountMinor: 1, valueDate, remittance: '', allocations: [] },
        FINANCE,
      ),
      change.refundPayment(world.deps, { id, amountMinor: 1, valueDate, reason: 'zurück' }, FINANCE),
      credit.payOutCredit(world.deps, { merchantId: alpha, amountMinor: 1, valueDate, reason: 'Auszahlung' }, FINANCE),
    ];
    for (const refused of await Promise.allSettled(early))
      expect(refused).toMatchObject({
        reason: { code: 422, data: { errors: [{ path: 'valueDate', code: 'DAY_TO_COME' }] } },
      });
    await change.voidPayment(world.deps, { id, reason: 'Probe' }, FINANCE);
  });

  test('what is over stays with the payment: allocated later, granted or paid back', async () => {
    const [one, two] = [await invoiceOver(alpha, 1000), await invoiceOver(alpha, 700)];
    const { id, ...over } = await pay(alpha, 2500, [{ invoiceId: one, amountMinor: 1000 }]);
    expect(over).toMatchObject({ state: 'partly', unallocatedMinor: 1500 });
    await allocatePayment(world.deps, { id, allocations: [{ invoiceId: two, amountMinor: 700 }] }, FINANCE);
    await change.grantFromPayment(world.deps, { id, amountMinor: 500, reason: 'Zuviel gezahlt' }, FINANCE);
    await expect(
      change.refundPayment(world.deps, { id, amountMinor: 301, valueDate: '2026-11-02', reason: 'zurück' }, FINANCE),
    ).rejects.toEqual(refusal('PAYMENT_USED_UP'));
    const left = await change.refundPayment(
      world.deps,
      { id, amountMinor: 300, valueDate: '2026-11-02', reason: 'zurück' },
      FINANCE,
    );
    expect(left).toMatchObject({ state: 'allocated', unallocatedMinor: 0, creditMinor: 800 });
    expect(await balance(alpha)).toBe(500);
    const entries = await credit.listCreditEntries(world.deps, { limit: 10, merchantId: alpha }, FINANCE);
    expect(entries.items.map(({ kind, amountMinor }) => [kind, amountMinor]).toSorted()).toEqual([
      ['grant', 300],
      ['grant', 500],
      ['payout', -300],
    ]);
    const grant = entries.items.find(({ amountMinor }) => amountMinor === 500)!;
    await credit.takeBackCredit(world.deps, { id: grant.id, reason: 'doch nicht' }, FINANCE);
    expect(await getPayment(world.deps, { id }, FINANCE)).toMatchObject({ unallocatedMinor: 500, state: 'partly' });
    await expect(credit.takeBackCredit(world.deps, { id: grant.id, reason: 'noch einmal' }, FINANCE)).rejects.toEqual(
      refusal('ENTRY_REVERSED'),
    );
    expect(await balance(alpha)).toBe(0);
  });

  test('what was matched wrongly is undone, with its reason, and belongs to another merchant', async () => {
    const [wrong, right] = [await invoiceOver(alpha, 1000), await invoiceOver(beta, 1000)];
    const { id } = await pay(alpha, 1000, [{ invoiceId: wrong, amountMinor: 1000 }]);
    await expect(change.voidPayment(world.deps, { id, reason: 'x' }, FINANCE)).rejects.toEqual(
      refusal('PAYMENT_IN_USE'),
    );
    await expect(change.assignPayment(world.deps, { id, merchantId: beta }, FINANCE)).rejects.toEqual(
      refusal('PAYMENT_IN_USE'),
    );
    await change.unmatchPayment(world.deps, { id, invoiceId: wrong, reason: 'falsche Rechnung' }, FINANCE);
    expect(await open(wrong)).toEqual([1000, 'open']);
    await expect(change.unmatchPayment(world.deps, { id, invoiceId: wrong, reason: 'x' }, FINANCE)).rejects.toEqual(
      refusal('NOT_ALLOCATED'),
    );
    await expect(
      allocatePayment(world.deps, { id, allocations: [{ invoiceId: right, amountMinor: 1 }] }, FINANCE),
    ).rejects.toMatchObject({
      data: { errors: [{ path: 'allocations.0.invoiceId', code: 'INVOICE_OF_ANOTHER_MERCHANT' }] },
    });
    const moved = await change.assignPayment(world.deps, { id, merchantId: beta }, FINANCE);
    expect(moved).toMatchObject({ merchantId: beta, unallocatedMinor: 1000, valueDate: '2026-11-02' });
    expect(await getPayment(world.deps, { id }, FINANCE)).toMatchObject({ state: 'void', unallocatedMinor: 0 });
    await allocatePayment(
      world.deps,
      { id: moved.id, allocations: [{ invoiceId: right, amountMinor: 1000 }] },
      FINANCE,
    );
    expect(await open(right)).toEqual([0, 'paid']);
    const { moves } = await items.getInvoiceSettlement(world.deps, { id: wrong }, FINANCE);
    expect(moves.map(({ kind, amountMinor, reason }) => [kind, amountMinor, reason])).toEqual([
      ['allocation', 1000, null],
      ['unmatch', -1000, 'falsche Rechnung'],
    ]);
  });

  test('of two at once that would pay more than is open, or more than came, one is refused', async () => {
    const invoice = await invoiceOver(alpha, 1000);
    const paid = await Promise.allSettled(
      Array.from({ length: 6 }, () => pay(alpha, 400, [{ invoiceId: invoice, amountMinor: 400 }])),
    );
    expect(paid.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect(
      paid.filter((one) => one.status === 'rejected').map(({ reason }) => (reason as { type: string }).type),
    ).toEqual(Array(4).fill('MORE_THAN_OPEN'));
    expect(await open(invoice)).toEqual([200, 'partially_paid']);
    const { id } = await pay(alpha, 500);
    const invoices = await Promise.all([1, 2, 3, 4].map(() => invoiceOver(alpha, 200)));
    const used = await Promise.allSettled(
      invoices.map((invoiceId) =>
        allocatePayment(world.deps, { id, allocations: [{ invoiceId, amountMinor: 200 }] }, FINANCE),
      ),
    );
    expect(used.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect(await getPayment(world.deps, { id }, FINANCE)).toMatchObject({ unallocatedMinor: 100 });
  });

  test('a request that comes again records nothing again', async () => {
    const again = { ...FINANCE, idempotency: { key: 'k-1', action: 'billing.recordPayment', requestHash: 'h' } };
    const body = { merchantId: beta, amountMinor: 77, valueDate: '2026-11-02', remittance: '', allocations: [] };
    const answers = [await recordPayment(world.deps, body, again), await recordPayment(world.deps, body, again)];
    expect(answers[1]).toEqual(answers[0]);
    expect(await world.database.query(`select id from billing.payment where amount_minor = 77`)).toEqual([
      { id: answers[0]!.id },
    ]);
  });

  test('what is past its due date is overdue, and not any more when it is paid or given up', async () => {
    const [one, two] = [await invoiceOver(beta, 300), await invoiceOver(beta, 400)];
    await pay(beta, 100, [{ invoiceId: two, amountMinor: 100 }]);
    world.at('2026-11-16T22:59:00Z');
    expect(await items.markOverdue(world.deps)).toBe(0);
    world.at('2026-11-16T23:01:00Z');
    expect(await items.markOverdue(world.deps)).toBeGreaterThanOrEqual(2);
    expect(await items.markOverdue(world.deps)).toBe(0);
    expect([await open(one), await open(two)]).toEqual([
      [300, 'overdue'],
      [300, 'overdue'],
    ]);
    world.at('2026-12-20T09:00:00Z');
    const { items: old } = await items.listOpenItems(
      world.deps,
      { limit: 50, merchantId: beta, age: 'upTo60' },
      FINANCE,
    );
    expect(old.map(({ invoiceId, daysOverdue }) => [invoiceId, daysOverdue]).toSorted()).toEqual(
      [
        [one, 34],
        [two, 34],
      ].toSorted(),
    );
    await pay(beta, 300, [{ invoiceId: one, amountMinor: 300 }]);
    await items.writeOffInvoice(world.deps, { id: two, reason: 'insolvent' }, FINANCE);
    expect([await open(one), await open(two)]).toEqual([
      [0, 'paid'],
      [0, 'written_off'],
    ]);
    await expect(pay(beta, 300, [{ invoiceId: two, amountMinor: 300 }])).rejects.toEqual(refusal('MORE_THAN_OPEN'));
    await items.undoWriteOff(world.deps, { id: two, reason: 'zahlt doch' }, FINANCE);
    expect(await open(two)).toEqual([300, 'overdue']);
    const sheet = await items.exportOpenItems(world.deps, { merchantId: beta, age: 'upTo60', language: 'de' }, FINANCE);
    expect(sheet.filename).toMatch(/^Offene-Posten-\d{4}-\d\d-\d\d\.csv$/);
    const [titles, ...lines] = (await world.deps.store.read(sheet.objectKey)).toString().trimEnd().split('\r\n');
    expect(titles).toMatch(/^\ufeffHändlernummer;.*;Brutto;.*;Offen$/);
    expect(lines).toEqual([expect.stringMatching(/;Rechnung;.*;"3,00"$/)]);
    const accounts = await items.listOpenAccounts(world.deps, { limit: 50 }, FINANCE);
    expect(accounts.items.find(({ merchantId }) => merchantId === beta)).toMatchObject({
      openMinor: 300,
      overdueMinor: 300,
      ages: { upTo60: 300, notDue: 0 },
      unallocatedMinor: 77,
    });
    world.at('2026-11-02T08:00:00Z');
  });

  test('merchants see what is open of their own, and nothing of what finance keeps', async () => {
    const invoice = await invoiceOver(beta, 500);
    await pay(beta, 200, [{ invoiceId: invoice, amountMinor: 200 }]);
    const seen = await items.getInvoiceSettlement(world.deps, { id: invoice }, ofMerchant(beta));
    expect(seen).toMatchObject({ openMinor: 300, moves: [{ kind: 'allocation', amountMinor: 200, bookedBy: null }] });
    expect(await getInvoice(world.deps, { id: invoice }, ofMerchant(beta))).toMatchObject({ openMinor: 300 });
    await expect(items.getInvoiceSettlement(world.deps, { id: invoice }, ofMerchant(alpha))).rejects.toEqual(
      refusal('INVOICE_NOT_FOUND'),
    );
    await expect(getPayment(world.deps, { id: seen.moves[0]!.paymentId! }, ofMerchant(beta))).rejects.toEqual(
      refusal('HOUSE_ONLY'),
    );
  });
});

describe('I1 corrections free the money that was paid', () => {
  // the document of a cancellation, without which nothing is cancelled, is tried in corrections.test.ts
  beforeAll(() => world.database.query('alter table billing.invoice disable trigger invoice_cancelled'));
  afterAll(() => world.database.query('alter table billing.invoice enable trigger invoice_cancelled'));

  test('a cancelled invoice is nothing open, and what was paid of it is credit', async () => {
    const invoice = await invoiceOver(gamma, 1000);
    const { id } = await pay(gamma, 1500, [{ invoiceId: invoice, amountMinor: 600 }]);
    await credit.grantCredit(world.deps, { merchantId: gamma, amountMinor: 400, reason: 'Kulanz' }, FINANCE);
    await credit.useCredit(world.deps, { id: invoice }, FINANCE);
    expect([await open(invoice), await balance(gamma)]).toEqual([[0, 'paid'], 0]);
    await expect(correct(invoice, cancelled(invoice), false)).rejects.toMatchObject({
      constraint: 'invoice_not_oversettled',
    });
    expect(await correct(invoice, cancelled(invoice))).toBe(1000);
    expect(await correct(invoice, async () => undefined)).toBe(0);
    expect([await open(invoice), await balance(gamma)]).toEqual([[0, 'paid'], 1000]);
    expect(await getPayment(world.deps, { id }, FINANCE)).toMatchObject({
      ...{ unallocatedMinor: 900, creditMinor: 600, allocations: [] },
    });
    await expect(
      allocatePayment(world.deps, { id, allocations: [{ invoiceId: invoice, amountMinor: 1 }] }, FINANCE),
    ).rejects.toEqual(refusal('MORE_THAN_OPEN'));
    const { items } = await credit.listCreditEntries(world.deps, { limit: 9, merchantId: gamma }, FINANCE);
    const grants = items.filter(({ kind }) => kind === 'grant');
    expect(grants.map(({ amountMinor, paymentId }) => [amountMinor, paymentId])).toEqual([
      [600, id],
      [400, null],
    ]);
    // the money can be had back as it was
    for (const grant of grants)
      await credit.takeBackCredit(world.deps, { id: grant.id, reason: 'Kulanz entfällt' }, FINANCE);
    expect(await getPayment(world.deps, { id }, FINANCE)).toMatchObject({ unallocatedMinor: 1500, creditMinor: 0 });
  });

  test('a credit note lowers what is open; of a paid invoice as much is credit, latest money first', async () => {
    const [unpaid, paid] = [await invoiceOver(gamma, 1000), await invoiceOver(gamma, 1000)];
    await invoiceOver(gamma, -300, 'creditNote', unpaid);
    expect(await open(unpaid)).toEqual([700, 'open']);
    const first = await pay(gamma, 800, [{ invoiceId: paid, amountMinor: 800 }]);
    world.at('2026-11-02T09:00:00Z');
    const second = await pay(gamma, 200, [{ invoiceId: paid, amountMinor: 200 }]);
    await expect(invoiceOver(gamma, -300, 'creditNote', paid)).rejects.toMatchObject({
      constraint: 'invoice_not_oversettled',
    });
    const note = uuidOf('invoice', issued);
    await correct(paid, (em) =>
      rows(
        em,
        sql`insert into invoice select n.* from invoice i, jsonb_populate_record(i, jsonb_build_object('id', ${note}::text, 'kind', 'creditNote', 'corrects_id', ${paid}::text,
              'number', 'K-1', 'series_number', 900001, 'gross_minor', -300, 'net_minor', -300)) n where i.id = ${paid}`,
      ),
    );
    expect(await open(paid)).toEqual([0, 'paid']);
    const left = [first, second].map(async ({ id }) => {
      const { unallocatedMinor, creditMinor } = await getPayment(world.deps, { id }, FINANCE);
      return [unallocatedMinor, creditMinor];
    });
    expect(await Promise.all(left)).toEqual([
      [0, 100],
      [0, 200],
    ]);
    expect(await balance(gamma)).toBe(300);
    const { items } = await credit.listCreditEntries(world.deps, { limit: 2, merchantId: gamma }, FINANCE);
    for (const { id } of items) await credit.takeBackCredit(world.deps, { id, reason: 'wird erstattet' }, FINANCE);
  });

  test('a credit note without original is owed: it becomes credit, which an invoice uses or which is paid out', async () => {
    const note = await invoiceOver(gamma, -900, 'creditNote');
    expect(await open(note)).toEqual([-900, 'open']);
    await credit.creditNoteToBalance(world.deps, { id: note }, FINANCE);
    expect([await open(note), await balance(gamma)]).toEqual([[0, 'paid'], 900]);
    await expect(credit.creditNoteToBalance(world.deps, { id: note }, FINANCE)).rejects.toEqual(
      refusal('NOTHING_OWED'),
    );
    const invoice = await invoiceOver(gamma, 250);
    await credit.useCredit(world.deps, { id: invoice }, FINANCE);
    const out = { merchantId: gamma, valueDate: '2026-11-02', reason: 'Auszahlung' };
    await expect(credit.payOutCredit(world.deps, { ...out, amountMinor: 651 }, FINANCE)).rejects.toEqual(
      refusal('BALANCE_TOO_LOW'),
    );
    const { id } = await credit.payOutCredit(world.deps, { ...out, amountMinor: 650 }, FINANCE);
    expect([await open(invoice), await balance(gamma)]).toEqual([[0, 'paid'], 0]);
    expect(
      await world.database.query(
        `select amount_minor::int, unallocated_minor::int from billing.payment where amount_minor = -650`,
      ),
    ).toEqual([{ amount_minor: -650, unallocated_minor: 0 }]);
    await credit.takeBackCredit(world.deps, { id, reason: 'nicht ausgeführt' }, FINANCE);
    await expect(correct(note, cancelled(note))).rejects.toEqual(refusal('BALANCE_TOO_LOW'));
    await credit.payOutCredit(world.deps, { ...out, amountMinor: 650 }, FINANCE);
  });
});

describe('The credit balance', () => {
  test('I9 is the sum of its entries, and of ten at once that would overdraw it one goes through', async () => {
    await credit.grantCredit(world.deps, { merchantId: alpha, amountMinor: 100, reason: 'Kulanz' }, FINANCE);
    const out = { merchantId: alpha, amountMinor: 100, valueDate: '2026-11-02', reason: 'Auszahlung' };
    const done = await Promise.allSettled(
      Array.from({ length: 10 }, () => credit.payOutCredit(world.deps, out, FINANCE)),
    );
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await balance(alpha)).toBe(0);
  });

  test('I7 is used on the next invoice as it is issued, which says so, and the rest stays', async () => {
    const delta = await world.addMerchant('Delta GmbH', {}, { monthEndDocuments: 'two' });
    await world.addCharges([
      { merchantId: delta, rule: 'pack', day: '2026-10-20', quantity: '100' },
      { merchantId: delta, rule: 'returnParcel', day: '2026-10-20' },
    ]);
    await credit.grantCredit(world.deps, { merchantId: delta, amountMinor: 5500, reason: 'Kulanz Oktober' }, FINANCE);
    const { id } = await startRun(world.deps, { cutoff: '2026-10-31' }, FINANCE);
    await world.work();
    for (const step of ['approve', 'finalize'] as const) {
      await requestStep(world.deps, step, { id }, FINANCE);
      await world.work();
    }
    const invoices = await world.database.query<{ id: string; gross: number; prepaid: number | null }>(
      `select i.id, gross_minor::int as gross, (d.model ->> 'prepaidMinor')::int as prepaid from billing.invoice i
       join billing.invoice_document d on d.invoice_id = i.id where i.merchant_id = $1 order by split`,
      [delta],
    );
    // 100 parcels at 0.45 or 0.50 and a return of 2.90, with 19 %
    expect(invoices.map(({ gross, prepaid }) => [gross, prepaid])).toEqual([
      [5355, 5355],
      [345, 145],
    ]);
    expect(await Promise.all(invoices.map((one) => open(one.id)))).toEqual([
      [0, 'paid'],
      [200, 'partially_paid'],
    ]);
    expect(await balance(delta)).toBe(0);
    expect(await getInvoice(world.deps, { id: invoices[1]!.id }, FINANCE)).toMatchObject({
      openMinor: 200,
      document: 'ready',
    });
  });
});
