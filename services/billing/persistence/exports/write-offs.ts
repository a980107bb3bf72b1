import type { LocalDate } from '../../../../shared/kernel/dates.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../../shared/persistence/sql.ts';

/** What of a merchant was given up between two days, less what is expected again. */
export interface WrittenOff {
  merchantId: string;
  merchantName: string;
  documents: number;
  /** Gross; negative where more is expected again than was given up. */
  minor: number;
}

/** Write-offs of some days by merchant; one that was undone in the same days is none. */
export const writtenOff = (em: EntityManager, from: LocalDate, to: LocalDate): Promise<WrittenOff[]> =>
  rows(
    em,
    sql`select m.merchant_id as "merchantId", m.name as "merchantName", count(*)::integer as documents, sum(w.minor)::float8 as minor
        from (select merchant_id, invoice_id, sum(amount_minor) as minor from write_off where booked_on between ${from} and ${to}
              group by merchant_id, invoice_id having sum(amount_minor) <> 0) w
        join merchant_ref m on m.merchant_id = w.merchant_id group by m.merchant_id, m.name, m.number order by m.number`,
  );
