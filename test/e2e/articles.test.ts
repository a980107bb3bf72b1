import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import sharp from 'sharp';
import type { Api } from '../support/api.ts';
import { setUpMerchant, shipOrder } from '../support/fixtures.ts';
import { hostileImages } from '../support/hostile-images.ts';
import { eventually } from '../support/open-files.ts';
import { until } from '../support/product.ts';
import { startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

jest.setTimeout(120_000);

interface Article {
  id: string;
  merchantId: string;
  version: number;
  sku: string;
  name: string;
  eans: string[];
  weightGrams: number | null;
  picture: { links: Record<'thumb' | 'web' | 'full', string> } | null;
}
interface Found {
  returns: { id: string }[];
  orders: { orderId: string }[];
  articles: (Omit<Article, 'picture'> & { picture: Record<'thumb' | 'web' | 'full', string> | null })[];
}

let product: WholeProduct;
let merchantId: string;
let worker: Api;
let lead: Api;
let decider: Api;
let viewer: Api;
let stranger: Api;
let key: Api;

beforeAll(async () => {
  product = await startWholeProduct();
  merchantId = await setUpMerchant(product.admin, { number: 'A-1', name: 'Alpha Wohnen GmbH' });
  const foreignId = await setUpMerchant(product.admin, { number: 'B-1', name: 'Beta Licht GmbH' });
  [worker, lead, decider, viewer, stranger] = (
    await Promise.all([
      product.person(['worker']),
      product.person(['lead']),
      product.person(['merchantDecider'], [merchantId]),
      product.person(['merchantViewer'], [merchantId]),
      product.person(['merchantDecider'], [foreignId]),
    ])
  ).map(({ api }) => api) as [Api, Api, Api, Api, Api];
  key = await product.apiKey([merchantId]);
});
afterAll(() => product?.close());

const bySku = async (sku: string, api = worker) =>
  (await api.get<{ items: Article[] }>(`/articles?merchantId=${merchantId}&sku=${sku}`)).items[0]!;
const json = (body: unknown, headers = {}) => ({
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json', ...headers },
});
const sendPicture = (api: Api, id: string, bytes: Uint8Array) => {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(bytes)]), 'a.jpg');
  return api.raw('PUT', `/articles/${id}/picture`, { body: form });
};
const problem = async (response: Response) => {
  const { errors = [] } = (await response.json()) as { errors?: { path: string }[] };
  return { status: response.status, paths: errors.map((error) => error.path) };
};
const objects = () =>
  readdirSync(path.join(product.dir, 'objects'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .toSorted();
const rows = () =>
  product.query(
    `select (select count(*) from orders.article) as articles, (select sum(version) from orders.article) as versions,
       (select count(*) from orders.article_ean) as eans, (select count(*) from messaging.event) as events`,
  );

test('A1 an article that an order made gets its EAN at the packing table, and from then on a scan finds return, order and picture', async () => {
  const orderId = await shipOrder(product.admin, merchantId, 'B-1001');
  const article = await bySku('SKU-1');
  expect(article).toMatchObject({ name: 'Teelichthalter', version: 1, eans: [] });
  const parcel = await worker.post('/returns', { merchantId, items: [{ sku: 'SKU-1', quantity: 1 }] });
  expect(await worker.get('/returns/lookup?code=4006381333931')).toMatchObject({
    returns: [],
    orders: [],
    articles: [],
  });

  await worker.post(`/articles/${article.id}/eans`, { ean: '4006381333931' });
  const photo = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#cc2200' } })
    .jpeg()
    .toBuffer();
  const response = await sendPicture(worker, article.id, photo);
  expect([response.status, response.headers.get('etag')]).toEqual([200, '"3"']);
  const found = await until('the scan to find all of it', async () => {
    const answer = await worker.get<Found>('/returns/lookup?code=04006381333931');
    return answer.articles[0]?.picture && answer.returns[0] && answer.orders[0] && answer;
  });
  expect(found.returns.map(({ id }) => id)).toEqual([parcel.id]);
  expect(found.orders.map((order) => order.orderId)).toEqual([orderId]);
  expect(found.articles).toMatchObject([{ merchantId, sku: 'SKU-1', eans: ['4006381333931'] }]);

  // the link shows the picture without a log-in, and is good for this picture only
  const { thumb } = found.articles[0]!.picture!;
  const shown = await fetch(product.url + thumb);
  expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
  expect((await sharp(Buffer.from(await shown.arrayBuffer())).metadata()).width).toBe(320);
  expect((await fetch(product.url + thumb.replace('/thumb', '/full'))).status).toBe(403);
  expect((await fetch(`${product.url}/api/v1/articles/${article.id}/picture/thumb`)).status).toBe(401);
  expect((await viewer.raw('GET', `/articles/${article.id}/picture/web`)).status).toBe(200);
});

test('K10 who may do what with an article', async () => {
  const { id } = await lead.post('/articles', { merchantId, sku: 'MUG', name: 'Becher' });
  const patch = { name: 'Becher, blau' };
  const status = async (api: Api, method: string, to: string, body?: object) =>
    (await api.raw(method, to, body ? json(body) : {})).status;
  const create = (sku: string) => ({ merchantId, sku, name: 'x' });
  const tries: [string, Api, number, number, number, number, number][] = [
    // create, bulk, read, change name, add EAN
    ['worker', worker, 403, 403, 200, 403, 200],
    ['lead', lead, 201, 200, 200, 200, 200],
    ['viewer', viewer, 403, 403, 200, 403, 403],
    ['decider', decider, 403, 403, 200, 200, 200],
    ['key of the merchant', key, 201, 200, 200, 200, 200],
    ['another merchant', stranger, 403, 403, 404, 404, 404],
  ];
  for (const [name, api, ...expected] of tries) {
    const answers = [
      await status(api, 'POST', '/articles', create(name)),
      await status(api, 'POST', '/articles/bulk', { merchantId, articles: [{ sku: `${name} 2`, name: 'x' }] }),
      await status(api, 'GET', `/articles/${id}`),
      await status(api, 'PATCH', `/articles/${id}`, patch),
      await status(api, 'POST', `/articles/${id}/eans`, { ean: 'MUG-1' }),
    ];
    expect([name, ...answers]).toEqual([name, ...expected]);
  }
  const refused = await decider.raw('PATCH', `/articles/${id}`, json({ name: 'x', hygiene: true }));
  expect(await problem(refused)).toEqual({ status: 403, paths: ['hygiene'] });
  const stale = await lead.raw('PATCH', `/articles/${id}`, json({ name: 'x' }, { 'if-match': '"1"' }));
  expect(stale.status).toBe(412);
  const foreign = await stranger.get<{ items: Article[] }>(`/articles?merchantId=${merchantId}`);
  expect(foreign.items).toEqual([]);
});

test('J30 bad input is refused with the name of the field, and nothing is kept', async () => {
  const { id } = await bySku('MUG');
  await lead.post('/articles', { merchantId, sku: 'TAKEN', name: 'x', eans: ['96385074'] });
  const article = (fields: object) => ({ merchantId, sku: 'BAD', name: 'x', ...fields });
  const tries: [string, string, object, number, string][] = [
    ['POST', '/articles', article({ sku: '' }), 422, 'sku'],
    ['POST', '/articles', article({ sku: 'x'.repeat(81) }), 422, 'sku'],
    ['POST', '/articles', article({ name: undefined }), 422, 'name'],
    ['POST', '/articles', article({ eans: ['4006381333930'] }), 422, 'eans.0'],
    ['POST', '/articles', article({ eans: ['96385074'] }), 409, 'eans.0'],
    ['POST', '/articles', article({ weightGrams: 0 }), 422, 'weightGrams'],
    ['POST', '/articles', article({ weightGrams: '5' }), 422, 'weightGrams'],
    ['POST', '/articles', article({ dimensions: { lengthMm: 1, widthMm: 1 } }), 422, 'dimensions.heightMm'],
    [
      'POST',
      '/articles',
      article({ dimensions: { lengthMm: 1, widthMm: 1, heightMm: 1.5 } }),
      422,
      'dimensions.heightMm',
    ],
    ['POST', '/articles', article({ components: [{ sku: 'NOWHERE', quantity: 1 }] }), 422, 'components.0.sku'],
    ['POST', '/articles', article({ components: [{ sku: 'TAKEN', quantity: 0 }] }), 422, 'components.0.quantity'],
    ['POST', '/articles', article({ components: [{ sku: 'BAD', quantity: 1 }] }), 422, 'components.0.sku'],
    ['POST', '/articles', article({ condition: 'b' }), 422, 'condition'],
    ['POST', '/articles', article({ variantOf: merchantId, condition: 'b' }), 422, 'variantOf'],
    ['POST', '/articles', article({ origin: 'order' }), 422, 'origin'],
    ['POST', '/articles', article({ version: 7 }), 422, 'version'],
    ['POST', '/articles', article({ sku: 'TAKEN' }), 409, 'sku'],
    ['PATCH', `/articles/${id}`, { sku: 'OTHER' }, 422, 'sku'],
    ['PATCH', `/articles/${id}`, { merchantId }, 422, 'merchantId'],
    ['PATCH', `/articles/${id}`, { name: 'a\u0000b' }, 422, 'name'],
    ['PATCH', `/articles/${id}`, { eans: ['A-1', 'A-1'] }, 422, 'eans.1'],
    ['PATCH', `/articles/${id}`, { group: '' }, 422, 'group'],
    ['POST', `/articles/${id}/eans`, { ean: '12345678' }, 422, 'ean'],
    ['POST', `/articles/${id}/eans`, { ean: '96385074' }, 409, 'ean'],
    ['POST', '/articles/bulk', { merchantId, articles: [] }, 422, 'articles'],
    [
      'POST',
      '/articles/bulk',
      { merchantId, articles: [{ sku: 'MUG', weightGrams: 1 }, { sku: 'NEW' }] },
      422,
      'articles.1.name',
    ],
  ];
  const before = await rows();
  for (const [method, to, body, status, field] of tries) {
    const answer = await problem(await lead.raw(method, to, json(body)));
    expect({ body, ...answer }).toEqual({ body, status, paths: [field] });
  }
  expect(await problem(await lead.raw('GET', '/articles?ean=%00'))).toEqual({ status: 422, paths: ['ean'] });
  expect((await lead.raw('GET', `/articles/${id}/picture/huge`)).status).toBe(422);
  expect((await lead.raw('GET', `/articles/${id}/picture/web`)).status).toBe(404);
  expect(await rows()).toEqual(before);
});

test('J30 hostile pictures are refused and leave nothing', async () => {
  const { id } = await bySku('MUG');
  const before = { rows: await rows(), objects: objects() };
  for (const { bytes, code } of await hostileImages()) expect((await sendPicture(worker, id, bytes)).status).toBe(code);
  expect((await sendPicture(viewer, id, Buffer.from('x'))).status).toBe(403);
  expect((await sendPicture(decider, id, Buffer.from('x'))).status).toBe(415);
  expect((await sendPicture(worker, merchantId, Buffer.from('x'))).status).toBe(404);
  expect((await worker.raw('PUT', `/articles/${id}/picture`, json({}))).status).toBe(415);
  await eventually(() => JSON.stringify(objects()) === JSON.stringify(before.objects));
  expect(await rows()).toEqual(before.rows);
});
