import { localDateOf } from '../../../shared/kernel/dates.ts';
import { asRepeated } from '../../../shared/moleculer/repeated.ts';
import { NotFound, RuleViolation } from '../../../shared/kernel/errors.ts';
import { uuidOf, uuidv7 } from '../../../shared/kernel/ids.ts';
import { transact } from '../../../shared/messaging/transact.ts';
import { violatedConstraint } from '../../../shared/persistence/transaction.ts';
import { assertHouse, assertVersion, type Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { ordersActions } from '../../../shared/protocol/orders/actions.ts';
import { orderShippedV1 } from '../../../shared/protocol/orders/events.ts';
import type { OrderView } from '../../../shared/protocol/orders/views.ts';
import { plausibleTime } from '../domain/plausible-time.ts';
import { planShipment } from '../domain/shipping.ts';
import type { OrdersDeps } from '../orders.deps.ts';
import { articleGroups } from '../persistence/article-groups.ts';
import { changeState, findOrderForUpdate, linesOf, type OrderRow } from '../persistence/orders.ts';
import { countShipped, findShipment, insertShipments, type NewShipment } from '../persistence/shipments.ts';
import { matchWaitingLines } from './carrier-invoices/tell-matched.ts';
import { packedIn } from './packagings/packed-in.ts';
import { orderView } from './order-view.ts';
import { shippedFact } from './shipped-fact.ts';

type Input = InputOf<typeof ordersActions.shipOrder>;

/**
 * Records what left the house and announces it once. The order stays locked meanwhile, so two people cannot ship the
 * same piece, and only one shipment is the first.
 * @throws AppError 403   an API key of a merchant, who would write its own bill
 * @throws NotFound       no such order
 * @throws RuleViolation  cancelled, nothing open, or the id or reference names another shipment
 * @throws InvalidInput   more than is open, a foreign line, an unknown packaging, a time that cannot be meant
 */
export async function shipOrder(deps: OrdersDeps, input: Input, actor: Actor): Promise<OrderView> {
  assertHouse(actor);
  return ship(deps, input, actor).catch((error: unknown) => {
    // an id that someone else's shipment has, or got at this moment
    throw violatedConstraint(error) === 'shipment_pkey' ? shipmentExists() : error;
  });
}

const shipmentExists = () =>
  new RuleViolation('SHIPMENT_EXISTS', 'There is another shipment with this id or reference');

async function ship(deps: OrdersDeps, input: Input, actor: Actor): Promise<OrderView> {
  const now = deps.now();
  return transact(deps, actor, async (em, announce, audit) => {
    const order = await findOrderForUpdate(em, input.id);
    if (!order) throw new NotFound('order');
    const contentHash = hashOf(input);
    const earlier = await findShipment(em, order.id, { id: input.shipmentId, reference: input.reference });
    if (earlier) {
      if (earlier.orderId === order.id && earlier.contentHash === contentHash)
        return asRepeated(await orderView(em, order.id));
      throw shipmentExists();
    }
    assertVersion(actor, order.version);
    const orderLines = await linesOf(em, order.id);
    const plan = planShipment(order.state, orderLines, input.lines);
    const packaging = await packedIn(em, input.packaging ?? [], input.parcels);
    const shipment = newShipment(deps, order, input, { lines: plan.lines, packaging, contentHash, now });
    await insertShipments(em, [shipment], now);
    await countShipped(em, plan.lines);
    await changeState(em, order, plan.state, now);
    const { merchantId } = order;
    const groups = await articleGroups(
      em,
      orderLines.map(({ sku }) => ({ merchantId, sku })),
    );
    announce(orderShippedV1, shippedFact(order, shipment, orderLines, groups), {
      eventId: uuidOf('order-shipped', shipment.id),
      occurredAt: new Date(shipment.shippedAt),
    });
    await matchWaitingLines(em, announce, shipment.trackingNumber, { by: actor.id, at: now });
    audit({
      action: 'order.shipped',
      entity: 'order',
      entityId: order.id,
      merchantId: order.merchantId,
      before: { state: order.state },
      after: { state: plan.state, shipmentId: shipment.id },
    });
    return orderView(em, order.id);
  });
}

function newShipment(
  deps: OrdersDeps,
  order: OrderRow,
  input: Input,
  { now, ...shipped }: Pick<NewShipment, 'lines' | 'packaging' | 'contentHash'> & { now: Date },
): NewShipment {
  const shippedAt = input.shippedAt ? plausibleTime(input.shippedAt, 'shippedAt', now) : now;
  return {
    id: input.shipmentId ?? uuidv7(now),
    merchantId: order.merchantId,
    orderId: order.id,
    // where something is shipped, one of the shipments is the first, also after another one was called back
    firstOfOrder: order.state === 'open',
    reference: input.reference ?? null,
    parcels: input.parcels,
    weightGrams: input.weightGrams,
    carrier: input.carrier ?? null,
    trackingNumber: input.trackingNumber ?? null,
    shippedAt: shippedAt.toISOString(),
    serviceDate: localDateOf(shippedAt, deps.config.KONTOR_ZONE),
    ...shipped,
  };
}

/** Of what the client said, not of what it meant by then: "everything open" is the same request a second time. */
const hashOf = ({ lines, parcels, weightGrams, carrier, trackingNumber, shippedAt, reference, packaging }: Input) =>
  uuidOf(
    JSON.stringify([
      lines?.map(({ orderLineId, quantity, serialNumbers = [], batchNumber }) => [
        ...[orderLineId, quantity],
        // left out where nothing was noted, so that what was said before there were such numbers is still the same
        ...(serialNumbers.length || batchNumber !== undefined ? [serialNumbers, batchNumber ?? null] : []),
      ]) ?? null,
      ...[parcels, weightGrams, carrier ?? null, trackingNumber ?? null, reference ?? null],
      shippedAt ? new Date(shippedAt) : null,
      ...(packaging?.length ? [packaging.map(({ code, quantity, parcel }) => [code, quantity, parcel ?? null])] : []),
    ]),
  );
