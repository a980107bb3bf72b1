import { sql } from '../../../../shared/persistence/sql.ts';
import type { MonthEnd } from '../../domain/adjustments/unsettled-months.ts';

/** Findings of a row that left something for a later one. */
const CARRIED = ['CARRIED_FORWARD', 'FINAL_TOTAL_NEGATIVE'];
/** How the month of a row's cut-off is taxed; rows of earlier days froze no earlier treatments. */
const treatmentOfMonth = sql`coalesce((
  select t ->> 'treatment' from jsonb_array_elements(m.merchant_frozen -> 'taxBefore') t
  where (t ->> 'before')::date > date_trunc('month', m.cutoff) order by t ->> 'before' limit 1), m.merchant_frozen ->> 'taxTreatment')`;
const ALL_STREAMS = ['fulfilment', 'monthly'];

/**
 * The months whose end a run of the merchant came to. A row that is parked and given up, that was skipped, that is limited
 * to some streams, or whose document with the minimum was carried over, settles nothing: its month is asked for later.
 * @param cutoff  what was billed after the last month end before it that settled, up to it, touches a month
 */
export const monthEnds = (merchantId: string, cutoff: string) =>
  sql<MonthEnd>`
        with came as (
          select m.id, m.cutoff, to_char(m.cutoff, 'YYYY-MM') as month, m.merchant_frozen as terms, ends.month_end,
            ends.month_end and m.state in ('approved', 'finalized', 'delivered')
              and (m.streams is null or (m.streams || m.done_streams) @> ${ALL_STREAMS}::text[])
              and (not exists (select 1 from jsonb_array_elements(m.findings) f where f ->> 'code' = any(${CARRIED}::text[]))
                -- of several documents the one that bears the minimum was issued
                or exists (select 1 from invoice i where i.merchant_id = m.merchant_id and i.run_merchant_id = m.id and i.state <> 'cancelled' and i.corrects_id is null
                             and i.split in ('all', case when m.streams is null or 'monthly' = any(m.streams) then 'monthly' else 'fulfilment' end)
                             and i.tax_group = case ${treatmentOfMonth} when 'thirdCountry' then 'outside' else 'inside' end)) as settled
          from run_merchant m cross join lateral (select m.final or extract(day from m.cutoff + 1) = 1 as month_end) ends
          where m.merchant_id = ${merchantId}
        ),
        touched as (
          select distinct l.service_month from came c
          join invoice i on i.merchant_id = ${merchantId} and i.run_merchant_id = c.id and i.corrects_id is null
          join run_merchant m on m.id = c.id and (i.state = 'finalized' or (i.state = 'draft' and m.state = 'approved'))
          join invoice_line l on l.invoice_id = i.id
          where not c.settled and c.cutoff <= ${cutoff}
            and c.cutoff > coalesce((select max(last.cutoff) from came last where last.settled and last.cutoff < ${cutoff}), '-infinity')
        ),
        ${settledDays(merchantId)}
        select e.month, e.settled, e.touched, e.settled and exists (
            select 1 from contracted now cross join (
              select days from settled_by where month >= e.month order by version desc limit 1) last
            where last.days * e.days <> now.days * e.days) as moved
        from (
          select month, (array_agg(settled order by cutoff desc))[1] as settled, month in (select service_month from touched) as touched,
                 datemultirange(daterange(to_date(month, 'YYYY-MM'), (to_date(month, 'YYYY-MM') + interval '1 month')::date)) as days
          from came where month_end group by month) e
        order by e.month`;

/**
 * The days under contract, as they are and as each row knew them that settled. A row settles its month, and every
 * earlier one whose days had changed by then: the last to come to a month, which knew the highest version of the
 * merchant, says by which days that is settled.
 */
const settledDays = (merchantId: string) => sql`
        contracted as materialized (
          select ${daysOf('starts_on', 'ends_on')} as days from contract_ref where merchant_id = ${merchantId}),
        settled_by as materialized (
          select month, (terms ->> 'version')::integer as version,
            (select ${daysOf('startsOn', 'endsOn')} from jsonb_to_recordset(terms -> 'contracts') as c ("startsOn" date, "endsOn" date)) as days
          from came where settled)`;

const daysOf = (from: string, to: string) =>
  sql`coalesce(range_agg(daterange(${sql.ref(from)}, ${sql.ref(to)}, '[]')), '{}')`;
