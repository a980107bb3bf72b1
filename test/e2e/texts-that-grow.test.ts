import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { uuidv7 } from '../../shared/kernel/ids.ts';
import type { Api } from '../support/api.ts';
import { setUpIssuer, setUpMerchant } from '../support/fixtures.ts';
import { photoWithEverything } from '../support/photos.ts';
import { until } from '../support/product.ts';
import { startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

jest.setTimeout(120_000);

/** One letter that is kept as two, so texts of it are twice as long once they are normalised. */
const grows = (times: number): string => '\u0958'.repeat(times);

let product: WholeProduct;
let merchantId: string;
let worker: Api;
let lead: Api;

beforeAll(async () => {
  product = await startWholeProduct();
  await setUpIssuer(product.admin, '2026-11-01');
  merchantId = await setUpMerchant(product.admin, { number: 'A-1', name: 'Alpha Wohnen GmbH' });
  [worker, lead] = [(await product.person(['worker'])).api, (await product.person(['lead'])).api];
});
afterAll(() => product?.close());

interface Parcel {
  id: string;
  state: string;
  items: { id: string }[];
}
const announce = (fields: object, item: object = {}) =>
  worker.post<Parcel>('/returns', { merchantId, ...fields, items: [{ name: 'Tasse', quantity: 1, ...item }] });

test.each([
  ['orderNumber', { orderNumber: grows(41) }, {}],
  ['externalNumber', { externalNumber: grows(80) }, {}],
  ['items.0.name', {}, { name: grows(151) }],
])('a return whose %s is too long only once it is normalised is refused, not broken', async (path, fields, item) => {
  const before = await product.query('select count(*)::int from returns.return');
  await expect(announce(fields, item)).rejects.toMatchObject({ status: 422, problem: { errors: [{ path }] } });
  expect(await product.query('select count(*)::int from returns.return')).toEqual(before);
});

test('a return whose texts are as long as they may be once they are normalised is completed', async () => {
  const texts = { orderNumber: grows(40), externalNumber: grows(40), trackingNumber: grows(40), carrier: grows(20) };
  const { id, items } = await announce(texts, { sku: grows(40), name: grows(150), externalReason: grows(40) });
  await worker.post(`/returns/${id}/receive`);
  const bytes = await photoWithEverything(6, 600, 400);
  await worker.upload(
    `/returns/${id}/photos`,
    { clientPhotoId: 'cup', itemId: items[0]!.id },
    { bytes, name: 'a.jpg', type: 'image/jpeg' },
  );
  const finding = { quantity: 1, grade: 'C', note: grows(1_000), batchNumber: grows(40), disposition: 'dispose' };
  await worker.post(`/returns/${id}/items/${items[0]!.id}/inspection`, finding);
  expect(await worker.post<Parcel>(`/returns/${id}/complete`)).toMatchObject({ state: 'completed' });
  await until('every consumer to have read it', async () => {
    const [open] = await product.query<{ count: number }>(
      'select count(*)::int from messaging.delivery where done_at is null',
    );
    return open!.count === 0;
  });
});

test('a letter whose subject is too long once it is normalised is neither stored nor mailed; one that fits is sent once', async () => {
  const letter = { to: 'merchant', merchantId, body: grows(2_500), about: { type: 'merchant', id: merchantId } };
  const id = uuidv7(new Date());
  await expect(lead.post('/messages', { ...letter, id, subject: grows(150) })).rejects.toMatchObject({
    status: 422,
    problem: { errors: [{ path: 'subject' }] },
  });
  expect(await product.query('select id from notifications.letter')).toEqual([]);
  const sent = await lead.post('/messages', { ...letter, id, subject: grows(75) });
  expect(sent).toMatchObject({ id, subject: grows(75).normalize('NFC') });
  // sent again, as a client does that heard no answer
  expect(await lead.post('/messages', { ...letter, id, subject: grows(75) })).toMatchObject({ id });
  expect(await product.query('select id from notifications.letter')).toEqual([{ id }]);
});
