import type { InvariantQueries } from '../../../../shared/persistence/invariants.ts';
import { sql } from '../../../../shared/persistence/sql.ts';
import type { BILLING_CORRECTION_INVARIANTS } from '../../../../shared/protocol/self-check/billing-corrections.ts';

/** What contradicts the invariants of cancellations and credit notes. */
export const correctionInvariants: InvariantQueries<typeof BILLING_CORRECTION_INVARIANTS> = {
  'I14.mirrors': () => sql`
    select c.id::text as id, c.number || ' over ' || c.gross_minor || ' cancels ' || o.number || ' over ' || o.gross_minor as detail
    from invoice c join invoice o on o.id = c.corrects_id
    where c.kind = 'cancellation' and ((c.net_minor, c.vat_minor, c.gross_minor) <> (-o.net_minor, -o.vat_minor, -o.gross_minor)
      or exists (
        select 1 from (select * from invoice_line where invoice_id = o.id) ol full join (select * from invoice_line where invoice_id = c.id) cl on cl.corrects_line_id = ol.id
        where (cl.quantity, cl.unit_price, cl.base_quantity, cl.net_minor, cl.vat_category, cl.vat_rate_bp)
          is distinct from (-ol.quantity, ol.unit_price, ol.base_quantity, -ol.net_minor, ol.vat_category, ol.vat_rate_bp))
      or exists (
        select 1 from (select * from invoice_vat where invoice_id = o.id) ov full join (select * from invoice_vat where invoice_id = c.id) cv
          on (cv.category, cv.rate_bp) = (ov.category, ov.rate_bp)
        where (cv.basis_minor, cv.vat_minor) is distinct from (-ov.basis_minor, -ov.vat_minor)))`,
  'I14.cancelled': () => sql`
    select o.id::text as id, o.number || ' is ' || o.state || coalesce(', cancelled by ' || c.number, ', without cancellation')
      || case when o.state = 'cancelled' then ', bills ' || billed.charges || ' charges' else '' end as detail
    from invoice o left join invoice c on c.corrects_id = o.id and c.kind = 'cancellation'
    cross join lateral (
      select count(k.id) as charges from invoice_line l join charge k on k.line_id = l.id where l.invoice_id = o.id and o.state = 'cancelled') billed
    where (o.state = 'cancelled') <> (c.id is not null) or billed.charges > 0`,
  'I15.within': () => sql`
    select o.id::text as id, o.number || ' over ' || o.gross_minor || ', credited ' || -sum(c.gross_minor) as detail
    from invoice o join invoice c on c.corrects_id = o.id and c.kind = 'creditNote'
    group by o.id, o.number, o.state, o.gross_minor
    having o.state = 'cancelled' or -sum(c.gross_minor) > o.gross_minor
      or exists (
        select 1 from invoice_line l join invoice_line cl on cl.corrects_line_id = l.id where l.invoice_id = o.id
        group by l.id, l.net_minor having sum(cl.net_minor) not between least(0, -l.net_minor) and greatest(0, -l.net_minor))
      or exists (
        select 1 from invoice_vat v join invoice n on n.corrects_id = v.invoice_id join invoice_vat cv on cv.invoice_id = n.id and (cv.category, cv.rate_bp) = (v.category, v.rate_bp)
        where v.invoice_id = o.id group by v.category, v.rate_bp, v.basis_minor, v.vat_minor
        having sum(cv.vat_minor) not between least(0, -v.vat_minor) and greatest(0, -v.vat_minor)
          or (sum(cv.basis_minor) = -v.basis_minor and sum(cv.vat_minor) <> -v.vat_minor))`,
};
