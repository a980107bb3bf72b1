import type { RawBuilder } from 'kysely';
import type { InvariantQueries, ViolatingRow } from '../../../../shared/persistence/invariants.ts';
import { sql } from '../../../../shared/persistence/sql.ts';
import type { BILLING_CHARGE_INVARIANTS } from '../../../../shared/protocol/self-check/billing-charges.ts';
import { STORAGE } from '../../domain/charge-types/storage.ts';
import { charged, sqlUuidOf } from './asked-by-key.ts';

/** What contradicts the invariants of recorded stock. */
export const storageInvariants: Pick<InvariantQueries<typeof BILLING_CHARGE_INVARIANTS>, 'I16.days' | 'I16.charged'> = {
  'I16.days': () => sql`
    select m.merchant_id || ':' || d.on_day::date as id, 'no stock is recorded for this day, billed with ' || m.cutoff as detail
    from run_merchant m
    join contract_ref c on c.merchant_id = m.merchant_id and c.storage_method is not null
    cross join lateral generate_series(
      greatest(c.starts_on, date_trunc('month', m.cutoff)::date, (select min(billing_starts_on) from issuer)),
      least(coalesce(c.ends_on, m.cutoff), m.cutoff), interval '1 day') as d (on_day)
    where m.state in ('finalized', 'delivered') and 'monthly' = any(m.done_streams)
      and not exists (select 1 from storage_header h where h.merchant_id = m.merchant_id and h.day = d.on_day::date)
    union all ${silentWarehouses}`,
  // where the terms changed since, days that are billed by the earlier ones stay so
  'I16.charged': () => sql`
    select found.id, found.detail from (${daysWithGoods} union all ${daysWithNewGoods} union all ${months}) found
    where not exists (
      select 1 from charge k where k.merchant_id = found.merchant_id and k.source = ${STORAGE} and k.line_id is not null
        and k.reference ->> 'warehouse' = found.warehouse
        and (k.reference ->> 'from')::date <= found.to_day and (k.reference ->> 'to')::date >= found.from_day offset 0)`,
};

/** Days that other warehouses told of, after one that held goods and fell silent; the ledger tells of all at once. */
const silentWarehouses: RawBuilder<ViolatingRow> = sql`
  select h.merchant_id || ':' || d.on_day::date || ':' || h.warehouse, 'no stock is recorded for this warehouse, billed with ' || m.cutoff
  from (select *, lead(day) over (partition by merchant_id, warehouse order by day) as next_day from storage_header) h
  join contract_ref c on c.merchant_id = h.merchant_id and c.storage_method is not null
  join run_merchant m on m.merchant_id = h.merchant_id and m.cutoff > h.day and m.state in ('finalized', 'delivered') and 'monthly' = any(m.done_streams)
  cross join lateral generate_series(
    greatest(h.day + 1, c.starts_on, date_trunc('month', m.cutoff)::date, (select min(billing_starts_on) from issuer)),
    least(h.next_day - 1, c.ends_on, m.cutoff), interval '1 day') as d (on_day)
  where h.next_day is distinct from h.day + 1 and exists (select 1 from storage_line l where l.header_id = h.id)
    and h.source <> 'ledger'
    and (select bool_and(o.source <> 'ledger') from storage_header o where o.merchant_id = h.merchant_id and o.day = d.on_day::date)`;

/** Recorded days `h` under a contract `agreed`, with what it measures and the rule `p` by which the house counts bins. */
const RECORDED = sql`storage_header h
  join contract_ref agreed on agreed.merchant_id = h.merchant_id and h.day between agreed.starts_on and coalesce(agreed.ends_on, h.day)
  cross join lateral (select case agreed.storage_method when 'binDay' then 'bin' when 'palletDay' then 'pallet' when 'cubicMetreDay' then 'cubicMetre'
    when 'pieceDay' then 'piece' else coalesce(agreed.storage_measure, 'piece') end as measure) t
  left join lateral (select * from storage_policy where valid_from <= h.day order by valid_from desc limit 1) p on true`;

const DAILY = sql`('binDay', 'palletDay', 'cubicMetreDay', 'pieceDay')`;

/** A bin that nobody disputes: it was not emptied in the course of the day, and others in it leave a share. */
const binCounts = sql`not (coalesce(p.emptied_bins, 'counts') = 'free' and exists (
      select 1 from storage_header n where n.merchant_id = h.merchant_id and n.warehouse = h.warehouse and n.day = h.day + 1
        and not exists (select 1 from storage_line k where k.header_id = n.id and k.bin = l.bin)))
    and (coalesce(p.shared_bins, 'whole') = 'whole' or (p.shared_bins = 'byVolume' and l.volume_m3 >= 0.1) or not exists (
      select 1 from storage_header other join storage_line shared on shared.header_id = other.id and shared.bin = l.bin
      where other.warehouse = h.warehouse and other.day = h.day and other.merchant_id <> h.merchant_id))`;

/** Whether a line `l` counts for so much at least that no rounding makes it nothing. */
const counts = (least: string) => sql`l.quantity > 0 and case t.measure when 'bin' then ${binCounts}
  when 'pallet' then l.storage_type = 'pallet' and l.quantity >= ${least}::numeric
  when 'cubicMetre' then l.volume_m3 >= ${least}::numeric else l.quantity >= ${least}::numeric end`;

/**
 * A day may have a charge per age band, told by what it refers to. That is looked for among the charges of its merchant
 * and day: a field of JSON is no condition of an index where rows have a policy, since its operator is not leakproof.
 */
const isDayCharged = sql`(${charged(STORAGE, sql`h.id`, sql`true`)} or exists (
  select 1 from charge k where k.merchant_id = h.merchant_id and k.service_date = h.day and k.reference ->> 'id' = h.id::text and k.source || '' = ${STORAGE} offset 0))`;

const DAY = sql`h.id::text as id, h.merchant_id || ', ' || h.day as detail, h.merchant_id, h.warehouse, h.day as from_day, h.day as to_day`;

const daysWithGoods = sql`
  select ${DAY} from ${RECORDED}
  where agreed.storage_method in ${DAILY} and not ${isDayCharged}
    and exists (select 1 from storage_line l where l.header_id = h.id and ${counts('0.000001')})`;

/** Paid by the month since goods came in: the first day of goods is charged. */
const daysWithNewGoods = sql`
  select ${DAY} from ${RECORDED}
  left join lateral (
    select id from storage_header b where b.merchant_id = h.merchant_id and b.warehouse = h.warehouse and b.day < h.day order by b.day desc limit 1
  ) earlier on true
  where agreed.storage_method = 'anniversary' and t.measure in ('piece', 'pallet') and not ${isDayCharged}
    and exists (
      select 1 from (
        select coalesce(l.sku, '') as sku, sum(l.quantity) as quantity from storage_line l where l.header_id = h.id and ${counts('0.001')} group by 1) stock
      where stock.quantity > (select coalesce(sum(k.quantity), 0) from storage_line k
        where k.header_id = earlier.id and coalesce(k.sku, '') = stock.sku and (t.measure <> 'pallet' or k.storage_type = 'pallet')))`;

/** Days that a method goes by: all of the month, its last, or the first of each half; first and last are those under contract. */
const goesBy = sql`case agreed.storage_method when 'monthEnd' then h.day = month.last
  when 'halfMonth' then h.day in (month.first, greatest(month.first, month.begins + 14)) else true end`;

/** Months by a method that needs all of their days, once these are recorded; each is looked at once. */
const months = sql`
  select month || ', ' || warehouse || ', contract ' || contract_id, merchant_id || ', ' || warehouse || ', ' || month, merchant_id, warehouse, first, last
  from (
    select distinct agreed.id as contract_id, h.merchant_id, h.warehouse, month.of as month, month.first, month.last
    from ${RECORDED}
    cross join lateral (
      select to_char(h.day, 'YYYY-MM') as of, date_trunc('month', h.day)::date as begins, greatest(agreed.starts_on, date_trunc('month', h.day)::date) as first,
        least(agreed.ends_on, (date_trunc('month', h.day) + interval '1 month - 1 day')::date) as last) month
    where agreed.storage_method in ('monthEnd', 'monthAverage', 'monthPeak', 'halfMonth') and ${goesBy}
      and exists (select 1 from storage_line l where l.header_id = h.id and ${counts('0.001')})) due
  where not ${charged(STORAGE, sqlUuidOf(sql`'storage-month'`, sql`due.contract_id::text`, sql`due.warehouse`, sql`due.month`), sql`true`)}
    and (select count(distinct o.day) from storage_header o where o.merchant_id = due.merchant_id and o.day between due.first and due.last)
      = due.last - due.first + 1`;
