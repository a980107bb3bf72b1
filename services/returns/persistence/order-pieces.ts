import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import type { OrderPieces } from '../domain/over-return.ts';

/**
 * SQL of how often an item's article was shipped with the order of the return `r`, and how often it came back in other
 * returns. Whoever counts for the same order waits until this transaction ends. Of a component was shipped what its
 * bundle holds, and taking the bundle apart has a cap of its own; so neither it nor goods of others are counted.
 */
export const orderPieces = (itemId: string | undefined) =>
  itemId === undefined
    ? sql`null::jsonb`
    : sql`(select jsonb_build_object('shipped', line.shipped, 'elsewhere',
             case when line.shipped > 0 then returns.returned_elsewhere(r.order_id, i.sku, r.id) else 0 end)
           from returns.return_item i, lateral (
             select coalesce(sum(l.quantity), 0) as shipped from returns.order_line_ref l
             where l.order_id = r.order_id and l.sku = i.sku) line
           where i.id = ${itemId}::uuid and i.return_id = r.id and r.order_id is not null and i.sku is not null
             and i.origin <> 'foreign' and i.bundle_of is null)`;

/** The same for several articles at once, by SKU; those that were not shipped with the order are left out. */
export async function piecesOfOrder(
  em: EntityManager,
  { orderId, returnId, skus }: { orderId: string; returnId: string; skus: readonly string[] },
): Promise<Map<string, OrderPieces>> {
  const counted = await rows<{ sku: string; shipped: string; elsewhere: string }>(
    em,
    sql`select line.*, returns.returned_elsewhere(${orderId}::uuid, line.sku, ${returnId}::uuid) as elsewhere
        from (select sku, sum(quantity) as shipped from returns.order_line_ref
              where order_id = ${orderId}::uuid and sku = any(${[...skus]}::text[]) group by sku) line`,
  );
  return new Map(
    counted.map(({ sku, shipped, elsewhere }) => [sku, { shipped: Number(shipped), elsewhere: Number(elsewhere) }]),
  );
}
