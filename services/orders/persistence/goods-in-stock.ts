import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import type { GoodsInLine } from '../domain/goods-in.ts';

interface Booked {
  merchantId: string;
  goodsInId: string;
  number: string;
  revision: number;
  /** The day of this booking: days of storage that are recorded already stay as they are. */
  bookedOn: string;
}

/**
 * Brings the ledger to the good pieces of each line. The first closing books them as goods-in; a later revision books
 * what is more or less than before. The constraint of the ledger lets each line be booked once per revision.
 */
export async function bookGoodsIn(
  em: EntityManager,
  { merchantId, goodsInId, number, revision, bookedOn }: Booked,
  lines: readonly (GoodsInLine & { receivedQuantity: number })[],
  now: Date,
): Promise<void> {
  const good = lines.map(({ id, sku, name, receivedQuantity, damagedQuantity }) => ({
    ...{ id, sku, name },
    quantity: receivedQuantity - damagedQuantity,
  }));
  const at = now.toISOString();
  await rows(
    em,
    sql`insert into stock_movement (id, merchant_id, sku, name, quantity, quality, kind, source, source_id, source_number,
          source_item_id, revision, service_date, occurred_at, recorded_at)
        select gen_random_uuid(), ${merchantId}, n.sku, n.name, n.quantity - m.booked, 'a',
          ${revision === 0 ? 'goods_in' : 'correction'}, 'goods_in', ${goodsInId}, ${number}, n.id, ${revision}, ${bookedOn}, ${at}, ${at}
        from jsonb_to_recordset(${JSON.stringify(good)}::jsonb) as n (id uuid, sku text, name text, quantity int)
        cross join lateral (select coalesce(sum(b.quantity), 0)::int as booked from stock_movement b
          where b.source = 'goods_in' and b.source_id = ${goodsInId} and b.source_item_id = n.id) m
        where n.quantity <> m.booked`,
  );
}
