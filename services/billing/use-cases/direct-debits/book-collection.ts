import { RuleViolation } from '../../../../shared/kernel/errors.ts';
import { transact } from '../../../../shared/messaging/transact.ts';
import type { Actor } from '../../../../shared/protocol/actor.ts';
import type { directDebitActions } from '../../../../shared/protocol/billing/direct-debit-actions.ts';
import type { InputOf, OutputOf } from '../../../../shared/protocol/define.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { itemsPaidBy, markCollected } from '../../persistence/direct-debits/collected.ts';
import { lockRun } from '../../persistence/direct-debits/collection-runs.ts';
import { lockItems, type LockedItem } from '../../persistence/direct-debits/locked-items.ts';
import { runView } from '../../persistence/direct-debits/collection-views.ts';
import { insertAllocations, insertPayment, UNKNOWN_PAYER } from '../../persistence/payments/payments.ts';
import { assertNotToCome } from '../payments/value-date.ts';
import { bookingOf, type SettlementTx } from '../payments/settlement.ts';
import { inState, todayOf } from './collection-runs.ts';

/**
 * Books as paid what a run collected, for houses whose bank tells one sum only. What an entry of the bank told already,
 * or is to be collected later than the day named, stays as it is; asked again, nothing is booked twice.
 * @param evenIfPaid  also what was paid otherwise meanwhile, whose money then came twice; else that is left out
 * @throws NotFound; InvalidInput for a day to come; RuleViolation unless the bank has the file, or when nothing is left
 */
export async function bookCollection(
  deps: BillingDeps,
  { id, valueDate, evenIfPaid }: InputOf<typeof directDebitActions.bookCollection>,
  actor: Actor,
): Promise<OutputOf<typeof directDebitActions.bookCollection>> {
  const today = todayOf(deps);
  assertNotToCome(valueDate, today);
  return transact(deps, actor, async (em, _announce, audit) => {
    inState(await lockRun(em, id), 'submitted');
    const items = await lockItems(em, id, { today, zone: deps.config.KONTOR_ZONE });
    const due = items.filter(({ collectOn }) => collectOn <= valueDate);
    const isLeft = (item: LockedItem) => !evenIfPaid && item.paidOtherwise && item.openMinor < item.amountMinor;
    const leftOut = due.filter(isLeft).map(({ invoiceId, number }) => ({ invoiceId, number }));
    if (leftOut.length === due.length)
      throw leftOut.length
        ? new RuleViolation('PAID_BY_BANK', 'All of it is paid otherwise already', { leftOut })
        : new RuleViolation('NOTHING_TO_BOOK', 'Nothing of it was collected by that day');
    const tx = { em, audit, booking: bookingOf(deps, actor.id) };
    // no claims are recounted: a letter from before its day came before the money, and while the bank has it none goes out
    for (const item of due) if (!isLeft(item)) await bookItem(tx, item, valueDate);
    return { ...(await runView(em, id, today)), leftOut };
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
 * A payment is the money of a collection: it is of its amount and names what we sent along, or names no other and pays an
 * invoice with just that amount. The money is booked by whoever calls.
 */
export async function noteBankCollection({ em, booking }: SettlementTx, paymentId: string): Promise<void> {
  for (const { id } of await itemsPaidBy(em, paymentId)) await markCollected(em, id, paymentId, booking.at);
}
