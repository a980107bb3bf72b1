import type { z } from 'zod';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import type { shipmentCancelledV1 } from '../../../shared/protocol/orders/events.ts';

type Cancelled = z.output<(typeof shipmentCancelledV1)['payload']>;

/**
 * Forgets what was in shipments that were called back; that there were such shipments is kept, because their news may
 * come later. What is left of an order began with the earliest that is left; an order of which nothing is left was never
 * shipped.
 */
export async function forgetShipments(em: EntityManager, cancelled: readonly Cancelled[]): Promise<void> {
  const column = <Value>(of: (shipment: Cancelled) => Value): Value[] => cancelled.map(of);
  const [ids, orders] = [column(({ shipmentId }) => shipmentId), column(({ orderId }) => orderId)];
  await rows(
    em,
    sql`insert into returns.shipment_ref (shipment_id, order_id, merchant_id, tracking_number, shipped_at, cancelled)
        select *, true from unnest(${ids}::uuid[], ${orders}::uuid[], ${column((s) => s.merchantId)}::uuid[],
          ${column((s) => s.trackingNumber)}::text[], ${column((s) => s.shippedAt)}::timestamptz[])
        on conflict (shipment_id) do update set cancelled = true`,
  );
  await rows(em, sql`delete from returns.shipped_serial where shipment_id = any(${ids}::uuid[])`);
  await rows(
    em,
    sql`delete from returns.order_line_ref where order_id = any(${orders}::uuid[]) and shipment_id = any(${ids}::uuid[])`,
  );
  await countFromWhatIsLeft(em, orders);
}

async function countFromWhatIsLeft(em: EntityManager, orders: readonly string[]): Promise<void> {
  const among = sql`order_id = any(${[...orders]}::uuid[])`;
  // whoever gets to know a further shipment waits, or what it adds would be deleted unseen
  await rows(em, sql`select 1 from returns.order_ref where ${among} order by order_id for update`);
  await rows(
    em,
    sql`delete from returns.order_ref o where ${among}
          and not exists (select 1 from returns.shipment_ref s where s.order_id = o.order_id and not s.cancelled)`,
  );
  await rows(
    em,
    sql`update returns.order_ref o set shipped_at = live.earliest
        from (select order_id, min(shipped_at) as earliest from returns.shipment_ref where ${among} and not cancelled
              group by order_id having bool_and(shipped_at is not null)) live
        where live.order_id = o.order_id and live.earliest > o.shipped_at`,
  );
}
