import type { InvariantQueries } from '../../../shared/persistence/invariants.ts';
import { sql } from '../../../shared/persistence/sql.ts';
import {
  orderShippedV1,
  shipmentCancelledV1,
  shipmentCorrectedV1,
  specialJobSignedOffV1,
} from '../../../shared/protocol/orders/events.ts';
import { carrierLineMatchedV1, carrierLineReopenedV1 } from '../../../shared/protocol/orders/carrier-invoices.ts';
import { goodsInClosedV1 } from '../../../shared/protocol/orders/goods-in.ts';
import type { ORDERS_INVARIANTS } from '../../../shared/protocol/self-check/orders.ts';
import { IS_LATEST } from './carrier-lines.ts';

/** What contradicts the invariants of orders, shipments and special jobs. */
export const ordersInvariants: InvariantQueries<typeof ORDERS_INVARIANTS> = {
  'I19.shipped': () => sql`
    select l.id::text as id, l.sku || ': ' || l.shipped_quantity || ' counted, ' || coalesce(s.quantity, 0) || ' in shipments' as detail
    from orders.order_line l
    left join (select sl.order_line_id, sum(sl.quantity) as quantity from orders.shipment_line sl
      join orders.shipment live on live.id = sl.shipment_id and live.cancelled_at is null group by 1) s on s.order_line_id = l.id
    where l.shipped_quantity <> coalesce(s.quantity, 0)`,
  'I20.order': () => sql`
    select o.id::text as id, o.external_number || ' is ' || o.state || ' with ' || sum(l.shipped_quantity) || ' of ' || sum(l.quantity) || ' shipped' as detail
    from orders."order" o join orders.order_line l on l.order_id = o.id
    group by o.id having case o.state
      when 'shipped' then sum(l.shipped_quantity) <> sum(l.quantity)
      when 'partially_shipped' then sum(l.shipped_quantity) = 0 or sum(l.shipped_quantity) = sum(l.quantity)
      else sum(l.shipped_quantity) <> 0 end`,
  // one that was opened again is in the ledger as it was closed last, whatever is being counted now
  'I19.goods-in': () => sql`
    select g.id::text as id, g.number || ', ' || l.sku || ': ' || l.received_quantity - l.damaged_quantity || ' good, ' || coalesce(m.quantity, 0) || ' booked' as detail
    from orders.goods_in g join orders.goods_in_line l on l.goods_in_id = g.id
    left join (select source_item_id, sum(quantity) as quantity from orders.stock_movement where source = 'goods_in' group by 1) m
      on m.source_item_id = l.id
    where g.state = 'closed' and l.received_quantity - l.damaged_quantity is distinct from coalesce(m.quantity, 0)`,
  'I24.goods-in': () => sql`
    select g.id::text as id, g.number || ' of revision ' || g.revision as detail from orders.goods_in g
    where g.state = 'closed' and not exists (select 1 from messaging.event e where e.type = ${goodsInClosedV1.type}
      and (e.payload ->> 'goodsInId')::uuid = g.id and (e.payload ->> 'revision')::int = g.revision)`,
  'I24.shipped': () => sql`
    select s.id::text as id, 'shipped on ' || s.service_date as detail from orders.shipment s
    where not exists (select 1 from messaging.event e where e.type = ${orderShippedV1.type} and (e.payload ->> 'shipmentId')::uuid = s.id)`,
  'I24.cancelled': () => sql`
    select s.id::text as id, 'cancelled on ' || s.cancelled_on as detail from orders.shipment s
    where s.cancelled_at is not null and not exists (
      select 1 from messaging.event e where e.type = ${shipmentCancelledV1.type} and (e.payload ->> 'shipmentId')::uuid = s.id)`,
  // calling it back raises the revision, too, and is told otherwise
  'I24.corrected': () => sql`
    select s.id::text as id, 'shipped on ' || s.service_date || ', revision ' || s.revision as detail from orders.shipment s
    where s.revision > 0 and s.cancelled_at is null and not exists (select 1 from messaging.event e where e.type = ${shipmentCorrectedV1.type}
      and (e.payload ->> 'shipmentId')::uuid = s.id and (e.payload ->> 'revision')::int = s.revision)`,
  // what was said last, against what was told of it
  'I24.carrier-line': () => sql`
    select l.id::text as id, i.carrier || ' ' || i.number || ' line ' || l.line || ', step ' || e.revision || ' is ' || e.outcome as detail
    from orders.carrier_line_outcome e join orders.carrier_line l on l.id = e.line_id join orders.carrier_invoice i on i.id = l.invoice_id
    left join orders.carrier_line_outcome p on p.line_id = e.line_id and p.revision = e.revision - 1
    left join orders.shipment s on s.id = e.shipment_id
    left join (select type, merchant_id, (payload ->> 'lineId')::uuid as line_id, coalesce((payload ->> 'revision')::int, 0) as revision,
        (payload ->> 'shipmentId')::uuid as shipment_id, (payload ->> 'amountMinor')::bigint as amount_minor
      from messaging.event where type in (${carrierLineMatchedV1.type}, ${carrierLineReopenedV1.type})) t
      on t.line_id = e.line_id and t.revision = e.revision
    where ${IS_LATEST} and case e.outcome
      when 'matched' then (t.type, t.merchant_id, t.shipment_id, t.amount_minor)
        is distinct from (${carrierLineMatchedV1.type}, s.merchant_id, s.id, l.amount_minor)
      when 'reopened' then p.outcome = 'matched' and t.type is distinct from ${carrierLineReopenedV1.type}
      else false end`,
  'I19.carrier': () => sql`
    select i.id::text as id, i.carrier || ' ' || i.number || ': ' || i.line_count || ' lines over ' || i.amount_minor || ', stored '
             || count(l.id) || ' over ' || coalesce(sum(l.amount_minor), 0) as detail
    from orders.carrier_invoice i left join orders.carrier_line l on l.invoice_id = i.id
    group by i.id having count(l.id) <> i.line_count or coalesce(sum(l.amount_minor), 0) <> i.amount_minor`,
  'I24.job': () => sql`
    select j.id::text as id, j.number || ' of revision ' || j.revision as detail from orders.special_job j
    where j.state = 'signed_off' and not exists (select 1 from messaging.event e where e.type = ${specialJobSignedOffV1.type}
      and (e.payload ->> 'specialJobId')::uuid = j.id and (e.payload ->> 'revision')::int = j.revision)`,
};
