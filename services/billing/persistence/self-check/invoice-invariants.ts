import type { InvariantQueries } from '../../../../shared/persistence/invariants.ts';
import { sql } from '../../../../shared/persistence/sql.ts';
import { invoiceFinalizedV1 } from '../../../../shared/protocol/billing/events.ts';
import type { BILLING_AMOUNT_INVARIANTS } from '../../../../shared/protocol/self-check/billing-invoices.ts';
import type { BILLING_RUN_INVARIANTS } from '../../../../shared/protocol/self-check/billing-runs.ts';
import { LIVE_LINES } from '../runs/allocations.ts';

/** A document that is not there after this is a finding. */
const DOCUMENT_AFTER_MS = 10 * 60_000;

/** What contradicts the invariants of runs and invoices. */
export const invoiceInvariants: InvariantQueries<typeof BILLING_AMOUNT_INVARIANTS> &
  InvariantQueries<typeof BILLING_RUN_INVARIANTS> = {
  'I4.quantity': () => sql`
    select l.id::text as id, 'quantity ' || l.quantity || ', its charges have ' || coalesce(sum(lc.quantity), 0) as detail
    from ${LIVE_LINES} left join invoice_line_charge lc on lc.line_id = l.id
    where l.kind = 'charges' group by l.id, l.quantity having l.quantity <> coalesce(sum(lc.quantity), 0)
    union all
    select c.id::text, 'charge of ' || c.quantity || ', billed with ' || sum(lc.quantity)
    from ${LIVE_LINES} join invoice_line_charge lc on lc.line_id = l.id join charge c on c.id = lc.charge_id
    group by c.id, c.quantity having c.quantity <> sum(lc.quantity)`,
  'I5.net': () => sql`
    select i.id::text as id, 'net ' || i.net_minor || ', its lines ' || coalesce(sum(l.net_minor), 0) as detail
    from invoice i left join invoice_line l on l.invoice_id = i.id
    group by i.id, i.net_minor having i.net_minor <> coalesce(sum(l.net_minor), 0)`,
  'I6.vat': () => sql`
    select i.id::text as id, 'VAT ' || i.vat_minor || ' on ' || i.net_minor || ', its rates '
             || coalesce(sum(v.vat_minor), 0) || ' on ' || coalesce(sum(v.basis_minor), 0) as detail
    from invoice i left join invoice_vat v on v.invoice_id = i.id
    group by i.id, i.net_minor, i.vat_minor
    having i.vat_minor <> coalesce(sum(v.vat_minor), 0) or i.net_minor <> coalesce(sum(v.basis_minor), 0)`,
  'I7.basis': () => sql`
    select coalesce(v.invoice_id, l.invoice_id)::text as id,
           coalesce(v.category, l.vat_category) || ' ' || coalesce(v.rate_bp, l.vat_rate_bp) || ': basis '
             || coalesce(v.basis_minor, 0) || ', lines ' || coalesce(l.net, 0) as detail
    from invoice_vat v full join (
      select invoice_id, vat_category, vat_rate_bp, sum(net_minor) as net from invoice_line group by 1, 2, 3) l
      on l.invoice_id = v.invoice_id and l.vat_category = v.category and l.vat_rate_bp = v.rate_bp
    where v.basis_minor is distinct from l.net`,
  'I7.group': () => sql`
    select i.id::text as id, i.tax_group || ' with ' || string_agg(v.category, ', ' order by v.category) as detail
    from invoice i join invoice_vat v on v.invoice_id = i.id
    group by i.id, i.tax_group having bool_or((v.category = 'O') <> (i.tax_group = 'outside'))`,
  'I8.gapless': () => sql`
    select kind || ' ' || series_year as id, count(*) || ' invoices, numbers ' || min(series_number) || ' to ' || max(series_number) as detail
    from invoice where number is not null group by issuer_id, kind, series_year
    having min(series_number) <> 1 or max(series_number) <> count(*)`,
  'I8.counter': () => sql`
    select coalesce(s.kind, i.kind) || ' ' || coalesce(s.year, i.series_year) as id,
           'counter at ' || coalesce(s.last_number, 0) || ', last invoice ' || coalesce(i.last, 0) as detail
    from number_series s full join (
      select issuer_id, kind, series_year, max(series_number) as last from invoice where number is not null group by 1, 2, 3) i
      on i.issuer_id = s.issuer_id and i.kind = s.kind and i.series_year = s.year
    where coalesce(s.last_number, 0) <> coalesce(i.last, 0)`,
  'I9.order': () => sql`
    select id::text as id, number || ' of ' || finalized_at || ' comes after one of ' || before as detail
    from (select id, number, finalized_at, issue_date,
                 lag(finalized_at) over series as before, lag(issue_date) over series as day_before
          from invoice where number is not null
          window series as (partition by issuer_id, kind, series_year order by series_number)) i
    where finalized_at < before or issue_date < day_before`,
  'I10.document': (now) => sql`
    select i.id::text as id, i.number || ': ' || coalesce(d.state || coalesce(', ' || d.error, ''), 'no document') as detail
    from invoice i left join invoice_document d on d.invoice_id = i.id and d.kind = 'pdf'
    where i.state <> 'draft' and i.finalized_at < ${new Date(now.getTime() - DOCUMENT_AFTER_MS).toISOString()}::timestamptz
      and d.state is distinct from 'ready'`,
  'I11.content': () => sql`
    select i.id::text as id, i.number || ' says ' || (d.model ->> 'number') || ' of ' || (d.model ->> 'issueDate')
             || ' for ' || (d.model -> 'servicePeriod' ->> 'from') || ' to ' || (d.model -> 'servicePeriod' ->> 'to') || ' over ' || (d.model ->> 'grossMinor') as detail
    from invoice i join invoice_document d on d.invoice_id = i.id
    where (d.model ->> 'number', d.model ->> 'issueDate', d.model ->> 'dueDate', d.model -> 'servicePeriod' ->> 'from', d.model -> 'servicePeriod' ->> 'to',
        d.model ->> 'netMinor', d.model ->> 'vatMinor', d.model ->> 'grossMinor')
      is distinct from (i.number, i.issue_date::text, i.due_date::text, i.period_from::text, i.period_to::text,
        i.net_minor::text, i.vat_minor::text, i.gross_minor::text)`,
  'I20.row': () => sql`
    select m.id::text as id, m.state || ' with ' || count(i.id) filter (where i.state = 'finalized') || ' finalized and '
             || count(i.id) filter (where i.state = 'draft') || ' draft invoices' as detail
    from run_merchant m left join invoice i on i.run_merchant_id = m.id and i.corrects_id is null
    group by m.id having case
      when m.state in ('finalized', 'delivered') then count(*) filter (where i.state = 'draft') > 0 or count(*) filter (where i.state = 'finalized') = 0
      when m.state = 'approved' then count(*) filter (where i.state = 'draft') = 0
      when m.state = 'skipped' then count(*) filter (where i.state = 'draft') > 0
      -- a row that was opened once more for other streams keeps what it has finalized
      else cardinality(m.done_streams) = 0 and count(*) filter (where i.state = 'finalized') > 0 end`,
  'I24.invoice': () => sql`
    select i.id::text as id, i.number as detail from invoice i
    where i.state <> 'draft' and not exists (
      select 1 from messaging.event e where e.type = ${invoiceFinalizedV1.type} and (e.payload ->> 'invoiceId')::uuid = i.id)`,
  'I30.invoice': () => sql`
    select i.id::text as id, i.number as detail from invoice i
    where i.state <> 'draft' and not exists (
      select 1 from messaging.audit_entry a where a.entity = 'invoice' and a.entity_id = i.id::text and a.action = 'invoice.finalized')`,
};
