import { RuleViolation } from '../../../shared/kernel/errors.ts';
import { asRepeated } from '../../../shared/moleculer/repeated.ts';
import { uuidOf, uuidv7 } from '../../../shared/kernel/ids.ts';
import { transact } from '../../../shared/messaging/transact.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { ordersActions } from '../../../shared/protocol/orders/actions.ts';
import type { OrderView } from '../../../shared/protocol/orders/views.ts';
import { plausibleTime } from '../domain/plausible-time.ts';
import type { OrdersDeps } from '../orders.deps.ts';
import { findOrder, findOrderByNumber, insertOrders, type NewOrder } from '../persistence/orders.ts';
import { articlesIn, makeArticles } from './articles/make-articles.ts';
import { knowMerchant } from './know-merchant.ts';
import { orderView } from './order-view.ts';

type Input = InputOf<typeof ordersActions.createOrder>;

/**
 * Takes an order. The same number of a merchant and channel is one order (D10): the same content again gives the
 * order as it is, whoever came first.
 * @throws RuleViolation `ORDER_EXISTS` when the number or the id is taken by other content
 */
export async function createOrder(deps: OrdersDeps, input: Input, actor: Actor): Promise<OrderView> {
  const now = deps.now();
  const order = newOrder(input, now);
  await knowMerchant(deps, input.merchantId, actor);
  return transact(deps, actor, async (em, announce, audit) => {
    const created = await insertOrders(em, [order], now);
    if (created.size) {
      await makeArticles({ em, announce, audit }, articlesIn([order]), 'order', now);
      const { id, merchantId, channel, externalNumber } = order;
      audit({ action: 'order.created', entity: 'order', entityId: id, merchantId, after: { channel, externalNumber } });
      return orderView(em, id);
    }
    const existing = (await findOrderByNumber(em, order)) ?? (await findOrder(em, order.id));
    const same = existing?.contentHash === order.contentHash && (input.id === undefined || input.id === existing.id);
    if (!existing || !same)
      throw new RuleViolation('ORDER_EXISTS', 'There is another order with this number or id', {
        ...(existing ? { id: existing.id } : {}),
      });
    return asRepeated(await orderView(em, existing.id));
  });
}

function newOrder(input: Input, now: Date): NewOrder {
  const id = input.id ?? uuidv7(now);
  const { merchantId, channel, externalNumber, country, currency, consumer = null } = input;
  const lines = input.lines.map((line, index) => ({
    ...line,
    id: uuidOf(id, index + 1),
    ordinal: index + 1,
    unitPrice: line.unitPrice ?? null,
    shippedQuantity: 0,
  }));
  const orderedAt = input.orderedAt ? plausibleTime(input.orderedAt, 'orderedAt', now) : null;
  const content = [
    ...[merchantId, channel, externalNumber, country, currency, consumer, orderedAt],
    ...lines.map(({ sku, name, quantity, unitPrice }) => [sku, name, quantity, unitPrice]),
  ];
  return {
    ...{ id, merchantId, channel, externalNumber, country, currency, consumer, lines },
    state: 'open',
    origin: 'api',
    orderedAt: (orderedAt ?? now).toISOString(),
    contentHash: uuidOf(JSON.stringify(content)),
  };
}
