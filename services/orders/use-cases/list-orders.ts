import { read } from '../../../shared/messaging/transact.ts';
import { readTimeCursor, toPage } from '../../../shared/persistence/page.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import { soleMerchant, type Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../shared/protocol/define.ts';
import type { ordersActions } from '../../../shared/protocol/orders/actions.ts';
import type { OrdersDeps } from '../orders.deps.ts';
import { ORDER_COLUMNS, type OrderRow } from '../persistence/orders.ts';
import { orderFacts } from './order-view.ts';

type Input = InputOf<typeof ordersActions.listOrders>;
type Listed = OrderRow & { pieces: number };
type Filter = Omit<Input, 'merchantId'> & { merchantId: string | undefined };

/** Orders by the time they were placed; row security cuts the list to what the actor may see. */
export async function listOrders(
  deps: OrdersDeps,
  input: Input,
  actor: Actor,
): Promise<OutputOf<typeof ordersActions.listOrders>> {
  const after = readTimeCursor(input.cursor);
  const filter = { ...input, merchantId: input.merchantId ?? soleMerchant(actor) };
  const falling = input.sort === '-orderedAt';
  const found = await read(deps, actor, (em) =>
    rows<Listed>(
      em,
      sql<Listed>`select ${ORDER_COLUMNS}, (select sum(l.quantity) from order_line l where l.order_id = o.id)::int as pieces
          from "order" o where ${sql.join(conditions(filter, after, falling), sql` and `)}
          order by ${falling ? sql`o.ordered_at desc, o.id desc` : sql`o.ordered_at, o.id`} limit ${input.limit + 1}`,
    ),
  );
  return toPage(
    found,
    input.limit,
    ({ orderedAt, id }) => [orderedAt, id],
    ({ pieces, ...order }) => ({ ...orderFacts(order), consumerName: order.consumer?.name ?? null, pieces }),
  );
}

function conditions(filter: Filter, after: [string, string] | undefined, falling: boolean) {
  const { merchantId, channel, externalNumber, state } = filter;
  return [
    sql`true`,
    ...(merchantId ? [sql`o.merchant_id = ${merchantId}`] : []),
    ...(channel ? [sql`o.channel = ${channel}`] : []),
    ...(externalNumber ? [sql`o.external_number = ${externalNumber}`] : []),
    ...(state ? [sql`o.state = ${state}`] : []),
    ...(after
      ? [sql`(o.ordered_at, o.id) ${falling ? sql`<` : sql`>`} (${after[0]}::timestamptz, ${after[1]}::uuid)`]
      : []),
  ];
}
