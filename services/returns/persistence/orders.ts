import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';

/** What is known of a shipped order. */
export interface ShippedOrder {
  orderId: string;
  merchantId: string;
  orderNumber: string;
  channel: string;
  /** Pieces per article over all of its shipments. */
  lines: { sku: string; name: string; quantity: number }[];
}

/** Orders by id, or by a merchant's number; at most two, because two are already not unique. */
export async function findShippedOrders(
  em: EntityManager,
  by: { orderId: string } | { merchantId: string; orderNumber: string },
): Promise<ShippedOrder[]> {
  return rows(
    em,
    sql<ShippedOrder>`
      select o.order_id as "orderId", o.merchant_id as "merchantId", o.number as "orderNumber", o.channel,
        (select coalesce(jsonb_agg(jsonb_build_object('sku', sku, 'name', name, 'quantity', quantity) order by sku), '[]')
         from (select sku, max(name) as name, sum(quantity) as quantity from returns.order_line_ref l
               where l.order_id = o.order_id group by sku) line) as lines
      from returns.order_ref o
      where ${'orderId' in by ? sql`o.order_id = ${by.orderId}` : sql`o.merchant_id = ${by.merchantId} and o.number = ${by.orderNumber}`}
      limit 2`,
  );
}
