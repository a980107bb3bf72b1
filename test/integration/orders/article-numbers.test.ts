import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createOrder } from '../../../services/orders/use-cases/create-order.ts';
import { shipOrder } from '../../../services/orders/use-cases/ship-order.ts';
import { upsertMerchants } from '../../../services/orders/persistence/merchants.ts';
import { HISTORIES } from '../../../migrations/index.ts';
import { parseInput } from '../../../shared/moleculer/actions.ts';
import { migrate } from '../../../shared/persistence/migrate.ts';
import { inTransaction } from '../../../shared/persistence/transaction.ts';
import { articleChangedV1 } from '../../../shared/protocol/orders/articles.ts';
import { ordersActions as actions } from '../../../shared/protocol/orders/actions.ts';
import type { OrderView } from '../../../shared/protocol/orders/views.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { merchantSnapshot, newId, ordersFixture, staff, type OrdersFixture } from '../../support/orders.ts';

let database: TestDatabase;
let fixture: OrdersFixture;
const { merchantId } = merchantSnapshot();

beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await ordersFixture(database);
  await inTransaction(fixture.deps.orm, 'staff', (em) => upsertMerchants(em, [merchantSnapshot({ merchantId })]));
});
afterAll(async () => {
  await fixture.close();
  await database.drop();
});

const order = (lines: { sku: string; name: string; quantity: number }[]): Promise<OrderView> =>
  createOrder(
    fixture.deps,
    parseInput(actions.createOrder, {
      merchantId,
      channel: 'shop',
      externalNumber: newId(),
      country: 'DE',
      lines,
    }) as never,
    staff,
  );
const ship = (id: string, lines?: object[], shipmentId = newId()) =>
  shipOrder(
    fixture.deps,
    parseInput(actions.shipOrder, { id, shipmentId, weightGrams: 1, ...(lines ? { lines } : {}) }) as never,
    staff,
  );
const told = async (shipmentId: string) =>
  (
    await database.query<{ lines: object[] }>(
      `select payload->'lines' as lines from messaging.event where payload->>'shipmentId' = $1`,
      [shipmentId],
    )
  )[0]?.lines;

test('A11 serial and batch numbers of what is shipped are kept and told; where none were noted nothing is', async () => {
  const { id, lines } = await order([
    { sku: 'PHONE', name: 'Phone', quantity: 3 },
    { sku: 'CREAM', name: 'Cream', quantity: 2 },
  ]);
  const [phone, cream] = lines.map((line) => line.id);
  const shipmentId = newId();
  const noted = [
    { orderLineId: phone, quantity: 2, serialNumbers: ['SN-2', 'SN-1'] },
    { orderLineId: cream, quantity: 2, batchNumber: 'LOT-9' },
  ];
  const shipped = await ship(id, noted, shipmentId);
  expect(shipped.shipments[0]!.lines).toEqual([
    { orderLineId: phone, quantity: 2, serialNumbers: ['SN-2', 'SN-1'], batchNumber: null },
    { orderLineId: cream, quantity: 2, serialNumbers: [], batchNumber: 'LOT-9' },
  ]);
  expect(await told(shipmentId)).toEqual([
    { orderLineId: phone, sku: 'PHONE', name: 'Phone', quantity: 2, serialNumbers: ['SN-2', 'SN-1'] },
    { orderLineId: cream, sku: 'CREAM', name: 'Cream', quantity: 2, batchNumber: 'LOT-9' },
  ]);
  expect(await ship(id, noted, shipmentId)).toEqual(shipped);
  const other = [{ ...noted[0], serialNumbers: ['SN-1', 'SN-3'] }, noted[1]!];
  await expect(ship(id, other, shipmentId)).rejects.toMatchObject({ code: 409, type: 'SHIPMENT_EXISTS' });

  const rest = newId();
  await ship(id, undefined, rest);
  expect(await told(rest)).toEqual([{ orderLineId: phone, sku: 'PHONE', name: 'Phone', quantity: 1 }]);
});

test.each([
  [['S-1', 'S-2', 'S-3'], 'lines.0.serialNumbers', 'TOO_MANY'],
  [['S-1', 'S-1'], 'lines.0.serialNumbers.1', 'DUPLICATE'],
])('A11 serial numbers %j of two pieces are refused and nothing is shipped', async (serialNumbers, path, code) => {
  const { id, lines } = await order([{ sku: 'PHONE', name: 'Phone', quantity: 5 }]);
  await expect(ship(id, [{ orderLineId: lines[0]!.id, quantity: 2, serialNumbers }])).rejects.toMatchObject({
    code: 422,
    data: { errors: [{ path, code }] },
  });
  const [row] = await database.query(`select count(*)::int as n from orders.shipment where order_id = $1`, [id]);
  expect(row).toEqual({ n: 0 });
});

test.each([
  ['serialNumbers', ['']],
  ['serialNumbers', 'S-1'],
  ['serialNumbers', [7]],
  ['batchNumber', 'a\nb'],
  ['batchNumber', ''],
])('A11 %s %j is refused', (field, value) => {
  const body = { id: newId(), weightGrams: 1, lines: [{ orderLineId: newId(), quantity: 2, [field]: value }] };
  expect(() => parseInput(actions.shipOrder, body)).toThrow(new RegExp(`^lines\\.0\\.${field}`));
});

test('J30 what was ordered before there were article records gets its articles, and returns hear of them', async () => {
  const old = await createTestDatabase();
  try {
    // as the schema stood before
    await old.query(`drop table orders.article_component, orders.article_ean, orders.article`);
    await old.query(`alter table orders.shipment_line drop column serial_numbers, drop column batch_number`);
    await old.query(`delete from orders.migrations where name = '2026-11-24-articles'`);
    const orderId = newId();
    await old.query(
      `insert into orders."order" (id, merchant_id, channel, external_number, state, origin, country, currency, ordered_at,
         content_hash, created_at, updated_at)
       values ($1, $2, 'shop', '1', 'open', 'api', 'DE', 'EUR', now(), 'h', now(), now())`,
      [orderId, merchantId],
    );
    const lines = [
      ['A', ''],
      ['A', 'Lamp'],
      ['B', ''],
    ];
    for (const [index, [sku, name]] of lines.entries())
      await old.query(
        `insert into orders.order_line (id, merchant_id, order_id, ordinal, sku, name, quantity) values ($1, $2, $3, $4, $5, $6, 1)`,
        [newId(), merchantId, orderId, index + 1, sku, name],
      );
    expect(await migrate(old.url, HISTORIES)).toEqual(['orders/2026-11-24-articles']);
    expect(await old.query('select sku, name, origin, version from orders.article order by sku')).toEqual([
      { sku: 'A', name: 'Lamp', origin: 'order', version: 1 },
      { sku: 'B', name: 'B', origin: 'order', version: 1 },
    ]);
    const events = await old.query<{ payload: unknown; consumer: string }>(
      `select e.payload, d.consumer from messaging.event e join messaging.delivery d on d.event_id = e.id
       where e.type = 'orders.article-changed.v1' order by e.payload->>'sku'`,
    );
    expect(events.map(({ consumer }) => consumer)).toEqual(['returns.know-articles', 'returns.know-articles']);
    const articles = await old.query<{ id: string }>('select id from orders.article order by sku');
    expect(events.map(({ payload }) => articleChangedV1.payload.parse(payload))).toMatchObject([
      { articleId: articles[0]!.id, merchantId, sku: 'A', name: 'Lamp', eans: [], active: true },
      { articleId: articles[1]!.id, merchantId, sku: 'B', name: 'B' },
    ]);
  } finally {
    await old.drop();
  }
});
