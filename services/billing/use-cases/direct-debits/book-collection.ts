import { invalidField, RuleViolation } from '../../../../shared/kernel/errors.ts';
import { transact } from '../../../../shared/messaging/transact.ts';
import type { Actor } from '../../../../shared/protocol/actor.ts';
import type { directDebitActions } from '../../../../shared/protocol/billing/direct-debit-actions.ts';
import type { CollectionRunView } from '../../../../shared/protocol/billing/direct-debit-views.ts';
import type { InputOf } from '../../../../shared/protocol/define.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { itemsPaidBy, markCollected } from '../../persistence/direct-debits/collected.ts';
import { lockItems, lockRun, type LockedItem } from '../../persistence/direct-debits/collection-runs.ts';
import { runView } from '../../persistence/direct-debits/collection-views.ts';
import { insertAllocations, insertPayment, UNKNOWN_PAYER } from '../../persistence/payments/payments.ts';
import { bookingOf, type SettlementTx } from '../payments/settlement.ts';
import { inState, todayOf } from './collection-runs.ts';

/**
 * Books as paid what a run collected, for houses whose bank tells one sum only. What an entry of the bank told already,
 * or is to be collected later than the day named, stays as it is; asked again, nothing is booked twice.
 * @throws NotFound; InvalidInput for a day to come; RuleViolation unless the bank has the file, or when nothing is left
 */
export async function bookCollection(
  deps: BillingDeps,
  { id, valueDate }: InputOf<typeof directDebitActions.bookCollection>,
  actor: Actor,
): Promise<CollectionRunView> {
  const today = todayOf(deps);
  if (valueDate > today) throw invalidField('valueDate', 'DAY_TO_COME', 'That day is still to come');
  return transact(deps, actor, async (em, _announce, audit) => {
    inState(await lockRun(em, id), 'submitted');
    const due = (await lockItems(em, id, today)).filter(({ collectOn }) => collectOn <= valueDate);
    if (!due.length) throw new RuleViolation('NOTHING_TO_BOOK', 'Nothing of it was collected by that day');
    const tx = { em, audit, booking: bookingOf(deps, actor.id) };
    for (const item of due) await bookItem(tx, item, valueDate);
    return runView(em, id, today);
  });
}

/** The whole amount came; what is not open any more stays unallocated money of the merchant. */
async function bookItem({ em, audit, booking }: SettlementTx, item: LockedItem, valueDate: string): Promise<void> {
  const { merchantId, amountMinor, invoiceId, endToEndId, debtorName, iban } = item;
  const paymentId = await insertPayment(
    em,
    {
      ...{ ...UNKNOWN_PAYER, merchantId, amountMinor, valueDate, source: 'directDebit' as const },
      ...{ payerName: debtorName, payerIban: iban, endToEndId },
    },
    booking,
  );
  audit({
    ...{ action: 'payment.recorded', entity: 'payment', entityId: paymentId, merchantId },
    after: { amountMinor, valueDate, source: 'directDebit' },
  });
  const pays = Math.min(amountMinor, item.openMinor);
  if (pays > 0) await insertAllocations(em, { id: paymentId, merchantId }, [{ invoiceId, amountMinor: pays }], booking);
  await markCollected(em, item.id, paymentId, booking.at);
}

/**
 * An entry of the bank is the money of a collection: it names what we sent along. The money is booked by whoever calls.
 */
export async function noteBankCollection(
  { em, booking }: SettlementTx,
  payment: { id: string; merchantId: string; endToEndId: string | null },
  invoiceIds: readonly string[],
): Promise<void> {
  if (payment.endToEndId === null || !invoiceIds.length) return;
  for (const { id } of await itemsPaidBy(em, payment, invoiceIds)) await markCollected(em, id, payment.id, booking.at);
}
