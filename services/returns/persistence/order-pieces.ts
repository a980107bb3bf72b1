import { sql } from '../../../shared/persistence/sql.ts';

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
