import { NotFound } from '../../../shared/kernel/errors.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import type { OrderView } from '../../../shared/protocol/orders/views.ts';
import { findOrder, linesOf, type OrderRow } from '../persistence/orders.ts';
import { shipmentsOf } from '../persistence/shipments.ts';

/** The whole order as clients see it. @throws NotFound */
export async function orderView(em: EntityManager, id: string): Promise<OrderView> {
  const order = await findOrder(em, id);
  if (!order) throw new NotFound('order');
  return {
    ...orderFacts(order),
    consumer: order.consumer,
    lines: await linesOf(em, id),
    shipments: await shipmentsOf(em, id),
  };
}

/** What lists show of an order. */
export const orderFacts = ({ consumer: _, contentHash: __, ...order }: OrderRow) => ({
  ...order,
  orderedAt: new Date(order.orderedAt).toISOString(),
  createdAt: new Date(order.createdAt).toISOString(),
});
