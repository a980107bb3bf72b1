import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { dunningInvariants } from '../../../services/billing/persistence/self-check/dunning-invariants.ts';
import { paymentInvariants } from '../../../services/billing/persistence/self-check/payment-invariants.ts';
import { cancelInvoice } from '../../../services/billing/use-cases/corrections/cancel-invoice.ts';
import { bookCollection } from '../../../services/billing/use-cases/direct-debits/book-collection.ts';
import * as debits from '../../../services/billing/use-cases/direct-debits/direct-debits.ts';
import { returnCollection } from '../../../services/billing/use-cases/direct-debits/returns.ts';
import { payDunningClaim } from '../../../services/billing/use-cases/dunning/claims.ts';
import { listBankEntries } from '../../../services/billing/use-cases/payments/bank-entries.ts';
import { bookBankEntry } from '../../../services/billing/use-cases/payments/book-entry.ts';
import * as change from '../../../services/billing/use-cases/payments/change-payment.ts';
import * as credit from '../../../services/billing/use-cases/payments/credit.ts';
import { allocatePayment, recordPayment } from '../../../services/billing/use-cases/payments/payments.ts';
import { read } from '../../../shared/messaging/transact.ts';
import { rows } from '../../../shared/persistence/sql.ts';
import { FINANCE, type BillingWorld } from '../../support/billing-world.ts';
import { createCollecting, type Collecting } from '../../support/collecting.ts';

let cases: Collecting;
let world: BillingWorld;
let merchant = '';
const refusal = (type: string) => expect.objectContaining({ type });
const TODAY = '2026-11-17';

/** Money that came by hand. @returns its id */
const pay = async (amountMinor: number, allocations: { invoiceId: string; amountMinor: number }[] = []) =>
  (
    await recordPayment(
      world.deps,
      { merchantId: merchant, amountMinor, valueDate: '2026-11-02', remittance: '', allocations },
      FINANCE,
    )
  ).id;
/** The bank takes money back. @returns the return */
const takeBack = async (
  returnsPaymentId: string,
  amountMinor: number,
  allocations: { invoiceId: string; amountMinor: number }[] = [],
) =>
  bookBankEntry(
    world.deps,
    { id: await cases.told(-amountMinor, TODAY), merchantId: merchant, allocations, returnsPaymentId },
    FINANCE,
  );
const balance = async () => (await credit.getCreditBalance(world.deps, { id: merchant }, FINANCE)).balanceMinor;
/** What is left of each payment of the merchant, in the order they were recorded. */
const left = async () =>
  (
    await cases.query(
      'select unallocated_minor::int as minor from billing.payment where merchant_id = $1 and voided_at is null order by recorded_at, id',
      [merchant],
    )
  ).map(({ minor }) => minor);
const statusOf = async (invoiceId: string) =>
  (await cases.query('select payment from billing.invoice_status where invoice_id = $1', [invoiceId]))[0]!['payment'];
const auditOf = async (action: string) =>
  (await cases.query('select count(*)::int as times from messaging.audit_entry where action = $1', [action]))[0]![
    'times'
  ];

beforeAll(async () => {
  cases = await createCollecting();
  world = cases.world;
});
beforeEach(async () => {
  ({ merchant } = await cases.next());
});
afterAll(async () => {
  world.at('2026-12-31T08:00:00Z');
  const wrong = await read(world.deps, FINANCE, async (em) => {
    const found = [];
    for (const ask of Object.values({ ...paymentInvariants, ...dunningInvariants }))
      found.push(...(await rows(em, ask(world.deps.now()))));
    return found;
  });
  await world.close();
  expect(wrong).toEqual([]);
});

describe('I3 I9 credit that was made of money that came back', () => {
  test('is taken off the invoices that used it, which are open again; what was paid out stays claimed', async () => {
    const payment = await pay(10_000);
    await change.grantFromPayment(world.deps, { id: payment, amountMinor: 8000, reason: 'Vorauszahlung' }, FINANCE);
    const invoice = await cases.bill('2026-10');
    expect([await cases.openOf(invoice), await balance()]).toEqual([0, 2645]);
    const out = { merchantId: merchant, amountMinor: 1000, valueDate: '2026-11-02', reason: 'Auszahlung' };
    await credit.payOutCredit(world.deps, out, FINANCE);
    world.at(`${TODAY}T08:00:00Z`);
    await takeBack(payment, 10_000);
    expect([await cases.openOf(invoice), await statusOf(invoice), await balance()]).toEqual([5355, 'overdue', 0]);
    expect(await left()).toEqual([0, 0, -1000]);
    expect(await auditOf('invoice.credit-taken-back')).toBe(1);
    const { items } = await credit.listCreditEntries(world.deps, { merchantId: merchant, limit: 9 }, FINANCE);
    expect(items.map(({ kind, amountMinor, reversed }) => [kind, amountMinor, reversed]).toSorted()).toEqual([
      ['grant', 8000, false],
      ['payout', -1000, false],
      ['returned', 5355, false],
      ['reversal', -7000, false],
      ['use', -5355, false],
    ]);
    const grant = items.find(({ kind }) => kind === 'grant')!;
    await expect(credit.takeBackCredit(world.deps, { id: grant.id, reason: 'Rest' }, FINANCE)).rejects.toEqual(
      refusal('BALANCE_TOO_LOW'),
    );
  });

  test('leaves what earlier credit paid', async () => {
    await credit.grantCredit(world.deps, { merchantId: merchant, amountMinor: 5355, reason: 'Kulanz' }, FINANCE);
    const invoice = await cases.bill('2026-09');
    world.at('2026-11-03T08:00:00Z');
    const payment = await pay(1000);
    await change.refundPayment(
      world.deps,
      { id: payment, amountMinor: 1000, valueDate: '2026-11-03', reason: 'zurück' },
      FINANCE,
    );
    world.at(`${TODAY}T08:00:00Z`);
    await takeBack(payment, 1000);
    expect([await cases.openOf(invoice), await balance()]).toEqual([0, 0]);
    expect(await left()).toEqual([0, 0, -1000]);
  });

  test('that was paid out leaves what other credit paid since', async () => {
    const payment = await pay(1000);
    await change.grantFromPayment(world.deps, { id: payment, amountMinor: 1000, reason: 'Vorauszahlung' }, FINANCE);
    const out = { merchantId: merchant, amountMinor: 1000, valueDate: '2026-11-02', reason: 'Auszahlung' };
    await credit.payOutCredit(world.deps, out, FINANCE);
    await credit.grantCredit(world.deps, { merchantId: merchant, amountMinor: 800, reason: 'Kulanz' }, FINANCE);
    const invoice = await cases.bill('2026-10');
    expect([await cases.openOf(invoice), await balance()]).toEqual([4555, 0]);
    world.at(`${TODAY}T08:00:00Z`);
    await takeBack(payment, 1000);
    expect([await cases.openOf(invoice), await balance()]).toEqual([4555, 0]);
    expect(await left()).toEqual([0, 0, -1000]);
  });

  test('of what was collected, the rest that is open again is asked for as a transfer', async () => {
    const first = await cases.bill('2026-09');
    const { id } = await cases.collect();
    world.at(`${TODAY}T08:00:00Z`);
    await bookCollection(world.deps, { id, valueDate: '2026-11-16' }, FINANCE);
    await cancelInvoice(world.deps, { id: first, reason: 'Falscher Preis' }, FINANCE);
    const out = { merchantId: merchant, amountMinor: 2000, valueDate: '2026-11-16', reason: 'Auszahlung' };
    await credit.payOutCredit(world.deps, out, FINANCE);
    // bills what was cancelled once more
    const second = await cases.bill('2026-10');
    expect(await cases.openOf(second)).toBe(2 * 5355 - 3355);
    const { id: run } = await cases.collect();
    world.at('2026-12-10T08:00:00Z');
    await bookCollection(world.deps, { id: run, valueDate: '2026-12-09' }, FINANCE);
    expect(await cases.openOf(second)).toBe(0);
    const item = (await cases.itemOf(first))['id'] as string;
    await returnCollection(world.deps, { id: item, reason: 'MD01', returnedOn: '2026-12-09', passOn: false }, FINANCE);
    expect([await cases.openOf(second), await cases.itemOf(second)]).toMatchObject([3355, { state: 'collected' }]);
    expect((await cases.propose()).entries).toEqual([]);
    for (const name of ['awaitsCollection', 'collectionHeld', 'uncollected'])
      expect([name, await cases.listed(name)]).toEqual([name, [false]]);
  });
});

describe('I1 a payment that the bank took back', () => {
  test('in part pays no more of a document than is left, and that is unmatched', async () => {
    const invoice = await cases.bill('2026-10');
    const payment = await pay(5355, [{ invoiceId: invoice, amountMinor: 5355 }]);
    world.at(`${TODAY}T08:00:00Z`);
    await takeBack(payment, 2000);
    expect(await cases.openOf(invoice)).toBe(2000);
    await change.unmatchPayment(world.deps, { id: payment, invoiceId: invoice, reason: 'Falsche Rechnung' }, FINANCE);
    expect([await cases.openOf(invoice), await left()]).toEqual([5355, [3355, 0]]);
  });

  test('is neither spent nor voided nor moved again, and free once the return is voided', async () => {
    const invoice = await cases.bill('2026-10');
    const allocations = [{ invoiceId: invoice, amountMinor: 5355 }];
    const payment = await pay(15_000, allocations);
    world.at(`${TODAY}T08:00:00Z`);
    const back = await takeBack(payment, 15_000, allocations);
    expect(back).toMatchObject({ unallocatedMinor: 0, allocations: [{ amountMinor: -5355 }] });
    expect([await left(), await cases.openOf(invoice)]).toEqual([[0, 0], 5355]);
    const claim = crypto.randomUUID();
    await cases.query(
      `insert into billing.dunning_claim (id, merchant_id, invoice_id, kind, amount_minor, claimed_on, state) values ($1, $2, $3, 'bankCharge', 300, $4, 'open')`,
      [claim, merchant, invoice, TODAY],
    );
    const spent = [
      allocatePayment(world.deps, { id: payment, allocations }, FINANCE),
      change.grantFromPayment(world.deps, { id: payment, amountMinor: 1, reason: 'x' }, FINANCE),
      change.refundPayment(world.deps, { id: payment, amountMinor: 1, valueDate: TODAY, reason: 'x' }, FINANCE),
      payDunningClaim(world.deps, { id: claim, paymentId: payment }, FINANCE),
    ];
    for (const refused of await Promise.allSettled(spent))
      expect(refused).toMatchObject({ reason: { type: 'PAYMENT_USED_UP', code: 409 } });
    await expect(change.voidPayment(world.deps, { id: payment, reason: 'x' }, FINANCE)).rejects.toEqual(
      refusal('RETURN_STANDS'),
    );
    const other = await world.addMerchant(`Anderer als ${merchant}`);
    await expect(change.assignPayment(world.deps, { id: payment, merchantId: other }, FINANCE)).rejects.toEqual(
      refusal('RETURN_STANDS'),
    );
    await expect(
      change.unmatchPayment(world.deps, { id: payment, invoiceId: invoice, reason: 'x' }, FINANCE),
    ).rejects.toEqual(refusal('NOT_ALLOCATED'));
    await change.unmatchPayment(world.deps, { id: back.id, invoiceId: invoice, reason: 'Irrtum' }, FINANCE);
    expect([await left(), await cases.openOf(invoice)]).toEqual([[0, -5355], 0]);
    await change.voidPayment(world.deps, { id: back.id, reason: 'Irrtum' }, FINANCE);
    expect([await left(), await cases.openOf(invoice)]).toEqual([[9645], 0]);
  });

  test('is not spent by what a cancellation frees', async () => {
    const invoice = await cases.bill('2026-10');
    const payment = await pay(5355, [{ invoiceId: invoice, amountMinor: 5355 }]);
    world.at(`${TODAY}T08:00:00Z`);
    const back = await takeBack(payment, 5355, [{ invoiceId: invoice, amountMinor: 5355 }]);
    await change.unmatchPayment(world.deps, { id: back.id, invoiceId: invoice, reason: 'Irrtum' }, FINANCE);
    await cancelInvoice(world.deps, { id: invoice, reason: 'Falscher Preis' }, FINANCE);
    expect([await balance(), await left()]).toEqual([0, [0, 0]]);
  });

  test('pays no claim any more, nor takes more off the invoices than it lacks', async () => {
    const invoice = await cases.bill('2026-10');
    const claims = [crypto.randomUUID(), crypto.randomUUID()];
    for (const claim of claims)
      await cases.query(
        `insert into billing.dunning_claim (id, merchant_id, invoice_id, kind, amount_minor, claimed_on, state) values ($1, $2, $3, 'bankCharge', 300, $4, 'open')`,
        [claim, merchant, invoice, TODAY],
      );
    const payment = await pay(1000);
    world.at(`${TODAY}T08:00:00Z`);
    for (const id of claims) await payDunningClaim(world.deps, { id, paymentId: payment }, FINANCE);
    const states = async () =>
      (
        await cases.query('select state from billing.dunning_claim where merchant_id = $1 order by state', [merchant])
      ).map(({ state }) => state);
    await takeBack(payment, 600);
    expect([await states(), await left()]).toEqual([
      ['open', 'paid'],
      [100, 0],
    ]);
    await takeBack(payment, 400);
    expect([await states(), await left()]).toEqual([
      ['open', 'open'],
      [0, 0, 0],
    ]);
    expect(await auditOf('dunning.claim-reopened')).toBe(2);
  });

  test('comes back in parts, together no more than it was', async () => {
    const payment = await pay(1000);
    world.at(`${TODAY}T08:00:00Z`);
    await takeBack(payment, 400);
    await takeBack(payment, 500);
    expect(await left()).toEqual([100, 0, 0]);
    const field = (code: string) => ({ code: 422, data: { errors: [expect.objectContaining({ code })] } });
    await expect(takeBack(payment, 20_000)).rejects.toMatchObject(field('NO_RETURN'));
    await change.grantFromPayment(world.deps, { id: payment, amountMinor: 100, reason: 'Rest' }, FINANCE);
    expect(await left()).toEqual([0, 0, 0]);
    // with a charge of the bank
    expect(await takeBack(payment, 103)).toMatchObject({ amountMinor: -100 });
    await expect(takeBack(payment, 1)).rejects.toEqual(refusal('PAYMENT_RETURNED'));
    expect([await left(), await balance()]).toEqual([[0, 0, 0, 0], 0]);
    // nor by another way
    await expect(
      cases.query(
        `insert into billing.payment (id, merchant_id, amount_minor, unallocated_minor, currency, value_date, remittance, source, returns_id, recorded_by, recorded_at)
         select gen_random_uuid(), merchant_id, -1, -1, 'EUR', value_date, '', 'returnDebit', id, 'x', now() from billing.payment where id = $1`,
        [payment],
      ),
    ).rejects.toMatchObject({ constraint: 'payment_not_overreturned' });
  });
});

describe('I3 the bank takes a collection back', () => {
  const charges = async () =>
    (
      await cases.query(
        `select state from billing.dunning_claim where merchant_id = $1 and kind = 'bankCharge' order by state`,
        [merchant],
      )
    ).map(({ state }) => state);
  const debitOf = async (invoiceId: string) =>
    (
      await cases.query(
        'select held_reason as held, returned_on::text as "returnedOn" from billing.direct_debit where invoice_id = $1',
        [invoiceId],
      )
    )[0];
  const suggested = async (entry: string) =>
    (await listBankEntries(world.deps, { limit: 100, state: 'open' }, FINANCE)).items
      .find(({ id }) => id === entry)!
      .suggestions.map(({ reasons, paymentId, allocations }) => ({
        ...{ reasons, paymentId, allocations: allocations.map(({ invoiceId }) => invoiceId) },
      }));

  test('and nobody says what it pays: it is taken off the invoice; voided, nothing of it is left', async () => {
    const invoice = await cases.bill('2026-10');
    await cases.collect();
    world.at(`${TODAY}T08:00:00Z`);
    const endToEndId = await cases.numberOf(invoice);
    const book = (id: string, more: object = {}) =>
      bookBankEntry(world.deps, { id, merchantId: merchant, allocations: [], ...more }, FINANCE);
    const came = await book(await cases.told(5355, '2026-11-16', { endToEndId }), {
      allocations: [{ invoiceId: invoice, amountMinor: 5355 }],
    });
    const went = await cases.told(-5655, '2026-11-17', { endToEndId, charge: 300 });
    const asReturn = { returnsPaymentId: came.id, passOn: true };
    for (const allocations of [
      [{ invoiceId: invoice, amountMinor: 5000 }],
      [{ invoiceId: crypto.randomUUID(), amountMinor: 5355 }],
    ])
      await expect(book(went, { ...asReturn, allocations })).rejects.toMatchObject({
        ...{ code: 422, data: { errors: [{ path: 'allocations', code: 'RETURN_MISMATCH' }] } },
      });
    const back = await book(went, asReturn);
    expect(back).toMatchObject({ amountMinor: -5355, unallocatedMinor: 0, allocations: [{ amountMinor: -5355 }] });
    expect([await cases.openOf(invoice), await cases.itemOf(invoice)]).toMatchObject([
      5355,
      { state: 'returned', charge: 300 },
    ]);
    expect([await debitOf(invoice), await charges()]).toEqual([{ held: 'AM04', returnedOn: '2026-11-17' }, ['open']]);

    await change.unmatchPayment(world.deps, { id: back.id, invoiceId: invoice, reason: 'Irrtum' }, FINANCE);
    await change.voidPayment(world.deps, { id: back.id, reason: 'Irrtum' }, FINANCE);
    expect([await cases.openOf(invoice), await cases.itemOf(invoice)]).toMatchObject([
      0,
      { state: 'collected', payment: came.id, charge: null },
    ]);
    expect([await debitOf(invoice), await charges()]).toEqual([{ held: null, returnedOn: null }, ['waived']]);
    expect([await auditOf('collection.return-undone'), await auditOf('dunning.claim-waived')]).toEqual([1, 1]);

    const anew = await book(went, asReturn);
    expect([await cases.openOf(invoice), await charges()]).toEqual([5355, ['open', 'waived']]);
    await expect(
      cases.query(
        `insert into billing.dunning_claim (id, merchant_id, invoice_id, kind, amount_minor, claimed_on, state, return_payment_id)
         values (gen_random_uuid(), $1, $2, 'bankCharge', 300, $3, 'open', $4)`,
        [merchant, invoice, TODAY, anew.id],
      ),
    ).rejects.toMatchObject({ constraint: 'dunning_claim_return' });

    // let in again and collected once more, the first collection is not collected after all
    await debits.releaseDirectDebit(world.deps, { id: invoice }, FINANCE);
    await cases.collect();
    await change.unmatchPayment(world.deps, { id: anew.id, invoiceId: invoice, reason: 'Irrtum' }, FINANCE);
    await expect(change.voidPayment(world.deps, { id: anew.id, reason: 'Irrtum' }, FINANCE)).rejects.toEqual(
      refusal('COLLECTED_ANEW'),
    );
  });

  test('what a person held since stays held when the return is voided', async () => {
    const invoice = await cases.bill('2026-10');
    const { id } = await cases.collect();
    world.at(`${TODAY}T08:00:00Z`);
    await bookCollection(world.deps, { id, valueDate: '2026-11-16' }, FINANCE);
    const item = (await cases.itemOf(invoice))['id'] as string;
    await returnCollection(world.deps, { id: item, reason: 'AM04', returnedOn: TODAY, passOn: false }, FINANCE);
    await debits.releaseDirectDebit(world.deps, { id: invoice }, FINANCE);
    await debits.holdDirectDebit(world.deps, { id: invoice, reason: 'wird geprüft' }, FINANCE);
    const [back] = await cases.query('select id from billing.payment where merchant_id = $1 and amount_minor < 0', [
      merchant,
    ]);
    const paymentId = back!['id'] as string;
    await change.unmatchPayment(world.deps, { id: paymentId, invoiceId: invoice, reason: 'Irrtum' }, FINANCE);
    await change.voidPayment(world.deps, { id: paymentId, reason: 'Irrtum' }, FINANCE);
    expect(await debitOf(invoice)).toEqual({ held: 'wird geprüft', returnedOn: null });
  });

  test('of a payment that collected several, the one that it names, and then another', async () => {
    const invoices = [await cases.bill('2026-09'), await cases.bill('2026-10', '50')];
    const [first, second] = invoices as [string, string];
    const amounts = [await cases.openOf(first), await cases.openOf(second)] as [number, number];
    await cases.collect();
    world.at(`${TODAY}T08:00:00Z`);
    const sum = amounts[0] + amounts[1];
    const allocations = invoices.map((invoiceId, index) => ({ invoiceId, amountMinor: amounts[index]! }));
    const came = await cases.told(sum, '2026-11-16');
    const { id: payment } = await bookBankEntry(world.deps, { id: came, merchantId: merchant, allocations }, FINANCE);
    expect([await cases.itemOf(first), await cases.itemOf(second)]).toMatchObject([
      { state: 'collected' },
      { state: 'collected' },
    ]);
    // the first is credit by now, which the return of the second leaves
    await cancelInvoice(world.deps, { id: first, reason: 'Falscher Preis' }, FINANCE);
    const book = async (entry: string) => {
      const [found] = await suggested(entry);
      expect(found).toMatchObject({ paymentId: payment });
      return bookBankEntry(
        world.deps,
        { id: entry, merchantId: merchant, allocations: [], returnsPaymentId: payment },
        FINANCE,
      );
    };
    const told = async (invoice: string, minor: number) =>
      book(await cases.told(-minor - 300, TODAY, { charge: 300, endToEndId: await cases.numberOf(invoice) }));
    expect(await told(second, amounts[1])).toMatchObject({ amountMinor: -amounts[1], unallocatedMinor: 0 });
    expect([await cases.itemOf(first), await cases.itemOf(second)]).toMatchObject([
      { state: 'collected', charge: null },
      { state: 'returned', charge: 300 },
    ]);
    expect([await cases.openOf(second), await balance()]).toEqual([amounts[1], amounts[0]]);
    expect(await told(first, amounts[0])).toMatchObject({ amountMinor: -amounts[0], unallocatedMinor: 0 });
    expect(await cases.itemOf(first)).toMatchObject({ state: 'returned' });
    expect([await left(), await balance()]).toEqual([[0, 0, 0], 0]);
  });

  test('and tells no reference: it is known by mandate or account', async () => {
    const invoice = await cases.bill('2026-10');
    const { id, entries } = await cases.collect();
    world.at(`${TODAY}T08:00:00Z`);
    await bookCollection(world.deps, { id, valueDate: '2026-11-16' }, FINANCE);
    const { payment: paymentId } = await cases.itemOf(invoice);
    const { mandateReference } = entries[0]!;
    const byMandate = await cases.told(-5655, '2026-11-16', { mandateReference });
    const byAccount = await cases.told(-5755, '2026-11-16', { iban: 'DE02120300000000202051' });
    const known = { paymentId, allocations: [invoice] };
    expect([await suggested(byMandate), await suggested(byAccount)]).toEqual([
      [{ ...known, reasons: ['returned', 'mandate'] }],
      expect.arrayContaining([{ ...known, reasons: ['returned', 'iban'] }]),
    ]);
  });

  describe('of a payment that collected several by one mandate, with a charge that nobody told apart', () => {
    let [first, second] = ['', ''];
    let [payment, mandateReference] = ['', ''];
    /** @param parcels  of the second invoice */
    const collected = async (parcels: string) => {
      [first, second] = [await cases.bill('2026-09'), await cases.bill('2026-10', parcels)];
      const { entries } = await cases.collect();
      mandateReference = entries[0]!.mandateReference;
      world.at(`${TODAY}T08:00:00Z`);
      const allocations = [];
      for (const invoiceId of [first, second])
        allocations.push({ invoiceId, amountMinor: (await cases.openOf(invoiceId)) as number });
      const sum = allocations.reduce((total, { amountMinor }) => total + amountMinor, 0);
      const came = await cases.told(sum, '2026-11-16');
      payment = (await bookBankEntry(world.deps, { id: came, merchantId: merchant, allocations }, FINANCE)).id;
      return allocations.map(({ amountMinor }) => amountMinor) as [number, number];
    };
    const book = (id: string, allocations: { invoiceId: string; amountMinor: number }[] = []) =>
      bookBankEntry(
        world.deps,
        { id, merchantId: merchant, allocations, returnsPaymentId: payment, passOn: true },
        FINANCE,
      );
    const itemsAre = async () => [(await cases.itemOf(first))['state'], (await cases.itemOf(second))['state']];

    test('what is suggested is booked', async () => {
      const [one, other] = await collected('200');
      const entry = await cases.told(-one - 300, TODAY, { mandateReference });
      const [found, ...more] = (await listBankEntries(world.deps, { limit: 100, state: 'open' }, FINANCE)).items.find(
        ({ id }) => id === entry,
      )!.suggestions;
      expect([found, more]).toMatchObject([{ paymentId: payment, confidence: 'likely' }, []]);
      const allocations = found!.allocations.map(({ invoiceId, amountMinor }) => ({ invoiceId, amountMinor }));
      expect(allocations).toEqual([{ invoiceId: first, amountMinor: one }]);
      expect(await book(entry, allocations)).toMatchObject({ amountMinor: -one, unallocatedMinor: 0 });
      expect([await itemsAre(), await charges()]).toEqual([['returned', 'collected'], ['open']]);
      expect([await cases.openOf(first), await cases.openOf(second)]).toEqual([one, 0]);
      // what is left of the payment comes back with its charge, and nothing of it stays
      expect(await book(await cases.told(-other - 200, TODAY, { mandateReference }))).toMatchObject({
        amountMinor: -other,
      });
      expect([await itemsAre(), await left()]).toEqual([
        ['returned', 'returned'],
        [0, 0, 0],
      ]);
    });

    test('somebody says which of those that fit', async () => {
      const [one, other] = await collected('50');
      const entry = await cases.told(-one - 300, TODAY, { mandateReference });
      const offered = (await suggested(entry)).map(({ reasons, allocations }) => [reasons, allocations]);
      const each = [first, second].map((invoiceId) => [['returned', 'mandate'], [invoiceId]]);
      expect(offered.toSorted()).toEqual(each.toSorted());
      await expect(book(entry)).rejects.toMatchObject({
        ...{ code: 422, data: { errors: [{ path: 'allocations', code: 'RETURN_AMBIGUOUS' }] } },
      });
      expect(await itemsAre()).toEqual(['collected', 'collected']);
      expect(await book(entry, [{ invoiceId: second, amountMinor: other }])).toMatchObject({ amountMinor: -other });
      expect([await itemsAre(), await cases.openOf(first)]).toEqual([['collected', 'returned'], 0]);
    });
  });
});
