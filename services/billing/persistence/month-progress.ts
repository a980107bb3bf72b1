import type { LocalDate } from '../../../shared/kernel/dates.ts';
import { firstDayOf, lastDayOf, monthOf } from '../../../shared/kernel/dates.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { firstRow, sql } from '../../../shared/persistence/sql.ts';
import type { MonthProgress } from '../domain/account/expected-account.ts';

/** How far the month of a day has come for a merchant; without contract every day counts. */
export async function monthProgress(em: EntityManager, merchantId: string, today: LocalDate): Promise<MonthProgress> {
  const month = monthOf(today);
  const [first, last] = [firstDayOf(month), lastDayOf(month)];
  const found = await firstRow<Omit<MonthProgress, 'month'>>(
    em,
    sql`with day as (select d::date as on_day from generate_series(${first}::date, ${last}::date, interval '1 day') d),
          contracted as (
            select on_day from day where exists (select 1 from contract_ref c where c.merchant_id = ${merchantId}
              and on_day between c.starts_on and coalesce(c.ends_on, on_day))),
          counted as (select on_day from contracted union all select on_day from day where not exists (select 1 from contracted))
        select count(*)::int as days, count(*) filter (where on_day <= ${today})::int as "elapsedDays",
               (select count(distinct h.day)::int from storage_header h where h.merchant_id = ${merchantId} and h.day between ${first} and ${last}) as "storageDays"
        from counted`,
  );
  return { month, ...found! };
}
