import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import * as runs from '../../../services/billing/use-cases/direct-debits/collection-runs.ts';
import * as debits from '../../../services/billing/use-cases/direct-debits/direct-debits.ts';
import { noteDelivery } from '../../../services/billing/use-cases/invoices/note-delivery.ts';
import { bookBankEntry } from '../../../services/billing/use-cases/payments/book-entry.ts';
import { grantFromPayment } from '../../../services/billing/use-cases/payments/change-payment.ts';
import { recordPayment } from '../../../services/billing/use-cases/payments/payments.ts';
import { uuidOf } from '../../../shared/kernel/ids.ts';
import { inTransaction } from '../../../shared/persistence/transaction.ts';
import { FINANCE, type BillingWorld } from '../../support/billing-world.ts';
import { createCollecting, type Collecting } from '../../support/collecting.ts';

let cases: Collecting;
let world: BillingWorld;
let merchant = '';
const [propose, approve] = [() => cases.propose(), () => cases.approve()];
const changed = expect.objectContaining({ type: 'COLLECTION_CHANGED' });
const collected = (entries: readonly { collectOn: string; amountMinor: number }[]) =>
  entries.map(({ collectOn, amountMinor }) => [collectOn, amountMinor]);
const announced = async (invoiceId: string) =>
  (
    await cases.query(
      `select payload ->> 'collectOn' as day, (payload ->> 'amountMinor')::int as minor, (payload ->> 'announcement')::int as times
       from messaging.event where type = 'billing.direct-debit-announced.v1' and payload ->> 'invoiceId' = $1 order by times`,
      [invoiceId],
    )
  ).map(({ day, minor, times }) => [times, day, minor]);
const stateOf = async (invoiceId: string) =>
  (await debits.listDirectDebits(world.deps, { limit: 20, merchantId: merchant }, FINANCE)).items.find(
    (one) => one.invoiceId === invoiceId,
  )!.state;
/** What became of a mail about an invoice. */
const mailed = (
  documentId: string,
  kind: 'invoiceReady' | 'directDebitAnnounced',
  outcome: 'sent' | 'bounced',
  { revision = 0, resends = 0, mail = 'mail' }: { revision?: number; resends?: number; mail?: string } = {},
) => {
  const messageId = uuidOf(documentId, kind, revision, mail);
  const events = [{ payload: { kind, messageId, documentId, revision, resends, outcome } }];
  return inTransaction(world.deps.orm, 'staff', (em) => noteDelivery({ em } as never, events as never));
};

beforeAll(async () => {
  cases = await createCollecting();
  world = cases.world;
});
beforeEach(async () => {
  ({ merchant } = await cases.next());
});
afterAll(() => world.close());

describe('I3 more than was announced', () => {
  /** An invoice of 53.55 of which credit pays some, and the payment that the credit was made of. */
  const billedWithCredit = async (creditMinor: number) => {
    const money = { merchantId: merchant, valueDate: '2026-11-02', remittance: '', allocations: [] };
    const payment = await recordPayment(world.deps, { ...money, amountMinor: creditMinor }, FINANCE);
    const grant = { id: payment.id, amountMinor: creditMinor, reason: 'Vorauszahlung' };
    await grantFromPayment(world.deps, grant, FINANCE);
    return { invoice: await cases.bill('2026-10'), payment: payment.id };
  };
  const takeBack = async (payment: string, amountMinor: number, day: string) => {
    const id = await cases.told(-amountMinor, day);
    const booking = { id, merchantId: merchant, allocations: [], returnsPaymentId: payment };
    await bookBankEntry(world.deps, booking, FINANCE);
  };

  test('is announced anew with the whole notice, once', async () => {
    const { invoice, payment } = await billedWithCredit(2000);
    expect(collected((await propose()).entries)).toEqual([['2026-11-16', 3355]]);
    world.at('2026-11-10T08:00:00Z');
    await takeBack(payment, 2000, '2026-11-10');
    const { id, entries } = await approve();
    expect(collected(entries)).toEqual([['2026-11-24', 5355]]);
    expect(await announced(invoice)).toEqual([[1, '2026-11-24', 5355]]);
    await runs.discardCollection(world.deps, { id }, FINANCE);
    world.at('2026-11-11T08:00:00Z');
    expect(collected((await cases.collect()).entries)).toEqual([['2026-11-24', 5355]]);
    expect(await announced(invoice)).toHaveLength(1);
  });

  test('is told again where the day was announced anew already with less', async () => {
    const { invoice, payment } = await billedWithCredit(2000);
    world.at('2026-11-20T08:00:00Z');
    const { id } = await approve();
    await runs.discardCollection(world.deps, { id }, FINANCE);
    await takeBack(payment, 2000, '2026-11-20');
    expect(collected((await approve()).entries)).toEqual([['2026-12-04', 5355]]);
    expect(await announced(invoice)).toEqual([
      [1, '2026-12-04', 3355],
      [2, '2026-12-04', 5355],
    ]);
  });

  test('less is collected on the day announced', async () => {
    const invoice = await cases.bill('2026-10');
    const allocations = [{ invoiceId: invoice, amountMinor: 355 }];
    const money = { merchantId: merchant, amountMinor: 355, valueDate: '2026-11-02', remittance: '', allocations };
    await recordPayment(world.deps, money, FINANCE);
    world.at('2026-11-10T08:00:00Z');
    expect(collected((await cases.collect()).entries)).toEqual([['2026-11-16', 5000]]);
    expect(await announced(invoice)).toEqual([]);
  });
});

describe('I3 an announcement that came back', () => {
  test('of an invoice: nothing is collected until one mail was sent again', async () => {
    const invoice = await cases.bill('2026-10');
    const { id } = await approve();
    await mailed(invoice, 'invoiceReady', 'bounced');
    await expect(runs.submitCollection(world.deps, { id }, FINANCE)).rejects.toEqual(changed);
    await runs.discardCollection(world.deps, { id }, FINANCE);
    expect(await stateOf(invoice)).toBe('undelivered');
    expect((await propose()).entries).toEqual([]);
    // it can be held for good as well
    await debits.holdDirectDebit(world.deps, { id: invoice, reason: 'wird überwiesen' }, FINANCE);
    await debits.releaseDirectDebit(world.deps, { id: invoice }, FINANCE);
    expect(await stateOf(invoice)).toBe('undelivered');
    const proposed = await propose();
    await mailed(invoice, 'invoiceReady', 'sent', { mail: 'to another address' });
    expect(await stateOf(invoice)).toBe('announced');
    expect(collected((await propose()).entries)).toEqual([['2026-11-16', 5355]]);
    await mailed(invoice, 'invoiceReady', 'bounced', { mail: 'to another address' });
    const seen = { items: 1, totalMinor: 5355 };
    await expect(runs.approveCollection(world.deps, { id: proposed.id, seen }, FINANCE)).rejects.toEqual(changed);
  });

  test('of a new day: the day counts once its mail was sent again', async () => {
    const invoice = await cases.bill('2026-10');
    await mailed(invoice, 'invoiceReady', 'sent');
    world.at('2026-11-20T08:00:00Z');
    const { id } = await approve();
    expect(await announced(invoice)).toEqual([[1, '2026-12-04', 5355]]);
    await mailed(invoice, 'directDebitAnnounced', 'bounced', { revision: 1 });
    await expect(runs.submitCollection(world.deps, { id }, FINANCE)).rejects.toEqual(changed);
    await runs.discardCollection(world.deps, { id }, FINANCE);
    expect(await stateOf(invoice)).toBe('undelivered');
    expect((await propose()).entries).toEqual([]);
    await mailed(invoice, 'directDebitAnnounced', 'sent', { revision: 1, resends: 1 });
    world.at('2026-11-23T08:00:00Z');
    expect(collected((await cases.collect()).entries)).toEqual([['2026-12-04', 5355]]);
    expect(await announced(invoice)).toHaveLength(1);
  });

  test('says nothing of the announcement that comes after it', async () => {
    const invoice = await cases.bill('2026-10');
    world.at('2026-11-20T08:00:00Z');
    await runs.discardCollection(world.deps, { id: (await approve()).id }, FINANCE);
    world.at('2026-12-04T08:00:00Z');
    const { id } = await approve();
    await mailed(invoice, 'directDebitAnnounced', 'bounced', { revision: 1 });
    await mailed(invoice, 'directDebitAnnounced', 'sent', { revision: 2 });
    expect(await runs.submitCollection(world.deps, { id }, FINANCE)).toMatchObject({ state: 'submitted' });
  });
});
