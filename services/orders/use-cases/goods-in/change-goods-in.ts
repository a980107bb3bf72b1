import { uuidv7 } from '../../../../shared/kernel/ids.ts';
import { transact } from '../../../../shared/messaging/transact.ts';
import type { Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../../shared/protocol/define.ts';
import type { goodsInActions } from '../../../../shared/protocol/orders/goods-in-actions.ts';
import type { GoodsInView } from '../../../../shared/protocol/orders/goods-in.ts';
import { assertEachOnce, assertGoesTo, assertState } from '../../domain/goods-in.ts';
import type { OrdersDeps } from '../../orders.deps.ts';
import { deleteLines, insertLines, saveGoodsIn, type GoodsInChange } from '../../persistence/goods-in.ts';
import { goodsInView, lockGoodsIn } from './goods-in-view.ts';

type Change = InputOf<typeof goodsInActions.changeGoodsIn>;

/**
 * Says anew what is coming, as long as it has not arrived.
 * @throws NotFound; AppError 412; InvalidInput; RuleViolation `GOODS_IN_STATE` once it is received
 */
export async function changeGoodsIn(deps: OrdersDeps, input: Change, actor: Actor): Promise<GoodsInView> {
  const { id, lines } = input;
  if (lines) assertEachOnce(lines);
  const now = deps.now();
  return transact(deps, actor, async (em, _announce, audit) => {
    const row = await lockGoodsIn(em, id, actor);
    assertState(row.state, 'announced');
    const before = await goodsInView(em, id);
    if (lines) {
      await deleteLines(em, id);
      const fresh = lines.map(({ sku, name, quantity }) => ({
        id: uuidv7(now),
        sku,
        name,
        expectedQuantity: quantity,
      }));
      await insertLines(em, row, fresh);
    }
    await saveGoodsIn(em, row, namedIn(input), now);
    const after = await goodsInView(em, id);
    const { merchantId } = row;
    audit({ action: 'goods-in.changed', entity: 'goods-in', entityId: id, merchantId, before, after });
    return after;
  });
}

/** What the request names; the rest stays. */
function namedIn({ reference, expectedOn, expectedPallets, expectedCartons, note }: Change): GoodsInChange {
  return {
    ...(reference === undefined ? {} : { reference }),
    ...(expectedOn === undefined ? {} : { expectedOn }),
    ...(expectedPallets === undefined ? {} : { expectedPallets }),
    ...(expectedCartons === undefined ? {} : { expectedCartons }),
    ...(note === undefined ? {} : { note }),
  };
}

/** @throws NotFound; AppError 412; RuleViolation once it is received or cancelled */
export async function cancelGoodsIn(
  deps: OrdersDeps,
  { id, reason }: InputOf<typeof goodsInActions.cancelGoodsIn>,
  actor: Actor,
): Promise<GoodsInView> {
  return transact(deps, actor, async (em, _announce, audit) => {
    const row = await lockGoodsIn(em, id, actor);
    assertGoesTo(row.state, 'cancelled');
    await saveGoodsIn(em, row, { state: 'cancelled' }, deps.now());
    audit({
      ...{ action: 'goods-in.cancelled' as const, entity: 'goods-in', entityId: id, merchantId: row.merchantId },
      ...{ before: { state: row.state }, after: { state: 'cancelled' } },
      ...(reason === undefined ? {} : { reason }),
    });
    return goodsInView(em, id);
  });
}
