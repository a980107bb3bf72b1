import { RuleViolation } from '../../../../shared/kernel/errors.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../../shared/persistence/sql.ts';
import { violatedConstraint } from '../../../../shared/persistence/transaction.ts';

/** Who books something, and when: the instant and its day in the zone of the house. */
export interface Booking {
  by: string;
  at: Date;
  on: string;
  zone: string;
}

/** An instant as the API writes it. */
export const instantOf = (column: string) =>
  sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/**
 * From here to the commit nobody else settles documents of this merchant. Whoever books for several takes them in the
 * order of their ids.
 */
export async function lockSettlement(em: EntityManager, merchantId: string): Promise<void> {
  await rows(em, sql`select billing.lock_settlement(${merchantId})`);
}

/** What the database refuses about money, as an answer. */
const REFUSALS: Record<string, [type: string, message: string]> = {
  invoice_not_oversettled: ['MORE_THAN_OPEN', 'More than is open on the document'],
  invoice_not_overcredited: ['MORE_THAN_OPEN', 'More than is open on the document'],
  payment_not_overdrawn: ['PAYMENT_USED_UP', 'The payment has no such amount left'],
  payment_allocation_undone_once: ['ALLOCATION_UNDONE', 'More would be taken back than was allocated'],
  payment_void_unused: ['PAYMENT_IN_USE', 'Take back what the payment pays first'],
  payment_one_per_entry: ['ENTRY_BOOKED', 'This entry of the bank is booked already'],
  payment_amount_of_entry: ['ENTRY_AMOUNT_DIFFERS', 'The entry of the bank has another amount'],
  payment_void_not_returned: ['RETURN_STANDS', 'The bank took this payment back; void the return first'],
  payment_not_overreturned: ['PAYMENT_RETURNED', 'The bank took this payment back already, or so much of it'],
  collection_item_one_live: ['COLLECTED_ANEW', 'The invoice is collected once more already'],
  bank_entry_not_dismissed: ['ENTRY_DISMISSED', 'This entry of the bank was put aside; take it back first'],
  bank_entry_not_booked: ['ENTRY_BOOKED', 'This entry of the bank is booked already'],
  credit_balance_not_negative: ['BALANCE_TOO_LOW', 'The credit balance is lower than that'],
  credit_entry_reversed_once: ['ENTRY_REVERSED', 'This entry was taken back already'],
  credit_entry_mirrors: ['ENTRY_NOT_REVERSIBLE', 'Only what was granted or paid out is taken back'],
};

/**
 * Runs statements that book money. The rules are the database's: what it refuses is a conflict with what is booked.
 * @throws RuleViolation 409 by the constraint
 */
export async function settling<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const refusal = REFUSALS[violatedConstraint(error) ?? ''];
    throw refusal ? new RuleViolation(...refusal) : error;
  }
}
