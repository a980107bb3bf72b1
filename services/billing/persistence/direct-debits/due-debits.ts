import type { RawBuilder } from 'kysely';
import type { LocalDate } from '../../../../shared/kernel/dates.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../../shared/persistence/sql.ts';
import { announcedOn, IS_UNDELIVERED, NOTICE } from './announcements.ts';

/** An announced invoice that may be collected now. */
export interface DueDebit {
  invoiceId: string;
  merchantId: string;
  mandateId: string;
  number: string;
  /** The day that the merchant knows; `null` when its collection came back, or it learnt too late of it or of the amount. */
  announcedOn: LocalDate | null;
  /** The day on the invoice. */
  statedOn: LocalDate;
  /** Days of notice, of the mandate or else of the house. */
  notice: number;
  openMinor: number;
  kind: 'recurrent' | 'oneOff';
  final: boolean;
  signedOn: LocalDate;
  lastUsedOn: LocalDate | null;
  /** Something was collected by the mandate before. */
  used: boolean;
  /** Invoices of the mandate that are open as well and not among these: held, disputed, later or in another collection. */
  others: number;
}

/**
 * What of an identifier tells who the creditor is: all but its business code (positions 5 to 7), which creditors use as
 * they like and change without their mandates (EPC016-06, AT-02).
 */
const whoseId = (id: RawBuilder<unknown>) => sql`(left(${id}, 4) || substr(${id}, 8))`;

/** Whether two creditor identifiers are of one creditor; nobody's is like no other. */
export const isSameCreditor = (id: RawBuilder<unknown>, other: RawBuilder<unknown>) =>
  sql`coalesce(${whoseId(id)} = ${whoseId(other)}, false)`;

/** Whether a mandate was given to the creditor that the house is by now. */
export const isOfTheHouse = (creditorId: RawBuilder<unknown>) =>
  isSameCreditor(creditorId, sql`(select profile ->> 'sepaCreditorId' from issuer limit 1)`);

/** The direct debit `d` may be collected by its mandate `m`: not held, in force, and given to the creditor of today. */
export const IS_COLLECTABLE = sql`(d.held_at is null and m.state = 'active' and ${isOfTheHouse(sql`m.creditor_id`)})`;

/**
 * What may be collected up to a day: announced, still open, not held or disputed, by a mandate that is in force, and in no other
 * collection; not while all mails that announced it came back. By mandate and day.
 */
export const dueDebits = (
  em: EntityManager,
  until: LocalDate,
  { today, zone }: { today: LocalDate; zone: string },
): Promise<DueDebit[]> =>
  rows<DueDebit>(
    em,
    sql`with due as (
          select d.invoice_id as "invoiceId", d.merchant_id as "merchantId", d.mandate_id as "mandateId", o.number, ${announcedOn(zone)} as "announcedOn", d.collect_on as "statedOn",
            ${NOTICE} as notice, o.open_minor::float8 as "openMinor", m.kind, m.final, m.signed_on as "signedOn", m.last_used_on as "lastUsedOn",
            exists (select 1 from collection_item c join collection_run r on r.id = c.run_id
                    where c.mandate_id = m.id and c.state <> 'removed' and r.state in ('approved', 'submitted')) as used
          from direct_debit d join mandate m on m.id = d.mandate_id
          join billing.open_item(${today}) o on o.invoice_id = d.invoice_id
          join billing.invoice_status s on s.invoice_id = d.invoice_id
          where ${IS_COLLECTABLE} and s.dispute <> 'open' and d.collect_on <= ${until} and o.open_minor > 0 and o.kind = 'invoice'
            -- the document is the pre-notification
            and not exists (select 1 from invoice_document f where f.invoice_id = d.invoice_id and f.state <> 'ready') and not ${IS_UNDELIVERED}
            and not exists (select 1 from collection_item c join collection_run r on r.id = c.run_id
                            where c.invoice_id = d.invoice_id and c.state in ('open', 'collected') and r.state <> 'proposed'))
        select due.*, case when due.final then (
            select count(*)::integer from direct_debit e join billing.open_item(${today}) o on o.invoice_id = e.invoice_id
            where e.mandate_id = due."mandateId" and o.open_minor > 0 and e.invoice_id not in (select "invoiceId" from due)) else 0 end as others
        from due order by due."mandateId", due."statedOn", due.number`,
  );
