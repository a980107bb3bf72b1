import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createArticle } from '../../../services/orders/use-cases/articles/create-article.ts';
import { createOrder } from '../../../services/orders/use-cases/create-order.ts';
import { shipOrder } from '../../../services/orders/use-cases/ship-order.ts';
import { knowArticles } from '../../../services/returns/persistence/articles.ts';
import { completeReturn } from '../../../services/returns/use-cases/complete-return.ts';
import { inTransaction } from '../../../shared/persistence/transaction.ts';
import { ordersActions } from '../../../shared/protocol/orders/actions.ts';
import { orderShippedV1 } from '../../../shared/protocol/orders/events.ts';
import { returnInspectedV1 } from '../../../shared/protocol/returns/events.ts';
import { articleSnapshot } from '../../support/articles.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { merchantSnapshot, ordersFixture, staff, type OrdersFixture } from '../../support/orders.ts';
import { baseCard, createPricingWorld, ruleOf, type PricingWorld } from '../../support/pricing-world.ts';
import { inputOf, worker } from '../../support/returns.ts';
import { returnsWorld } from '../../support/returns-world.ts';

const returns = returnsWorld();
let database: TestDatabase;
let orders: OrdersFixture;
let pricing: PricingWorld;
beforeAll(async () => {
  database = await createTestDatabase();
  orders = await ordersFixture(database);
  pricing = await createPricingWorld();
  const fragile = (type: string) =>
    ruleOf(type, '9.00', { key: `${type}-fragile`, priority: 200, conditions: { tags: ['Fragile'] } });
  const card = baseCard();
  await pricing.addCard({
    ...card,
    versions: [
      { ...card.versions[0]!, rules: [...card.versions[0]!.rules, ...['freight', 'pack', 'return_item'].map(fragile)] },
    ],
  });
});
afterAll(async () => {
  await Promise.all([orders.close(), pricing.close()]);
  await database.drop();
});

const priced = async (merchantId: string, types: readonly string[]) =>
  (await pricing.charges(merchantId))
    .filter(({ chargeType }) => types.includes(chargeType))
    .map(({ chargeType, ruleKey }) => [chargeType, ruleKey]);

test('E3 a shipment is priced by the groups of its articles, from the article to the charge', async () => {
  const merchant = merchantSnapshot();
  const { merchantId } = merchant;
  orders.merchants.push(merchant);
  const article = { merchantId, sku: 'GLASS', name: 'Glass', group: 'Fragile' };
  await createArticle(orders.deps, inputOf(ordersActions.createArticle, article), staff);
  const ship = async (number: string, sku: string) => {
    const lines = [{ sku, name: sku, quantity: 1 }];
    const order = { merchantId, channel: 'shop', externalNumber: number, country: 'DE', lines };
    const { id } = await createOrder(orders.deps, inputOf(ordersActions.createOrder, order as never), staff);
    await shipOrder(orders.deps, inputOf(ordersActions.shipOrder, { id, weightGrams: 500, parcels: 1 }), staff);
    const [event] = await database.query(
      `select payload from messaging.event where type = $1 and payload ->> 'orderNumber' = $2`,
      [orderShippedV1.type, number],
    );
    return orderShippedV1.payload.parse(event!['payload']);
  };
  const [glass, cup] = [await ship('T-1', 'GLASS'), await ship('T-2', 'CUP')];
  expect([glass.tags, cup.tags]).toEqual([['Fragile'], []]);
  await pricing.addMerchant({ merchantId });
  await pricing.tell(orderShippedV1, glass);
  expect(await priced(merchantId, ['freight', 'pack'])).toEqual([
    ['freight', 'freight-fragile'],
    ['pack', 'pack-fragile'],
  ]);
  await pricing.tell(orderShippedV1, cup);
  expect((await priced(merchantId, ['freight'])).map(([, key]) => key).toSorted()).toEqual([
    'freight',
    'freight-fragile',
  ]);
});

test('E3 the inspection of a return is priced by the groups of its articles', async () => {
  const { fixture, desk } = returns;
  const merchantId = await fixture.merchant();
  await inTransaction(fixture.deps.orm, 'staff', (em) =>
    knowArticles(em, [articleSnapshot(merchantId, { sku: 'X', group: 'Fragile' })]),
  );
  const { id } = await desk.readyToComplete(merchantId);
  await completeReturn(fixture.deps, { id }, worker);
  const [event] = await returns.database.query(
    `select payload from messaging.event where type = $1 and payload ->> 'returnId' = $2`,
    [returnInspectedV1.type, id],
  );
  const inspected = returnInspectedV1.payload.parse(event!['payload']);
  expect(inspected.items.map(({ tags }) => tags)).toEqual([['Fragile']]);
  await pricing.addMerchant({ merchantId });
  await pricing.tell(returnInspectedV1, inspected);
  expect(await priced(merchantId, ['return_item', 'return_parcel'])).toEqual([
    ['return_item', 'return_item-fragile'],
    ['return_parcel', 'return-parcel'],
  ]);
});
