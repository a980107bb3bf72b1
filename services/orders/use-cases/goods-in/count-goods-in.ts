import { uuidv7 } from '../../../../shared/kernel/ids.ts';
import { RuleViolation } from '../../../../shared/kernel/errors.ts';
import { transact } from '../../../../shared/messaging/transact.ts';
import { assertHouse, type Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../../shared/protocol/define.ts';
import type { goodsInActions } from '../../../../shared/protocol/orders/goods-in-actions.ts';
import type { GoodsInView } from '../../../../shared/protocol/orders/goods-in.ts';
import { assertCounts, assertGoesTo, assertState } from '../../domain/goods-in.ts';
import type { OrdersDeps } from '../../orders.deps.ts';
import { insertLines, linesOfGoodsIn, saveCounts, saveGoodsIn } from '../../persistence/goods-in.ts';
import { goodsInView, lockGoodsIn } from './goods-in-view.ts';

type Actions = typeof goodsInActions;

/** As many lines as an announcement may have, and as many that nobody announced. */
const MOST_LINES = 2_000;

/**
 * @throws AppError 403   an API key of a merchant, who would write its own bill
 * @throws NotFound; AppError 412; RuleViolation when it is not announced
 */
export async function receiveGoodsIn(
  deps: OrdersDeps,
  { id }: InputOf<Actions['receiveGoodsIn']>,
  actor: Actor,
): Promise<GoodsInView> {
  assertHouse(actor);
  const now = deps.now();
  return transact(deps, actor, async (em, _announce, audit) => {
    const row = await lockGoodsIn(em, id, actor);
    // a closed one comes back by its own way, with a reason
    assertState(row.state, 'announced');
    assertGoesTo(row.state, 'received');
    await saveGoodsIn(em, row, { state: 'received', receivedAt: now.toISOString() }, now);
    audit({
      ...{ action: 'goods-in.received' as const, entity: 'goods-in', entityId: id, merchantId: row.merchantId },
      ...{ before: { state: row.state }, after: { state: 'received' } },
    });
    return goodsInView(em, id);
  });
}

/**
 * Sets the counts of the articles named and leaves the others as they are.
 * @throws AppError 403   an API key of a merchant
 * @throws NotFound; AppError 412; InvalidInput; RuleViolation `GOODS_IN_STATE` when it is not being counted
 */
export async function countGoodsIn(
  deps: OrdersDeps,
  { id, lines: counts }: InputOf<Actions['countGoodsIn']>,
  actor: Actor,
): Promise<GoodsInView> {
  assertHouse(actor);
  assertCounts(counts);
  const now = deps.now();
  return transact(deps, actor, async (em, _announce, audit) => {
    const row = await lockGoodsIn(em, id, actor);
    assertState(row.state, 'received');
    const lines = await linesOfGoodsIn(em, id);
    const known = new Map(lines.map((line) => [line.sku, line]));
    const added = counts.filter(({ sku }) => !known.has(sku));
    if (lines.length + added.length > MOST_LINES)
      throw new RuleViolation('GOODS_IN_TOO_LONG', `A delivery has at most ${MOST_LINES} articles`);
    const fresh = added.map(({ sku, name = '' }) => ({ id: uuidv7(now), sku, name, expectedQuantity: 0 }));
    await insertLines(em, row, fresh);
    await saveCounts(em, id, counts);
    await saveGoodsIn(em, row, {}, now);
    audit({
      ...{ action: 'goods-in.counted' as const, entity: 'goods-in', entityId: id, merchantId: row.merchantId },
      before: counts.flatMap(({ sku }) => {
        const line = known.get(sku);
        return line ? [{ sku, receivedQuantity: line.receivedQuantity, damagedQuantity: line.damagedQuantity }] : [];
      }),
      after: counts.map(({ name: _, ...count }) => count),
    });
    return goodsInView(em, id);
  });
}
