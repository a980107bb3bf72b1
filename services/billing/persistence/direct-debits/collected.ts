import { NotFound } from '../../../../shared/kernel/errors.ts';
import { uuidv7 } from '../../../../shared/kernel/ids.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../../shared/persistence/sql.ts';

/** An item with what is needed when the bank takes it back. */
export interface ReturnableItem {
  id: string;
  runState: string;
  state: 'open' | 'collected' | 'returned' | 'removed';
  invoiceId: string;
  merchantId: string;
  mandateId: string;
  mandateState: string;
  amountMinor: number;
  endToEndId: string;
  debtorName: string;
  iban: string;
  /** The day on which the bank got the file. */
  handedInOn: string;
  paymentId: string | null;
}

/** The item with the lock of its merchant's settlement, which comes first. @throws NotFound */
export async function lockReturnable(em: EntityManager, id: string, zone: string): Promise<ReturnableItem> {
  await rows(em, sql`select billing.lock_settlement(merchant_id) from collection_item where id = ${id}`);
  const found = await firstRow<ReturnableItem>(
    em,
    sql`select c.id, r.state as "runState", c.state, c.invoice_id as "invoiceId", c.merchant_id as "merchantId", c.mandate_id as "mandateId",
          m.state as "mandateState", c.amount_minor::float8 as "amountMinor", c.end_to_end_id as "endToEndId", m.debtor_name as "debtorName", m.iban,
          coalesce(r.handed_in_on, (r.submitted_at at time zone ${zone})::date) as "handedInOn", c.payment_id as "paymentId"
        from collection_item c join collection_run r on r.id = c.run_id join mandate m on m.id = c.mandate_id
        where c.id = ${id} for update of c, m`,
  );
  if (!found) throw new NotFound('collection');
  return found;
}

export async function markCollected(em: EntityManager, id: string, paymentId: string, at: Date): Promise<void> {
  await rows(
    em,
    sql`update collection_item set state = 'collected', payment_id = ${paymentId}, collected_at = ${at.toISOString()}
        where id = ${id} and state = 'open'`,
  );
}

export interface Returned {
  reason: string;
  returnedOn: string;
  bankChargeMinor: number | null;
  by: string;
  at: Date;
}

/** The item came back, and its invoice waits for a person before it is collected again. */
export async function markReturned(em: EntityManager, item: ReturnableItem, returned: Returned): Promise<void> {
  await rows(
    em,
    sql`with returned as (
          update collection_item set state = 'returned', returned_on = ${returned.returnedOn}, return_reason = ${returned.reason},
            return_charge_minor = ${returned.bankChargeMinor} where id = ${item.id})
        update direct_debit set held_at = ${returned.at.toISOString()}, held_by = ${returned.by}, held_reason = ${returned.reason},
          returned_on = ${returned.returnedOn}, announced_anew_on = null where invoice_id = ${item.invoiceId}`,
  );
}

/** A charge of the bank that is claimed from the merchant. */
export async function claimBankCharge(
  em: EntityManager,
  { merchantId, invoiceId }: { merchantId: string; invoiceId: string },
  { amountMinor, on, at }: { amountMinor: number; on: string; at: Date },
): Promise<void> {
  await rows(
    em,
    sql`insert into dunning_claim (id, merchant_id, invoice_id, kind, amount_minor, claimed_on, state)
        values (${uuidv7(at)}, ${merchantId}, ${invoiceId}, 'bankCharge', ${amountMinor}, ${on}, 'open')`,
  );
}

/** The item that a payment collected, or that an entry of the bank names by what we sent along. */
export const itemOfPayment = (em: EntityManager, paymentId: string): Promise<{ id: string } | undefined> =>
  firstRow(em, sql`select id from collection_item where payment_id = ${paymentId} and state = 'collected'`);

/** Money that may have come by a collection. */
export interface CollectingMoney {
  id: string;
  merchantId: string;
  amountMinor: number;
  endToEndId: string | null;
  valueDate: string;
}

/**
 * Items that a payment collected, whether or not somebody noted yet that the bank has their file: it has the amount of the
 * item and names what we sent along, or it came on the day of collection or later and pays an invoice with exactly the
 * amount of the item.
 */
export const itemsPaidBy = (em: EntityManager, payment: CollectingMoney): Promise<{ id: string }[]> =>
  rows(
    em,
    sql`select c.id from collection_item c join collection_run r on r.id = c.run_id
        where c.merchant_id = ${payment.merchantId} and c.state = 'open' and r.state in ('approved', 'submitted')
          and ((c.end_to_end_id = ${payment.endToEndId} and c.amount_minor = ${payment.amountMinor}) or (c.collect_on <= ${payment.valueDate} and c.amount_minor = (
            select sum(a.amount_minor) from payment_allocation a where a.payment_id = ${payment.id} and a.invoice_id = c.invoice_id)))`,
  );

/**
 * What a payment collected waits for its money again, because the payment does not count for it any more.
 * @param invoiceId  only this one
 */
export async function reopenCollected(em: EntityManager, paymentId: string, invoiceId?: string): Promise<void> {
  await rows(
    em,
    sql`update collection_item set state = 'open', payment_id = null, collected_at = null
        where payment_id = ${paymentId} and state = 'collected' and ${invoiceId === undefined ? sql`true` : sql`invoice_id = ${invoiceId}`}`,
  );
}

/** Keeps what the bank charged for the return of a payment, where nobody said so. */
export async function noteReturnCharge(em: EntityManager, paymentId: string, chargeMinor: number): Promise<void> {
  await rows(
    em,
    sql`update collection_item set return_charge_minor = ${chargeMinor}
        where payment_id = ${paymentId} and state = 'returned' and return_charge_minor is null`,
  );
}
