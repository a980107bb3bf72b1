import { announceGoodsIn } from '../../services/orders/use-cases/goods-in/announce-goods-in.ts';
import { closeGoodsIn } from '../../services/orders/use-cases/goods-in/close-goods-in.ts';
import { countGoodsIn, receiveGoodsIn } from '../../services/orders/use-cases/goods-in/count-goods-in.ts';
import type { OrdersDeps } from '../../services/orders/orders.deps.ts';
import { parseInput } from '../../shared/moleculer/actions.ts';
import type { Actor } from '../../shared/protocol/actor.ts';
import type { CallInputOf } from '../../shared/protocol/define.ts';
import { goodsInActions } from '../../shared/protocol/orders/goods-in-actions.ts';
import type { GoodsInView } from '../../shared/protocol/orders/goods-in.ts';
import { staff } from './orders.ts';

type Actions = typeof goodsInActions;
type Announcement = CallInputOf<Actions['announceGoodsIn']>;
export type Count = CallInputOf<Actions['countGoodsIn']>['lines'][number];

/** The dock of a warehouse: steps of a delivery with their defaults filled in, by the staff unless said otherwise. */
export function dock(deps: OrdersDeps) {
  const announce = (given: Partial<Announcement> & { merchantId: string }, actor: Actor = staff) =>
    announceGoodsIn(
      deps,
      parseInput(goodsInActions.announceGoodsIn, {
        ...{ reference: 'LS-1', expectedOn: '2026-10-16', lines: [{ sku: 'A', name: 'Tasse', quantity: 10 }] },
        ...given,
      }) as never,
      actor,
    );
  const receive = (id: string, actor: Actor = staff) => receiveGoodsIn(deps, { id }, actor);
  const count = (id: string, lines: Count[], actor: Actor = staff) =>
    countGoodsIn(deps, parseInput(goodsInActions.countGoodsIn, { id, lines }) as never, actor);
  const close = (id: string, effort = {}, actor: Actor = staff) =>
    closeGoodsIn(deps, { id, pallets: 1, cartons: 4, minutes: 50, ...effort }, actor);
  return {
    ...{ announce, receive, count, close },
    /** Announced, received and counted as given. */
    counted: async (
      merchantId: string,
      lines: Count[],
      announced: Partial<Announcement> = {},
    ): Promise<GoodsInView> => {
      const { id } = await announce({ merchantId, ...announced });
      await receive(id);
      return count(id, lines);
    },
  };
}
