import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { firstRow, sql } from '../../../shared/persistence/sql.ts';
import type { OrderPieces } from '../domain/over-return.ts';

/**
 * How often an article was shipped with an order, and how often it came back in other returns than this one. Whoever
 * counts for the same order waits until this transaction ends. One statement.
 */
export async function countOrderPieces(
  em: EntityManager,
  { orderId, sku, returnId }: { orderId: string; sku: string; returnId: string },
): Promise<OrderPieces> {
  const counted = await firstRow<{ shipped: string; elsewhere: string }>(
    em,
    sql`select shipped, case when shipped > 0 then returns.returned_elsewhere(${orderId}::uuid, ${sku}, ${returnId}::uuid) else 0 end as elsewhere
        from (select coalesce(sum(quantity), 0) as shipped from returns.order_line_ref
              where order_id = ${orderId} and sku = ${sku}) line`,
  );
  return { shipped: Number(counted!.shipped), elsewhere: Number(counted!.elsewhere) };
}
