import { NotFound } from '../../../shared/kernel/errors.ts';
import { transact } from '../../../shared/messaging/transact.ts';
import { assertVersion, type Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { ordersActions } from '../../../shared/protocol/orders/actions.ts';
import type { OrderView } from '../../../shared/protocol/orders/views.ts';
import { assertCancellable } from '../domain/shipping.ts';
import type { OrdersDeps } from '../orders.deps.ts';
import { changeState, findOrderForUpdate } from '../persistence/orders.ts';
import { orderView } from './order-view.ts';

/**
 * @throws NotFound       no such order
 * @throws RuleViolation  something was shipped, or it is cancelled already
 */
export async function cancelOrder(
  deps: OrdersDeps,
  input: InputOf<typeof ordersActions.cancelOrder>,
  actor: Actor,
): Promise<OrderView> {
  return transact(deps, actor, async (em, _announce, audit) => {
    const order = await findOrderForUpdate(em, input.id);
    if (!order) throw new NotFound('order');
    assertVersion(actor, order.version);
    assertCancellable(order.state);
    await changeState(em, order, 'cancelled', deps.now());
    audit({
      action: 'order.cancelled',
      entity: 'order',
      entityId: order.id,
      merchantId: order.merchantId,
      before: { state: order.state },
      after: { state: 'cancelled' },
      ...(input.reason ? { reason: input.reason } : {}),
    });
    return orderView(em, order.id);
  });
}
