import { NotFound } from '../../../../shared/kernel/errors.ts';
import { uuidv7 } from '../../../../shared/kernel/ids.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../../shared/persistence/sql.ts';
import type { CollectedDebit } from '../../domain/payments/returned-parts.ts';
import { settling } from '../payments/settling.ts';

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
  /** The money that went out again, `null` where none was booked. */
  paymentId: string | null;
  by: string;
  at: Date;
}

/**
 * The day on which a collection of the direct debit `d` came back first. The delay begins with it, also where a later one
 * came back as well; the row itself keeps the last return.
 */
export const FIRST_RETURNED_ON = sql`case when d.returned_on is not null then (
  select min(c.returned_on) from collection_item c where c.invoice_id = d.invoice_id and c.state = 'returned') end`;

/** The item came back, and its invoice waits for a person before it is collected again. */
export async function markReturned(em: EntityManager, item: ReturnableItem, returned: Returned): Promise<void> {
  await rows(
    em,
    sql`with returned as (
          update collection_item set state = 'returned', returned_on = ${returned.returnedOn}, return_reason = ${returned.reason},
            return_charge_minor = ${returned.bankChargeMinor}, return_payment_id = ${returned.paymentId} where id = ${item.id})
        update direct_debit set held_at = ${returned.at.toISOString()}, held_by = ${returned.by}, held_reason = ${returned.reason},
          returned_on = ${returned.returnedOn}, announced_anew_on = null where invoice_id = ${item.invoiceId}`,
  );
}

export interface UndoneItem {
  id: string;
  invoiceId: string;
  returnedOn: string;
  reason: string;
}

/**
 * What came back by a return is collected after all, and its invoice held no more, unless somebody decided about that since.
 * @throws RuleViolation `COLLECTED_ANEW` where it was collected once more
 */
export async function unmarkReturned(em: EntityManager, returnPaymentId: string): Promise<UndoneItem[]> {
  const items = await rows<UndoneItem>(
    em,
    sql`select id, invoice_id as "invoiceId", returned_on as "returnedOn", return_reason as reason from collection_item
        where return_payment_id = ${returnPaymentId} order by id for update`,
  );
  await settling(() =>
    rows(
      em,
      sql`update collection_item set state = 'collected', returned_on = null, return_reason = null, return_charge_minor = null, return_payment_id = null
          where return_payment_id = ${returnPaymentId}`,
    ),
  );
  for (const { invoiceId, returnedOn, reason } of items) {
    const itsHold = sql`returned_on = ${returnedOn} and held_reason = ${reason}`;
    await rows(
      em,
      sql`update direct_debit d set held_at = case when ${itsHold} then null else held_at end, held_by = case when ${itsHold} then null else held_by end,
            held_reason = case when ${itsHold} then null else held_reason end,
            returned_on = (select max(c.returned_on) from collection_item c where c.invoice_id = d.invoice_id and c.state = 'returned')
          where d.invoice_id = ${invoiceId}`,
    );
  }
  return items;
}

/** A charge of the bank that is claimed from the merchant, once for each return. */
export async function claimBankCharge(
  em: EntityManager,
  { merchantId, invoiceId }: { merchantId: string; invoiceId: string },
  charge: { amountMinor: number; on: string; at: Date; returnPaymentId: string | null },
): Promise<void> {
  await rows(
    em,
    sql`insert into dunning_claim (id, merchant_id, invoice_id, kind, amount_minor, claimed_on, state, return_payment_id)
        values (${uuidv7(charge.at)}, ${merchantId}, ${invoiceId}, 'bankCharge', ${charge.amountMinor}, ${charge.on}, 'open', ${charge.returnPaymentId})`,
  );
}

/** Items that a payment collected and that did not come back. */
export const collectedBy = (em: EntityManager, paymentId: string): Promise<CollectedDebit[]> =>
  rows(
    em,
    sql`select c.id, c.invoice_id as "invoiceId", c.amount_minor::float8 as "amountMinor", c.end_to_end_id as "endToEndId", m.reference as "mandateReference"
        from collection_item c join mandate m on m.id = c.mandate_id where c.payment_id = ${paymentId} and c.state = 'collected' order by c.id`,
  );

/**
 * Items that a payment collected, whether or not somebody noted yet that the bank has their file: it has the amount of the
 * item and names what we sent along, or it came on the day of collection or later and pays an invoice with exactly the
 * amount of the item, unless it names another one. Of a payment that is an entry of the bank the entry tells that.
 */
export const itemsPaidBy = (em: EntityManager, paymentId: string): Promise<{ id: string }[]> =>
  rows(
    em,
    sql`with money as (
          select p.id, p.merchant_id, p.amount_minor, coalesce(e.end_to_end_id, p.end_to_end_id) as end_to_end_id, coalesce(e.value_date, p.value_date) as value_date
          from payment p left join bank_entry e on e.id = p.bank_entry_id where p.id = ${paymentId}),
        named as (
          select c.id from money p join collection_item c on c.merchant_id = p.merchant_id and c.end_to_end_id = p.end_to_end_id
          where c.state in ('open', 'collected'))
        select c.id from money p join collection_item c on c.merchant_id = p.merchant_id join collection_run r on r.id = c.run_id
        where c.state = 'open' and r.state in ('approved', 'submitted') and (c.id in (select id from named) or not exists (select 1 from named))
          and ((c.end_to_end_id = p.end_to_end_id and c.amount_minor = p.amount_minor) or (c.collect_on <= p.value_date and c.amount_minor = (
            select sum(a.amount_minor) from payment_allocation a where a.payment_id = p.id and a.invoice_id = c.invoice_id)))`,
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

/** Keeps what the bank charged for a return, where nobody said so. */
export async function noteReturnCharge(em: EntityManager, returnPaymentId: string, chargeMinor: number): Promise<void> {
  await rows(
    em,
    sql`update collection_item set return_charge_minor = ${chargeMinor}
        where id = (select min(id::text)::uuid from collection_item where return_payment_id = ${returnPaymentId} and return_charge_minor is null)`,
  );
}
