import type { LocalDate } from '../../../../shared/kernel/dates.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../../shared/persistence/sql.ts';

/** What of a merchant was given up or back between two days without a document, less what was undone. */
export interface OffTheBooks {
  merchantId: string;
  merchantName: string;
  /** Documents that were written off, or grants. */
  count: number;
  /** Gross; negative where more was undone than done. */
  minor: number;
}

/** Write-offs of some days by merchant; one that was undone in the same days is none. */
export const writtenOff = (em: EntityManager, from: LocalDate, to: LocalDate): Promise<OffTheBooks[]> =>
  rows(
    em,
    sql`select m.merchant_id as "merchantId", m.name as "merchantName", count(*)::integer as count, sum(w.minor)::float8 as minor
        from (select merchant_id, invoice_id, sum(amount_minor) as minor from write_off where booked_on between ${from} and ${to}
              group by merchant_id, invoice_id having sum(amount_minor) <> 0) w
        join merchant_ref m on m.merchant_id = w.merchant_id group by m.merchant_id, m.name, m.number order by m.number`,
  );

/** Credit of some days by merchant that no payment and no credit note is behind; what was taken back in the same days is none. */
export const goodwillGranted = (em: EntityManager, from: LocalDate, to: LocalDate): Promise<OffTheBooks[]> =>
  rows(
    em,
    sql`select m.merchant_id as "merchantId", m.name as "merchantName", count(*)::integer as count, sum(g.minor)::float8 as minor
        from (select merchant_id, coalesce(reverses_id, id) as id, sum(amount_minor) as minor from credit_entry
              where kind in ('grant', 'reversal') and payment_id is null and invoice_id is null and booked_on between ${from} and ${to}
              group by 1, 2 having sum(amount_minor) <> 0) g
        join merchant_ref m on m.merchant_id = g.merchant_id group by m.merchant_id, m.name, m.number order by m.number`,
  );
