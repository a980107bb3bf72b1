import type { InvariantQueries } from '../../../../shared/persistence/invariants.ts';
import { sql } from '../../../../shared/persistence/sql.ts';
import { invoiceFinalizedV1 } from '../../../../shared/protocol/billing/events.ts';
import type { BILLING_LINE_INVARIANTS } from '../../../../shared/protocol/self-check/billing-lines.ts';
import { LIVE_LINES } from '../runs/allocations.ts';

/** What contradicts the invariants of lines: where they come from, and that they stay as they were issued. */
export const lineInvariants: InvariantQueries<typeof BILLING_LINE_INVARIANTS> = {
  'I4.charges': () => sql`
    select distinct l.id::text as id, l.charge_type || ' of ' || l.service_month || ' by ' || l.rule_key || ', a charge is ' || c.charge_type
      || ' of ' || c.service_month || ' by ' || coalesce(c.rule_key, 'none') as detail
    from ${LIVE_LINES} join invoice_line_charge lc on lc.line_id = l.id join charge c on c.id = lc.charge_id
    where (c.service_month, c.section, c.charge_type, c.version_id, c.rule_key)
      is distinct from (l.service_month, l.section, l.charge_type, l.version_id, l.rule_key)`,
  // what is a share of an amount has the price of its charge; I1.share looks at that
  'I4.price': () => sql`
    select l.id::text as id, l.rule_key || ' at ' || l.unit_price || ' per ' || l.base_quantity || ', its rule is ' || coalesce(r.model::text, 'gone') as detail
    from ${LIVE_LINES} left join rate_rule r on r.version_id = l.version_id and r.key = l.rule_key left join charge own on own.id = l.own_charge_id
    where l.kind = 'charges' and (
      case when l.own_charge_id is not null then own.unit_price is distinct from l.unit_price
        when l.tier_from is null then coalesce((r.model ->> 'unitPrice')::numeric, (r.model ->> 'amount')::numeric) is distinct from l.unit_price
        when r.model ? 'freeQuantity' then (l.tier_from, l.unit_price) not in
          ((0, 0), ((r.model ->> 'freeQuantity')::numeric, (r.model ->> 'unitPrice')::numeric))
        else not exists (
          select 1 from (
            select (t.tier ->> 'unitPrice')::numeric as price, coalesce(lag((t.tier ->> 'upTo')::numeric) over (order by t.ordinal), 0) as from_quantity
            from jsonb_array_elements(r.model -> 'tiers') with ordinality as t (tier, ordinal)) s
          where s.from_quantity = l.tier_from and s.price = l.unit_price) end
      or l.base_quantity is distinct from case when (r.model ->> 'perDaysOfMonth')::boolean
        then extract(day from to_date(l.service_month || '-01', 'YYYY-MM-DD') + interval '1 month - 1 day')
        else coalesce((r.model ->> 'baseQuantity')::numeric, 1) end)`,
  // exact: cents times a percentage with two places
  'I4.adjusted': () => sql`
    select l.id::text as id, l.kind || ' of ' || (l.detail ->> 'percent') || ' % on ' || (l.detail ->> 'basisMinor') || ' costs ' || l.unit_price as detail
    from ${LIVE_LINES} left join rate_version v on v.id = l.version_id
    left join lateral (select a.adjustment from jsonb_array_elements(v.adjustments) as a (adjustment) where a.adjustment ->> 'key' = l.rule_key) own on true
    cross join lateral (
      select (case l.kind when 'discount' then -1 else 1 end) * (l.detail ->> 'basisMinor')::numeric * (l.detail ->> 'percent')::numeric as share) s
    where l.kind in ('surcharge', 'discount') and l.detail ? 'percent' and (
      (own.adjustment ->> 'kind', (own.adjustment -> 'value' ->> 'percent')::numeric) is distinct from (l.kind, (l.detail ->> 'percent')::numeric)
      or case when l.detail ? 'maximumMinor' then (l.detail ->> 'uncappedMinor')::numeric is distinct from round(s.share * 0.01)
        else l.unit_price is distinct from s.share * 0.0001 end)`,
  // late charges use up what was paid, also under an earlier name, so what a month paid in all is never below nothing
  'I4.minimum': () => sql`
    select id::text as id, label || ' of ' || service_month || ' asks for ' || net_minor || ', ' || (detail ->> 'reachedMinor') || ' of '
      || (detail ->> 'minimumMinor') || ' were reached, its rule says ' || coalesce(amount::text, 'nothing') || '; paid in all ' || paid as detail
    from (
      select l.*, (own.minimum ->> 'amount')::numeric as amount, sum(l.net_minor) over (partition by l.merchant_id, l.service_month) as paid
      from ${LIVE_LINES} left join rate_version v on v.id = l.version_id
      left join lateral (select m.minimum from jsonb_array_elements(v.minimums) as m (minimum) where m.minimum ->> 'key' = l.rule_key) own on true
      where l.kind = 'minimum') billed
    where amount is null or (detail ->> 'minimumMinor')::numeric > amount * 100 or paid < 0
      or net_minor > greatest(0, (detail ->> 'minimumMinor')::bigint - (detail ->> 'reachedMinor')::bigint)`,
  'I11.lines': () => sql`
    select i.id::text as id, i.number || ', line ' || differs.position || ': ' || booked || '; on paper ' || on_paper as detail
    from invoice i join invoice_document d on d.invoice_id = i.id and d.kind = 'pdf'
    cross join lateral (
      select coalesce(b.position, p.position) as position, coalesce(b.label || ', ' || b.net_minor, 'not booked') as booked,
        coalesce(p.description || ', ' || p."netMinor", 'nothing') as on_paper
      from (select * from invoice_line where invoice_id = i.id) b full join (${PAPER}) p on p.position = b.position
      where (b.section, b.label, b.quantity, b.unit_price, b.base_quantity, b.net_minor, b.vat_category, b.vat_rate_bp)
        is distinct from (p.section, p.description, p.quantity, p."unitPrice", coalesce(p."baseQuantity", 1), p."netMinor", p."vatCategory", p."vatRateBasisPoints")
    ) differs
    where i.state <> 'draft'`,
  'I11.announced': () => sql`
    select i.id::text as id, i.number || ' over ' || i.gross_minor || ' was announced as ' || (e.payload ->> 'number') || ' over ' || (e.payload ->> 'grossMinor') as detail
    from invoice i join messaging.event e on e.type = ${invoiceFinalizedV1.type} and (e.payload ->> 'invoiceId')::uuid = i.id
    where i.state <> 'draft' and (e.payload ->> 'number', e.payload ->> 'issueDate', e.payload ->> 'dueDate', e.payload ->> 'periodFrom', e.payload ->> 'periodTo',
        e.payload ->> 'netMinor', e.payload ->> 'vatMinor', e.payload ->> 'grossMinor')
      is distinct from (i.number, i.issue_date::text, i.due_date::text, i.period_from::text, i.period_to::text,
        i.net_minor::text, i.vat_minor::text, i.gross_minor::text)`,
};

/** The lines of the document `d` as it says them. */
const PAPER = sql`
  select part ->> 'key' as section, said.* from jsonb_array_elements(d.model -> 'sections') as part
  cross join lateral jsonb_to_recordset(part -> 'lines') as said (position integer, description text, quantity numeric, "unitPrice" numeric,
    "baseQuantity" numeric, "netMinor" bigint, "vatCategory" text, "vatRateBasisPoints" integer)`;
