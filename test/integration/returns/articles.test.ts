import { expect, test } from '@jest/globals';
import { keepArticles, keepShippedOrders } from '../../../services/returns/consumers.ts';
import { findArticles, scanned } from '../../../services/returns/persistence/articles.ts';
import { shippedBatches, shippedSerials } from '../../../services/returns/persistence/serials.ts';
import { cancelReturn } from '../../../services/returns/use-cases/cancel-return.ts';
import { lookupReturns } from '../../../services/returns/use-cases/find-returns.ts';
import { read } from '../../../shared/messaging/transact.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import { inTransaction } from '../../../shared/persistence/transaction.ts';
import type { ArticleSnapshot } from '../../../shared/protocol/orders/articles.ts';
import { articleSnapshot as article } from '../../support/articles.ts';
import { newId, shipmentOf, userOf, worker } from '../../support/returns.ts';
import { returnsWorld } from '../../support/returns-world.ts';

const { fixture, desk } = returnsWorld();

const know = (...snapshots: ArticleSnapshot[]) =>
  inTransaction(fixture.deps.orm, 'staff', (em) =>
    keepArticles({ em } as never, snapshots.map((payload) => ({ payload })) as never),
  );
const scan = (code: string, actor = worker) => lookupReturns(fixture.deps, { code }, actor);

test('A1 an EAN opens the returns that expect the article and finds the orders of it, with or without leading zeros', async () => {
  const merchantId = await fixture.merchant();
  const other = await fixture.merchant();
  await know(
    article(merchantId, { eans: ['036000291452', '4006381333931'] }),
    // another merchant sells the same goods under an SKU of its own, and something else under this one
    article(other, { sku: 'T-7', eans: ['0036000291452'] }),
    article(other, { sku: 'SHIRT-M', eans: [] }),
  );
  const expected = await desk.create({ merchantId, items: [{ sku: 'SHIRT-M', quantity: 1 }] });
  const gone = await desk.create({ merchantId, items: [{ sku: 'SHIRT-M', quantity: 1 }] });
  await cancelReturn(fixture.deps, { id: gone.id }, worker);
  await desk.create({ merchantId: other, items: [{ sku: 'SHIRT-M', quantity: 1 }] });
  const orderId = await fixture.shipped(merchantId, 'O-1', [{ sku: 'SHIRT-M', quantity: 2 }]);
  await fixture.shipped(other, 'O-1', [{ sku: 'SHIRT-M', quantity: 2 }]);

  for (const code of ['036000291452', '0036000291452', '36000291452', '00036000291452']) {
    const found = await scan(code);
    expect(found.returns.map(({ id }) => id)).toEqual([expected.id]);
    expect(found.orders.map((order) => order.orderId)).toEqual([orderId]);
    expect(found.articles.map((hit) => [hit.merchantId, hit.sku])).toEqual([
      [merchantId, 'SHIRT-M'],
      [other, 'T-7'],
    ]);
  }
  expect((await scan('4006381333931', userOf(merchantId))).articles).toMatchObject([
    { sku: 'SHIRT-M', name: 'Shirt, M', eans: ['036000291452', '4006381333931'], picture: null },
  ]);
  expect(await scan('4006381333931', userOf(other))).toMatchObject({ returns: [], orders: [], articles: [] });
  expect((await scan('SHIRT-M')).articles).toHaveLength(2);
});

test('A12 a scanned part finds the returns and orders of the bundles it belongs to', async () => {
  const merchantId = await fixture.merchant();
  const other = await fixture.merchant();
  const of = (sku: string, ...parts: string[]) =>
    article(merchantId, { sku, eans: [], components: parts.map((part) => ({ sku: part, quantity: 2 })) });
  const inner = of('SET', 'CUP');
  await know({ ...of('CUP'), eans: ['4012345678901'] }, inner, of('HAMPER', 'SET', 'TEA'), {
    ...of('SET', 'CUP'),
    articleId: newId(),
    merchantId: other,
  });
  const parcel = await desk.create({ merchantId, items: [{ sku: 'HAMPER', quantity: 1 }] });
  await desk.create({ merchantId: other, items: [{ sku: 'SET', quantity: 1 }] });
  const orderId = await fixture.shipped(merchantId, 'SET-1', [{ sku: 'SET', quantity: 1 }]);
  for (const code of ['4012345678901', 'CUP']) {
    const found = await scan(code);
    expect(found.returns.map(({ id }) => id).includes(parcel.id)).toBe(true);
    expect(found.orders.map((order) => order.orderId)).toEqual([orderId]);
    expect(found.articles.map(({ sku }) => sku)).toEqual(['CUP']);
  }
  expect((await scan('4012345678901')).returns.map(({ id }) => id)).toEqual([parcel.id]);
  await know({ ...inner, version: 2, components: [] });
  expect(await scan('4012345678901')).toMatchObject({ returns: [], orders: [] });
});

test('the newest version of an article is kept, whatever the order of arrival, with its codes', async () => {
  const merchantId = await fixture.merchant();
  const articleId = newId();
  const version = (number: number, eans: string[]) =>
    article(merchantId, {
      articleId,
      version: number,
      name: `v${number}`,
      eans,
      group: 'apparel',
      weightGrams: 180,
      dimensions: { lengthMm: 2_000, widthMm: 3_000, heightMm: 4_000 },
      components: [{ sku: 'PART', quantity: 2 }],
      picture: { thumbKey: 't', webKey: 'w', fullKey: 'f' },
      hygiene: true,
    });
  await know(version(1, ['96385074']), version(3, ['4006381333948', '4006381333955']), version(2, ['96385074']));
  await know(version(2, ['96385074']));
  const known = await read(fixture.deps, worker, (em) => findArticles(em, merchantId, ['SHIRT-M', 'UNKNOWN']));
  expect([...known.keys()]).toEqual(['SHIRT-M']);
  expect(known.get('SHIRT-M')).toEqual({
    articleId,
    merchantId,
    sku: 'SHIRT-M',
    name: 'v3',
    eans: ['4006381333948', '4006381333955'],
    group: 'apparel',
    weightGrams: 180,
    lengthMm: 2_000,
    widthMm: 3_000,
    heightMm: 4_000,
    volumeMm3: 24_000_000_000,
    picture: { thumbKey: 't', webKey: 'w', fullKey: 'f' },
    serialTracked: false,
    batchTracked: false,
    bestBeforeTracked: false,
    hygiene: true,
    components: [{ sku: 'PART', quantity: 2 }],
    variantOf: null,
    condition: 'a',
    active: true,
  });
  expect((await scan('96385074')).articles).toEqual([]);
  expect((await scan('4006381333955')).articles).toMatchObject([
    { articleId, picture: { thumb: expect.stringContaining(`/articles/${articleId}/picture/thumb?`) } },
  ]);
  await know({ ...version(4, []), picture: null });
  expect((await scan('4006381333955')).articles).toEqual([]);
  expect((await scan('SHIRT-M', userOf(merchantId))).articles).toMatchObject([{ name: 'v4', picture: null }]);
});

test('A11 serial and batch numbers of every shipment of an order are known, once', async () => {
  const merchantId = await fixture.merchant();
  const first = shipmentOf(merchantId, 'SERIAL', [{ sku: 'PHONE', quantity: 2 }]);
  const second = { ...shipmentOf(merchantId, 'SERIAL', [{ sku: 'PHONE', quantity: 1 }]), orderId: first.orderId };
  const plain = shipmentOf(merchantId, 'PLAIN', [{ sku: 'PHONE', quantity: 1 }]);
  const noted = (shipment: typeof first, serialNumbers: string[], batchNumber: string) => ({
    ...shipment,
    lines: shipment.lines.map((line) => ({ ...line, serialNumbers, batchNumber })),
  });
  const shipments = [noted(first, ['SN-1', 'SN-2'], 'LOT-A'), noted(second, ['SN-3'], 'LOT-B'), plain];
  const keep = () =>
    inTransaction(fixture.deps.orm, 'staff', (em) =>
      keepShippedOrders({ em } as never, shipments.map((payload) => ({ payload })) as never),
    );
  await keep();
  await keep();
  const known = (orderId: string, sku: string, actor = worker) =>
    read(fixture.deps, actor, async (em) => [
      (await shippedSerials(em, orderId, sku)).sort(),
      (await shippedBatches(em, orderId, sku)).sort(),
    ]);
  expect(await known(first.orderId, 'PHONE')).toEqual([
    ['SN-1', 'SN-2', 'SN-3'],
    ['LOT-A', 'LOT-B'],
  ]);
  expect(await known(first.orderId, 'CASE')).toEqual([[], []]);
  expect(await known(plain.orderId, 'PHONE')).toEqual([[], []]);
  expect(await known(first.orderId, 'PHONE', userOf(await fixture.merchant()))).toEqual([[], []]);
});

test('a scanned code is looked up by an index, also within row security', async () => {
  const plan = await inTransaction(fixture.deps.orm, [newId()], async (em) => {
    await rows(em, sql`set local enable_seqscan = off`);
    return rows<Record<string, string>>(
      em,
      sql`explain with recursive ${scanned(['4006381333931'])} select * from scanned
          join returns.return_item i on i.sku = scanned.sku and i.merchant_id = scanned.merchant_id`,
    );
  });
  const text = plan.map((row) => row['QUERY PLAN']).join('\n');
  for (const index of ['article_code_scanned', 'article_ref_any_merchant', 'bundle_component_sku', 'return_item_sku'])
    expect(text).toContain(index);
});
