import { localDateOf } from '../../../../shared/kernel/dates.ts';
import { invalidField, RuleViolation } from '../../../../shared/kernel/errors.ts';
import { uuidOf, uuidv7 } from '../../../../shared/kernel/ids.ts';
import { transact } from '../../../../shared/messaging/transact.ts';
import { asRepeated } from '../../../../shared/moleculer/repeated.ts';
import { assertHouse, type Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../../shared/protocol/define.ts';
import type { goodsInActions } from '../../../../shared/protocol/orders/goods-in-actions.ts';
import type { GoodsInView } from '../../../../shared/protocol/orders/goods-in.ts';
import { assertEachOnce } from '../../domain/goods-in.ts';
import type { OrdersDeps } from '../../orders.deps.ts';
import { findGoodsIn, insertGoodsIn, type NewGoodsIn } from '../../persistence/goods-in.ts';
import { knowMerchant } from '../know-merchant.ts';
import { goodsInView } from './goods-in-view.ts';

type Input = InputOf<typeof goodsInActions.announceGoodsIn>;

/**
 * @throws AppError 403   a merchant says that goods are at the dock, which only the house can know
 * @throws InvalidInput   no expected day, an article twice, an unknown merchant
 * @throws RuleViolation  `GOODS_IN_EXISTS` when the id is taken by other content
 */
export async function announceGoodsIn(deps: OrdersDeps, input: Input, actor: Actor): Promise<GoodsInView> {
  if (input.arrived) assertHouse(actor);
  const now = deps.now();
  const given = newGoodsIn(input, now, localDateOf(now, deps.config.KONTOR_ZONE));
  await knowMerchant(deps, input.merchantId, actor);
  return transact(deps, actor, async (em, _announce, audit) => {
    const { id, merchantId, reference, announced } = given;
    if (!(await insertGoodsIn(em, given, now))) {
      const existing = await findGoodsIn(em, id);
      if (existing?.contentHash === given.contentHash) return asRepeated(await goodsInView(em, id));
      throw new RuleViolation('GOODS_IN_EXISTS', 'There is another delivery with this id');
    }
    audit({
      action: announced ? 'goods-in.announced' : 'goods-in.arrived',
      entity: 'goods-in',
      entityId: id,
      merchantId,
      after: { reference, expectedOn: given.expectedOn, lines: given.lines.length },
    });
    return goodsInView(em, id);
  });
}

/** @param today  expected then what has arrived. @throws InvalidInput no expected day, an article twice */
export function newGoodsIn(input: Input, now: Date, today: string): NewGoodsIn {
  const { merchantId, reference, expectedPallets = null, expectedCartons = null, note, arrived, lines } = input;
  const expectedOn = input.expectedOn ?? (arrived ? today : undefined);
  if (!expectedOn) throw invalidField('expectedOn', 'REQUIRED', 'Say on which day it comes');
  assertEachOnce(lines);
  const id = input.id ?? uuidv7(now);
  const content = [
    ...[merchantId, reference, input.expectedOn ?? null, expectedPallets, expectedCartons, note, arrived],
    ...lines.map(({ sku, name, quantity }) => [sku, name, quantity]),
  ];
  return {
    ...{ id, merchantId, reference, expectedOn, expectedPallets, expectedCartons, note, announced: !arrived },
    contentHash: uuidOf(JSON.stringify(content)),
    lines: lines.map(({ sku, name, quantity }) => ({ id: uuidv7(now), sku, name, expectedQuantity: quantity })),
  };
}
