import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { bookCollection } from '../../../services/billing/use-cases/direct-debits/book-collection.ts';
import * as runs from '../../../services/billing/use-cases/direct-debits/collection-runs.ts';
import * as debits from '../../../services/billing/use-cases/direct-debits/direct-debits.ts';
import * as mandates from '../../../services/billing/use-cases/direct-debits/mandates.ts';
import { returnCollection } from '../../../services/billing/use-cases/direct-debits/returns.ts';
import { dunningInvariants } from '../../../services/billing/persistence/self-check/dunning-invariants.ts';
import { paymentInvariants } from '../../../services/billing/persistence/self-check/payment-invariants.ts';
import { cancelInvoice } from '../../../services/billing/use-cases/corrections/cancel-invoice.ts';
import { getCreditBalance } from '../../../services/billing/use-cases/payments/credit.ts';
import { linkBankEntry, listBankEntries } from '../../../services/billing/use-cases/payments/bank-entries.ts';
import { bookBankEntry } from '../../../services/billing/use-cases/payments/book-entry.ts';
import {
  assignPayment,
  unmatchPayment,
  voidPayment,
} from '../../../services/billing/use-cases/payments/change-payment.ts';
import { allocatePayment, recordPayment } from '../../../services/billing/use-cases/payments/payments.ts';
import { read } from '../../../shared/messaging/transact.ts';
import { rows } from '../../../shared/persistence/sql.ts';
import { FINANCE, type BillingWorld } from '../../support/billing-world.ts';
import { until } from '../../support/product.ts';
import { createCollecting, CREDITOR, type Collecting, type Told } from '../../support/collecting.ts';

let cases: Collecting;
let world: BillingWorld;
let merchants = 0;
let merchant = '';
let mandateId = '';
const query = (text: string, values?: unknown[]) => cases.query(text, values);
const refusal = (type: string) => expect.objectContaining({ type });
const setCreditor = (id: string) => cases.setCreditor(id);
const agree = (more?: object) => cases.agree(more);
const [propose, approve, collect] = [() => cases.propose(), () => cases.approve(), () => cases.collect()];
const bill = (month: string) => cases.bill(month);
const itemOf = (invoiceId: string) => cases.itemOf(invoiceId);
const openOf = (invoiceId: string) => cases.openOf(invoiceId);
const numberOf = (invoiceId: string) => cases.numberOf(invoiceId);
const listed = (name: string) => cases.listed(name);
const told = (amountMinor: number, day: string, more?: Told) => cases.told(amountMinor, day, more);
const suggestions = async (id: string) =>
  (await listBankEntries(world.deps, { limit: 100, state: 'open' }, FINANCE)).items.find((entry) => entry.id === id)!
    .suggestions;

beforeAll(async () => {
  cases = await createCollecting();
  world = cases.world;
});
/** Each case has a merchant with a mandate and nothing of others on its way. */
beforeEach(async () => {
  merchants += 1;
  ({ merchant, mandateId } = await cases.next());
});
afterAll(async () => {
  const wrong = await read(world.deps, FINANCE, async (em) => {
    const found = [];
    for (const [id, ask] of Object.entries({ ...dunningInvariants, ...paymentInvariants }))
      if (/^I36[.]used|^I32[.]entry|^I36[.]announced/.test(id)) found.push(...(await rows(em, ask(world.deps.now()))));
    return found;
  });
  await world.close();
  expect(wrong).toEqual([]);
});

describe('I3 a mandate that was made final', () => {
  const sequences = (entries: readonly { sequence: string }[]) => entries.map(({ sequence }) => sequence);

  test('ends with the last of its announcements, not with the last of a run', async () => {
    const [first, second] = [await bill('2026-09'), await bill('2026-10')];
    await mandates.endMandate(world.deps, { id: mandateId }, FINANCE);
    await debits.holdDirectDebit(world.deps, { id: second, reason: 'wird geprüft' }, FINANCE);
    expect(sequences((await collect()).entries)).toEqual(['FRST']);
    expect(await mandates.getMandate(world.deps, { id: mandateId }, FINANCE)).toMatchObject({ state: 'active' });
    await debits.releaseDirectDebit(world.deps, { id: second }, FINANCE);
    world.at('2026-11-16T08:00:00Z');
    await recordPayment(
      world.deps,
      {
        merchantId: merchant,
        amountMinor: 5355,
        valueDate: '2026-11-16',
        remittance: '',
        allocations: [{ invoiceId: first, amountMinor: 5355 }],
      },
      FINANCE,
    );
    expect(sequences((await collect()).entries)).toEqual(['FNAL']);
    expect(await mandates.getMandate(world.deps, { id: mandateId }, FINANCE)).toMatchObject({ state: 'lapsed' });
  });

  test('does not end when an invoice is taken out of the proposal, or opens again', async () => {
    const [first, second] = [await bill('2026-09'), await bill('2026-10')];
    await mandates.endMandate(world.deps, { id: mandateId }, FINANCE);
    const proposal = await propose();
    expect(sequences(proposal.entries)).toEqual(['FRST', 'FNAL']);
    const item = proposal.entries.find(({ invoiceId }) => invoiceId === first)!;
    expect(sequences((await runs.removeCollectionItem(world.deps, { id: item.id }, FINANCE)).entries)).toEqual([
      'FRST',
    ]);
    const { id } = await recordPayment(
      world.deps,
      {
        merchantId: merchant,
        amountMinor: 5355,
        valueDate: '2026-11-02',
        remittance: '',
        allocations: [{ invoiceId: first, amountMinor: 5355 }],
      },
      FINANCE,
    );
    const approved = await approve();
    expect(sequences(approved.entries)).toEqual(['FNAL']);
    await unmatchPayment(world.deps, { id, invoiceId: first, reason: 'Irrtum' }, FINANCE);
    await expect(runs.submitCollection(world.deps, { id: approved.id }, FINANCE)).rejects.toMatchObject({
      type: 'COLLECTION_CHANGED',
      data: { invoiceIds: [second], numbers: [await numberOf(second)] },
    });
  });
});

describe('I3 handing in', () => {
  test('refuses what was paid, held or revoked since the approval, and what comes too late for its day', async () => {
    const invoice = await bill('2026-10');
    const { id } = await approve();
    const submit = (more: object = {}) => runs.submitCollection(world.deps, { id, ...more }, FINANCE);
    await debits.holdDirectDebit(world.deps, { id: invoice, reason: 'x' }, FINANCE).catch(() => undefined);
    await query(
      `update billing.direct_debit set held_at = now(), held_by = 'x', held_reason = 'x' where invoice_id = $1`,
      [invoice],
    );
    await expect(submit()).rejects.toMatchObject({ type: 'COLLECTION_CHANGED', data: { invoiceIds: [invoice] } });
    await query(
      `update billing.direct_debit set held_at = null, held_by = null, held_reason = null where invoice_id = $1`,
      [invoice],
    );
    const { id: paymentId } = await recordPayment(
      world.deps,
      {
        merchantId: merchant,
        amountMinor: 1,
        valueDate: '2026-11-02',
        remittance: '',
        allocations: [{ invoiceId: invoice, amountMinor: 1 }],
      },
      FINANCE,
    );
    await expect(submit()).rejects.toEqual(refusal('COLLECTION_CHANGED'));
    await unmatchPayment(world.deps, { id: paymentId, invoiceId: invoice, reason: 'Irrtum' }, FINANCE);
    world.at('2026-11-16T08:00:00Z');
    await expect(submit()).rejects.toEqual(refusal('COLLECTION_CHANGED'));
    await expect(submit({ handedInOn: '2026-11-17' })).rejects.toMatchObject({ code: 422 });
    await expect(submit({ handedInOn: '2026-11-01' })).rejects.toMatchObject({ code: 422 });
    // noted later than it was done
    expect(await submit({ handedInOn: '2026-11-13' })).toMatchObject({ state: 'submitted', handedInOn: '2026-11-13' });
    const { id: itemId } = await itemOf(invoice);
    const back = { id: itemId as string, reason: 'AC01' as const, passOn: false };
    await expect(returnCollection(world.deps, { ...back, returnedOn: '2026-11-12' }, FINANCE)).rejects.toMatchObject({
      code: 422,
    });
    expect(await returnCollection(world.deps, { ...back, returnedOn: '2026-11-13' }, FINANCE)).toMatchObject({
      state: 'returned',
    });
  });

  test('a last collection that the bank has made already is noted also when its mandate was revoked meanwhile', async () => {
    const invoice = await bill('2026-10');
    await mandates.endMandate(world.deps, { id: mandateId }, FINANCE);
    const { id, entries } = await approve();
    expect(entries).toMatchObject([{ sequence: 'FNAL' }]);
    await mandates.revokeMandate(world.deps, { id: mandateId, reason: 'widerrufen' }, FINANCE);
    await expect(runs.submitCollection(world.deps, { id }, FINANCE)).rejects.toEqual(refusal('COLLECTION_CHANGED'));
    world.at('2026-11-17T08:00:00Z');
    const entry = await told(5355, '2026-11-16', { endToEndId: await numberOf(invoice) });
    const allocations = [{ invoiceId: invoice, amountMinor: 5355 }];
    await bookBankEntry(world.deps, { id: entry, merchantId: merchant, allocations }, FINANCE);
    expect(await runs.submitCollection(world.deps, { id }, FINANCE)).toMatchObject({ state: 'submitted' });
    expect(await mandates.getMandate(world.deps, { id: mandateId }, FINANCE)).toMatchObject({ state: 'revoked' });
  });

  test('a mandate that is revoked while its last collection is noted stays revoked', async () => {
    const invoice = await bill('2026-10');
    await mandates.endMandate(world.deps, { id: mandateId }, FINANCE);
    const { id } = await approve();
    world.at('2026-11-17T08:00:00Z');
    const entry = await told(5355, '2026-11-16', { endToEndId: await numberOf(invoice) });
    const allocations = [{ invoiceId: invoice, amountMinor: 5355 }];
    await bookBankEntry(world.deps, { id: entry, merchantId: merchant, allocations }, FINANCE);
    const other = new pg.Client({ connectionString: world.database.url });
    await other.connect();
    try {
      await other.query('begin');
      await other.query(`update billing.mandate set state = 'revoked' where id = $1`, [mandateId]);
      const noted = runs.submitCollection(world.deps, { id }, FINANCE);
      await until('the noting to wait for the mandate', async () => {
        const waiting = await query(
          `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        return waiting.length > 0;
      });
      await other.query('commit');
      expect(await noted).toMatchObject({ state: 'submitted' });
    } finally {
      await other.end();
    }
    expect(await mandates.getMandate(world.deps, { id: mandateId }, FINANCE)).toMatchObject({ state: 'revoked' });
  });

  test('a day that passed is announced anew, once, with the whole notice', async () => {
    const invoice = await bill('2026-10');
    world.at('2026-11-20T08:00:00Z');
    const announced = () =>
      query(
        `select payload ->> 'collectOn' as day from messaging.event where type = 'billing.direct-debit-announced.v1' and payload ->> 'invoiceId' = $1`,
        [invoice],
      );
    const { id, entries } = await approve();
    expect(entries).toMatchObject([{ collectOn: '2026-12-04' }]);
    expect(await announced()).toEqual([{ day: '2026-12-04' }]);
    await runs.discardCollection(world.deps, { id }, FINANCE);
    world.at('2026-11-23T08:00:00Z');
    expect((await collect()).entries).toMatchObject([{ collectOn: '2026-12-04' }]);
    expect(await announced()).toHaveLength(1);
  });
});

describe('I3 the money of a collection', () => {
  test('is known by its reference before anybody noted the handing in', async () => {
    const invoice = await bill('2026-10');
    const { id } = await approve();
    world.at('2026-11-17T08:00:00Z');
    const entry = await told(5355, '2026-11-16', { endToEndId: await numberOf(invoice) });
    const allocations = [{ invoiceId: invoice, amountMinor: 5355 }];
    await bookBankEntry(world.deps, { id: entry, merchantId: merchant, allocations }, FINANCE);
    expect(await itemOf(invoice)).toMatchObject({ state: 'collected' });
    expect(await runs.submitCollection(world.deps, { id }, FINANCE)).toMatchObject({ state: 'submitted' });
    expect(await mandates.getMandate(world.deps, { id: mandateId }, FINANCE)).toMatchObject({
      lastUsedOn: '2026-11-16',
    });
    await expect(bookCollection(world.deps, { id, valueDate: '2026-11-17' }, FINANCE)).rejects.toEqual(
      refusal('NOTHING_TO_BOOK'),
    );
  });

  test('is known by invoice and amount where the bank tells no reference', async () => {
    const invoice = await bill('2026-10');
    await collect();
    world.at('2026-11-17T08:00:00Z');
    const entry = await told(5355, '2026-11-16');
    const payment = await bookBankEntry(world.deps, { id: entry, merchantId: merchant, allocations: [] }, FINANCE);
    expect(await itemOf(invoice)).toMatchObject({ state: 'open' });
    await allocatePayment(
      world.deps,
      { id: payment.id, allocations: [{ invoiceId: invoice, amountMinor: 5355 }] },
      FINANCE,
    );
    expect(await itemOf(invoice)).toMatchObject({ state: 'collected', payment: payment.id });
  });

  test('is not booked by hand where a transfer paid the invoice before its day, unless it came twice', async () => {
    const [paid, other] = [await bill('2026-09'), await bill('2026-10')];
    const { id } = await collect();
    world.at('2026-11-17T08:00:00Z');
    const entry = await told(5355, '2026-11-10');
    await bookBankEntry(
      world.deps,
      { id: entry, merchantId: merchant, allocations: [{ invoiceId: paid, amountMinor: 5355 }] },
      FINANCE,
    );
    const booked = await bookCollection(world.deps, { id, valueDate: '2026-11-16' }, FINANCE);
    expect(booked.leftOut).toEqual([{ invoiceId: paid, number: await numberOf(paid) }]);
    expect([(await itemOf(paid))['state'], (await itemOf(other))['state']]).toEqual(['open', 'collected']);
    const unallocated = () =>
      query('select sum(unallocated_minor)::int as minor from billing.payment where merchant_id = $1', [merchant]);
    expect(await unallocated()).toEqual([{ minor: 0 }]);
    await expect(bookCollection(world.deps, { id, valueDate: '2026-11-16' }, FINANCE)).rejects.toEqual(
      refusal('PAID_BY_BANK'),
    );
    expect(
      (await bookCollection(world.deps, { id, valueDate: '2026-11-16', evenIfPaid: true }, FINANCE)).leftOut,
    ).toEqual([]);
    expect(await unallocated()).toEqual([{ minor: 5355 }]);
  });

  test.each([
    ['another amount', 5000],
    ['money that went out', -5355],
    ['a return with its charge', -5655],
  ])('is not %s, though it names the collection', async (_, amountMinor) => {
    const invoice = await bill('2026-10');
    await collect();
    world.at('2026-11-17T08:00:00Z');
    const entry = await told(amountMinor, '2026-11-16', { endToEndId: await numberOf(invoice) });
    const { id } = await bookBankEntry(world.deps, { id: entry, merchantId: merchant, allocations: [] }, FINANCE);
    expect(await itemOf(invoice)).toMatchObject({ state: 'open', payment: null });
    if (amountMinor < 0) return;
    await allocatePayment(world.deps, { id, allocations: [{ invoiceId: invoice, amountMinor }] }, FINANCE);
    expect(await itemOf(invoice)).toMatchObject({ state: 'open', payment: null });
  });

  test('is not booked once more where it was recorded by hand, unless it came twice', async () => {
    const invoice = await bill('2026-10');
    const { id } = await collect();
    world.at('2026-11-17T08:00:00Z');
    await recordPayment(
      world.deps,
      {
        merchantId: merchant,
        amountMinor: 5355,
        valueDate: '2026-11-16',
        remittance: '',
        allocations: [{ invoiceId: invoice, amountMinor: 5355 }],
      },
      FINANCE,
    );
    const book = (more: object = {}) => bookCollection(world.deps, { id, valueDate: '2026-11-16', ...more }, FINANCE);
    await expect(book()).rejects.toEqual(refusal('PAID_BY_BANK'));
    expect((await book({ evenIfPaid: true })).leftOut).toEqual([]);
    expect(await itemOf(invoice)).toMatchObject({ state: 'collected' });
  });

  test('is known when a payment recorded by hand is said to be its entry, and comes back as such', async () => {
    const invoice = await bill('2026-10');
    const { id } = await collect();
    world.at('2026-11-17T08:00:00Z');
    const allocations = [{ invoiceId: invoice, amountMinor: 5355 }];
    const money = { merchantId: merchant, amountMinor: 5355, valueDate: '2026-11-16', remittance: '', allocations };
    const payment = await recordPayment(world.deps, money, FINANCE);
    expect(await itemOf(invoice)).toMatchObject({ state: 'open', payment: null });
    const endToEndId = await numberOf(invoice);
    const entry = await told(5355, '2026-11-16', { endToEndId });
    const recorded = { reasons: ['recorded', 'amount'], paymentId: payment.id };
    expect(await suggestions(entry)).toContainEqual(expect.objectContaining(recorded));
    await linkBankEntry(world.deps, { id: entry, paymentId: payment.id }, FINANCE);
    expect(await itemOf(invoice)).toMatchObject({ state: 'collected', payment: payment.id });
    await expect(bookCollection(world.deps, { id, valueDate: '2026-11-16' }, FINANCE)).rejects.toEqual(
      refusal('NOTHING_TO_BOOK'),
    );
    // taken off and allocated once more it is still the entry
    await unmatchPayment(world.deps, { id: payment.id, invoiceId: invoice, reason: 'Irrtum' }, FINANCE);
    expect(await itemOf(invoice)).toMatchObject({ state: 'open' });
    await allocatePayment(world.deps, { id: payment.id, allocations }, FINANCE);
    expect(await itemOf(invoice)).toMatchObject({ state: 'collected', payment: payment.id });
    const went = await told(-5355, '2026-11-17', { endToEndId });
    const [suggested] = await suggestions(went);
    expect(suggested).toMatchObject({ reasons: ['returned', 'endToEndId'], paymentId: payment.id, allocations });
    const booking = { id: went, merchantId: merchant, allocations, returnsPaymentId: payment.id };
    await bookBankEntry(world.deps, booking, FINANCE);
    expect(await itemOf(invoice)).toMatchObject({ state: 'returned' });
    expect(await openOf(invoice)).toBe(5355);
  });

  test('collects what it names, and nothing else of the same amount', async () => {
    const [first, second] = [await bill('2026-09'), await bill('2026-10')];
    await collect();
    world.at('2026-11-18T08:00:00Z');
    const pays = (invoiceId: string) => [{ invoiceId, amountMinor: 5355 }];
    const transfer = await told(5355, '2026-11-10', { iban: 'DE02120300000000202051' });
    await bookBankEntry(world.deps, { id: transfer, merchantId: merchant, allocations: pays(first) }, FINANCE);
    const named = async (invoice: string, amountMinor: number, day: string) =>
      told(amountMinor, day, { endToEndId: await numberOf(invoice), iban: 'DE02120300000000202051' });
    // the money of the first pays the second, which is still open
    const one = await named(first, 5355, '2026-11-16');
    const paid = await bookBankEntry(world.deps, { id: one, merchantId: merchant, allocations: pays(second) }, FINANCE);
    expect(await itemOf(first)).toMatchObject({ state: 'collected', payment: paid.id });
    expect(await itemOf(second)).toMatchObject({ state: 'open', payment: null });
    const other = await named(second, 5355, '2026-11-16');
    const free = await bookBankEntry(world.deps, { id: other, merchantId: merchant, allocations: [] }, FINANCE);
    expect(await itemOf(second)).toMatchObject({ state: 'collected', payment: free.id });
    const went = await named(second, -5355, '2026-11-18');
    const [suggested] = await suggestions(went);
    expect(suggested).toMatchObject({ reasons: ['returned', 'endToEndId'], paymentId: free.id });
    const returned = { id: went, merchantId: merchant, allocations: [], returnsPaymentId: free.id };
    await bookBankEntry(world.deps, returned, FINANCE);
    expect([(await itemOf(first))['state'], (await itemOf(second))['state']]).toEqual(['collected', 'returned']);
  });

  test('shows that the bank has the file, which is discarded no more', async () => {
    const invoice = await bill('2026-10');
    const { id } = await approve();
    world.at('2026-11-17T08:00:00Z');
    const entry = await told(5355, '2026-11-16', { endToEndId: await numberOf(invoice) });
    const allocations = [{ invoiceId: invoice, amountMinor: 5355 }];
    await bookBankEntry(world.deps, { id: entry, merchantId: merchant, allocations }, FINANCE);
    await expect(runs.discardCollection(world.deps, { id }, FINANCE)).rejects.toMatchObject({
      type: 'COLLECTION_BOOKED',
      code: 409,
    });
    expect(await itemOf(invoice)).toMatchObject({ state: 'collected' });
    await runs.submitCollection(world.deps, { id }, FINANCE);
  });

  test('is waited for again when its payment is taken off, voided or another merchant’s', async () => {
    const invoice = await bill('2026-10');
    const { id } = await collect();
    world.at('2026-11-17T08:00:00Z');
    const book = () => bookCollection(world.deps, { id, valueDate: '2026-11-16' }, FINANCE);
    await book();
    const payment = (await itemOf(invoice))['payment'] as string;
    await unmatchPayment(world.deps, { id: payment, invoiceId: invoice, reason: 'Irrtum' }, FINANCE);
    expect(await itemOf(invoice)).toMatchObject({ state: 'open', payment: null });
    await allocatePayment(
      world.deps,
      { id: payment, allocations: [{ invoiceId: invoice, amountMinor: 5355 }] },
      FINANCE,
    );
    expect(await itemOf(invoice)).toMatchObject({ state: 'collected', payment });
    await unmatchPayment(world.deps, { id: payment, invoiceId: invoice, reason: 'Irrtum' }, FINANCE);
    await voidPayment(world.deps, { id: payment, reason: 'Irrtum' }, FINANCE);
    await book();
    const again = (await itemOf(invoice))['payment'] as string;
    expect(again).not.toBe(payment);
    await unmatchPayment(world.deps, { id: again, invoiceId: invoice, reason: 'Irrtum' }, FINANCE);
    const other = await world.addMerchant(`Anderer zu Fall ${merchants} GmbH`);
    await assignPayment(world.deps, { id: again, merchantId: other }, FINANCE);
    expect(await itemOf(invoice)).toMatchObject({ state: 'open', payment: null });
    const back = {
      id: (await itemOf(invoice))['id'] as string,
      reason: 'AM04' as const,
      returnedOn: '2026-11-17',
      passOn: false,
    };
    await returnCollection(world.deps, back, FINANCE);
    expect(await listed('awaitsCollection')).toEqual([false]);
  });
});

test('I3 I9 what was made credit of a collection is none any more once the bank took the money back', async () => {
  const invoice = await bill('2026-10');
  const { id } = await collect();
  world.at('2026-11-16T10:00:00Z');
  await bookCollection(world.deps, { id, valueDate: '2026-11-16' }, FINANCE);
  const item = await itemOf(invoice);
  await cancelInvoice(world.deps, { id: invoice, reason: 'Falscher Preis' }, FINANCE);
  const balance = async () => (await getCreditBalance(world.deps, { id: merchant }, FINANCE)).balanceMinor;
  expect(await balance()).toBe(5355);
  await returnCollection(world.deps, { id: item['id'], reason: 'AM04', returnedOn: '2026-11-16' } as never, FINANCE);
  expect(await balance()).toBe(0);
  expect(
    await query('select sum(unallocated_minor)::int as free from billing.payment where merchant_id = $1', [merchant]),
  ).toEqual([{ free: 0 }]);
});

describe('I3 statements that come after it was booked by hand', () => {
  test('are joined to the direct debit and to its return with the charge of the bank', async () => {
    const invoice = await bill('2026-10');
    const { id } = await collect();
    world.at('2026-11-19T08:00:00Z');
    await bookCollection(world.deps, { id, valueDate: '2026-11-17' }, FINANCE);
    const item = (await itemOf(invoice))['id'] as string;
    await returnCollection(world.deps, { id: item, reason: 'AM04', returnedOn: '2026-11-19', passOn: false }, FINANCE);
    const endToEndId = await numberOf(invoice);
    const came = await told(5355, '2026-11-16', { endToEndId });
    const went = await told(-5655, '2026-11-18', { endToEndId, charge: 300 });
    for (const entry of [came, went]) {
      const [suggested, ...others] = await suggestions(entry);
      expect(others).toEqual([]);
      expect(suggested!.reasons).toEqual(expect.arrayContaining(['recorded', 'endToEndId']));
      await linkBankEntry(world.deps, { id: entry, paymentId: suggested!.paymentId! }, FINANCE);
    }
    expect(await itemOf(invoice)).toMatchObject({ state: 'returned', charge: 300 });
    expect(await openOf(invoice)).toBe(5355);
    const left = await query(
      `select coalesce(sum(unallocated_minor), 0)::int as minor from billing.payment where merchant_id = $1`,
      [merchant],
    );
    expect(left).toEqual([{ minor: 0 }]);
  });

  test.each([
    ['told', 300],
    ['not told', undefined],
  ])(
    'a return whose entry holds the charge, %s, takes back what was paid; the charge can be claimed',
    async (_, charge) => {
      const invoice = await bill('2026-10');
      await collect();
      world.at('2026-11-19T08:00:00Z');
      const endToEndId = await numberOf(invoice);
      const allocations = [{ invoiceId: invoice, amountMinor: 5355 }];
      const came = await told(5355, '2026-11-16', { endToEndId });
      await bookBankEntry(world.deps, { id: came, merchantId: merchant, allocations }, FINANCE);
      const went = await told(-5655, '2026-11-18', { endToEndId, ...(charge ? { charge } : {}) });
      const [suggested] = await suggestions(went);
      expect(suggested).toMatchObject({ reasons: ['returned', 'endToEndId'], allocations: [{ amountMinor: 5355 }] });
      const booking = { id: went, merchantId: merchant, allocations, passOn: true };
      await expect(bookBankEntry(world.deps, booking, FINANCE)).rejects.toMatchObject({ code: 422 });
      const payment = await bookBankEntry(world.deps, { ...booking, returnsPaymentId: suggested!.paymentId! }, FINANCE);
      expect(payment).toMatchObject({ amountMinor: -5355, unallocatedMinor: 0, source: 'returnDebit' });
      expect(await itemOf(invoice)).toMatchObject({ state: 'returned', charge: 300 });
      expect(
        await query(`select kind, amount_minor::int as amount from billing.dunning_claim where invoice_id = $1`, [
          invoice,
        ]),
      ).toEqual([{ kind: 'bankCharge', amount: 300 }]);
    },
  );
});

describe('I3 mandates that collect nothing', () => {
  test('a blocked one leaves its other invoices to dunning', async () => {
    const [first] = [await bill('2026-09'), await bill('2026-10')];
    const { entries } = await collect();
    world.at('2026-11-17T08:00:00Z');
    expect(await listed('awaitsCollection')).toEqual([true, true]);
    const item = entries.find(({ invoiceId }) => invoiceId === first)!;
    await returnCollection(
      world.deps,
      { id: item.id, reason: 'AC04', returnedOn: '2026-11-17', passOn: false },
      FINANCE,
    );
    // the second is still with the bank
    expect(await listed('awaitsCollection')).toEqual([false, true]);
    await query(`update billing.collection_item set state = 'removed' where merchant_id = $1 and state = 'open'`, [
      merchant,
    ]);
    expect(await listed('awaitsCollection')).toEqual([false, false]);
    await query(`update billing.collection_item set state = 'open' where merchant_id = $1 and state = 'removed'`, [
      merchant,
    ]);
  });

  test('one that was given to another creditor announces nothing, is not proposed, and says so', async () => {
    const invoice = await bill('2026-09');
    const { id } = await approve();
    await setCreditor('AT61ZZZ01234567890');
    await expect(runs.submitCollection(world.deps, { id }, FINANCE)).rejects.toEqual(refusal('COLLECTION_CHANGED'));
    await runs.discardCollection(world.deps, { id }, FINANCE);
    expect((await propose()).entries).toEqual([]);
    expect(await listed('awaitsCollection')).toEqual([false]);
    const view = await mandates.getMandate(world.deps, { id: mandateId }, FINANCE);
    expect(view).toMatchObject({ creditorId: CREDITOR, ofOtherCreditor: true });
    await bill('2026-10');
    expect(await query('select invoice_id as id from billing.direct_debit where merchant_id = $1', [merchant])).toEqual(
      [{ id: invoice }],
    );
    await setCreditor(CREDITOR);
    expect(await mandates.getMandate(world.deps, { id: mandateId }, FINANCE)).toMatchObject({ ofOtherCreditor: false });
    expect((await propose()).entries).toHaveLength(1);
  });

  test('one holds when the house takes another business code, and its reference stays its own', async () => {
    await bill('2026-09');
    await setCreditor('DE98ABC09999999999');
    expect(await mandates.getMandate(world.deps, { id: mandateId }, FINANCE)).toMatchObject({
      ...{ creditorId: CREDITOR, ofOtherCreditor: false },
    });
    const invoice = await bill('2026-10');
    expect(await query('select mandate_id as id from billing.direct_debit where invoice_id = $1', [invoice])).toEqual([
      { id: mandateId },
    ]);
    expect((await collect()).items).toBe(2);
    const { reference } = await mandates.getMandate(world.deps, { id: mandateId }, FINANCE);
    const merchantId = await world.addMerchant('Gleiche Referenz GmbH');
    await expect(agree({ merchantId, reference })).rejects.toMatchObject({
      code: 422,
      data: { errors: [expect.objectContaining({ path: 'reference', code: 'REFERENCE_TAKEN' })] },
    });
  });

  test('gets a reference that is free, also beside merchants whose numbers differ in other signs only', async () => {
    const references: string[] = [];
    for (const number of ['M-9-9', 'M-99', 'M99', `L${'9'.repeat(39)}`, `L${'9'.repeat(38)}-9`]) {
      const merchantId = await world.addMerchant(`Nummer ${number}`, { number });
      references.push((await agree({ merchantId })).reference);
    }
    expect(references).toEqual([
      ...['MANDAT-M99-1', 'MANDAT-M99-2', 'MANDAT-M99-3'],
      ...[`MANDAT-L${'9'.repeat(25)}-1`, `MANDAT-L${'9'.repeat(25)}-2`],
    ]);
    // at once, each of them gets one
    const created = ['M-8-8', 'M-88', 'M88'].map(async (number) => {
      const merchantId = await world.addMerchant(`Nummer ${number}`, { number });
      return (await agree({ merchantId })).reference;
    });
    expect((await Promise.all(created)).toSorted()).toEqual(['MANDAT-M88-1', 'MANDAT-M88-2', 'MANDAT-M88-3']);
  });

  test('one of an account outside the EEA needs the bank', async () => {
    await mandates.revokeMandate(world.deps, { id: mandateId, reason: 'neues Konto' }, FINANCE);
    await expect(agree({ iban: 'CH9300762011623852957' })).rejects.toMatchObject({
      code: 422,
      data: { errors: [expect.objectContaining({ path: 'bic', code: 'BIC_MISSING' })] },
    });
    await agree({ iban: 'CH9300762011623852957', bic: 'UBSWCHZH80A' });
    await bill('2026-10');
    expect(await collect()).toMatchObject({ state: 'submitted', items: 1 });
  });
});

describe('I3 the notice', () => {
  const madeOn = async (invoiceId: string, at: string) => {
    await query('alter table billing.invoice_document disable trigger user');
    await query('update billing.invoice_document set ready_at = $2 where invoice_id = $1', [invoiceId, at]);
    await query('alter table billing.invoice_document enable trigger user');
  };
  const days = (entries: readonly { collectOn: string }[]) => entries.map(({ collectOn }) => collectOn);

  test('runs from the day the document was there: one that was parked is announced anew', async () => {
    // issued on 2 November, to be collected on 16 November
    const invoice = await bill('2026-10');
    expect(days((await propose()).entries)).toEqual(['2026-11-16']);
    world.at('2026-11-03T08:00:00Z');
    expect(days((await propose()).entries)).toEqual(['2026-11-16']);
    // 3 November in Hamburg
    await madeOn(invoice, '2026-11-02T23:30:00Z');
    expect(days((await propose()).entries)).toEqual(['2026-11-17']);
    world.at('2026-11-13T10:00:00Z');
    await madeOn(invoice, '2026-11-13T09:00:00Z');
    const told = () =>
      query(
        `select payload ->> 'collectOn' as day from messaging.event where type = 'billing.direct-debit-announced.v1' and payload ->> 'invoiceId' = $1`,
        [invoice],
      );
    expect(await told()).toEqual([]);
    expect(days((await collect()).entries)).toEqual(['2026-11-27']);
    expect(await told()).toEqual([{ day: '2026-11-27' }]);
    // it knows that day now
    expect(
      await query('select announced_anew_on::text as day from billing.direct_debit where invoice_id = $1', [invoice]),
    ).toEqual([{ day: '2026-11-27' }]);
  });
});
