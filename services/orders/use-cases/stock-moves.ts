import { read } from '../../../shared/messaging/transact.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../shared/protocol/define.ts';
import type { stockActions } from '../../../shared/protocol/orders/stock-actions.ts';
import type { OrdersDeps } from '../orders.deps.ts';

type Action = (typeof stockActions)['getStockMoves'];

/**
 * What moved by day and SKU. Goods that were shipped are read from the shipments, and what returns gave back from the
 * ledger. Goods without SKU are in no bin anybody could name.
 */
export async function getStockMoves(
  deps: OrdersDeps,
  { merchantId, from, to }: InputOf<Action>,
  actor: Actor,
): Promise<OutputOf<Action>> {
  const moves = await read(deps, actor, (em) =>
    rows<OutputOf<Action>['moves'][number]>(
      em,
      sql`select to_char(day, 'YYYY-MM-DD') as day, sku, sum(quantity)::integer as quantity
          from (
            select service_date as day, sku, quantity from stock_movement
            where merchant_id = ${merchantId} and service_date between ${from} and ${to} and sku is not null
            union all
            select s.service_date, ol.sku, -l.quantity from shipment s
            join shipment_line l on l.shipment_id = s.id join order_line ol on ol.id = l.order_line_id
            where s.merchant_id = ${merchantId} and s.service_date between ${from} and ${to}) moved
          group by day, sku having sum(quantity) <> 0 order by day, sku`,
    ),
  );
  return { moves };
}
