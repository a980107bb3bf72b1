import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { cancelOrder } from '../../../services/orders/use-cases/cancel-order.ts';
import { cancelShipment } from '../../../services/orders/use-cases/cancel-shipment.ts';
import { createOrder } from '../../../services/orders/use-cases/create-order.ts';
import { listShipments } from '../../../services/orders/use-cases/list-shipments.ts';
import { shipOrder } from '../../../services/orders/use-cases/ship-order.ts';
import { getStockAt, getStockMoves } from '../../../services/orders/use-cases/stock-moves.ts';
import { parseInput } from '../../../shared/moleculer/actions.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import { ordersActions } from '../../../shared/protocol/orders/actions.ts';
import type { OrderView } from '../../../shared/protocol/orders/views.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { merchantSnapshot, newId, ordersFixture, staff, userOf, type OrdersFixture } from '../../support/orders.ts';

let database: TestDatabase;
let fixture: OrdersFixture;
const merchant = merchantSnapshot();
let count = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await ordersFixture(database, '2026-10-17T10:00:00Z');
  fixture.merchants.push(merchant);
});
afterAll(async () => {
  await fixture.close();
  await database.drop();
});

const create = (sku = 'A'): Promise<OrderView> =>
  createOrder(
    fixture.deps,
    parseInput(ordersActions.createOrder, {
      ...{ merchantId: merchant.merchantId, channel: 'shop', externalNumber: `N-${(count += 1)}`, country: 'DE' },
      lines: [
        { sku, name: 'Tasse', quantity: 3 },
        { sku: 'B', name: 'Teller', quantity: 1 },
      ],
    }) as never,
    staff,
  );
const ship = (order: OrderView, overrides: Record<string, unknown> = {}): Promise<OrderView> =>
  shipOrder(
    fixture.deps,
    parseInput(ordersActions.shipOrder, {
      ...{ id: order.id, weightGrams: 500, shippedAt: '2026-10-14T10:00:00Z' },
      ...overrides,
    }) as never,
    staff,
  );
const cancel = (order: OrderView, shipmentId: string, overrides: Record<string, unknown> = {}, actor: Actor = staff) =>
  cancelShipment(
    fixture.deps,
    parseInput(ordersActions.cancelShipment, {
      id: order.id,
      shipmentId,
      reason: 'Kunde storniert',
      ...overrides,
    }) as never,
    actor,
  );
const told = (order: OrderView) =>
  database.query<{ type: string; payload: Record<string, unknown> }>(
    `select type, payload from messaging.event where type like 'orders.shipment-%' and payload->>'orderId' = $1 order by type`,
    [order.id],
  );
test('D4 a picked shipment is called back: the order is open again, may be cancelled or shipped anew', async () => {
  const order = await create();
  const shipped = await ship(order);
  const [shipment] = shipped.shipments;
  const cancelled = await cancel(order, shipment!.id);
  expect(cancelled).toMatchObject({ state: 'open', version: shipped.version + 1 });
  expect(cancelled.lines.map(({ shippedQuantity }) => shippedQuantity)).toEqual([0, 0]);
  expect(cancelled.shipments[0]!.cancelled).toEqual({
    ...{ at: '2026-10-17T10:00:00.000Z', on: '2026-10-17', reason: 'Kunde storniert', restocked: true },
  });
  expect(await told(order)).toMatchObject([
    {
      type: 'orders.shipment-cancelled.v1',
      payload: {
        ...{ shipmentId: shipment!.id, revision: 1, firstShipment: true, pieces: 4, serviceDate: '2026-10-14' },
        ...{ cancelledOn: '2026-10-17', restocked: true, reason: 'Kunde storniert' },
      },
    },
  ]);
  const again = await ship(order, { shippedAt: '2026-10-17T09:00:00Z' });
  expect(again.state).toBe('shipped');
  const [event] = await database.query<{ payload: { firstShipment: boolean } }>(
    `select payload from messaging.event where type = 'orders.order-shipped.v1' and payload->>'orderId' = $1 and payload->>'serviceDate' = '2026-10-17'`,
    [order.id],
  );
  expect(event!.payload.firstShipment).toBe(true);
  const other = await create();
  await cancel(other, (await ship(other)).shipments[0]!.id);
  expect(await cancelOrder(fixture.deps, { id: other.id }, staff)).toMatchObject({ state: 'cancelled' });
});

test('D4 what is left of a split order keeps its first shipment: the next one takes its place', async () => {
  const order = await create();
  const [cup, plate] = order.lines;
  const first = await ship(order, { lines: [{ orderLineId: cup!.id, quantity: 2 }] });
  await ship(order, { lines: [{ orderLineId: cup!.id, quantity: 1 }], shippedAt: '2026-10-15T10:00:00Z' });
  const all = await ship(order, {
    lines: [{ orderLineId: plate!.id, quantity: 1 }],
    shippedAt: '2026-10-16T10:00:00Z',
  });
  const ids = all.shipments.map(({ id }) => id);
  expect(await cancel(order, ids[0]!)).toMatchObject({ state: 'partially_shipped' });
  expect(
    (await told(order)).map(({ type, payload }) => [
      type,
      payload['shipmentId'],
      payload['revision'],
      payload['firstShipment'],
    ]),
  ).toEqual([
    ['orders.shipment-cancelled.v1', first.shipments[0]!.id, 1, true],
    ['orders.shipment-corrected.v1', ids[1], 1, true],
  ]);
  await cancel(order, ids[1]!);
  expect(
    (await told(order))
      .filter(({ payload }) => payload['shipmentId'] !== ids[0])
      .map(({ type, payload }) => [type, payload['shipmentId'], payload['revision']]),
  ).toEqual([
    ['orders.shipment-cancelled.v1', ids[1], 2],
    ['orders.shipment-corrected.v1', ids[1], 1],
    ['orders.shipment-corrected.v1', ids[2], 1],
  ]);
  expect(
    await database.query(
      'select id from orders.shipment where order_id = $1 and first_of_order and cancelled_at is null',
      [order.id],
    ),
  ).toEqual([{ id: ids[2] }]);
});

test('D4 called back twice, or by four people at once, is called back once', async () => {
  const order = await create();
  const { shipments } = await ship(order);
  const answers = await Promise.all([1, 2, 3, 4].map(() => cancel(order, shipments[0]!.id)));
  expect(new Set(answers.map(({ version }) => version)).size).toBe(1);
  expect(await told(order)).toHaveLength(1);
  await expect(cancel(order, shipments[0]!.id, { reason: 'other' })).rejects.toMatchObject({
    type: 'SHIPMENT_CANCELLED',
    code: 409,
  });
  await expect(cancel(order, shipments[0]!.id, { restocked: false })).rejects.toMatchObject({
    type: 'SHIPMENT_CANCELLED',
  });
});

test('D4 goods come back into the stock on the day they are called back, unless they are lost', async () => {
  const [kept, lost] = [await create('KEPT'), await create('LOST')];
  await cancel(kept, (await ship(kept)).shipments[0]!.id);
  await cancel(lost, (await ship(lost)).shipments[0]!.id, { restocked: false });
  const query = { merchantId: merchant.merchantId, from: '2026-10-01', to: '2026-10-31' };
  const { moves } = await getStockMoves(fixture.deps, query, staff);
  expect(moves.filter(({ sku }) => sku !== 'A' && sku !== 'B')).toEqual([
    { day: '2026-10-14', sku: 'KEPT', quantity: -3 },
    { day: '2026-10-14', sku: 'LOST', quantity: -3 },
    { day: '2026-10-17', sku: 'KEPT', quantity: 3 },
  ]);
  const at = async (day: string) =>
    (await getStockAt(fixture.deps, { merchantId: merchant.merchantId, day }, staff)).stock.filter(
      ({ sku }) => sku === 'KEPT',
    );
  expect(await at('2026-10-17')).toMatchObject([{ quantity: -3 }]);
  expect(await at('2026-10-18')).toEqual([]);
});

test.each<[string, (order: OrderView) => Promise<unknown>, object]>([
  ['an unknown shipment', (order) => cancel(order, newId()), { code: 404 }],
  [
    'a shipment of another order',
    async (order) => cancel(order, (await ship(await create())).shipments[0]!.id),
    { code: 404 },
  ],
  ['an unknown order', (order) => cancel({ ...order, id: newId() }, order.shipments[0]!.id), { code: 404 }],
  [
    'a time before it was shipped',
    (order) => cancel(order, order.shipments[0]!.id, { cancelledAt: '2026-10-14T09:59:59Z' }),
    { code: 422, data: { errors: [expect.objectContaining({ path: 'cancelledAt', code: 'BEFORE_SHIPMENT' })] } },
  ],
  [
    'a time to come',
    (order) => cancel(order, order.shipments[0]!.id, { cancelledAt: '2026-10-20T09:59:59Z' }),
    { code: 422, data: { errors: [expect.objectContaining({ path: 'cancelledAt' })] } },
  ],
  [
    'an API key of a merchant',
    (order) => cancel(order, order.shipments[0]!.id, {}, userOf(merchant.merchantId)),
    { code: 403 },
  ],
  [
    'a version that is stale',
    (order) => cancel(order, order.shipments[0]!.id, {}, { ...staff, ifMatch: 1 }),
    { code: 412 },
  ],
])('calling back with %s is refused and changes nothing', async (_title, attempt, refusal) => {
  const order = await ship(await create());
  await expect(attempt(order)).rejects.toMatchObject(refusal);
  expect(await told(order)).toEqual([]);
  expect(
    await database.query('select 1 from orders.shipment where order_id = $1 and cancelled_at is not null', [order.id]),
  ).toEqual([]);
});

test('D4 a shipment is found by the number of its order, of its parcel, or of its own, by those who may see it', async () => {
  const [order, other] = [await create(), await create()];
  const numbers = { trackingNumber: '0034-0434 16', reference: 'VS-77' };
  const { shipments } = await ship(order, { ...numbers, shippedAt: '2026-10-13T10:00:00Z' });
  await ship(other, { trackingNumber: 'ANOTHER' });
  const find = async (input: Record<string, unknown>, actor: Actor = staff) =>
    (await listShipments(fixture.deps, parseInput(ordersActions.listShipments, input) as never, actor)).items;
  const [{ id } = { id: '' }] = shipments;
  for (const search of [order.externalNumber, '0034043416', 'VS-77', id])
    expect(await find({ search })).toMatchObject([{ id, orderId: order.id, pieces: 4, cancelled: null, ...numbers }]);
  expect(await find({ search: 'nothing' })).toEqual([]);
  expect(await find({ search: id }, userOf(newId()))).toEqual([]);
  expect(await find({ search: id }, userOf(merchant.merchantId))).toHaveLength(1);
  await cancel(order, id);
  expect(await find({ search: id })).toMatchObject([{ cancelled: { reason: 'Kunde storniert', restocked: true } }]);
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const given = { limit: 3, ...(cursor ? { cursor } : {}) };
    const page = await listShipments(fixture.deps, parseInput(ordersActions.listShipments, given) as never, staff);
    seen.push(...page.items.map((one) => one.id));
    cursor = page.nextCursor;
  } while (cursor);
  const all = await database.query<{ id: string }>('select id from orders.shipment order by shipped_at desc, id desc');
  expect(seen).toEqual(all.map((one) => one.id));
});
