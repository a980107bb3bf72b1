import { invalidField, RuleViolation } from '../../../../shared/kernel/errors.ts';
import { returnCharge } from '../../domain/payments/return-charge.ts';
import { debitsNamed } from '../../domain/payments/named-debits.ts';
import { partsOfReturn, type CollectedDebit } from '../../domain/payments/returned-parts.ts';
import { collectedBy } from '../../persistence/direct-debits/collected.ts';
import type { StoredEntry } from '../../persistence/payments/bank-entries.ts';
import { lockPayment, returnedMinor, paidBy, type NewAllocation } from '../../persistence/payments/payments.ts';
import type { SettlementTx } from './settlement.ts';

/** What an entry of the bank takes back of a payment. */
export interface BankReturn {
  /** What of the entry is the bank's own charge, 0 for none. */
  chargeMinor: number;
  allocations: readonly NewAllocation[];
  /** The collections that come back with it. */
  itemIds: readonly string[];
}

/**
 * Finds out what an entry takes back: off the documents that the payment pays, whoever books it.
 * @throws NotFound; InvalidInput when the entry is no return of this payment, or the allocations are not what it paid;
 *   RuleViolation when it came back already
 */
export async function bankReturn(
  { em }: SettlementTx,
  entry: StoredEntry,
  merchantId: string,
  paymentId: string,
  told: readonly NewAllocation[],
): Promise<BankReturn> {
  const payment = await lockPayment(em, paymentId);
  if (payment.merchantId !== merchantId || payment.amountMinor < 0 || entry.amountMinor > 0)
    throw invalidField('returnsPaymentId', 'NO_RETURN', 'The entry takes nothing of this payment back');
  const leftMinor = payment.amountMinor - (await returnedMinor(em, paymentId));
  if (leftMinor === 0) throw new RuleViolation('PAYMENT_RETURNED', 'The bank took this payment back already');
  const returned = { leftMinor, collected: await collectedBy(em, paymentId), pays: await paidBy(em, paymentId) };
  const named = theNamed(debitsNamed(entry, returned), told);
  const chargeMinor = returnCharge(entry, named?.amountMinor ?? leftMinor);
  const amountMinor = -entry.amountMinor - chargeMinor;
  if (amountMinor > leftMinor)
    throw invalidField('returnsPaymentId', 'NO_RETURN', 'The entry takes more back than this payment was');
  const parts = partsOfReturn(amountMinor, returned, named, told);
  if (!parts) throw invalidField('allocations', 'RETURN_MISMATCH', 'This is not what the payment paid');
  return { chargeMinor, allocations: parts.allocations, itemIds: parts.debits.map(({ id }) => id) };
}

/** Of several that fit the one that somebody says. @throws InvalidInput where nobody says anything */
function theNamed(fitting: readonly CollectedDebit[], told: readonly NewAllocation[]): CollectedDebit | undefined {
  if (fitting.length <= 1) return fitting[0];
  if (!told.length)
    throw invalidField(
      'allocations',
      'RETURN_AMBIGUOUS',
      'Several collections of the mandate fit; say which came back',
    );
  return fitting.find(({ invoiceId }) => told.every((one) => one.invoiceId === invoiceId));
}
