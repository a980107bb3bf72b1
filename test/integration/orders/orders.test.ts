import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { cancelOrder } from '../../../services/orders/use-cases/cancel-order.ts';
import { createOrder } from '../../../services/orders/use-cases/create-order.ts';
import { getOrder } from '../../../services/orders/use-cases/get-order.ts';
import { listOrders } from '../../../services/orders/use-cases/list-orders.ts';
import { shipOrder } from '../../../services/orders/use-cases/ship-order.ts';
import { parseInput } from '../../../shared/moleculer/actions.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import { CONSUMERS } from '../../../shared/protocol/consumers.ts';
import { ordersActions } from '../../../shared/protocol/orders/actions.ts';
import { orderShippedV1 } from '../../../shared/protocol/orders/events.ts';
import type { OrderView } from '../../../shared/protocol/orders/views.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { merchantSnapshot, newId, ordersFixture, staff, userOf, type OrdersFixture } from '../../support/orders.ts';

let database: TestDatabase;
let fixture: OrdersFixture;
const merchant = merchantSnapshot();
const foreign = merchantSnapshot({ number: '200' });
let count = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await ordersFixture(database);
  fixture.merchants.push(merchant, foreign);
});
afterAll(async () => {
  await fixture.close();
  await database.drop();
});

const request = (overrides: Record<string, unknown> = {}) => ({
  merchantId: merchant.merchantId,
  channel: 'shop',
  externalNumber: `N-${(count += 1)}`,
  country: 'DE',
  consumer: { name: 'Erika Muster' },
  lines: [
    { sku: 'A', name: 'Tasse', quantity: 3, unitPrice: '2.50' },
    { sku: 'B', name: 'Teller', quantity: 1 },
  ],
  ...overrides,
});
const create = (overrides: Record<string, unknown> = {}, actor: Actor = staff): Promise<OrderView> =>
  createOrder(fixture.deps, parseInput(ordersActions.createOrder, request(overrides)) as never, actor);
const ship = (order: OrderView, overrides: Record<string, unknown> = {}, actor: Actor = staff): Promise<OrderView> =>
  shipOrder(
    fixture.deps,
    parseInput(ordersActions.shipOrder, { id: order.id, weightGrams: 500, ...overrides }) as never,
    actor,
  );
const shippedEvents = (order: OrderView) =>
  database.query<{ payload: Record<string, unknown>; occurred_at: Date; deliveries: string }>(
    `select payload, occurred_at, (select count(*) from messaging.delivery where event_id = e.id) as deliveries
     from messaging.event e where type = 'orders.order-shipped.v1' and payload->>'orderId' = $1 order by payload->>'shippedAt', id`,
    [order.id],
  );

test('D10 an order with lines, consumer, channel and state is created once per number of a merchant and channel', async () => {
  const body = request({ orderedAt: '2026-10-14T08:00:00Z' });
  const order = await create(body);
  expect(order).toMatchObject({
    state: 'open',
    origin: 'api',
    channel: 'shop',
    currency: 'EUR',
    consumer: { name: 'Erika Muster' },
    orderedAt: '2026-10-14T08:00:00.000Z',
    lines: [
      { ordinal: 1, sku: 'A', quantity: 3, shippedQuantity: 0, unitPrice: '2.5' },
      { ordinal: 2, sku: 'B', quantity: 1, unitPrice: null },
    ],
    shipments: [],
  });
  const twins = await Promise.all(Array.from({ length: 5 }, () => create(body)));
  expect(new Set(twins.map(({ id }) => id))).toEqual(new Set([order.id]));
  const other = { ...body, country: 'AT' };
  await expect(create(other)).rejects.toMatchObject({ code: 409, type: 'ORDER_EXISTS', data: { id: order.id } });
  const elsewhere = await Promise.all([
    create({ ...body, channel: 'other' }),
    create({ ...body, merchantId: foreign.merchantId }),
  ]);
  expect(new Set([order, ...elsewhere].map(({ id }) => id)).size).toBe(3);
  expect(
    await database.query('select 1 from orders."order" where external_number = $1', [body.externalNumber]),
  ).toHaveLength(3);
});

test('D10 five requests at once make one order', async () => {
  const body = request();
  const twins = await Promise.all(Array.from({ length: 5 }, () => create(body)));
  expect(new Set(twins.map(({ id }) => id)).size).toBe(1);
  expect(
    await database.query(`select 1 from messaging.audit_entry where action = 'order.created' and entity_id = $1`, [
      twins[0]!.id,
    ]),
  ).toHaveLength(1);
});

test('an id given by the client: the same content is the same order, other content is refused', async () => {
  const body = request({ id: newId() });
  const order = await create(body);
  expect(order.id).toBe(body['id' as never]);
  expect(await create(body)).toEqual(order);
  await expect(create({ ...body, externalNumber: 'another' })).rejects.toMatchObject({ type: 'ORDER_EXISTS' });
  await expect(create({ ...body, id: newId() })).rejects.toMatchObject({ type: 'ORDER_EXISTS' });
});

test.each<[string, Record<string, unknown>, string]>([
  ['an unknown merchant', { merchantId: newId() }, 'merchantId'],
  ['a time in the future', { orderedAt: '2026-11-01T00:00:00Z' }, 'orderedAt'],
  ['no lines', { lines: [] }, 'lines'],
  ['a quantity of 0', { lines: [{ sku: 'A', name: '', quantity: 0 }] }, 'lines.0.quantity'],
  ['a state', { state: 'shipped' }, 'state'],
])('an order with %s is refused and leaves nothing', async (_name, overrides, path) => {
  const before = await database.query('select count(*) from orders."order"');
  const refused = async () => create(overrides);
  await expect(refused()).rejects.toMatchObject({ code: 422, data: { errors: [expect.objectContaining({ path })] } });
  expect(await database.query('select count(*) from orders."order"')).toEqual(before);
});

test('D3 a split shipment announces each parcel, and only its first carries what is charged once per order', async () => {
  const order = await create();
  const [cup, plate] = order.lines;
  const first = await ship(order, {
    lines: [{ orderLineId: cup!.id, quantity: 2 }],
    parcels: 2,
    carrier: 'DHL',
    trackingNumber: 'T1',
    shippedAt: '2026-10-14T21:59:59Z',
  });
  expect(first).toMatchObject({ state: 'partially_shipped', version: 2 });
  const second = await ship(order, { shippedAt: '2026-10-14T22:00:00Z' });
  expect(second.state).toBe('shipped');
  expect(second.lines.map(({ shippedQuantity }) => shippedQuantity)).toEqual([3, 1]);
  const events = await shippedEvents(order);
  const hearing = Object.values(CONSUMERS).filter((type) => type === orderShippedV1.type).length;
  expect(events.map(({ deliveries }) => Number(deliveries))).toEqual([hearing, hearing]);
  expect(events.map(({ occurred_at }) => occurred_at.toISOString())).toEqual([
    '2026-10-14T21:59:59.000Z',
    '2026-10-14T22:00:00.000Z',
  ]);
  expect(events.map(({ payload }) => payload)).toMatchObject([
    { firstShipment: true, serviceDate: '2026-10-14', parcels: 2, pieces: 2, lines: [{ sku: 'A', quantity: 2 }] },
    {
      firstShipment: false,
      serviceDate: '2026-10-15',
      parcels: 1,
      pieces: 2,
      lines: [
        { orderLineId: cup!.id, quantity: 1 },
        { orderLineId: plate!.id, quantity: 1 },
      ],
    },
  ]);
});

test('D1 a shipment reported twice, by id or by reference, is announced once', async () => {
  const order = await create();
  const body = { shipmentId: newId(), reference: 'LS-1', lines: [{ orderLineId: order.lines[0]!.id, quantity: 1 }] };
  await ship(order, body);
  await ship(order, body);
  await ship(order, { ...body, shipmentId: undefined });
  expect(await shippedEvents(order)).toHaveLength(1);
  await expect(ship(order, { ...body, parcels: 2 })).rejects.toMatchObject({ code: 409, type: 'SHIPMENT_EXISTS' });
  const another = await create();
  await expect(ship(another, { shipmentId: body.shipmentId })).rejects.toMatchObject({ type: 'SHIPMENT_EXISTS' });
});

test('two people cannot ship the same piece, and only one shipment is the first', async () => {
  const order = await create();
  const outcomes = await Promise.allSettled(
    Array.from({ length: 6 }, () => ship(order, { lines: [{ orderLineId: order.lines[0]!.id, quantity: 1 }] })),
  );
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  for (const outcome of outcomes)
    if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 422, type: 'INVALID_INPUT' });
  const events = await shippedEvents(order);
  expect(events.filter(({ payload }) => payload['firstShipment'])).toHaveLength(1);
  expect((await getOrder(fixture.deps, { id: order.id }, staff)).lines[0]!.shippedQuantity).toBe(3);
});

test('shipping more than was ordered is refused by the use case and by the table', async () => {
  const order = await create();
  await expect(ship(order, { lines: [{ orderLineId: order.lines[1]!.id, quantity: 2 }] })).rejects.toMatchObject({
    code: 422,
    data: { errors: [expect.objectContaining({ path: 'lines.0.quantity', code: 'TOO_MANY' })] },
  });
  expect(await shippedEvents(order)).toHaveLength(0);
  await expect(
    database.query('update orders.order_line set shipped_quantity = 2 where id = $1', [order.lines[1]!.id]),
  ).rejects.toThrow(/check constraint/);
});

test('an order is cancelled only before anything was shipped, and then ships nothing', async () => {
  const order = await create();
  expect(await cancelOrder(fixture.deps, { id: order.id, reason: 'changed mind' }, staff)).toMatchObject({
    state: 'cancelled',
    version: 2,
  });
  await expect(cancelOrder(fixture.deps, { id: order.id }, staff)).rejects.toMatchObject({
    type: 'ORDER_TRANSITION_NOT_ALLOWED',
  });
  await expect(ship(order)).rejects.toMatchObject({ type: 'ORDER_CANCELLED' });
  const shipped = await create();
  await ship(shipped);
  await expect(cancelOrder(fixture.deps, { id: shipped.id }, staff)).rejects.toMatchObject({ code: 409 });
});

test('a stale If-Match is refused', async () => {
  const order = await create();
  await ship(order, { lines: [{ orderLineId: order.lines[0]!.id, quantity: 1 }] });
  await expect(cancelOrder(fixture.deps, { id: order.id }, { ...staff, ifMatch: 1 })).rejects.toMatchObject({
    code: 412,
  });
});

test('a merchant sees its own orders only', async () => {
  const own = await create({ merchantId: foreign.merchantId });
  const other = await create();
  const user = userOf(foreign.merchantId);
  const list = await listOrders(fixture.deps, { limit: 200, sort: '-orderedAt' }, user);
  expect(list.items.map(({ id }) => id)).toContain(own.id);
  expect(new Set(list.items.map(({ merchantId }) => merchantId))).toEqual(new Set([foreign.merchantId]));
  await expect(getOrder(fixture.deps, { id: other.id }, user)).rejects.toMatchObject({ code: 404 });
  await expect(cancelOrder(fixture.deps, { id: other.id }, user)).rejects.toMatchObject({ code: 404 });
  await expect(create({}, user)).rejects.toMatchObject({ code: 404 });
});

test('the key of a merchant creates orders and does not say what was shipped of them', async () => {
  const key: Actor = { ...userOf(merchant.merchantId), kind: 'apiKey', roles: ['api'] };
  const order = await create({}, key);
  await expect(ship(order, {}, key)).rejects.toMatchObject({ code: 403, type: 'HOUSE_ONLY' });
  expect(await shippedEvents(order)).toEqual([]);
});

test('D10 the list finds an order by its whole number and tells how many pieces it has', async () => {
  const order = await create();
  await create();
  const filter = { externalNumber: order.externalNumber, merchantId: merchant.merchantId };
  const { items } = await listOrders(fixture.deps, { limit: 5, sort: '-orderedAt', ...filter }, staff);
  expect(items).toEqual([expect.objectContaining({ id: order.id, consumerName: 'Erika Muster', pieces: 4 })]);
});

test('lists page by time without gaps or repeats, in both directions', async () => {
  const channel = 'paged';
  const orderedAt = ['2026-10-01T00:00:00Z', '2026-10-02T00:00:00Z', '2026-10-02T00:00:00Z', '2026-10-03T00:00:00Z'];
  for (const at of orderedAt) await create({ channel, orderedAt: at });
  const walk = async (sort: 'orderedAt' | '-orderedAt') => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listOrders(fixture.deps, { limit: 1, channel, sort, cursor }, staff);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    return seen;
  };
  const rising = await walk('orderedAt');
  expect(new Set(rising).size).toBe(4);
  expect((await walk('-orderedAt')).toReversed()).toEqual(rising);
  const forged = Buffer.from(JSON.stringify(["'; drop table", 'x'])).toString('base64url');
  await expect(listOrders(fixture.deps, { limit: 1, sort: 'orderedAt', cursor: forged }, staff)).rejects.toMatchObject({
    code: 422,
  });
});
