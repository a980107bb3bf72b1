import { read } from '../../../shared/messaging/transact.ts';
import { readTimeCursor, toPage } from '../../../shared/persistence/page.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import { soleMerchant, type Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../shared/protocol/define.ts';
import type { shipmentActions } from '../../../shared/protocol/orders/shipment-actions.ts';
import type { ShipmentListItem } from '../../../shared/protocol/orders/views.ts';
import type { OrdersDeps } from '../orders.deps.ts';

type Action = typeof shipmentActions.listShipments;

/** Shipments, those that left last first; row security cuts the list to what the actor may see. */
export async function listShipments(deps: OrdersDeps, input: InputOf<Action>, actor: Actor): Promise<OutputOf<Action>> {
  const { search, limit } = input;
  const before = readTimeCursor(input.cursor);
  const merchantId = input.merchantId ?? soleMerchant(actor);
  const conditions = [
    sql`true`,
    ...(merchantId ? [sql`s.merchant_id = ${merchantId}`] : []),
    ...(search === undefined ? [] : [sql`s.id in (${numbered(search)})`]),
    ...(before ? [sql`(s.shipped_at, s.id) < (${before[0]}::timestamptz, ${before[1]}::uuid)`] : []),
  ];
  const found = await read(deps, actor, (em) =>
    rows<ShipmentListItem>(
      em,
      sql<ShipmentListItem>`select s.id, s.order_id as "orderId", s.merchant_id as "merchantId", o.external_number as "orderNumber", o.channel,
            s.reference, s.carrier, s.tracking_number as "trackingNumber", s.parcels, s.shipped_at as "shippedAt",
            to_char(s.service_date, 'YYYY-MM-DD') as "serviceDate",
            (select sum(l.quantity)::int from shipment_line l where l.shipment_id = s.id) as pieces,
            case when s.cancelled_at is not null then jsonb_build_object('at', s.cancelled_at, 'on', s.cancelled_on,
              'reason', s.cancel_reason, 'restocked', s.restocked) end as cancelled
          from shipment s join "order" o on o.id = s.order_id
          where ${sql.join(conditions, sql` and `)} order by s.shipped_at desc, s.id desc limit ${limit + 1}`,
    ),
  );
  return toPage(found, limit, ({ shippedAt, id }) => [shippedAt, id], viewOf);
}

/** Each number by an index of its own. */
const numbered = (search: string) => sql`
  select n.id from shipment n join "order" q on q.id = n.order_id where q.external_number = ${search}
  union select n.id from shipment n where n.tracking_number is not null and orders.tracking_key(n.tracking_number) = orders.tracking_key(${search})
  union select n.id from shipment n where n.reference = ${search}
  union select n.id from shipment n where n.id = ${UUID.test(search) ? search : null}::uuid`;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const viewOf = ({ cancelled, ...shipment }: ShipmentListItem): ShipmentListItem => ({
  ...shipment,
  shippedAt: new Date(shipment.shippedAt).toISOString(),
  cancelled: cancelled && { ...cancelled, at: new Date(cancelled.at).toISOString() },
});
