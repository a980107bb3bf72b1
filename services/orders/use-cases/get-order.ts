import { read } from '../../../shared/messaging/transact.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { ordersActions } from '../../../shared/protocol/orders/actions.ts';
import type { OrderView } from '../../../shared/protocol/orders/views.ts';
import type { OrdersDeps } from '../orders.deps.ts';
import { orderView } from './order-view.ts';

/** @throws NotFound also for an order of a merchant the actor must not see */
export const getOrder = (
  deps: OrdersDeps,
  { id }: InputOf<typeof ordersActions.getOrder>,
  actor: Actor,
): Promise<OrderView> => read(deps, actor, (em) => orderView(em, id));
