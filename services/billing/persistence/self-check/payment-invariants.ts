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
  'I32.payment': () => sql`
    select p.id::text as id, p.amount_minor || ' of ' || p.value_date || ': left ' || p.unallocated_minor || ', used ' || a.minor + e.minor + c.minor as detail
    from payment p
    cross join lateral (select coalesce(sum(amount_minor), 0) as minor from payment_allocation where payment_id = p.id) a
    cross join lateral (select coalesce(sum(amount_minor), 0) as minor from credit_entry where payment_id = p.id) e
    cross join lateral (select coalesce(sum(amount_minor), 0) as minor from dunning_claim where payment_id = p.id) c
    where p.unallocated_minor <> case when p.voided_at is null then p.amount_minor else 0 end - a.minor - e.minor - c.minor`,
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
