import type { InvariantQueries } from '../../../../shared/persistence/invariants.ts';
import { sql } from '../../../../shared/persistence/sql.ts';
import { shipmentCancelledV1 } from '../../../../shared/protocol/orders/events.ts';
import { carrierLineMatchedV1 } from '../../../../shared/protocol/orders/carrier-invoices.ts';
import type { BILLING_CHARGE_INVARIANTS } from '../../../../shared/protocol/self-check/billing-charges.ts';
import { CARRIER_LINE } from '../../domain/charge-types/carrier-surcharges.ts';
import { reversalOf } from '../../domain/charge-types/index.ts';
import { SHIPMENT } from '../../domain/charge-types/shipments.ts';

/** What contradicts the invariants of carriers' surcharges and of shipments that were called back. */
export const shipmentInvariants: Pick<
  InvariantQueries<typeof BILLING_CHARGE_INVARIANTS>,
  'I1.carrier' | 'I1.share' | 'I1.called-back'
> = {
  'I1.carrier': () => sql`
    with told as (
      select distinct on (line_id) * from (
        select (e.payload ->> 'lineId')::uuid as line_id, e.type, e.merchant_id, coalesce((e.payload ->> 'revision')::int, 0) as revision,
          (e.payload ->> 'amountMinor')::bigint as amount
        from messaging.delivery d join messaging.event e on e.id = d.event_id
        where d.consumer in ('billing.charge-carrier-lines', 'billing.take-back-carrier-lines') and d.done_at is not null) steps
      order by line_id, revision desc),
    live as (select c.* from charge c where c.source = ${CARRIER_LINE} and ${isLive(CARRIER_LINE)})
    select coalesce(t.line_id, l.source_event)::text as id,
      'told ' || coalesce(max(t.type) || ' of step ' || max(t.revision), 'nothing') || ', ' || count(l.id) || ' live charges' as detail
    from told t full join live l on l.source_event = t.line_id
    group by coalesce(t.line_id, l.source_event)
    having case when bool_and(t.type = ${carrierLineMatchedV1.type})
      then count(l.id) <> 1 or bool_or((l.merchant_id, l.revision, l.amount_minor, sign(l.quantity))
        is distinct from (t.merchant_id, t.revision, abs(t.amount), sign(t.amount::numeric)))
      else count(l.id) > 0 end`,
  // exact: cents times a percentage with two places
  'I1.share': () => sql`
    select c.id::text as id, c.charge_type || ' costs ' || c.unit_price || ', its rule makes ' || p.price || ' of ' || c.amount_minor as detail
    from charge c join rate_rule r on r.id = c.rule_id
    cross join lateral (select c.amount_minor * (r.model ->> 'percent')::numeric / 10000 as part) s
    cross join lateral (select case r.model ->> 'type'
        when 'costPlus' then c.amount_minor / 100.0 + greatest(s.part, coalesce((r.model ->> 'minimumMargin')::numeric, 0))
        else least(greatest(s.part, coalesce((r.model ->> 'minimum')::numeric, 0)), coalesce((r.model ->> 'maximum')::numeric, 'Infinity'))
      end as price) p
    where r.model ->> 'type' in ('costPlus', 'percentage') and c.amount_minor is not null and c.unit_price is distinct from p.price`,
  'I1.called-back': () => sql`
    select c.id::text as id, c.charge_type || ' of shipment ' || (e.payload ->> 'shipmentId') || ' was not taken back' as detail
    from messaging.delivery d join messaging.event e on e.id = d.event_id
    join charge c on c.reference ->> 'id' = e.payload ->> 'shipmentId' and c.source = ${SHIPMENT} and ${isLive(SHIPMENT)}
    where d.consumer = 'billing.charge-cancelled-shipments' and d.done_at is not null
    union all
    select c.id::text, 'fee of a shipment that was not called back' from charge c
    where c.source = 'orders.shipment-cancellation' and not exists (
      select 1 from messaging.event e where e.type = ${shipmentCancelledV1.type} and (e.payload ->> 'shipmentId')::uuid = c.source_event)`,
};

/** Of a charge `c` that can be corrected: it was not taken back, by as much and from the same merchant. */
const isLive = (source: string) => sql`not exists (
  select 1 from charge t where t.source = ${reversalOf(source)} and t.source_event = c.source_event and t.charge_type = c.charge_type
    and t.revision = c.revision and t.merchant_id = c.merchant_id and t.quantity = -c.quantity)`;
