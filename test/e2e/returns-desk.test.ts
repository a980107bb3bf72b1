import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { ParsedMail } from 'mailparser';
import sharp from 'sharp';
import { uuidv7 } from '../../shared/kernel/ids.ts';
import type { Api } from '../support/api.ts';
import { setUpIssuer, setUpMerchant, shipOrder } from '../support/fixtures.ts';
import { hasPdftotext, textOf } from '../support/pdf.ts';
import { BLUE, expectQuarters, GREEN, photoWithEverything, RED, WHITE } from '../support/photos.ts';
import { until } from '../support/product.ts';
import { startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

jest.setTimeout(120_000);

interface Item {
  id: string;
  sku: string | null;
  quantity: number;
  state: string;
  rtvBatchId: string | null;
}
interface Parcel {
  id: string;
  number: string;
  state: string;
  matchState: string;
  merchantId: string | null;
  revision: number;
  items: Item[];
  photos: { id: string }[];
  pieces: Record<string, number>;
}
interface Charge {
  chargeType: string;
  quantity: string;
  revision: number;
  reference: { id?: string };
  state: string;
}

let product: WholeProduct;
let merchantId: string;
let worker: Api;
let lead: Api;
let decider: Api;
let viewer: Api;
let photo: Buffer;
let parcel: Parcel;
let batchId: string;

beforeAll(async () => {
  product = await startWholeProduct();
  await setUpIssuer(product.admin, '2026-11-01');
  merchantId = await setUpMerchant(product.admin, { number: 'A-1', name: 'Alpha Wohnen GmbH' });
  const people = await Promise.all([
    product.person(['worker']),
    product.person(['lead']),
    product.person(['merchantDecider'], [merchantId]),
    product.person(['merchantViewer'], [merchantId]),
  ]);
  [worker, lead, decider, viewer] = people.map(({ api }) => api) as [Api, Api, Api, Api];
  photo = await photoWithEverything(6, 600, 400);
  await shipOrder(product.admin, merchantId, 'A-1001', { pieces: 5 });
  await shipOrder(product.admin, merchantId, 'A-1002', { pieces: 2 });
});
afterAll(() => product?.close());

const upload = (api: Api, id: string, clientPhotoId: string, fields: Record<string, string> = {}) =>
  api.upload(
    `/returns/${id}/photos`,
    { clientPhotoId, ...fields },
    { bytes: photo, name: 'a.jpg', type: 'image/jpeg' },
  );
const inspect = (id: string, itemId: string, finding: object) =>
  worker.post<Parcel>(`/returns/${id}/items/${itemId}/inspection`, finding);

/** Charges of a return or batch by kind, once there are as many as wanted, and still as many a moment later. */
async function chargesOf(documentId: string, count: number): Promise<string[]> {
  const found = async () => {
    const { items } = await decider.get<{ items: Charge[] }>('/charges?limit=200');
    return items.filter(({ reference }) => reference.id === documentId);
  };
  await until(`${count} charges`, async () => (await found()).length >= count);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const charges = await found();
  expect(charges.every(({ state }) => state === 'accrued')).toBe(true);
  return charges
    .map(({ chargeType, quantity, revision }) => `${chargeType} ${Number(quantity)} r${revision}`)
    .toSorted();
}

const mailsAbout = (text: string): ParsedMail[] =>
  product.mails.filter(({ subject, html }) => `${subject} ${String(html)}`.includes(text));

test('a merchant announces a return, and the desk finds it by every code', async () => {
  const announced = await decider.post<Parcel>('/returns', {
    merchantId,
    externalNumber: 'RMA-77',
    orderNumber: 'A-1001',
    carrier: 'DHL',
    trackingNumber: '00340434161094000077',
    items: [
      { sku: 'VASE-1', name: 'Vase blau', quantity: 5, reason: 'Gefällt nicht' },
      { sku: 'CUP-1', name: 'Tasse', quantity: 2 },
    ],
  });
  expect(announced).toMatchObject({ state: 'announced', matchState: 'matched', merchantId });
  for (const code of ['RMA-77', '00340434161094000077', announced.number, 'A-1001', 'VASE-1']) {
    const { returns } = await worker.get<{ returns: { id: string }[] }>(`/returns/lookup?code=${code}`);
    expect(returns.map(({ id }) => id)).toContain(announced.id);
  }
  parcel = await worker.post<Parcel>(`/returns/${announced.id}/receive`);
  expect(parcel.state).toBe('received');
});

test('its pieces are photographed and inspected in parts, none is lost', async () => {
  const [vases, cups] = parcel.items as [Item, Item];
  await expect(worker.post(`/returns/${parcel.id}/complete`)).rejects.toMatchObject({
    status: 409,
    problem: { code: 'RETURN_NOTHING_INSPECTED', errors: parcel.items.map(({ id }) => ({ path: `items.${id}` })) },
  });
  await upload(worker, parcel.id, 'parcel');
  const { id } = await upload(worker, parcel.id, 'vase', { itemId: vases.id, takenAt: '2026-11-01T05:59:00Z' });
  await inspect(parcel.id, vases.id, { quantity: 3, grade: 'A', note: 'Wie neu', partId: uuidv7(new Date()) });
  await inspect(parcel.id, vases.id, { quantity: 2, grade: 'C', note: 'Sprung im Boden' });
  await expect(inspect(parcel.id, vases.id, { quantity: 9, grade: 'A' })).rejects.toMatchObject({ status: 422 });
  const scrapped = { quantity: 1, grade: 'D', note: 'Zerbrochen', disposition: 'dispose' };
  parcel = await inspect(parcel.id, cups.id, scrapped);
  expect(parcel.items.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(7);
  const served = await viewer.raw('GET', `/photos/${id}/web`);
  const bytes = Buffer.from(await served.arrayBuffer());
  await expectQuarters(bytes, [RED, GREEN, BLUE, WHITE]);
  expect((await sharp(bytes).metadata()).exif).toBeUndefined();
});

test('D11 the completed inspection makes the return charges once, however often the last step is asked for', async () => {
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => worker.raw('POST', `/returns/${parcel.id}/complete`)),
  );
  const statuses = answers.map(({ status }) => status);
  expect(statuses).toContain(200);
  expect(statuses.filter((status) => ![200, 409].includes(status))).toEqual([]);
  parcel = await worker.get<Parcel>(`/returns/${parcel.id}`);
  expect(parcel).toMatchObject({ state: 'processing', revision: 0, pieces: { expected: 7, received: 6, missing: 1 } });
  expect(await chargesOf(parcel.id, 5)).toEqual([
    'return_disposal 1 r0',
    'return_item 6 r0',
    'return_parcel 1 r0',
    'return_photo 1 r0',
    'return_restock 3 r0',
  ]);
});

test('goods go their way by themselves: restocked, disposed of, missing, and into the open batch', async () => {
  const states = parcel.items.map(({ sku, quantity, state }) => `${quantity} ${sku} ${state}`).toSorted();
  expect(states).toEqual(['1 CUP-1 disposed', '1 CUP-1 missing', '2 VASE-1 in_rtv_batch', '3 VASE-1 restocked']);
  const { items } = await viewer.get<{ items: { id: string; state: string; pieces: number }[] }>(
    '/rtv-batches?state=open',
  );
  expect(items).toMatchObject([{ pieces: 2 }]);
  batchId = items[0]!.id;
  const stock = await until('the stock movement', async () => {
    const { items: movements } = await viewer.get<{ items: { quantity: number }[] }>('/stock-movements?sku=VASE-1');
    return movements.length > 0 && movements;
  });
  expect(stock).toMatchObject([{ quantity: 3 }]);
});

test('the merchant gets one mail with the finding and the photos in it', async () => {
  const mail = await until('the mail', () => mailsAbout(parcel.number)[0]);
  expect((Array.isArray(mail.to) ? mail.to[0]! : mail.to!).text).toBe('retouren-a-1@example.com');
  expect(String(mail.html)).toContain('Sprung im Boden');
  const pictures = mail.attachments.filter(({ contentType }) => contentType === 'image/jpeg');
  expect(pictures.length).toBeGreaterThanOrEqual(2);
  for (const { contentDisposition, related, content } of pictures) {
    expect({ contentDisposition, related }).toEqual({ contentDisposition: 'inline', related: true });
    expect(content.toString('latin1')).not.toMatch(/SECRET|Exif/);
  }
  expect(String(mail.html)).not.toMatch(/src="cid:/);
  expect(mailsAbout(parcel.number)).toHaveLength(1);
});

test('the batch is closed, listed on paper, sent, delivered and confirmed by the merchant', async () => {
  await expect(decider.post(`/rtv-batches/${batchId}/confirm`)).rejects.toMatchObject({ status: 409 });
  const closed = await worker.post<{ number: string; state: string }>(`/rtv-batches/${batchId}/close`);
  const list = await viewer.raw('GET', `/rtv-batches/${batchId}/packing-list.pdf`);
  expect(list.status).toBe(200);
  expect(list.headers.get('content-type')).toBe('application/pdf');
  const pdf = Buffer.from(await list.arrayBuffer());
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  if (hasPdftotext) {
    const text = textOf(pdf);
    for (const part of [closed.number, 'VASE-1', 'Vase blau', parcel.number, 'Alpha Wohnen GmbH'])
      expect(text).toContain(part);
    expect(text).toMatch(/\b2\b/);
    expect(text).not.toContain('CUP-1');
  }
  const parcels = { carrier: 'DHL', trackingNumber: '00340434161094009999', parcels: 2, weightGrams: 3_500 };
  await worker.post(`/rtv-batches/${batchId}/dispatch`, parcels);
  expect(await chargesOf(batchId, 2)).toEqual(['rtv_freight 2 r0', 'rtv_handling 2 r0']);
  expect(String((await until('the mail', () => mailsAbout('00340434161094009999')[0])).html)).toContain('DHL');
  await worker.post(`/rtv-batches/${batchId}/deliver`);
  await expect(viewer.post(`/rtv-batches/${batchId}/confirm`)).rejects.toMatchObject({ status: 403 });
  expect(await decider.post(`/rtv-batches/${batchId}/confirm`)).toMatchObject({ state: 'confirmed' });
  expect(await viewer.get(`/returns/${parcel.id}`)).toMatchObject({ state: 'completed' });
  await expect(lead.post(`/returns/${parcel.id}/reopen`, { reason: 'zu spät' })).rejects.toMatchObject({ status: 409 });
});

test('D11 a reopened return is charged as its next revision, and the earlier charges get negative twins', async () => {
  const second = await worker.post<Parcel>('/returns', {
    merchantId,
    items: [{ sku: 'LAMP-1', name: 'Lampe', quantity: 2 }],
  });
  await worker.post(`/returns/${second.id}/receive`);
  await upload(worker, second.id, 'lamp');
  const itemId = second.items[0]!.id;
  await inspect(second.id, itemId, { quantity: 2, grade: 'C', note: 'Kratzer' });
  await worker.post(`/returns/${second.id}/complete`);
  const first = ['return_item 2 r0', 'return_parcel 1 r0', 'return_photo 1 r0'];
  expect(await chargesOf(second.id, 3)).toEqual(first);
  await lead.post(`/returns/${second.id}/reopen`, { reason: 'Nur Staub' });
  await inspect(second.id, itemId, { quantity: 2, grade: 'A', note: 'Wie neu', overrideReason: 'Staub' });
  expect(await worker.post<Parcel>(`/returns/${second.id}/complete`)).toMatchObject({
    state: 'completed',
    revision: 1,
  });
  expect(await chargesOf(second.id, 10)).toEqual(
    [
      ...first,
      ...['return_item -2 r0', 'return_parcel -1 r0', 'return_photo -1 r0'],
      ...['return_item 2 r1', 'return_parcel 1 r1', 'return_photo 1 r1', 'return_restock 2 r1'],
    ].toSorted(),
  );
  await until('two mails, one per revision', () => mailsAbout(second.number).length === 2);
});

test('D11 an undeliverable parcel comes back whole and is charged at the door', async () => {
  const back = await worker.post<Parcel>('/returns', {
    merchantId,
    kind: 'undeliverable',
    orderNumber: 'A-1002',
    trackingNumber: 'T-A-1002',
  });
  expect(back.items).toMatchObject([{ sku: 'SKU-1', quantity: 2 }]);
  await worker.post(`/returns/${back.id}/receive`);
  expect(await chargesOf(back.id, 1)).toEqual(['return_undeliverable 1 r0']);
  expect(await worker.post(`/returns/${back.id}/complete`)).toMatchObject({ state: 'completed' });
  expect(await chargesOf(back.id, 2)).toEqual(['return_restock 2 r0', 'return_undeliverable 1 r0']);
});

test('D11 a return of nobody known is taken in, and charged once its merchant is found; a cancelled one never', async () => {
  const blind = await worker.post<Parcel>('/returns', { trackingNumber: 'UNKNOWN-1' });
  expect(blind).toMatchObject({ merchantId: null, matchState: 'unknown_merchant' });
  await worker.post(`/returns/${blind.id}/receive`);
  const { items } = await worker.post<Parcel>(`/returns/${blind.id}/items`, {
    name: 'Karton mit Gläsern',
    quantity: 4,
  });
  const { id: photoId } = await upload(worker, blind.id, 'box', { kind: 'label' });
  await inspect(blind.id, items[0]!.id, { quantity: 4, grade: 'B', note: 'Ohne Karton' });
  await expect(worker.post(`/returns/${blind.id}/complete`)).rejects.toMatchObject({ status: 409 });
  expect((await viewer.raw('GET', `/returns/${blind.id}`)).status).toBe(404);
  expect((await viewer.raw('GET', `/photos/${photoId}/full`)).status).toBe(404);
  await worker.post(`/returns/${blind.id}/match`, { merchantId });
  expect((await viewer.raw('GET', `/photos/${photoId}/full`)).status).toBe(200);
  await worker.post(`/returns/${blind.id}/complete`);
  expect(await chargesOf(blind.id, 3)).toEqual(['return_item 4 r0', 'return_parcel 1 r0', 'return_photo 1 r0']);
  const cancelled = await decider.post('/returns', { merchantId, items: [{ name: 'x', quantity: 1 }] });
  await decider.post(`/returns/${cancelled.id}/cancel`);
  expect(await chargesOf(cancelled.id, 0)).toEqual([]);
});

test('the same request ten times at once has one effect', async () => {
  const id = uuidv7(new Date());
  const content = { id, merchantId, externalNumber: 'RMA-10', items: [{ name: 'Vase', quantity: 1 }] };
  const times = <Answer>(work: () => Promise<Answer>) => Promise.all(Array.from({ length: 10 }, work));
  const json = (body: object, headers: Record<string, string> = {}) => ({
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });
  const created = await times(() => decider.raw('POST', '/returns', json(content)));
  expect(created.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([...Array(9).fill(200), 201]);
  const other = await decider.raw('POST', '/returns', json({ ...content, note: 'anders' }));
  expect(other.status).toBe(409);

  const received = await times(() => worker.raw('POST', `/returns/${id}/receive`, json({})));
  expect(received.filter(({ status }) => ![200, 409].includes(status))).toEqual([]);
  const form = () => {
    const data = new FormData();
    data.set('clientPhotoId', 'same');
    data.set('file', new Blob([new Uint8Array(photo)]), 'a.jpg');
    return data;
  };
  const kept = await times(() => worker.raw('POST', `/returns/${id}/photos`, { body: form() }));
  expect(kept.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([...Array(9).fill(200), 201]);
  expect(new Set(await Promise.all(kept.map(async (one) => ((await one.json()) as { id: string }).id))).size).toBe(1);
  expect((await worker.get<Parcel>(`/returns/${id}`)).photos).toHaveLength(1);

  const keyed = () =>
    decider.raw('POST', '/returns', json({ merchantId, note: 'mit Schlüssel' }, { 'idempotency-key': 'k-1' }));
  const first = await times(keyed);
  expect(first.filter(({ status }) => ![201, 409].includes(status))).toEqual([]);
  const repeated = await keyed();
  expect(repeated.status).toBe(201);
  const [made] = await product.query<{ n: string }>(
    `select count(*) as n from returns.return where note = 'mit Schlüssel'`,
  );
  expect(made!.n).toBe('1');
  const changed = await decider.raw(
    'POST',
    '/returns',
    json({ merchantId, note: 'andere' }, { 'idempotency-key': 'k-1' }),
  );
  expect(changed.status).toBe(422);
});

test('every create repeated with its id answers 200, and 409 with other content', async () => {
  const id = () => uuidv7(new Date());
  const beta = id();
  const creates: [string, Record<string, unknown>, Record<string, unknown>][] = [
    [
      '/merchants',
      { id: beta, number: 'B-1', name: 'Beta', address: ADDRESS, invoiceEmails: ['a@example.com'] },
      { name: 'Gamma' },
    ],
    [
      '/users',
      { id: id(), email: 'x@example.com', displayName: 'X', roles: ['worker'], password: 'a long enough password' },
      { displayName: 'Y' },
    ],
    ['/api-keys', { id: id(), name: 'Shop' }, { name: 'Other' }],
    ['/contracts', { id: id(), merchantId: beta, startsOn: '2030-01-01' }, { softwareFee: false }],
    [
      '/orders',
      {
        id: id(),
        merchantId,
        channel: 'shop',
        externalNumber: 'A-9',
        country: 'DE',
        lines: [{ sku: 'S', name: 'S', quantity: 1 }],
      },
      { country: 'AT' },
    ],
    [
      '/special-jobs',
      { id: id(), merchantId, code: 'x', description: 'x', unit: 'job', quantity: '1' },
      { quantity: '2' },
    ],
    ['/returns', { id: id(), merchantId }, { note: 'x' }],
    [
      '/sync/connections',
      { id: id(), name: 'x', url: 'http://127.0.0.1:9/x', events: ['orders.order-shipped.v1'] },
      { name: 'y' },
    ],
  ];
  for (const [path, content, change] of creates) {
    const status = async (body: object) =>
      (
        await product.admin.raw('POST', path, {
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json' },
        })
      ).status;
    expect([path, await status(content), await status(content), await status({ ...content, ...change })]).toEqual([
      path,
      201,
      200,
      409,
    ]);
  }
});

const ADDRESS = { name: 'Beta', street: 'Weg 1', postalCode: '10115', city: 'Berlin', country: 'DE' };
