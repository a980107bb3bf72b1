import { sql } from '../../../../shared/persistence/sql.ts';

/** What a merchant was billed by a run. */
export interface BilledRun {
  runId: string;
  cutoff: string;
  netMinor: number;
  /** Net by section. */
  sections: Record<string, number>;
}

/** The last run before a cut-off that billed the merchant and is like it: a half month is compared with a half month. */
export const previousNets = (merchantId: string, cutoff: string) =>
  sql<BilledRun>`
        with last as (
          select m.run_id, m.id, m.cutoff from run_merchant m
          where m.merchant_id = ${merchantId} and m.cutoff < ${cutoff} and not m.final
            and (m.state in ('finalized', 'delivered') or (m.state = 'cancelled' and cardinality(m.done_streams) > 0))
            and (extract(day from m.cutoff) = 15) = (extract(day from ${cutoff}::date) = 15)
          order by m.cutoff desc limit 1),
        section as (
          select l.section, sum(l.net_minor) as net from last join invoice i on i.run_merchant_id = last.id and i.state = 'finalized' and i.corrects_id is null
          join invoice_line l on l.invoice_id = i.id group by l.section)
        select last.run_id as "runId", last.cutoff, coalesce((select sum(net) from section), 0)::float8 as "netMinor",
               coalesce((select jsonb_object_agg(section, net) from section), '{}') as sections
        from last`;
