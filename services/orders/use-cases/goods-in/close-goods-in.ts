import { localDateOf } from '../../../../shared/kernel/dates.ts';
import { uuidOf } from '../../../../shared/kernel/ids.ts';
import { transact } from '../../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { assertHouse, type Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../../shared/protocol/define.ts';
import type { goodsInActions } from '../../../../shared/protocol/orders/goods-in-actions.ts';
import { goodsInClosedV1, type GoodsInView } from '../../../../shared/protocol/orders/goods-in.ts';
import { assertGoesTo, assertState, countedLines, piecesOf } from '../../domain/goods-in.ts';
import type { OrdersDeps } from '../../orders.deps.ts';
import { articleGroups, groupsAmong } from '../../persistence/article-groups.ts';
import { bookGoodsIn } from '../../persistence/goods-in-stock.ts';
import { linesOfGoodsIn, saveGoodsIn, type GoodsInRow } from '../../persistence/goods-in.ts';
import { makeArticles } from '../articles/make-articles.ts';
import { goodsInView, lockGoodsIn } from './goods-in-view.ts';

type Actions = typeof goodsInActions;
type Counted = ReturnType<typeof countedLines>;

/**
 * Ends a delivery: what came undamaged goes into the ledger and others are told what to charge, in one transaction.
 * The row stays locked meanwhile, so it happens once.
 * @throws AppError 403   an API key of a merchant, who would write its own bill
 * @throws NotFound; AppError 412
 * @throws RuleViolation  not received, closed already, or `GOODS_IN_NOT_COUNTED`
 */
export async function closeGoodsIn(
  deps: OrdersDeps,
  { id, pallets, cartons, minutes }: InputOf<Actions['closeGoodsIn']>,
  actor: Actor,
): Promise<GoodsInView> {
  assertHouse(actor);
  const now = deps.now();
  const today = localDateOf(now, deps.config.KONTOR_ZONE);
  return transact(deps, actor, async (em, announce, audit) => {
    const row = await lockGoodsIn(em, id, actor);
    assertGoesTo(row.state, 'closed');
    const { merchantId, number, revision } = row;
    const lines = countedLines(await linesOfGoodsIn(em, id));
    const arrived = lines.filter(({ receivedQuantity }) => receivedQuantity > 0);
    const skus = arrived.map(({ sku, name }) => ({ merchantId, sku, name }));
    await makeArticles({ em, announce, audit }, skus, 'goods_in', now);
    await bookGoodsIn(em, { merchantId, goodsInId: id, number, revision, bookedOn: today }, lines, now);
    const serviceDate = row.serviceDate ?? today;
    const closedAt = now.toISOString();
    await saveGoodsIn(em, row, { state: 'closed', closedAt, serviceDate, pallets, cartons, minutes }, now);
    const effort = { pallets, cartons, minutes };
    announce(goodsInClosedV1, await fact(em, row, lines, { ...effort, closedAt, serviceDate }), {
      eventId: uuidOf('goods-in-closed', id, revision),
      occurredAt: now,
    });
    audit({
      action: revision ? 'goods-in.corrected' : 'goods-in.closed',
      ...{ entity: 'goods-in', entityId: id, merchantId },
      before: { state: row.state, pallets: row.pallets, cartons: row.cartons, minutes: row.minutes },
      after: { state: 'closed', ...effort, ...piecesOf(lines), serviceDate, revision },
    });
    return goodsInView(em, id);
  });
}

/**
 * Opens a closed delivery again, as the next revision; booked and charged stays what was until it is closed anew.
 * @throws AppError 403; NotFound; AppError 412; RuleViolation when it is not closed
 */
export async function reopenGoodsIn(
  deps: OrdersDeps,
  { id, reason }: InputOf<Actions['reopenGoodsIn']>,
  actor: Actor,
): Promise<GoodsInView> {
  assertHouse(actor);
  return transact(deps, actor, async (em, _announce, audit) => {
    const row = await lockGoodsIn(em, id, actor);
    assertState(row.state, 'closed');
    const revision = row.revision + 1;
    await saveGoodsIn(em, row, { state: 'received', revision }, deps.now());
    audit({
      ...{ action: 'goods-in.reopened' as const, entity: 'goods-in', entityId: id, merchantId: row.merchantId, reason },
      ...{ before: { state: 'closed', revision: row.revision }, after: { state: 'received', revision } },
    });
    return goodsInView(em, id);
  });
}

async function fact(
  em: EntityManager,
  { id, merchantId, number, reference, revision }: GoodsInRow,
  lines: Counted,
  closed: { pallets: number; cartons: number; minutes: number; closedAt: string; serviceDate: string },
) {
  const arrived = lines.filter(({ receivedQuantity }) => receivedQuantity > 0).map(({ sku }) => sku);
  const groups = await articleGroups(
    em,
    arrived.map((sku) => ({ merchantId, sku })),
  );
  return {
    ...{ merchantId, goodsInId: id, number, reference, revision, ...closed },
    pieces: piecesOf(lines).receivedPieces,
    tags: groupsAmong(groups, merchantId, arrived),
    lines: lines.map(({ id: lineId, sku, name, expectedQuantity, receivedQuantity, damagedQuantity }) => ({
      ...{ lineId, sku, name, expectedQuantity, receivedQuantity, damagedQuantity },
    })),
  };
}
