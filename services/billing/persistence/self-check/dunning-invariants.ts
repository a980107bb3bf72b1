import type { InvariantQueries } from '../../../../shared/persistence/invariants.ts';
import { sql } from '../../../../shared/persistence/sql.ts';
import type { BILLING_DUNNING_INVARIANTS } from '../../../../shared/protocol/self-check/billing-dunning.ts';

/** A file or document that is not there after this is a finding. */
const AFTER_MS = 10 * 60_000;
const before = (now: Date) => new Date(now.getTime() - AFTER_MS).toISOString();

/** What contradicts the invariants of direct debits and dunning. */
export const dunningInvariants: InvariantQueries<typeof BILLING_DUNNING_INVARIANTS> = {
  'I36.announced': () => sql`
    select i.id::text as id, i.number || ' says ' || coalesce(d.model ->> 'directDebit', 'nothing') || ', kept is ' || coalesce(m.reference || ' on ' || b.collect_on, 'nothing') as detail
    from invoice i join invoice_document d on d.invoice_id = i.id and d.kind = 'pdf'
    left join direct_debit b on b.invoice_id = i.id left join mandate m on m.id = b.mandate_id
    where (d.model -> 'directDebit' ->> 'mandateReference', d.model -> 'directDebit' ->> 'signedOn', d.model -> 'directDebit' ->> 'collectedOn', d.model -> 'directDebit' ->> 'iban')
      is distinct from (m.reference, m.signed_on::text, b.collect_on::text, m.iban)`,
  'I36.file': (now) => sql`
    select id::text as id, number || ' was approved at ' || approved_at as detail from collection_run
    where state = 'approved' and sha256 is null and approved_at < ${before(now)}::timestamptz`,
  'I36.used': () => sql`
    select m.id::text as id, m.reference || ' last used on ' || coalesce(m.last_used_on::text, 'no day') || ', collected on ' || coalesce(u.day::text, 'no day') as detail
    from mandate m left join lateral (
      select max(c.collect_on) as day from collection_item c join collection_run r on r.id = c.run_id
      where c.mandate_id = m.id and c.state <> 'removed' and r.state = 'submitted') u on true
    where m.last_used_on is distinct from u.day`,
  'I36.money': () => sql`
    select c.id::text as id, c.end_to_end_id || ' is ' || c.state || ' by ' || coalesce(p.amount_minor::text, 'nothing') || ', back by ' || coalesce(r.amount_minor::text, 'nothing') as detail
    from collection_item c left join payment p on p.id = c.payment_id left join payment r on r.id = c.return_payment_id
    where (c.state = 'collected' and (p.voided_at is not null or p.amount_minor <= 0))
      or (c.return_payment_id is not null and (r.voided_at is not null or r.returns_id is distinct from c.payment_id))`,
  'I37.letter': () => sql`
    select l.id::text as id, l.number || ' over ' || l.open_minor || ', its invoices ' || coalesce(s.minor, 0) as detail
    from dunning_letter l left join lateral (select sum(open_minor) as minor from dunning_step where letter_id = l.id) s on true
    where l.open_minor is distinct from s.minor`,
  'I37.levels': () => sql`
    select s.invoice_id::text as id, i.number || ' at level ' || s.level as detail from dunning_step s join invoice i on i.id = s.invoice_id
    where s.level > 0 and not exists (select 1 from dunning_step p where p.invoice_id = s.invoice_id and p.level = s.level - 1 and p.on_day < s.on_day)`,
  'I37.claims': () => sql`
    select c.id::text as id, c.kind || ' of ' || i.number || ' over ' || c.amount_minor as detail from dunning_claim c join invoice i on i.id = c.invoice_id
    where c.state = 'open' and i.state = 'cancelled'`,
  'I37.document': (now) => sql`
    select l.id::text as id, l.number || ': ' || l.state || coalesce(', ' || l.error, '') as detail
    from dunning_letter l join dunning_run r on r.id = l.run_id
    where l.state <> 'ready' and r.issued_at < ${before(now)}::timestamptz`,
};
