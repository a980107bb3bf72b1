import type { LocalDate } from '../../../shared/kernel/dates.ts';
import { firstDayOf, lastDayOf, monthOf } from '../../../shared/kernel/dates.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { firstRow, sql } from '../../../shared/persistence/sql.ts';
import type { MonthProgress } from '../domain/account/expected-account.ts';
import { MONTHLY } from '../domain/storage/storage-day.ts';

/** Neither counted once for a month nor on anniversaries; a day without agreed storage costs nothing either way. */
const IS_DAILY = sql`(method is null or not method = any(${[...MONTHLY, 'anniversary']}::text[]))`;

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
          counted as (select on_day from contracted union all select on_day from day where not exists (select 1 from contracted)),
          stored as (
            select n.on_day,
                   exists (select 1 from storage_header h where h.merchant_id = ${merchantId} and h.day = n.on_day) as is_recorded,
                   (select c.storage_method from contract_ref c where c.merchant_id = ${merchantId}
                      and n.on_day between c.starts_on and coalesce(c.ends_on, n.on_day) order by c.starts_on desc limit 1) as method
            from counted n)
        select count(*)::int as days, count(*) filter (where on_day <= ${today})::int as "elapsedDays",
               (select count(distinct h.day)::int from storage_header h where h.merchant_id = ${merchantId} and h.day between ${first} and ${last}) as "storageDays",
               (count(*) filter (where ${IS_DAILY}))::int as "dailyDays",
               (count(*) filter (where ${IS_DAILY} and is_recorded))::int as "dailyRecorded",
               coalesce(bool_or(method = any(${[...MONTHLY]}::text[])), false) as "countsMonth"
        from stored`,
  );
  return { month, ...found! };
}
