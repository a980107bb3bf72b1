import type { InvariantQueries } from '../../../../shared/persistence/invariants.ts';
import { sql } from '../../../../shared/persistence/sql.ts';
import type { BILLING_DISPUTE_INVARIANTS } from '../../../../shared/protocol/self-check/billing-disputes.ts';

/** What contradicts the invariants of disputes about lines of invoices. */
export const disputeInvariants: InvariantQueries<typeof BILLING_DISPUTE_INVARIANTS> = {
  'I38.axis': () => sql`
    select s.invoice_id::text as id, i.number || ' is called ' || s.dispute || ', has ' || found.open || ' open of ' || found.disputes || ' disputes' as detail
    from invoice_status s join invoice i on i.id = s.invoice_id cross join lateral (
      select count(*) as disputes, count(*) filter (where state = 'open') as open from line_dispute where invoice_id = s.invoice_id) found
    where s.dispute <> case when found.open > 0 then 'open' when found.disputes > 0 then 'settled' else 'none' end`,
  'I38.credit': () => sql`
    select d.id::text as id, d.credited_net_minor || ' credited, ' || coalesce(n.number || ' takes ' || coalesce((-c.net_minor)::text, 'nothing') || ' of the line', 'without credit note') as detail
    from line_dispute d left join invoice n on n.id = d.credit_note_id and n.kind = 'creditNote' and n.state = 'finalized' and n.corrects_id = d.invoice_id
    left join invoice_line c on c.invoice_id = n.id and c.corrects_line_id = d.line_id
    where d.state = 'credited' and c.net_minor is distinct from -d.credited_net_minor`,
  'I38.thread': () => sql`
    select d.id::text as id, 'messages ' || coalesce(array_to_string(said.positions, ', '), 'none') || ', line of ' || coalesce(l.invoice_id::text, 'no invoice') as detail
    from line_dispute d left join invoice_line l on l.id = d.line_id cross join lateral (
      select array_agg(position order by position) as positions, (array_agg(side order by position))[1] as first from line_dispute_message where dispute_id = d.id) said
    where said.first is distinct from 'merchant' or said.positions <> (select array_agg(n) from generate_series(1, cardinality(said.positions)) n)
      or l.invoice_id is distinct from d.invoice_id`,
};
