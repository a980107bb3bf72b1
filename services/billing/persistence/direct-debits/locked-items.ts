import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../../shared/persistence/sql.ts';
import { announcedOn, IS_UNDELIVERED, NOTICE } from './announcements.ts';
import { IS_COLLECTABLE } from './due-debits.ts';

export interface LockedItem {
  id: string;
  invoiceId: string;
  merchantId: string;
  mandateId: string;
  amountMinor: number;
  openMinor: number;
  collectOn: string;
  endToEndId: string;
  number: string;
  debtorName: string;
  iban: string;
  mandateReference: string;
  /** The day that the merchant knows; `null` once its collection came back, or where it learnt too late of it or of the amount. */
  announcedOn: string | null;
  /** The day on the invoice. */
  statedOn: string;
  /** Days. */
  notice: number;
  /** Nothing speaks against collecting it: not held, not disputed, told to the merchant, mandate in force, and the last one if it says so. */
  sound: boolean;
  /** Money that is not of the collection came after the approval, told by the bank or by hand, and paid some of the invoice. */
  paidOtherwise: boolean;
}

/** No invoice of the mandate of `c` is open that is not in the run: what says that it is the last one is. */
const ENDS_RIGHTLY = sql`(c.sequence <> 'FNAL' or not exists (
  select 1 from direct_debit e join billing.settlement() z on z.invoice_id = e.invoice_id
  where e.mandate_id = c.mandate_id and z.claim_minor > z.settled_minor
    and not exists (select 1 from collection_item x where x.run_id = c.run_id and x.invoice_id = e.invoice_id and x.state <> 'removed')))`;

const PAID_OTHERWISE = sql`exists (
  select 1 from payment_allocation a join payment p on p.id = a.payment_id
  where a.invoice_id = c.invoice_id and p.source in ('bank', 'manual') and a.booked_at > r.approved_at
  group by p.id having sum(a.amount_minor) > 0)`;

/** The open items of a run with what is open now; nobody settles their documents until the commit. */
export async function lockItems(
  em: EntityManager,
  runId: string,
  { today, zone }: { today: string; zone: string },
): Promise<LockedItem[]> {
  await rows(
    em,
    sql`select billing.lock_settlement(merchant_id)
        from (select distinct merchant_id from collection_item where run_id = ${runId} and state = 'open' order by merchant_id) t`,
  );
  return rows<LockedItem>(
    em,
    sql`select c.id, c.invoice_id as "invoiceId", c.merchant_id as "merchantId", c.mandate_id as "mandateId", c.amount_minor::float8 as "amountMinor",
          o.open_minor::float8 as "openMinor", c.collect_on as "collectOn", c.end_to_end_id as "endToEndId", o.number, m.debtor_name as "debtorName", m.iban,
          m.reference as "mandateReference", ${announcedOn(zone)} as "announcedOn", d.collect_on as "statedOn", ${NOTICE} as notice,
          ${IS_COLLECTABLE} and s.dispute <> 'open' and not ${IS_UNDELIVERED} and ${ENDS_RIGHTLY} as sound, ${PAID_OTHERWISE} as "paidOtherwise"
        from collection_item c join collection_run r on r.id = c.run_id join direct_debit d on d.invoice_id = c.invoice_id join mandate m on m.id = c.mandate_id
        join billing.open_item(${today}) o on o.invoice_id = c.invoice_id join billing.invoice_status s on s.invoice_id = c.invoice_id
        where c.run_id = ${runId} and c.state = 'open' order by c.merchant_id, c.id for update of c, m`,
  );
}
