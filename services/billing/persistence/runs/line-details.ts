import { sql } from '../../../../shared/persistence/sql.ts';
import { takenBackFrom } from './standing-adjustments.ts';

// what a line says beside its text and figures, by the row `invoice_line` of the query around

/** How the days behind a storage line were counted. */
export const STORAGE_DETAIL = sql`
  select jsonb_build_object(
           'bins', bool_and(coalesce(c.attributes ->> 'measure', c.attributes ->> 'method') in ('bin', 'binDay')),
           'emptiedBins', jsonb_agg(distinct coalesce(c.attributes ->> 'emptiedBins', 'counts')),
           'sharedBins', jsonb_agg(distinct coalesce(c.attributes ->> 'sharedBins', 'whole')),
           'reconstructedDays', coalesce(sum((c.attributes ->> 'reconstructedDays')::integer) filter (where l.quantity > 0), 0)) as storage
  from invoice_line_charge l join charge c on c.id = l.charge_id
  -- here and not in the join, which would look at the charges of every line first
  where l.line_id = invoice_line.id and invoice_line.charge_type = 'storage' having count(*) > 0`;

/** What the line of a credit note of a negative total takes something back of. */
export const TAKES_BACK_OF = sql`
  select jsonb_agg(distinct jsonb_build_object('number', o.number, 'issueDate', o.issue_date)) as "takesBackOf"
  from invoice_line_charge l join charge c on c.id = l.charge_id join invoice o on o.id = (${takenBackFrom('c')})
  where l.line_id = invoice_line.id and o.number is not null
    and (select i.kind = 'creditNote' and i.corrects_id is null from invoice i where i.id = invoice_line.invoice_id)`;
