import type { InvariantQueries } from '../../../../shared/persistence/invariants.ts';
import { sql } from '../../../../shared/persistence/sql.ts';
import type { BILLING_EXPORT_INVARIANTS } from '../../../../shared/protocol/self-check/billing-exports.ts';

/** What left for the tax adviser and the tax office; master data are no documents, and the EC sales list is of parts of them. */
export const exportInvariants: InvariantQueries<typeof BILLING_EXPORT_INVARIANTS> = {
  'I31.sums': () => sql`
    select x.id::text as id, x.filename || ', ' || coalesce(d.documents, 0) || ' documents of ' || coalesce(d.gross, 0) as detail
    from export x left join (
      select export_id, count(*) as documents, sum(gross_minor) as gross, bool_or(state = 'draft') as drafts
      from (select distinct e.export_id, i.id, i.gross_minor, i.state from export_document e join invoice i on i.id = e.invoice_id) one
      group by export_id) d on d.export_id = x.id
    where x.kind <> 'debtors' and ((x.summary ->> 'documents')::bigint <> coalesce(d.documents, 0) or coalesce(d.drafts, false)
      or (x.kind <> 'ecSales' and (x.summary ->> 'grossMinor')::bigint <> coalesce(d.gross, 0)))`,
};
