import type { z } from 'zod';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import type { orderShippedV1 } from '../../../shared/protocol/orders/events.ts';
import { knowSerials } from './serials.ts';

type Shipment = z.output<(typeof orderShippedV1)['payload']>;

/**
 * Keeps what was shipped, so that a return finds its order: four statements for any number of shipments, one more
 * where serial numbers were noted. Repeating a shipment changes nothing; of one that was called back nothing is kept,
 * whichever of the two was told first.
 */
export async function knowShipments(em: EntityManager, shipments: readonly Shipment[]): Promise<void> {
  const column = <Value>(of: (shipment: Shipment) => Value): Value[] => shipments.map(of);
  await rows(
    em,
    sql`insert into returns.shipment_ref (shipment_id, order_id, merchant_id, tracking_number, shipped_at)
        select * from unnest(${column((s) => s.shipmentId)}::uuid[], ${column((s) => s.orderId)}::uuid[],
          ${column((s) => s.merchantId)}::uuid[], ${column((s) => s.trackingNumber)}::text[], ${column((s) => s.shippedAt)}::timestamptz[])
        on conflict (shipment_id) do nothing`,
  );
  const live = await liveOnes(em, shipments);
  if (live.length) await knowContents(em, live);
}

/** A statement of its own: it sees what was committed while the one before waited for it. */
async function liveOnes(em: EntityManager, shipments: readonly Shipment[]): Promise<Shipment[]> {
  const found = await rows<{ id: string }>(
    em,
    sql`select shipment_id as id from returns.shipment_ref
        where shipment_id = any(${shipments.map(({ shipmentId }) => shipmentId)}::uuid[]) and cancelled`,
  );
  const cancelled = new Set(found.map(({ id }) => id));
  return shipments.filter(({ shipmentId }) => !cancelled.has(shipmentId));
}

async function knowContents(em: EntityManager, shipments: readonly Shipment[]): Promise<void> {
  const column = <Value>(of: (shipment: Shipment) => Value): Value[] => shipments.map(of);
  await rows(
    em,
    sql`insert into returns.order_ref (order_id, merchant_id, number, channel, shipped_at)
        select distinct on (order_id) * from unnest(${column((s) => s.orderId)}::uuid[], ${column((s) => s.merchantId)}::uuid[],
          ${column((s) => s.orderNumber)}::text[], ${column((s) => s.channel)}::text[], ${column((s) => s.shippedAt)}::timestamptz[])
          as given (order_id, merchant_id, number, channel, shipped_at)
        order by order_id, shipped_at
        on conflict (order_id) do update set shipped_at = excluded.shipped_at where excluded.shipped_at < order_ref.shipped_at`,
  );
  const lines = shipments.flatMap((shipment) => shipment.lines.map((line) => ({ shipment, line })));
  await rows(
    em,
    sql`insert into returns.order_line_ref (shipment_id, order_line_id, order_id, merchant_id, sku, name, quantity, batch_number)
        select * from unnest(${lines.map(({ shipment }) => shipment.shipmentId)}::uuid[], ${lines.map(({ line }) => line.orderLineId)}::uuid[],
          ${lines.map(({ shipment }) => shipment.orderId)}::uuid[], ${lines.map(({ shipment }) => shipment.merchantId)}::uuid[],
          ${lines.map(({ line }) => line.sku)}::text[], ${lines.map(({ line }) => line.name)}::text[], ${lines.map(({ line }) => line.quantity)}::integer[],
          ${lines.map(({ line }) => line.batchNumber ?? null)}::text[])
        on conflict (order_id, order_line_id, shipment_id) do nothing`,
  );
  await knowSerials(em, shipments);
}
