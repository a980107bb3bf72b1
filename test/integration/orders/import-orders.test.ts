import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { createOrder } from '../../../services/orders/use-cases/create-order.ts';
import { importOrders } from '../../../services/orders/use-cases/import-orders.ts';
import { uuidOf } from '../../../shared/kernel/ids.ts';
import { parseInput } from '../../../shared/moleculer/actions.ts';
import { CONSUMERS } from '../../../shared/protocol/consumers.ts';
import { orderShippedV1 } from '../../../shared/protocol/orders/events.ts';
import { ordersActions, type ImportedOrder } from '../../../shared/protocol/orders/actions.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { merchantSnapshot, ordersFixture, staff, type OrdersFixture } from '../../support/orders.ts';

let database: TestDatabase;
let fixture: OrdersFixture;
const merchant = merchantSnapshot();

beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await ordersFixture(database);
  fixture.merchants.push(merchant);
});
afterAll(async () => {
  await fixture.close();
  await database.drop();
});

const order = (number: string, overrides: Partial<ImportedOrder> = {}): ImportedOrder => ({
  orderId: uuidOf('order', number),
  shipmentId: uuidOf('shipment', number),
  merchantId: merchant.merchantId,
  channel: 'file',
  externalNumber: number,
  orderedAt: '2026-09-30T22:30:00.000Z',
  shippedAt: '2026-09-30T22:30:00.000Z',
  country: 'GB',
  consumerName: '17850',
  currency: 'GBP',
  weightGrams: 1250,
  carrier: 'DHL',
  contentHash: createHash('sha256').update(number).digest('hex'),
  lines: [
    { ordinal: 1, sku: 'A', name: 'Mug', quantity: 3, unitPrice: '2.55' },
    { ordinal: 4, sku: 'A', name: 'Mug', quantity: 2, unitPrice: null },
  ],
  ...overrides,
});
const run = (orders: ImportedOrder[], dryRun = false) =>
  importOrders(fixture.deps, parseInput(ordersActions.importOrders, { orders, dryRun }) as never, staff);
const counts = async () => {
  const [row] = await database.query(
    `select (select count(*)::int from orders."order" where channel = 'file') as orders,
       (select count(*)::int from orders.order_line) as lines, (select count(*)::int from orders.shipment) as shipments,
       (select count(*)::int from orders.shipment_line) as "shipmentLines", (select count(*)::int from messaging.event) as events,
       (select count(*)::int from messaging.delivery) as deliveries`,
  );
  return row!;
};

test('D10 imported orders are shipped, announced at the time of their shipment, and the same batch changes nothing', async () => {
  const batch = Array.from({ length: 500 }, (_, index) => order(`A-${index}`));
  expect(await run(batch, true)).toEqual({ created: 500, unchanged: 0, conflicts: [] });
  expect(await counts()).toMatchObject({ orders: 0, events: 0 });

  expect(await run(batch)).toEqual({ created: 500, unchanged: 0, conflicts: [] });
  const after = await counts();
  const hearing = Object.values(CONSUMERS).filter((type) => type === orderShippedV1.type).length;
  expect(after).toEqual({
    orders: 500,
    lines: 1000,
    shipments: 500,
    shipmentLines: 1000,
    // one of them the article that all of the orders name
    events: 501,
    deliveries: 500 * hearing + 1,
  });
  expect(await run(batch)).toEqual({ created: 0, unchanged: 500, conflicts: [] });
  expect(await run(batch, true)).toEqual({ created: 0, unchanged: 500, conflicts: [] });
  expect(await counts()).toEqual(after);

  const [event] = await database.query(
    `select occurred_at, payload from messaging.event where payload->>'orderNumber' = 'A-7'`,
  );
  expect(event).toMatchObject({
    occurred_at: new Date('2026-09-30T22:30:00Z'),
    // half past midnight in Berlin: the first day of October
    payload: {
      firstShipment: true,
      serviceDate: '2026-10-01',
      pieces: 5,
      parcels: 1,
      weightGrams: 1250,
      country: 'GB',
      lines: [
        { sku: 'A', quantity: 3 },
        { sku: 'A', quantity: 2 },
      ],
    },
  });
  expect(await database.query(`select 1 from orders.order_line where shipped_quantity <> quantity`)).toHaveLength(0);
});

test('known, new and changed documents of one batch are told apart', async () => {
  await run([order('B-1'), order('B-2')]);
  const before = await counts();
  const changed = order('B-2', { contentHash: 'f'.repeat(64), country: 'FR' });
  const expected = {
    created: 1,
    unchanged: 1,
    conflicts: [{ merchantId: merchant.merchantId, externalNumber: 'B-2' }],
  };
  expect(await run([order('B-1'), changed, order('B-3')], true)).toEqual(expected);
  expect(await run([order('B-1'), changed, order('B-3')])).toEqual(expected);
  expect(await counts()).toMatchObject({ orders: Number(before['orders']) + 1, events: Number(before['events']) + 1 });
  const [stored] = await database.query(`select country from orders."order" where external_number = 'B-2'`);
  expect(stored).toEqual({ country: 'GB' });
});

test('an order that was taken by hand under the same number is a conflict', async () => {
  const { merchantId, channel, country, currency } = order('C-1');
  const lines = [{ sku: 'A', name: 'Mug', quantity: 1 }];
  await createOrder(fixture.deps, { merchantId, channel, country, currency, externalNumber: 'C-1', lines }, staff);
  expect((await run([order('C-1')])).conflicts).toEqual([{ merchantId, externalNumber: 'C-1' }]);
});

test('two imports of the same documents at once make each order once', async () => {
  const batch = Array.from({ length: 100 }, (_, index) => order(`D-${index}`));
  const outcomes = await Promise.all([run(batch), run(batch.toReversed()), run(batch)]);
  expect(outcomes.reduce((sum, { created }) => sum + created, 0)).toBe(100);
  expect(outcomes.reduce((sum, { unchanged }) => sum + unchanged, 0)).toBe(200);
  expect(outcomes.flatMap(({ conflicts }) => conflicts)).toEqual([]);
});

test('a batch with one time that cannot be meant writes nothing', async () => {
  const before = await counts();
  const misdated = async () => run([order('E-1'), order('E-2', { shippedAt: '1970-01-01T00:00:00Z' })]);
  await expect(misdated()).rejects.toMatchObject({
    code: 422,
    data: { errors: [expect.objectContaining({ path: 'orders.1.shippedAt' })] },
  });
  expect(await counts()).toEqual(before);
});

test('a repeated call with the key of the first gets its answer, so counts survive a restart', async () => {
  const batch = [order('F-1'), order('F-2')];
  const keyed = { ...staff, idempotency: { key: 'import:1', action: 'orders.importOrders', requestHash: 'h' } };
  const call = () => importOrders(fixture.deps, { orders: batch, dryRun: false }, keyed);
  expect(await call()).toEqual({ created: 2, unchanged: 0, conflicts: [] });
  expect(await call()).toEqual({ created: 2, unchanged: 0, conflicts: [] });
});
