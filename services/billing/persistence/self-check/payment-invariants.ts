import { localDateOf } from '../../../../shared/kernel/dates.ts';
import type { InvariantQueries } from '../../../../shared/persistence/invariants.ts';
import { sql } from '../../../../shared/persistence/sql.ts';
import type { BILLING_PAYMENT_INVARIANTS } from '../../../../shared/protocol/self-check/billing-payments.ts';

/** What contradicts the invariants of payments. */
export const paymentInvariants: InvariantQueries<typeof BILLING_PAYMENT_INVARIANTS> = {
  // what just became overdue is marked by a worker, so until then it may say what it said
  'I31.status': (now) => sql`
    select o.invoice_id::text as id, o.number || ' says ' || coalesce(s.payment, 'nothing') || ', is ' || o.payment || ', open ' || o.open_minor as detail
    from billing.open_item(${localDateOf(now)}) o left join invoice_status s on s.invoice_id = o.invoice_id
    where s.payment is distinct from o.payment and not (o.payment = 'overdue'
      and s.payment = case when o.open_minor = o.gross_minor + o.credited_minor then 'open' else 'partially_paid' end)`,
  'I31.settled': () => sql`
    select invoice_id::text as id, coalesce(number, 'draft') || ' asks for ' || claim_minor || ', settled ' || settled_minor as detail
    from billing.settlement()
    where abs(settled_minor) > abs(claim_minor) or settled_minor * sign(claim_minor) < 0 or (state = 'draft' and settled_minor <> 0)`,
  'I31.prepaid': () => sql`
    select i.id::text as id, i.number || ' says ' || coalesce(d.model ->> 'prepaidMinor', 'nothing') || ', used ' || coalesce(u.used, 0) as detail
    from invoice i join invoice_document d on d.invoice_id = i.id and d.kind = 'pdf'
    left join lateral (
      select -sum(e.amount_minor) as used from credit_entry e where e.invoice_id = i.id and e.kind = 'use' and e.booked_at <= i.finalized_at) u on true
    where i.state <> 'draft' and coalesce((d.model ->> 'prepaidMinor')::bigint, 0) <> coalesce(u.used, 0)`,
  // a payment and its returns share what is left of them
  'I32.payment': () => sql`
    select p.id::text as id, p.amount_minor || ' of ' || p.value_date || ': left ' || p.unallocated_minor || ', by its rows ' || is_so.minor as detail
    from payment p cross join lateral (
      select case when p.voided_at is null then (select f.minor from billing.free_money(coalesce(p.returns_id, p.id)) f where f.payment_id = p.id)
        else billing.rest_of(p.id) - p.amount_minor end as minor) is_so
    where p.unallocated_minor is distinct from is_so.minor`,
  'I32.returned': () => sql`
    select p.id::text as id, p.amount_minor || ' of ' || p.value_date || ': came back ' || r.minor || ', taken too much of ' || coalesce(o.number, 'nothing') as detail
    from payment p
    cross join lateral (select sum(-amount_minor) as minor from payment where returns_id = p.id and voided_at is null) r
    left join lateral (
      select i.number from payment_allocation a join payment x on x.id = a.payment_id join invoice i on i.id = a.invoice_id
      where x.id = p.id or x.returns_id = p.id group by i.number having sum(a.amount_minor) < 0 limit 1) o on true
    where r.minor is not null and (p.voided_at is not null or r.minor > p.amount_minor or o.number is not null)`,
  'I32.balance': () => sql`
    select merchant_id::text as id, sum(amount_minor) || ' in ' || count(*) || ' entries' as detail
    from credit_entry group by merchant_id having sum(amount_minor) < 0`,
  'I32.entry': () => sql`
    select p.id::text as id, p.amount_minor || ' of ' || p.value_date || ', the bank told ' || e.amount_minor || ' of ' || e.value_date as detail
    from payment p join bank_entry e on e.id = p.bank_entry_id
    where p.voided_at is null and ((p.value_date <> e.value_date and p.source = 'bank')
      or (p.amount_minor <> e.amount_minor and not (p.source = 'returnDebit' and e.amount_minor between p.amount_minor - 10000 and p.amount_minor))
      or e.dismissed_at is not null)`,
};
