import { localDateOf } from '../../../shared/kernel/dates.ts';
import { invalidField, NotFound, RuleViolation } from '../../../shared/kernel/errors.ts';
import { uuidOf } from '../../../shared/kernel/ids.ts';
import { transact, type Announce } from '../../../shared/messaging/transact.ts';
import { asRepeated } from '../../../shared/moleculer/repeated.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { assertHouse, assertVersion, type Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import { shipmentCancelledV1, shipmentCorrectedV1 } from '../../../shared/protocol/orders/events.ts';
import type { shipmentActions } from '../../../shared/protocol/orders/shipment-actions.ts';
import type { OrderView } from '../../../shared/protocol/orders/views.ts';
import { plausibleTime } from '../domain/plausible-time.ts';
import { stateWithout } from '../domain/shipping.ts';
import type { OrdersDeps } from '../orders.deps.ts';
import { articleGroups } from '../persistence/article-groups.ts';
import { isBilledByCarrier, lockCarrierLines } from '../persistence/carrier-lines.ts';
import { changeState, findOrderForUpdate, linesOf, type LineRow, type OrderRow } from '../persistence/orders.ts';
import {
  markCancelled,
  markFirst,
  storedShipments,
  type Cancellation,
  type StoredShipment,
} from '../persistence/shipment-changes.ts';
import { countShipped } from '../persistence/shipments.ts';
import { matchWaitingLines } from './carrier-invoices/tell-matched.ts';
import { orderView } from './order-view.ts';
import { shippedFact } from './shipped-fact.ts';

type Input = InputOf<typeof shipmentActions.cancelShipment>;

/**
 * Calls a picked shipment back before the carrier has it (D4). Its pieces are open again and, unless they are lost, back
 * in the stock; of what is left of the order the earliest shipment becomes the first (D3). The same request again
 * changes nothing.
 * @throws AppError 403   an API key of a merchant, who would write its own bill
 * @throws NotFound       no such order, or no such shipment of it
 * @throws RuleViolation  `SHIPMENT_CANCELLED` it was called back with other words, `SHIPMENT_HANDED_OVER` the carrier
 *                        has billed something for it
 * @throws InvalidInput   a time that cannot be meant
 */
export async function cancelShipment(deps: OrdersDeps, input: Input, actor: Actor): Promise<OrderView> {
  assertHouse(actor);
  const now = deps.now();
  return transact(deps, actor, async (em, announce, audit) => {
    const order = await findOrderForUpdate(em, input.id);
    if (!order) throw new NotFound('order');
    const shipments = await storedShipments(em, order.id);
    const shipment = shipments.find(({ id }) => id === input.shipmentId);
    if (!shipment) throw new NotFound('shipment');
    if (shipment.cancelledAt !== null) {
      if (isSame(input, shipment)) return asRepeated(await orderView(em, order.id));
      throw new RuleViolation('SHIPMENT_CANCELLED', 'This shipment is cancelled already');
    }
    assertVersion(actor, order.version);
    await lockCarrierLines(em, 'shared');
    if (await isBilledByCarrier(em, shipment.id))
      throw new RuleViolation('SHIPMENT_HANDED_OVER', 'The carrier has billed this shipment, so it had it');
    const cancellation = cancellationOf(deps, input, shipment, now);
    const orderLines = await linesOf(em, order.id);
    const state = stateWithout(orderLines, shipment.lines);
    await markCancelled(em, shipment.id, cancellation);
    await countShipped(
      em,
      shipment.lines.map(({ orderLineId, quantity }) => ({ orderLineId, quantity: -quantity })),
    );
    await changeState(em, order, state, now);
    // a number that two shipments had may be the other one's now
    await matchWaitingLines(em, announce, shipment.trackingNumber, { by: actor.id, at: now });
    await tell(em, announce, { order, orderLines, shipments, shipment, cancellation });
    audit({
      ...{
        action: 'order.shipment-cancelled' as const,
        entity: 'order',
        entityId: order.id,
        merchantId: order.merchantId,
      },
      before: { state: order.state },
      after: { state, shipmentId: shipment.id, restocked: cancellation.restocked },
      reason: cancellation.reason,
    });
    return orderView(em, order.id);
  });
}

const isSame = ({ reason, restocked, cancelledAt }: Input, shipment: StoredShipment): boolean =>
  reason === shipment.cancelReason &&
  restocked === shipment.restocked &&
  (cancelledAt === undefined || new Date(cancelledAt).toISOString() === shipment.cancelledAt);

function cancellationOf(
  deps: OrdersDeps,
  { reason, restocked, cancelledAt }: Input,
  { shippedAt }: StoredShipment,
  now: Date,
): Cancellation {
  const at = cancelledAt ? plausibleTime(cancelledAt, 'cancelledAt', now) : now;
  if (cancelledAt && at.toISOString() < shippedAt)
    throw invalidField('cancelledAt', 'BEFORE_SHIPMENT', 'The shipment was reported later than that');
  const cancelledOn = localDateOf(at, deps.config.KONTOR_ZONE);
  return { cancelledAt: at.toISOString(), cancelledOn, reason, restocked };
}

interface Cancelled {
  order: OrderRow;
  orderLines: readonly LineRow[];
  shipments: readonly StoredShipment[];
  shipment: StoredShipment;
  cancellation: Cancellation;
}

/** Announces the shipment that is gone, and the one that is the first of its order in its place. */
async function tell(
  em: EntityManager,
  announce: Announce,
  { order, orderLines, shipments, shipment, cancellation }: Cancelled,
): Promise<void> {
  const { merchantId } = order;
  const groups = await articleGroups(
    em,
    orderLines.map(({ sku }) => ({ merchantId, sku })),
  );
  const occurredAt = new Date(cancellation.cancelledAt);
  const revision = shipment.revision + 1;
  announce(
    shipmentCancelledV1,
    { ...shippedFact(order, shipment, orderLines, groups), ...cancellation, revision },
    { eventId: uuidOf('shipment-cancelled', shipment.id), occurredAt },
  );
  const left = shipments.filter(({ id, cancelledAt }) => id !== shipment.id && cancelledAt === null);
  const [next] = left;
  if (!shipment.firstOfOrder || !next) return;
  await markFirst(em, next.id);
  const first = { ...next, firstOfOrder: true };
  announce(
    shipmentCorrectedV1,
    { ...shippedFact(order, first, orderLines, groups), revision: next.revision + 1 },
    { eventId: uuidOf('shipment-corrected', next.id, next.revision + 1), occurredAt },
  );
}
