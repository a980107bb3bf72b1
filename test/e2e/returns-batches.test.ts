import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Api } from '../support/api.ts';
import { setUpIssuer, setUpMerchant } from '../support/fixtures.ts';
import { photoWithEverything } from '../support/photos.ts';
import { until } from '../support/product.ts';
import { hasPdftoppm, printed, scanned } from '../support/scan.ts';
import { startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

jest.setTimeout(120_000);

interface Batch {
  id: string;
  state: string;
  closedBy: string | null;
  pieces: number;
  checkedPieces: number;
  labelCode: string;
  items: { itemId: string; returnId: string; labelCode: string; photo: { links: { thumb: string } } | null }[];
  disputes: { id: string; outcome: string | null }[];
}
interface Parcel {
  id: string;
  items: { id: string; rtvBatchId: string | null }[];
}

let product: WholeProduct;
let merchantId: string;
let worker: Api;
let finance: Api;
let decider: Api;
let viewer: Api;
let stranger: Api;
let photo: Buffer;
let batch: Batch;

beforeAll(async () => {
  product = await startWholeProduct();
  await setUpIssuer(product.admin, '2026-11-01');
  const merchant = { returnPolicy: { batch: { maxPieces: 2 } } };
  merchantId = await setUpMerchant(product.admin, { number: 'A-1', name: 'Alpha Wohnen GmbH', merchant });
  const otherId = await setUpMerchant(product.admin, { number: 'B-1', name: 'Beta OHG' });
  const people = await Promise.all([
    product.person(['worker', 'lead']),
    product.person(['finance']),
    product.person(['merchantDecider'], [merchantId]),
    product.person(['merchantViewer'], [merchantId]),
    product.person(['merchantDecider'], [otherId]),
  ]);
  [worker, finance, decider, viewer, stranger] = people.map(({ api }) => api) as [Api, Api, Api, Api, Api];
  photo = await photoWithEverything(6, 600, 400);
});
afterAll(() => product?.close());

const file = (bytes: Uint8Array | string, name = 'a.csv', type = 'text/csv') => ({
  bytes: Buffer.from(bytes),
  name,
  type,
});
const pdfOf = async (api: Api, path: string): Promise<Buffer> => {
  const response = await api.raw('GET', path);
  expect([path, response.status, response.headers.get('content-type')]).toEqual([path, 200, 'application/pdf']);
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  return Buffer.from(await response.arrayBuffer());
};
const look = (api: Api = worker) => api.get<Batch>(`/rtv-batches/${batch.id}`);
const step = (name: string, body: object = {}, api = worker) =>
  api.post<Batch>(`/rtv-batches/${batch.id}/${name}`, body);

/** A return of one unsellable piece, completed. @returns its batch */
async function collect(): Promise<string> {
  const parcel = await worker.post<Parcel>('/returns', {
    merchantId,
    items: [{ sku: 'VASE-1', name: 'Vase', quantity: 1 }],
  });
  const path = `/returns/${parcel.id}`;
  const itemId = parcel.items[0]!.id;
  await worker.post(`${path}/receive`);
  await worker.upload(
    `${path}/photos`,
    { clientPhotoId: 'one', itemId },
    { bytes: photo, name: 'a.jpg', type: 'image/jpeg' },
  );
  await worker.post(`${path}/items/${itemId}/inspection`, { quantity: 1, grade: 'D', note: 'Bruch am Hals' });
  return (await worker.post<Parcel>(`${path}/complete`)).items[0]!.rtvBatchId!;
}

test('C5 a batch closes with the piece that fills it', async () => {
  await until('returns to know the policy', async () => {
    const [known] = await product.query(
      `select 1 from returns.merchant_ref where merchant_id = $1 and return_policy #>> '{batch,maxPieces}' = '2'`,
      [merchantId],
    );
    return known;
  });
  const id = await collect();
  expect(await collect()).toBe(id);
  batch = await worker.get<Batch>(`/rtv-batches/${id}`);
  expect(batch).toMatchObject({ state: 'closing', closedBy: 'pieces', pieces: 2, items: [{ photo: {} }, {}] });
});

(hasPdftoppm ? test : test.skip)('A15 labels are printed, and scanning them opens the item and the box', async () => {
  const [item] = batch.items;
  for (const format of ['62x29', 'a6']) {
    const [bars] = await scanned(
      printed(await pdfOf(worker, `/labels/items/${item!.itemId}/label.pdf?format=${format}`), 203)[0]!,
    );
    const { items } = await worker.get<{ items: object[] }>(`/returns/lookup?code=${encodeURIComponent(bars!.text)}`);
    expect(items).toMatchObject([{ itemId: item!.itemId, returnId: item!.returnId, labelCode: item!.labelCode }]);
    const [box] = await scanned(
      printed(await pdfOf(worker, `/rtv-batches/${batch.id}/label.pdf?format=${format}`), 203)[0]!,
    );
    const { batches } = await worker.get<{ batches: object[] }>(`/returns/lookup?code=${box!.text}`);
    expect(batches).toMatchObject([{ id: batch.id, pieces: 2 }]);
  }
  await pdfOf(worker, `/returns/${item!.returnId}/labels.pdf`);
  const refused = await worker.raw('GET', `/labels/items/${item!.itemId}/label.pdf?format=a4`);
  expect(refused.status).toBe(422);
});

test('C7 the contents are checked by scanning, labelled, packed, listed with photos and handed over', async () => {
  const [one, two] = batch.items.map(({ itemId }) => itemId);
  expect(await step('check', { itemId: one })).toMatchObject({ checkedPieces: 1 });
  await expect(step('pack')).rejects.toMatchObject({
    ...{ status: 409, problem: { code: 'RTV_BATCH_NOT_CHECKED', errors: [{ path: `items.${two}` }] } },
  });
  await step('check', { itemId: two });
  expect(await step('pack')).toMatchObject({ state: 'packed', checkedPieces: 2 });
  const list = await pdfOf(viewer, `/rtv-batches/${batch.id}/packing-list.pdf`);
  expect(list.toString('latin1').match(/\/Subtype \/Image/g)).toHaveLength(2);
  await worker.upload(`/rtv-batches/${batch.id}/carrier-label`, {}, file(list, 'label.pdf', 'application/pdf'));
  expect((await pdfOf(worker, `/rtv-batches/${batch.id}/carrier-label.pdf`)).equals(list)).toBe(true);
  await step('dispatch', { carrier: 'DHL', trackingNumber: '00340-B', parcels: 1, weightGrams: 900 });
});

test('C7 a label of a carrier that is none is refused, and nothing of it stays', async () => {
  const to = `/rtv-batches/${batch.id}/carrier-label`;
  const before = await pdfOf(worker, `${to}.pdf`);
  for (const [bytes, status] of [
    ['', 422],
    ['<svg onload="alert(1)"/>', 415],
    ['GIF89a', 415],
    ['%PDF-1.7\n%cut off', 422],
    [photo.subarray(0, 400), 422],
    [Buffer.alloc(5_000_001, '%PDF-'), 413],
  ] as const)
    await expect(worker.upload(to, {}, file(bytes, '../../x.pdf', 'application/pdf'))).rejects.toMatchObject({
      status,
    });
  expect((await pdfOf(worker, `${to}.pdf`)).equals(before)).toBe(true);
});

test('C8 the merchant disputes a piece, and finance settles it', async () => {
  const [one] = batch.items.map(({ itemId }) => itemId);
  const items = [{ itemId: one, quantity: 1, reason: 'damaged', note: 'Karton nass' }];
  await expect(step('dispute', { items }, viewer)).rejects.toMatchObject({ status: 403 });
  await expect(step('dispute', { items: [{ ...items[0], quantity: 2 }] }, decider)).rejects.toMatchObject({
    status: 422,
  });
  await expect(step('dispute', { items: [] }, decider)).rejects.toMatchObject({ status: 422 });
  const { disputes } = await step('dispute', { items }, decider);
  const resolutions = [{ disputeId: disputes[0]!.id, outcome: 'credited', note: 'Gutgeschrieben' }];
  await expect(step('resolve', { resolutions }, decider)).rejects.toMatchObject({ status: 403 });
  expect(await step('resolve', { resolutions }, finance)).toMatchObject({
    state: 'resolved',
    disputes: [{ outcome: 'credited' }],
  });
});

test('C6 an open batch is called off by a lead, and the reason stands in the trail', async () => {
  const id = await collect();
  const cancelled = await worker.post<Batch>(`/rtv-batches/${id}/cancel`, { reason: 'Händler holt selbst ab' });
  expect(cancelled).toMatchObject({ state: 'cancelled', pieces: 0 });
  await expect(worker.post(`/rtv-batches/${id}/cancel`, { reason: 'x' })).rejects.toMatchObject({ status: 409 });
});

test('K10 nothing of a batch, a label, a slip or an announcement is another merchant’s', async () => {
  const [{ itemId, returnId }] = batch.items as [Batch['items'][number]];
  const announced = await decider.post<Parcel>('/returns', {
    merchantId,
    externalNumber: 'RMA-9',
    items: [{ name: 'Vase', quantity: 1 }],
  });
  await pdfOf(viewer, `/returns/${announced.id}/return-slip.pdf?language=en`);
  const reads = ['packing-list.pdf', 'carrier-label.pdf', ''].map((what) =>
    `/rtv-batches/${batch.id}/${what}`.replace(/\/$/, ''),
  );
  for (const path of [...reads, `/returns/${announced.id}/return-slip.pdf`])
    expect([path, (await stranger.raw('GET', path)).status]).toEqual([path, 404]);
  const ofTheHouse = [
    `/labels/items/${itemId}/label.pdf`,
    `/returns/${returnId}/labels.pdf`,
    `/rtv-batches/${batch.id}/label.pdf`,
  ];
  for (const path of ofTheHouse) expect([path, (await decider.raw('GET', path)).status]).toEqual([path, 403]);
  const complaint = { items: [{ itemId, quantity: 1, reason: 'missing' }] };
  await expect(step('dispute', complaint, stranger)).rejects.toMatchObject({ status: 404 });
  for (const [name, body] of [
    ['check', { itemId }],
    ['pack', {}],
    ['cancel', { reason: 'x' }],
    ['resolve', { resolutions: [] }],
  ] as const)
    await expect(step(name, body, stranger)).rejects.toMatchObject({ status: 403 });
  await expect(
    stranger.upload('/returns/announcements', { merchantId }, file('rma;sku;quantity\nX;A;1')),
  ).rejects.toMatchObject({
    status: 404,
  });
  expect((await look(stranger).catch((error: { status: number }) => error.status)) as unknown).toBe(404);
  const { items, batches } = await stranger.get<{ items: object[]; batches: object[] }>(
    `/returns/lookup?code=${batch.labelCode}`,
  );
  expect([items, batches]).toEqual([[], []]);
});

test('C12 a file of announcements is tried, sent, sent again and, with a mistake, refused as a whole', async () => {
  const text =
    'RMA-Nummer;Artikelnummer;Menge;Grund\r\nF-1;VASE-1;1;Zu groß\r\nF-1;CUP-1;2;\r\nF-2;VASE-1;1;Defekt\r\n';
  const send = (content: string | Uint8Array, fields: Record<string, string> = {}) =>
    decider.upload<Record<string, unknown>>('/returns/announcements', fields, file(content));
  const stored = async () =>
    (await product.query<{ n: string }>(`select count(*) as n from returns.return where channel = 'csv'`))[0]!.n;
  const outcome = { created: 2, unchanged: 0, errors: [], ignoredColumns: [] };
  expect(await send(text, { dryRun: 'true' })).toEqual(outcome);
  expect(await stored()).toBe('0');
  expect(await send(Buffer.from(text, 'latin1'))).toEqual(outcome);
  expect(await send(Buffer.from(`\ufeff${text}`, 'utf16le'))).toEqual({ ...outcome, created: 0, unchanged: 2 });
  const wrong = `${text}F-3;VASE-1;zwei;\r\n`;
  await expect(send(wrong)).rejects.toMatchObject({
    ...{ status: 422, problem: { code: 'ANNOUNCEMENTS_INVALID', errors: [{ path: 'lines.5.quantity' }] } },
  });
  expect(await send(wrong, { dryRun: 'true' })).toMatchObject({
    errors: [{ line: 5, field: 'quantity', code: 'NOT_A_QUANTITY' }],
  });
  for (const [content, status] of [
    ['', 422],
    ['\u0000\u0000', 422],
    ['rma;sku;quantity\n"F-9;A;1', 422],
    [`rma;sku;quantity${';x'.repeat(100_000)}`, 422],
    [`rma;sku;quantity\n${'F-9;A;1\n'.repeat(5_001)}`, 422],
    ['x'.repeat(5_000_001), 413],
  ] as const)
    await expect(send(content)).rejects.toMatchObject({ status });
  await expect(send(text, { dryRun: 'yes' })).rejects.toMatchObject({ status: 422 });
  await expect(send(text, { unknown: 'x' })).rejects.toMatchObject({ status: 422 });
  expect(await stored()).toBe('2');
  const template = await decider.raw('GET', '/returns/announcements/template.csv?language=en');
  expect(template.headers.get('content-disposition')).toMatch(/^attachment; .*announce-returns\.csv/);
  expect(await send(new Uint8Array(await template.arrayBuffer()), { dryRun: 'true' })).toMatchObject({
    created: 2,
    errors: [],
  });
});

test('C13 the consumer gets a mail with a link to the sheet, and opens it without a log-in', async () => {
  const { id: orderId } = await product.admin.post('/orders', {
    ...{ merchantId, channel: 'shop', externalNumber: 'A-77', country: 'DE', orderedAt: '2026-10-05T10:00:00Z' },
    consumer: { name: 'Erika Muster', email: 'erika@example.org' },
    lines: [{ sku: 'VASE-1', name: 'Vase', quantity: 1 }],
  });
  await product.admin.post(`/orders/${orderId}/shipments`, {
    ...{ weightGrams: 800, carrier: 'DHL', trackingNumber: 'T-77', shippedAt: '2026-10-06T10:00:00Z' },
  });
  await until('returns to know the order', async () => {
    const { orders } = await worker.get<{ orders: object[] }>('/returns/lookup?code=A-77');
    return orders.length > 0;
  });
  const parcel = await decider.post<Parcel>('/returns', {
    ...{ merchantId, externalNumber: 'RMA-77', orderNumber: 'A-77', items: [{ sku: 'VASE-1', quantity: 1 }] },
  });
  const send = (api: Api) => api.post<{ messageId: string }>(`/returns/${parcel.id}/send-slip`, { language: 'de' });
  await expect(send(viewer)).rejects.toMatchObject({ status: 403 });
  await expect(send(stranger)).rejects.toMatchObject({ status: 404 });
  const { messageId } = await send(decider);
  expect((await send(worker)).messageId).toBe(messageId);
  const mail = await until('the mail', () => product.mails.find(({ subject }) => subject?.includes('Retourenschein')));
  expect(mail.to).toMatchObject({ text: 'erika@example.org' });
  const link = /https?:\/\/\S+return-slip\/de\?expires=\d+&signature=[\w-]+/.exec(mail.text ?? '')![0];
  const sheet = await fetch(link);
  expect([sheet.status, sheet.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  expect((await fetch(link.replace('/de?', '/en?'))).status).toBe(403);
  expect((await fetch(link.replace(parcel.id, batch.items[0]!.returnId))).status).toBe(403);
  const withoutOrder = await decider.post<Parcel>('/returns', { merchantId, items: [{ name: 'Vase', quantity: 1 }] });
  await expect(decider.post(`/returns/${withoutOrder.id}/send-slip`, {})).rejects.toMatchObject({ status: 422 });
  const changed = await decider.put<Parcel>(`/returns/${parcel.id}/items`, { items: [{ sku: 'VASE-1', quantity: 2 }] });
  expect(changed).toMatchObject({ items: [{ sku: 'VASE-1', quantity: 2 }] });
  await expect(stranger.put(`/returns/${parcel.id}/items`, { items: [] })).rejects.toMatchObject({ status: 404 });
});
