import type { InvariantQueries } from '../../../../shared/persistence/invariants.ts';
import { sql } from '../../../../shared/persistence/sql.ts';
import type { BILLING_CHARGE_INVARIANTS } from '../../../../shared/protocol/self-check/billing-charges.ts';
import { CARRIER_LINE } from '../../domain/charge-types/carrier-surcharges.ts';
import { reversalOf } from '../../domain/charge-types/index.ts';
import { LIVE_LINES } from '../runs/allocations.ts';
import { causelessCharges } from './caused-charges.ts';
import { unchargedEvents } from './event-charges.ts';
import { chargesRatedOtherwise } from './rated-charges.ts';
import { shipmentInvariants } from './shipment-invariants.ts';
import { storageInvariants } from './storage-invariants.ts';

/** What contradicts the invariants of charges. */
export const chargeInvariants: InvariantQueries<typeof BILLING_CHARGE_INVARIANTS> = {
  ...shipmentInvariants,
  ...storageInvariants,
  'I1.charged': unchargedEvents,
  'I1.caused': causelessCharges,
  'I1.as-rated': chargesRatedOtherwise,
  // a contract of the last minutes is charged by the clock; the last bill of one has a fee of days that are not over
  'I1.fee': () => sql`
    select m.merchant_id || ':' || to_char(m.cutoff, 'YYYY-MM') as id, 'no software fee of ' || to_char(m.cutoff, 'YYYY-MM') as detail
    from run_merchant m
    where m.state in ('finalized', 'delivered') and 'monthly' = any(m.done_streams) and not m.final
      and m.cutoff = (date_trunc('month', m.cutoff) + interval '1 month - 1 day')::date and m.cutoff >= (select min(billing_starts_on) from issuer)
      and exists (select 1 from contract_ref c where c.merchant_id = m.merchant_id and c.software_fee
        and c.starts_on <= m.cutoff and coalesce(c.ends_on, m.cutoff) >= date_trunc('month', m.cutoff))
      and not exists (select 1 from charge k where k.merchant_id = m.merchant_id and k.charge_type = 'software_fee' and k.service_date = m.cutoff offset 0)
      and not exists (select 1 from messaging.delivery d join messaging.event e on e.id = d.event_id
        where d.consumer = 'billing.know-merchants' and e.merchant_id = m.merchant_id and (d.done_at is null or d.done_at > now() - interval '30 minutes'))`,
  'I1.replaced': () => sql`
    select c.id::text as id, c.charge_type || ' of revision ' || c.revision || ', replaced by ' || s.revision as detail
    from charge_source s join charge c on c.source = s.source and c.source_event = s.source_event and c.revision < s.revision
    where s.source <> ${CARRIER_LINE} and not exists (
      select 1 from charge t where t.source = s.source || ${reversalOf('')}::text and t.source_event = c.source_event
        and t.charge_type = c.charge_type and t.revision = c.revision and t.merchant_id = c.merchant_id and t.quantity = -c.quantity)`,
  // a charge that tiers spread over lines of one invoice is linked to the first of them
  'I2.link': () => sql`
    select c.id::text as id, 'on the live line ' || l.id || ', linked to ' || coalesce(c.line_id::text, 'none') as detail
    from ${LIVE_LINES} join invoice_line_charge lc on lc.line_id = l.id join charge c on c.id = lc.charge_id
    left join invoice_line own on own.id = c.line_id
    where own.invoice_id is distinct from l.invoice_id
    union all
    select c.id::text, 'linked to line ' || c.line_id || ', which does not hold it'
    from charge c where c.line_id is not null
      and not exists (select 1 from invoice_line_charge lc where lc.line_id = c.line_id and lc.charge_id = c.id)
    union all
    select c.id::text, 'linked to line ' || c.line_id || ' of a row that is ' || m.state
    from charge c join invoice_line l on l.id = c.line_id join invoice i on i.id = l.invoice_id join run_merchant m on m.id = i.run_merchant_id
    where i.state <> 'finalized' and m.state <> 'approved'`,
  // a transaction that began before the approval may have committed after it, but none lives for two minutes; a charge
  // that was released, or whose price was dropped and came back, counts from then on
  'I13.unbilled': () => sql`
    select distinct on (c.id) c.id::text as id, c.charge_type || ' of ' || c.service_date || ', due on ' || m.cutoff as detail
    from run_merchant m join charge c on c.merchant_id = m.merchant_id and c.line_id is null and c.state = 'accrued'
      and c.stream = any(m.done_streams) and c.service_date <= m.cutoff
      and c.created_at < m.collected_at - interval '2 minutes'
    where m.state in ('finalized', 'delivered')
      and case when c.released_at is null then not c.late_exempt else c.released_at < m.collected_at - interval '2 minutes' end`,
  'I27.rates': () => sql`
    select v.id::text as id, 'version of another merchant than its card' as detail
    from rate_version v join rate_card c on c.id = v.card_id where v.merchant_id is distinct from c.merchant_id
    union all
    select r.id::text, 'rule of another merchant than its version'
    from rate_rule r join rate_version v on v.id = r.version_id where r.merchant_id is distinct from v.merchant_id`,
  // a twin is born waived with its original
  'I30.waived': () => sql`
    select c.id::text as id, coalesce(c.state_reason, '') as detail from charge c
    where c.state = 'waived' and c.source not like '%-reversal' and not exists (
      select 1 from messaging.audit_entry a where a.entity = 'charge' and a.entity_id = c.id::text and a.action = 'charge.waived')`,
};
