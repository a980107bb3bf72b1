import { localDateOf } from '../../../shared/kernel/dates.ts';
import { uuidOf } from '../../../shared/kernel/ids.ts';
import { read, transact, type Announce } from '../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../shared/protocol/define.ts';
import type { ImportedOrder, ordersActions } from '../../../shared/protocol/orders/actions.ts';
import { orderShippedV1 } from '../../../shared/protocol/orders/events.ts';
import { plausibleTime } from '../domain/plausible-time.ts';
import type { OrdersDeps } from '../orders.deps.ts';
import { articleGroups } from '../persistence/article-groups.ts';
import { insertOrders, storedHashes, type NewOrder } from '../persistence/orders.ts';
import { insertShipments, type NewShipment } from '../persistence/shipments.ts';
import { articlesIn, makeArticles } from './articles/make-articles.ts';
import { shippedFact } from './shipped-fact.ts';

type Input = InputOf<typeof ordersActions.importOrders>;
type Outcome = OutputOf<typeof ordersActions.importOrders>;

/**
 * Takes shipped orders of an import over, set-based in one transaction. Ids come from the sender and are made of the
 * document, so the same batch again changes nothing and announces nothing; other content under the same number is a
 * conflict. There is no audit row per order: the import is recorded with its file, and each order names its origin.
 * @returns what became of them; with `dryRun` what would, without writing
 */
export async function importOrders(deps: OrdersDeps, input: Input, actor: Actor): Promise<Outcome> {
  const now = deps.now();
  input.orders.forEach(({ orderedAt, shippedAt }, index) => {
    plausibleTime(orderedAt, `orders.${index}.orderedAt`, now);
    plausibleTime(shippedAt, `orders.${index}.shippedAt`, now);
  });
  if (input.dryRun) return read(deps, actor, (em) => wouldHappen(em, input.orders));
  return transact(deps, actor, async (em, announce, audit) => {
    const created = await insertOrders(em, input.orders.map(newOrder), now);
    const fresh = firstOfEach(input.orders, created);
    if (fresh.size) {
      await makeArticles({ em, announce, audit }, articlesIn([...fresh]), 'order', now);
      await ship(deps, em, announce, [...fresh]);
    }
    const others = input.orders.filter((order) => !fresh.has(order));
    return outcome(created.size, others, others.length ? await storedHashes(em, others) : []);
  });
}

async function ship(
  deps: OrdersDeps,
  em: EntityManager,
  announce: Announce,
  orders: readonly ImportedOrder[],
): Promise<void> {
  const shipments = orders.map((order) => newShipment(order, deps.config.KONTOR_ZONE));
  await insertShipments(em, shipments, deps.now());
  const groups = await articleGroups(
    em,
    orders.flatMap(({ merchantId, lines }) => lines.map(({ sku }) => ({ merchantId, sku }))),
  );
  orders.forEach((order, index) => {
    const shipment = shipments[index]!;
    announce(orderShippedV1, shippedFact({ ...order, id: order.orderId }, shipment, linesWithIds(order), groups), {
      eventId: uuidOf('order-shipped', shipment.id),
      occurredAt: new Date(order.shippedAt),
    });
  });
}

/** The order that made it, should one batch hold an id twice. */
function firstOfEach(orders: readonly ImportedOrder[], created: ReadonlySet<string>): Set<ImportedOrder> {
  const left = new Set(created);
  return new Set(orders.filter(({ orderId }) => left.delete(orderId)));
}

async function wouldHappen(em: EntityManager, orders: readonly ImportedOrder[]): Promise<Outcome> {
  const hashes = await storedHashes(em, orders);
  const existing = orders.filter((_, index) => hashes[index] !== null);
  return outcome(
    orders.length - existing.length,
    existing,
    hashes.filter((hash) => hash !== null),
  );
}

function outcome(created: number, others: readonly ImportedOrder[], hashes: readonly (string | null)[]): Outcome {
  const conflicts = others
    .filter(({ contentHash }, index) => contentHash !== hashes[index])
    .map(({ merchantId, externalNumber }) => ({ merchantId, externalNumber }));
  return { created, unchanged: others.length - conflicts.length, conflicts };
}

const linesWithIds = (order: ImportedOrder) =>
  order.lines.map((line) => ({ ...line, id: uuidOf(order.orderId, line.ordinal) }));

const newOrder = (order: ImportedOrder): NewOrder => ({
  id: order.orderId,
  merchantId: order.merchantId,
  channel: order.channel,
  externalNumber: order.externalNumber,
  state: 'shipped',
  origin: 'import',
  consumer: order.consumerName === undefined ? null : { name: order.consumerName },
  country: order.country,
  currency: order.currency,
  orderedAt: order.orderedAt,
  contentHash: order.contentHash,
  lines: linesWithIds(order).map((line) => ({ ...line, shippedQuantity: line.quantity })),
});

const newShipment = (order: ImportedOrder, zone: string): NewShipment => ({
  id: order.shipmentId,
  merchantId: order.merchantId,
  orderId: order.orderId,
  firstOfOrder: true,
  reference: null,
  parcels: 1,
  weightGrams: order.weightGrams,
  carrier: order.carrier,
  trackingNumber: null,
  shippedAt: new Date(order.shippedAt).toISOString(),
  serviceDate: localDateOf(new Date(order.shippedAt), zone),
  contentHash: order.contentHash,
  lines: linesWithIds(order).map(({ id, quantity }) => ({ orderLineId: id, quantity })),
  packaging: [],
});
