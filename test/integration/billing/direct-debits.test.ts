import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bookCollection } from '../../../services/billing/use-cases/direct-debits/book-collection.ts';
import { getCollectionFile } from '../../../services/billing/use-cases/direct-debits/collection-file.ts';
import * as runs from '../../../services/billing/use-cases/direct-debits/collection-runs.ts';
import * as debits from '../../../services/billing/use-cases/direct-debits/direct-debits.ts';
import * as mandates from '../../../services/billing/use-cases/direct-debits/mandates.ts';
import { proposeCollection } from '../../../services/billing/use-cases/direct-debits/propose-collection.ts';
import { returnCollection } from '../../../services/billing/use-cases/direct-debits/returns.ts';
import { openLineDispute } from '../../../services/billing/use-cases/disputes/open-dispute.ts';
import { getInvoice } from '../../../services/billing/use-cases/invoices/read-invoices.ts';
import { rejectLineDispute } from '../../../services/billing/use-cases/disputes/settle-dispute.ts';
import { proposeDunning } from '../../../services/billing/use-cases/dunning/runs.ts';
import { bookBankEntry } from '../../../services/billing/use-cases/payments/book-entry.ts';
import { recordPayment } from '../../../services/billing/use-cases/payments/payments.ts';
import { schemaFindings } from '../../../services/billing/documents/collection/check-file.ts';
import { uuidOf } from '../../../shared/kernel/ids.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import { createBillingWorld, FINANCE, type BillingWorld } from '../../support/billing-world.ts';
import { billCutoff } from '../../support/issued-invoices.ts';

let world: BillingWorld;
let [alpha, beta, gamma] = ['', '', ''];
let invoices: Map<string, string>;
const query = (text: string, values?: unknown[]) => world.database.query(text, values);
const refusal = (type: string) => expect.objectContaining({ type });
const ofMerchant = (merchantId: string): Actor => ({
  ...{ kind: 'user', id: 'anna', roles: ['merchantViewer'], scope: [merchantId], requestId: 'test' },
});
const MANDATE = {
  ...{ scheme: 'CORE' as const, kind: 'recurrent' as const, signedOn: '2026-01-05' },
  ...{ iban: 'DE02120300000000202051', debtorName: 'Käthe Alpha' },
};
const agree = (merchantId: string, more: object = {}) =>
  mandates.createMandate(world.deps, { merchantId, ...MANDATE, ...more }, FINANCE);
const propose = () => proposeCollection(world.deps, { collectUntil: '2026-12-31' }, FINANCE);
const seenOf = ({ items, totalMinor }: { items: number; totalMinor: number }) => ({ seen: { items, totalMinor } });
const openOf = async (invoiceId: string) => {
  const [row] = await query(
    `select open_minor::int as open from billing.open_item('2026-12-01') where invoice_id = $1`,
    [invoiceId],
  );
  return row!['open'];
};
/** Proposes, approves and hands in whatever is due. */
async function collect() {
  const proposal = await propose();
  await runs.approveCollection(world.deps, { id: proposal.id, ...seenOf(proposal) }, FINANCE);
  return runs.submitCollection(world.deps, { id: proposal.id }, FINANCE);
}

beforeAll(async () => {
  world = await createBillingWorld('2026-11-02T08:00:00Z');
  alpha = await world.addMerchant('Alpha GmbH');
  beta = await world.addMerchant('Beta GmbH');
  gamma = await world.addMerchant('Gamma KG');
  await expect(agree(alpha)).rejects.toEqual(refusal('CREDITOR_ID_MISSING'));
  await query(`update billing.issuer set profile = profile || '{"sepaCreditorId": "DE98ZZZ09999999999"}'`);
});
afterAll(() => world.close());

describe('I3 mandates', () => {
  test('a merchant has one that is live, with a reference of its own and a history', async () => {
    const { id, ...mandate } = await agree(alpha);
    expect(mandate).toMatchObject({ reference: 'MANDAT-M001-1', state: 'active', usableUntil: '2029-01-05' });
    await expect(agree(alpha)).rejects.toEqual(refusal('MANDATE_LIVE'));
    await expect(agree(beta, { reference: 'MANDAT-M001-1' })).rejects.toMatchObject({
      code: 422,
      data: { errors: [expect.objectContaining({ path: 'reference' })] },
    });
    await expect(agree(beta, { signedOn: '2026-11-03' })).rejects.toMatchObject({ code: 422 });
    await expect(agree(beta, { signedOn: '2023-11-01' })).rejects.toMatchObject({ code: 422 });
    world.at('2026-11-02T09:00:00Z');
    await mandates.revokeMandate(world.deps, { id, reason: 'Konto gewechselt' }, FINANCE);
    await expect(mandates.revokeMandate(world.deps, { id, reason: 'x' }, FINANCE)).rejects.toEqual(
      refusal('MANDATE_STATE'),
    );
    await agree(alpha, { reference: 'A/1' });
    const { history } = await mandates.getMandate(world.deps, { id }, FINANCE);
    expect(history.map(({ action, reason }) => [action, reason])).toEqual([
      ['revoked', 'Konto gewechselt'],
      ['agreed', null],
    ]);
    await expect(query(`update billing.mandate set iban = 'DE89370400440532013000'`)).rejects.toThrow('never changes');
    await expect(query(`delete from billing.mandate_event`)).rejects.toThrow();
  });

  test('merchants see their own alone, with a masked IBAN', async () => {
    const { items } = await mandates.listMandates(world.deps, { limit: 10 }, ofMerchant(alpha));
    expect(items.map(({ iban, bic }) => [iban, bic])).toEqual(
      Array.from({ length: 2 }, () => ['DE02••••••••••••••2051', null]),
    );
    expect((await mandates.listMandates(world.deps, { limit: 10 }, ofMerchant(beta))).items).toEqual([]);
  });

  test('what was not used for 36 months lapses by itself, once', async () => {
    const { id } = await agree(gamma, { signedOn: '2024-01-31' });
    world.at('2027-01-31T22:00:00Z');
    expect(await mandates.lapseMandates(world.deps)).toBe(0);
    world.at('2027-01-31T23:30:00Z');
    expect(await mandates.lapseMandates(world.deps)).toBe(1);
    expect(await mandates.lapseMandates(world.deps)).toBe(0);
    expect(await mandates.getMandate(world.deps, { id }, FINANCE)).toMatchObject({ state: 'lapsed' });
    world.at('2026-11-02T08:00:00Z');
  });
});

test('I3 the invoice announces its collection: 14 days ahead, on a day on which payments are settled', async () => {
  await agree(beta, { kind: 'oneOff', preNotificationDays: 20 });
  await world.addCharges(
    [alpha, beta, gamma].map((merchantId) => ({
      merchantId,
      rule: 'pack' as const,
      day: '2026-10-20',
      quantity: '100',
    })),
  );
  invoices = await billCutoff(world, '2026-10-31');
  const documents = await query(
    `select i.merchant_id as merchant, d.state, d.model -> 'directDebit' as debit, d.model ->> 'dueDate' as due
     from billing.invoice_document d join billing.invoice i on i.id = d.invoice_id`,
  );
  const debitOf = (merchant: string) => documents.find((document) => document['merchant'] === merchant);
  expect(debitOf(alpha)).toMatchObject({
    state: 'ready',
    due: '2026-11-16',
    debit: { mandateReference: 'A/1', signedOn: '2026-01-05', collectedOn: '2026-11-16', iban: MANDATE.iban },
  });
  // 20 days of notice agreed end on a Sunday
  expect(debitOf(beta)).toMatchObject({ debit: { collectedOn: '2026-11-23' } });
  expect(debitOf(gamma)).toMatchObject({ debit: null });
  const { items } = await debits.listDirectDebits(world.deps, { limit: 10 }, FINANCE);
  expect(items.map(({ merchantId, collectOn, state, openMinor }) => [merchantId, collectOn, state, openMinor])).toEqual(
    [
      [alpha, '2026-11-16', 'announced', 5355],
      [beta, '2026-11-23', 'announced', 5355],
    ],
  );
});

test('I3 the mail is told of the collection, and the merchant sees it with the invoice', async () => {
  const told = await query(
    `select payload ->> 'merchantId' as merchant, payload -> 'payableMinor' as payable, payload -> 'directDebit' as debit
     from messaging.event where type = 'billing.invoice-document-ready.v1'`,
  );
  const debit = { collectedOn: '2026-11-16', mandateReference: 'A/1' };
  expect(told).toEqual(
    expect.arrayContaining([
      { merchant: alpha, payable: 5355, debit },
      { merchant: gamma, payable: 5355, debit: null },
    ]),
  );
  const seen = (merchant: string) => getInvoice(world.deps, { id: invoices.get(merchant)! }, ofMerchant(merchant));
  expect(await seen(alpha)).toMatchObject({ openMinor: 5355, directDebit: debit });
  expect(await seen(gamma)).toMatchObject({ openMinor: 5355, directDebit: null });
});

describe('I3 collections', () => {
  test('collect what is open, each invoice once, as it was seen', async () => {
    const invoice = invoices.get(alpha)!;
    await debits.holdDirectDebit(world.deps, { id: invoices.get(beta)!, reason: 'wird überwiesen' }, FINANCE);
    expect(await getInvoice(world.deps, { id: invoices.get(beta)! }, FINANCE)).toMatchObject({ directDebit: null });
    const first = await propose();
    expect(first.entries).toEqual([
      expect.objectContaining({ invoiceId: invoice, amountMinor: 5355, sequence: 'FRST', collectOn: '2026-11-16' }),
    ]);
    await recordPayment(
      world.deps,
      {
        merchantId: alpha,
        amountMinor: 355,
        valueDate: '2026-11-02',
        remittance: '',
        allocations: [{ invoiceId: invoice, amountMinor: 355 }],
      },
      FINANCE,
    );
    await expect(runs.approveCollection(world.deps, { id: first.id, ...seenOf(first) }, FINANCE)).rejects.toEqual(
      refusal('COLLECTION_CHANGED'),
    );
    const again = await propose();
    expect([again.id, again.totalMinor]).toEqual([first.id, 5000]);
    const [line] = await query('select id from billing.invoice_line where invoice_id = $1', [invoice]);
    const disputed = await openLineDispute(
      world.deps,
      { id: invoice, lineId: line!['id'] as string, reason: 'wrongQuantity', text: 'Das waren nur 90.' },
      { ...ofMerchant(alpha), roles: ['merchantDecider'] },
    );
    await expect(runs.approveCollection(world.deps, { id: again.id, ...seenOf(again) }, FINANCE)).rejects.toEqual(
      refusal('COLLECTION_CHANGED'),
    );
    expect((await propose()).entries).toEqual([]);
    const waiting = await debits.listDirectDebits(world.deps, { limit: 10, state: 'disputed' }, FINANCE);
    expect(waiting.items.map(({ invoiceId }) => invoiceId)).toEqual([invoice]);
    await rejectLineDispute(world.deps, { id: disputed.id, answer: 'Es waren 100, siehe Nachweis.' }, FINANCE);
    expect((await propose()).totalMinor).toBe(5000);
    // two people at once: one approves, the other is told
    const both = await Promise.allSettled(
      [1, 2].map(() => runs.approveCollection(world.deps, { id: again.id, ...seenOf(again) }, FINANCE)),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect((await propose()).entries).toEqual([]);
    await expect(
      query(
        `insert into billing.collection_item select gen_random_uuid(), (select id from billing.collection_run where state = 'proposed'), merchant_id, invoice_id, mandate_id,
           1, sequence, collect_on, end_to_end_id, 'open' from billing.collection_item`,
      ),
    ).rejects.toThrow('collection_item_one_live');
    await expect(query('update billing.collection_item set amount_minor = 1')).rejects.toThrow('never changes');
  });

  test('the file is valid, the same bytes each time, and kept by its hash', async () => {
    const [run] = (await runs.listCollectionRuns(world.deps, { limit: 10 }, FINANCE)).items.filter(
      ({ state }) => state === 'approved',
    );
    const read = async () => {
      const { objectKey, filename } = await getCollectionFile(world.deps, { id: run!.id }, FINANCE);
      return { filename, xml: (await world.deps.store.read(objectKey)).toString('utf8') };
    };
    const { xml, filename } = await read();
    expect(filename).toMatch(/^LS-20261102-[0-9A-F]{6}\.xml$/);
    expect(schemaFindings(xml)).toEqual([]);
    expect(xml).toContain('<CtrlSum>50.00</CtrlSum>');
    expect(xml).toContain('<Nm>Kaethe Alpha</Nm>');
    const [announced] = await query(
      `select model ->> 'number' || ' / ' || (model -> 'buyer' ->> 'merchantNumber') as reference
         from billing.invoice_document where invoice_id = $1 and kind = 'pdf'`,
      [invoices.get(alpha)],
    );
    expect(xml).toContain(`<Ustrd>${(announced as { reference: string }).reference}</Ustrd>`);
    expect((await read()).xml).toBe(xml);
  });

  test('handing the file in uses the mandate and books nothing; booking does, once', async () => {
    const invoice = invoices.get(alpha)!;
    const [approved] = (await runs.listCollectionRuns(world.deps, { limit: 10 }, FINANCE)).items.filter(
      ({ state }) => state === 'approved',
    );
    const { id } = approved!;
    await expect(bookCollection(world.deps, { id, valueDate: '2026-11-16' }, FINANCE)).rejects.toMatchObject({
      code: 422,
    });
    await runs.submitCollection(world.deps, { id }, FINANCE);
    await expect(runs.submitCollection(world.deps, { id }, FINANCE)).rejects.toEqual(refusal('COLLECTION_STATE'));
    await expect(runs.discardCollection(world.deps, { id }, FINANCE)).rejects.toEqual(refusal('COLLECTION_STATE'));
    expect(await openOf(invoice)).toBe(5000);
    world.at('2026-11-16T10:00:00Z');
    await expect(bookCollection(world.deps, { id, valueDate: '2026-11-15' }, FINANCE)).rejects.toEqual(
      refusal('NOTHING_TO_BOOK'),
    );
    const twice = await Promise.allSettled(
      [1, 2].map(() => bookCollection(world.deps, { id, valueDate: '2026-11-16' }, FINANCE)),
    );
    expect(twice.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await openOf(invoice)).toBe(0);
    expect(
      await query(`select source, amount_minor::int as amount from billing.payment where source <> 'manual'`),
    ).toEqual([{ source: 'directDebit', amount: 5000 }]);
    const { items } = await mandates.listMandates(
      world.deps,
      { limit: 10, merchantId: alpha, state: 'active' },
      FINANCE,
    );
    expect(items[0]).toMatchObject({ lastUsedOn: '2026-11-16', usableUntil: '2029-11-16' });
  });
});

describe('I3 return debits', () => {
  const itemOf = async (invoiceId: string) => {
    const [item] = await query(
      `select id from billing.collection_item where invoice_id = $1 and state <> 'removed' order by collect_on desc`,
      [invoiceId],
    );
    return item!['id'] as string;
  };

  test('open the invoice again, block the mandate where the reason says so, and wait for a person', async () => {
    const invoice = invoices.get(alpha)!;
    world.at('2026-11-18T10:00:00Z');
    const told = { id: await itemOf(invoice), reason: 'AC04' as const, returnedOn: '2026-11-17', passOn: true };
    await expect(returnCollection(world.deps, told, FINANCE)).rejects.toMatchObject({ code: 422 });
    await expect(
      returnCollection(world.deps, { ...told, returnedOn: '2026-11-01', bankChargeMinor: 300 }, FINANCE),
    ).rejects.toMatchObject({ code: 422 });
    const item = await returnCollection(world.deps, { ...told, bankChargeMinor: 300 }, FINANCE);
    expect(item).toMatchObject({ state: 'returned', returnReason: 'AC04', openMinor: 5000 });
    await expect(returnCollection(world.deps, { ...told, bankChargeMinor: 300 }, FINANCE)).rejects.toEqual(
      refusal('COLLECTION_STATE'),
    );
    expect(await query(`select kind, amount_minor::int as amount, state from billing.dunning_claim`)).toEqual([
      { kind: 'bankCharge', amount: 300, state: 'open' },
    ]);
    const { items } = await debits.listDirectDebits(world.deps, { limit: 10, merchantId: alpha }, FINANCE);
    expect(items[0]).toMatchObject({
      state: 'held',
      heldReason: 'AC04',
      returnedOn: '2026-11-17',
      mandateState: 'blocked',
    });
    expect((await propose()).entries).toEqual([]);
  });

  test('are collected again only by a person, and then by the mandate that was unblocked', async () => {
    const invoice = invoices.get(alpha)!;
    await debits.releaseDirectDebit(world.deps, { id: invoice }, FINANCE);
    expect((await propose()).entries).toEqual([]);
    const [mandate] = (await mandates.listMandates(world.deps, { limit: 1, state: 'blocked' }, FINANCE)).items;
    await mandates.unblockMandate(world.deps, { id: mandate!.id, reason: 'Konto war gesperrt' }, FINANCE);
    // the announced day has been used: another one, with the notice of the house
    expect((await propose()).entries).toMatchObject([{ sequence: 'RCUR', collectOn: '2026-12-02', amountMinor: 5000 }]);
    const { id } = await collect();
    expect(await query(`select payload from messaging.event where type = 'billing.direct-debit-announced.v1'`)).toEqual(
      [
        {
          payload: expect.objectContaining({
            ...{ invoiceId: invoice, merchantId: alpha, amountMinor: 5000, collectOn: '2026-12-02', currency: 'EUR' },
            ...{ mandateReference: 'A/1', creditorId: 'DE98ZZZ09999999999', iban: 'DE02••••••••••••••2051' },
          }),
        },
      ],
    );
    // a collection that nobody booked comes back without money moving, before its day
    world.at('2026-11-20T10:00:00Z');
    await returnCollection(
      world.deps,
      { id: await itemOf(invoice), reason: 'MS03', returnedOn: '2026-11-20', passOn: false },
      FINANCE,
    );
    expect(await openOf(invoice)).toBe(5000);
    expect((await runs.getCollectionRun(world.deps, { id }, FINANCE)).entries).toMatchObject([{ state: 'returned' }]);
    const { items } = await mandates.listMandates(world.deps, { limit: 1, merchantId: alpha }, FINANCE);
    expect(items).toMatchObject([{ state: 'active' }]);
  });

  test('a mandate for once ends with its collection', async () => {
    await debits.releaseDirectDebit(world.deps, { id: invoices.get(beta)! }, FINANCE);
    const { entries } = await collect();
    expect(entries).toMatchObject([{ sequence: 'OOFF', merchantId: beta, collectOn: '2026-11-23' }]);
    const { items } = await mandates.listMandates(world.deps, { limit: 10, merchantId: beta }, FINANCE);
    expect(items).toMatchObject([{ state: 'lapsed', lastUsedOn: '2026-11-23' }]);
  });

  test('what is with the bank is not dunned, what came back is', async () => {
    world.at('2026-11-22T10:00:00Z');
    const { rows } = await proposeDunning(world.deps, { asOf: '2026-11-22' }, FINANCE);
    expect(rows.map(({ merchantId, level, hindrance }) => [merchantId, level ?? hindrance])).toEqual([
      [alpha, 0],
      [beta, 'directDebit'],
      [gamma, 0],
    ]);
  });

  test('are told by the bank as well: its entries collect and take back what they name', async () => {
    world.at('2026-11-25T10:00:00Z');
    const invoice = invoices.get(beta)!;
    const [{ number }] = (await query('select number from billing.invoice where id = $1', [invoice])) as [
      { number: string },
    ];
    await query(
      `insert into billing.bank_account_statement (id, iban, statement_id, file_sha256, imported_by, imported_at) values ($1, 'DE89370400440532013000', 'S', repeat('0', 64), 'x', now())`,
      [uuidOf('statement')],
    );
    const told = (name: string, amountMinor: number, day: string, reason: string | null) =>
      query(
        `insert into billing.bank_entry (id, statement_id, iban, entry_key, position, amount_minor, currency, booking_date, value_date, remittance, end_to_end_id, return_reason, reversal)
         values ($1, $2, 'DE89370400440532013000', $3, 1, $4, 'EUR', $5, $5, '', $6, $7, false)`,
        [uuidOf(name), uuidOf('statement'), name, amountMinor, day, number, reason],
      );
    await told('came', 5355, '2026-11-23', null);
    await told('went', -5355, '2026-11-25', 'MD01');
    const allocations = [{ invoiceId: invoice, amountMinor: 5355 }];
    const paid = await bookBankEntry(world.deps, { id: uuidOf('came'), merchantId: beta, allocations }, FINANCE);
    const state = async () =>
      (
        await query(
          'select state, return_reason as reason, payment_id as payment from billing.collection_item where invoice_id = $1',
          [invoice],
        )
      )[0];
    expect(await state()).toEqual({ state: 'collected', reason: null, payment: paid.id });
    await bookBankEntry(
      world.deps,
      { id: uuidOf('went'), merchantId: beta, allocations, returnsPaymentId: paid.id },
      FINANCE,
    );
    expect(await state()).toEqual({ state: 'returned', reason: 'MD01', payment: paid.id });
    expect(await openOf(invoice)).toBe(5355);
    const { items } = await debits.listDirectDebits(world.deps, { limit: 10, merchantId: beta }, FINANCE);
    expect(items).toMatchObject([{ state: 'held', returnReason: 'MD01', returnedOn: '2026-11-25' }]);
  });
});
