import { invalidField } from '../../../shared/kernel/errors.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import type { ReturnView } from '../../../shared/protocol/returns/views.ts';
import { toldOf } from '../domain/another-merchant.ts';
import { match } from '../domain/matching.ts';
import { announceReceipt } from '../facts.ts';
import { findShippedOrders, type ShippedOrder } from '../persistence/orders.ts';
import type { ReturnsDeps } from '../returns.deps.ts';
import { countedAgainstOrder } from './count-against-order.ts';
import { changeOne } from './steps.ts';
import { withMerchants } from './with-merchants.ts';

/**
 * Says whose return it is and of which order; what was recorded before stays. Further errors: domain/matching.ts.
 * @throws NotFound for an unknown merchant
 * @throws InvalidInput `ORDER_NOT_FOUND`; `MORE_THAN_SHIPPED` at `reason`, when what was inspected is more than left
 */
export const matchReturn = (
  deps: ReturnsDeps,
  { id, merchantId, orderId, reason }: InputOf<typeof returnsActions.matchReturn>,
  actor: Actor,
): Promise<ReturnView> =>
  withMerchants(
    deps,
    actor,
    () => [merchantId],
    () =>
      changeOne(deps, actor, id, async ({ parcel, em, announce }) => {
        const order = orderId === undefined ? undefined : await orderOf(em, merchantId, orderId);
        const matched = match(parcel, { merchantId, order });
        const same = matched.merchantId === parcel.merchantId && matched.orderId === parcel.orderId;
        if (same) return { parcel, action: 'return.matched' };
        announceReceipt(announce, parcel, matched);
        const changes = parcel.merchantId !== null && parcel.merchantId !== merchantId;
        const { orderNumber, carrier, trackingNumber } = parcel;
        return {
          ...{ parcel: await countedAgainstOrder(em, matched, reason), action: 'return.matched', reason },
          ...(changes ? { detail: { toldBefore: { ...toldOf(parcel), orderNumber, carrier, trackingNumber } } } : {}),
        };
      }),
  );

async function orderOf(em: EntityManager, merchantId: string, orderId: string): Promise<ShippedOrder> {
  const [order] = await findShippedOrders(em, { orderId });
  if (order?.merchantId !== merchantId)
    throw invalidField('orderId', 'ORDER_NOT_FOUND', 'This order was not shipped for the merchant');
  return order;
}
