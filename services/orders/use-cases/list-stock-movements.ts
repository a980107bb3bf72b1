import { read } from '../../../shared/messaging/transact.ts';
import { readTimeCursor, toPage } from '../../../shared/persistence/page.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import { soleMerchant, type Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../shared/protocol/define.ts';
import type { ordersActions } from '../../../shared/protocol/orders/actions.ts';
import type { OrdersDeps } from '../orders.deps.ts';

type Answer = OutputOf<typeof ordersActions.listStockMovements>;

/** The stock ledger, newest first. */
export async function listStockMovements(
  deps: OrdersDeps,
  { limit, cursor, sku, ...input }: InputOf<typeof ordersActions.listStockMovements>,
  actor: Actor,
): Promise<Answer> {
  const before = readTimeCursor(cursor);
  const merchantId = input.merchantId ?? soleMerchant(actor);
  const conditions = [
    sql`true`,
    ...(merchantId ? [sql`merchant_id = ${merchantId}`] : []),
    ...(sku ? [sql`sku = ${sku}`] : []),
    ...(before ? [sql`(occurred_at, id) < (${before[0]}::timestamptz, ${before[1]}::uuid)`] : []),
  ];
  const found = await read(deps, actor, (em) =>
    rows<Answer['items'][number]>(
      em,
      sql`select id, merchant_id as "merchantId", sku, name, quantity, quality, kind, source, source_id as "sourceId",
            source_number as "sourceNumber", service_date as "serviceDate", occurred_at as "occurredAt"
          from stock_movement where ${sql.join(conditions, sql` and `)} order by occurred_at desc, id desc limit ${limit + 1}`,
    ),
  );
  return toPage(
    found,
    limit,
    ({ occurredAt, id }) => [occurredAt, id],
    (movement) => ({ ...movement, occurredAt: new Date(movement.occurredAt).toISOString() }),
  );
}
