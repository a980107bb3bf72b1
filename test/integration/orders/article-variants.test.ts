import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createArticle } from '../../../services/orders/use-cases/articles/create-article.ts';
import { listArticles } from '../../../services/orders/use-cases/articles/find-articles.ts';
import {
  restockReturnedGoods,
  restockSettledItems,
} from '../../../services/orders/use-cases/restock-returned-goods.ts';
import { upsertMerchants } from '../../../services/orders/persistence/merchants.ts';
import { consume, consumeDue } from '../../../shared/messaging/consumer.ts';
import { transact } from '../../../shared/messaging/transact.ts';
import { parseInput } from '../../../shared/moleculer/actions.ts';
import { inTransaction } from '../../../shared/persistence/transaction.ts';
import type { CallInputOf } from '../../../shared/protocol/define.ts';
import { ordersActions as actions } from '../../../shared/protocol/orders/actions.ts';
import { itemSettledV1, returnInspectedV1 } from '../../../shared/protocol/returns/events.ts';
import { settledItem } from '../../support/billing-events.ts';
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

const create = (fields: Omit<CallInputOf<typeof actions.createArticle>, 'merchantId'>) =>
  createArticle(fixture.deps, parseInput(actions.createArticle, { merchantId, ...fields }) as never, staff);
const bySku = async (sku: string) => (await listArticles(fixture.deps, { merchantId, sku, limit: 50 }, staff)).items[0];
const inspected = (returnId: string, revision: number, goods: [sku: string | null, disposition: string][]) => ({
  ...{ returnId, merchantId, number: 'RT-2026-00001', kind: 'withdrawal', orderNumber: null, revision },
  ...{ inspectedAt: '2026-10-15T09:00:00Z', inspectedOn: '2026-10-15', photos: [] },
  items: goods.map(([sku, disposition]) => ({
    ...{ itemId: newId(), sku, name: 'Lamp', quantity: 2, grade: 'B', reason: null, note: '', disposition, photos: [] },
  })),
});
const restock = consume('orders.restock-returned-goods', returnInspectedV1, (tx, events) =>
  restockReturnedGoods(tx, events, fixture.deps.now()),
);
const settle = consume('orders.restock-settled-items', itemSettledV1, (tx, events) =>
  restockSettledItems(tx, events, fixture.deps.now()),
);
const hear = async (...payloads: ReturnType<typeof inspected>[]) => {
  await transact(fixture.deps, staff, async (_em, tell) => {
    for (const payload of payloads) tell(returnInspectedV1, payload as never);
  });
  await consumeDue(fixture.deps, restock);
};
const booked = (returnId: string) =>
  database
    .query<{ line: string }>(
      `select concat_ws(' ', kind, quantity, sku) as line from orders.stock_movement where source_id = $1
       order by revision, kind desc, sku`,
      [returnId],
    )
    .then((found) => found.map(({ line }) => line));

test('B11 B-grade goods come back under the SKU of a condition product, which is made once', async () => {
  const base = await create({ sku: 'LAMP', name: 'Lamp', eans: ['96385074'], weightGrams: 900, group: 'Licht' });
  const [one, two] = [newId(), newId()];
  await hear(
    inspected(one, 0, [
      ['LAMP', 'restock_b'],
      ['LAMP', 'restock'],
      [null, 'restock_b'],
    ]),
    inspected(two, 0, [['LAMP', 'restock_b']]),
  );
  expect(await booked(one)).toEqual(['restocked 2 LAMP', 'restocked 2 LAMP-B', 'restocked 2']);
  expect(await booked(two)).toEqual(['restocked 2 LAMP-B']);
  const variant = await bySku('LAMP-B');
  expect(variant).toMatchObject({
    variantOf: base.id,
    condition: 'b',
    name: 'Lamp (B-Ware)',
    weightGrams: 900,
    group: 'Licht',
    eans: [],
    origin: 'restock',
  });
  const told = await database.query(
    `select 1 from messaging.event where type = 'orders.article-changed.v1' and payload->>'articleId' = $1`,
    [variant!.id],
  );
  expect(told).toHaveLength(1);
  // what is taken back is what came in
  await hear(inspected(two, 1, [['LAMP', 'rtv']]));
  expect(await booked(two)).toEqual(['restocked 2 LAMP-B', 'restock_reversed -2 LAMP-B']);
});

test('B11 the condition product that exists is used, whatever its SKU; goods that are B-grade stay what they are', async () => {
  const base = await create({ sku: 'VASE', name: 'Vase' });
  const variant = await create({ sku: 'OUTLET-7', name: 'Vase, outlet', variantOf: base.id, condition: 'b' });
  const returnId = newId();
  await hear(
    inspected(returnId, 0, [
      ['VASE', 'restock_b'],
      ['OUTLET-7', 'restock_b'],
      ['OUTLET-7', 'restock'],
    ]),
  );
  expect(await booked(returnId)).toEqual(Array.from({ length: 3 }, () => 'restocked 2 OUTLET-7'));
  expect(await bySku('VASE-B')).toBeUndefined();
  const refusals: [Parameters<typeof create>[0], object][] = [
    [
      { sku: 'V2', name: 'x', variantOf: base.id, condition: 'b' },
      { code: 409, data: { errors: [{ path: 'variantOf' }] } },
    ],
    [
      { sku: 'V2', name: 'x', variantOf: variant.id, condition: 'b' },
      { code: 422, data: { errors: [{ path: 'variantOf' }] } },
    ],
    [
      { sku: 'V2', name: 'x', variantOf: newId(), condition: 'b' },
      { code: 422, data: { errors: [{ path: 'variantOf' }] } },
    ],
    [
      { sku: 'V2', name: 'x', condition: 'b' },
      { code: 422, data: { errors: [{ path: 'condition' }] } },
    ],
  ];
  for (const [fields, refusal] of refusals) await expect(create(fields)).rejects.toMatchObject(refusal);
  expect(await bySku('V2')).toBeUndefined();
});

test('B11 a condition product gets a free SKU, also of goods nobody entered and of the longest names', async () => {
  await create({ sku: 'CUP', name: 'Cup' });
  await create({ sku: 'CUP-B', name: 'Something else' });
  const long = `${'x'.repeat(77)}😀`;
  const returnId = newId();
  await hear(
    inspected(returnId, 0, [
      ['CUP', 'restock_b'],
      ['NEVER-SEEN', 'restock_b'],
      [long, 'restock_b'],
    ]),
  );
  expect(await booked(returnId)).toEqual([
    'restocked 2 CUP-B2',
    'restocked 2 NEVER-SEEN-B',
    `restocked 2 ${'x'.repeat(77)}-B`,
  ]);
  expect(await bySku('NEVER-SEEN')).toMatchObject({ name: 'Lamp', origin: 'restock' });
  expect(await bySku('CUP-B')).toMatchObject({ name: 'Something else', variantOf: null });
});

test('B11 a later decision for B-grade goods books the condition product too', async () => {
  const returnId = newId();
  const item = settledItem({ merchantId, returnId, sku: 'RUG', disposition: 'restock_b' });
  await transact(fixture.deps, staff, async (_em, tell) => tell(itemSettledV1, item as never));
  await consumeDue(fixture.deps, settle);
  expect(await booked(returnId)).toEqual([`restocked ${item.quantity} RUG-B`]);
});
