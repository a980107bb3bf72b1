import { read } from '../../../../shared/messaging/transact.ts';
import { readCursor, toPage } from '../../../../shared/persistence/page.ts';
import { rows, sql } from '../../../../shared/persistence/sql.ts';
import { soleMerchant, type Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../../shared/protocol/define.ts';
import type { goodsInActions } from '../../../../shared/protocol/orders/goods-in-actions.ts';
import type { GoodsInView } from '../../../../shared/protocol/orders/goods-in.ts';
import type { OrdersDeps } from '../../orders.deps.ts';
import { GOODS_IN_COLUMNS, type GoodsInRow } from '../../persistence/goods-in.ts';
import { goodsInView, headOf } from './goods-in-view.ts';

type Actions = typeof goodsInActions;
type Item = OutputOf<Actions['listGoodsIn']>['items'][number];
type Pieces = Omit<Item, keyof GoodsInRow>;

/** @throws NotFound, also for a delivery of somebody else */
export const getGoodsIn = (
  deps: OrdersDeps,
  { id }: InputOf<Actions['getGoodsIn']>,
  actor: Actor,
): Promise<GoodsInView> => read(deps, actor, (em) => goodsInView(em, id));

/** Deliveries by the day they are expected, with the pieces of their lines. */
export async function listGoodsIn(
  deps: OrdersDeps,
  { limit, cursor, state, sort, ...input }: InputOf<Actions['listGoodsIn']>,
  actor: Actor,
): Promise<OutputOf<Actions['listGoodsIn']>> {
  const after = readCursor(cursor, ['day', 'id']);
  const merchantId = input.merchantId ?? soleMerchant(actor);
  const isAscending = sort === 'expectedOn';
  const conditions = [
    sql`true`,
    ...(merchantId ? [sql`g.merchant_id = ${merchantId}`] : []),
    ...(state ? [sql`g.state = ${state}`] : []),
    ...(after
      ? [
          isAscending
            ? sql`(g.expected_on, g.id) > (${after[0]}::date, ${after[1]}::uuid)`
            : sql`(g.expected_on, g.id) < (${after[0]}::date, ${after[1]}::uuid)`,
        ]
      : []),
  ];
  const order = isAscending ? sql`g.expected_on, g.id` : sql`g.expected_on desc, g.id desc`;
  const found = await read(deps, actor, (em) =>
    rows<GoodsInRow & Pieces>(
      em,
      sql`with page as (select * from goods_in g where ${sql.join(conditions, sql` and `)} order by ${order} limit ${limit + 1})
          select ${GOODS_IN_COLUMNS}, p.* from page g cross join lateral (
            select count(*)::int as lines, (count(*) filter (where l.received_quantity is null))::int as "uncountedLines",
              coalesce(sum(l.expected_quantity), 0)::int as "expectedPieces", coalesce(sum(l.received_quantity), 0)::int as "receivedPieces",
              coalesce(sum(l.damaged_quantity), 0)::int as "damagedPieces",
              coalesce(sum(greatest(0, l.expected_quantity - l.received_quantity)) filter (where l.received_quantity is not null), 0)::int as "shortPieces",
              coalesce(sum(greatest(0, l.received_quantity - l.expected_quantity)) filter (where l.received_quantity is not null), 0)::int as "surplusPieces"
            from goods_in_line l where l.goods_in_id = g.id) p
          order by ${order}`,
    ),
  );
  return toPage(found, limit, ({ expectedOn, id }) => [expectedOn, id], headOf);
}
