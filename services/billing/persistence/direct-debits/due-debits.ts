import type { LocalDate } from '../../../../shared/kernel/dates.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../../shared/persistence/sql.ts';

/** An announced invoice that may be collected now. */
export interface DueDebit {
  invoiceId: string;
  merchantId: string;
  mandateId: string;
  number: string;
  collectOn: LocalDate;
  openMinor: number;
  kind: 'recurrent' | 'oneOff';
  final: boolean;
  signedOn: LocalDate;
  lastUsedOn: LocalDate | null;
  /** Something was collected by the mandate before. */
  used: boolean;
}

/**
 * What may be collected up to a day: announced, still open, not held or disputed, by a mandate that is in force, and in no other
 * collection. By mandate and day.
 */
export const dueDebits = (em: EntityManager, until: LocalDate, today: LocalDate): Promise<DueDebit[]> =>
  rows<DueDebit>(
    em,
    sql`select d.invoice_id as "invoiceId", d.merchant_id as "merchantId", d.mandate_id as "mandateId", o.number, d.collect_on as "collectOn",
          o.open_minor::float8 as "openMinor", m.kind, m.final, m.signed_on as "signedOn", m.last_used_on as "lastUsedOn",
          exists (select 1 from collection_item c join collection_run r on r.id = c.run_id
                  where c.mandate_id = m.id and c.state <> 'removed' and r.state in ('approved', 'submitted')) as used
        from direct_debit d join mandate m on m.id = d.mandate_id and m.state = 'active'
        join billing.open_item(${today}) o on o.invoice_id = d.invoice_id
        join billing.invoice_status s on s.invoice_id = d.invoice_id
        where d.held_at is null and s.dispute <> 'open' and d.collect_on <= ${until} and o.open_minor > 0 and o.kind = 'invoice'
          and not exists (select 1 from collection_item c join collection_run r on r.id = c.run_id
                          where c.invoice_id = d.invoice_id and c.state in ('open', 'collected') and r.state <> 'proposed')
        order by d.mandate_id, d.collect_on, o.number`,
  );
