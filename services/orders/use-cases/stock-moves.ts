import { read } from '../../../shared/messaging/transact.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../shared/protocol/define.ts';
import type { stockActions } from '../../../shared/protocol/orders/stock-actions.ts';
import type { OrdersDeps } from '../orders.deps.ts';

type Actions = typeof stockActions;

/**
 * Every move of a merchant's goods: the ledger, what was shipped, and what came back of shipments called back. Goods without SKU are in no bin anybody could
 * name.
 */
const moved = (merchantId: string, from: string, to: string) => sql`
  select service_date as day, sku, quantity from stock_movement
  where merchant_id = ${merchantId} and service_date between ${from} and ${to} and sku is not null
  union all
  select s.service_date, ol.sku, -l.quantity from shipment s
  join shipment_line l on l.shipment_id = s.id join order_line ol on ol.id = l.order_line_id
  where s.merchant_id = ${merchantId} and s.service_date between ${from} and ${to}
  union all
  select s.cancelled_on, ol.sku, l.quantity from shipment s
  join shipment_line l on l.shipment_id = s.id join order_line ol on ol.id = l.order_line_id
  where s.merchant_id = ${merchantId} and s.cancelled_on between ${from} and ${to} and s.restocked`;

/** What moved by day and SKU. */
export async function getStockMoves(
  deps: OrdersDeps,
  { merchantId, from, to }: InputOf<Actions['getStockMoves']>,
  actor: Actor,
): Promise<OutputOf<Actions['getStockMoves']>> {
  const moves = await read(deps, actor, (em) =>
    rows<OutputOf<Actions['getStockMoves']>['moves'][number]>(
      em,
      sql`select to_char(day, 'YYYY-MM-DD') as day, sku, sum(quantity)::integer as quantity
          from (${moved(merchantId, from, to)}) moved
          group by day, sku having sum(quantity) <> 0 order by day, sku`,
    ),
  );
  return { moves };
}

/** The stock as a day begins: everything that moved on the days before. */
export async function getStockAt(
  deps: OrdersDeps,
  { merchantId, day }: InputOf<Actions['getStockAt']>,
  actor: Actor,
): Promise<OutputOf<Actions['getStockAt']>> {
  const stock = await read(deps, actor, (em) =>
    rows<OutputOf<Actions['getStockAt']>['stock'][number]>(
      em,
      sql`select m.sku, m.quantity, (a.length_mm::bigint * a.width_mm * a.height_mm)::text as "cubicMillimetres"
          from (select sku, sum(quantity)::integer as quantity from (${moved(merchantId, '-infinity', day)}) every
                where day < ${day} group by sku having sum(quantity) <> 0) m
          left join article a on a.merchant_id = ${merchantId} and a.sku = m.sku
          order by m.sku`,
    ),
  );
  return { stock };
}
