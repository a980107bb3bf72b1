import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { uuidv7 } from '../../shared/kernel/ids.ts';
import type { Api, ApiError } from '../support/api.ts';
import { setUpIssuer, setUpMerchant, shipOrder } from '../support/fixtures.ts';
import { photoWithEverything } from '../support/photos.ts';
import { until } from '../support/product.ts';
import { startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

jest.setTimeout(120_000);

interface Parcel {
  id: string;
  number: string;
  version: number;
  state: string;
  merchantId: string | null;
  parentId: string | null;
  revision: number;
  lock: { name: string; expiresAt: string } | null;
  items: { id: string; sku: string | null; quantity: number; reason: string | null; recordedAs: string | null }[];
  parcels: { trackingNumber: string | null }[];
  outcome: string | null;
  outcomeBy: string | null;
}

const POLICY = {
  reasons: [
    { code: 'too-big', de: 'Zu groß', en: 'Too big' },
    { code: 'defect', de: 'Defekt', en: 'Defective', kinds: ['complaint'] },
  ],
  reasonMappings: [{ system: 'shop-x', external: 'SIZE/L', code: 'too-big' }],
};

let product: WholeProduct;
let merchantId: string;
let otherId: string;
let worker: Api;
let second: Api;
let finance: Api;
let decider: Api;
let viewer: Api;
let stranger: Api;
let shop: Api;
let photo: Buffer;

beforeAll(async () => {
  product = await startWholeProduct();
  const { admin } = product;
  await setUpIssuer(admin, '2026-11-01');
  merchantId = await setUpMerchant(admin, {
    ...{ number: 'A-1', name: 'Alpha GmbH', merchant: { returnPolicy: POLICY }, contract: { rateCardCode: 'kinds' } },
  });
  await admin.post('/rate-cards', ownCard());
  otherId = await setUpMerchant(admin, { number: 'B-1', name: 'Beta GmbH' });
  const people = await Promise.all([
    product.person(['worker']),
    product.person(['worker']),
    product.person(['finance']),
    product.person(['merchantDecider'], [merchantId]),
    product.person(['merchantViewer'], [merchantId]),
    product.person(['merchantDecider'], [otherId]),
  ]);
  [worker, second, finance, decider, viewer, stranger] = people.map(({ api }) => api) as [Api, Api, Api, Api, Api, Api];
  shop = await product.apiKey([merchantId]);
  photo = await photoWithEverything(6, 600, 400);
  await shipOrder(admin, merchantId, 'A-1001', { pieces: 2 });
  await shipOrder(admin, otherId, 'B-1001', { pieces: 2 });
});
afterAll(() => product?.close());

const newId = () => uuidv7(new Date());
const upload = (id: string, clientPhotoId: string, fields: Record<string, string> = {}) =>
  worker.upload(
    `/returns/${id}/photos`,
    { clientPhotoId, ...fields },
    { bytes: photo, name: 'a.jpg', type: 'image/jpeg' },
  );
const announce = (api: Api, body: object = {}) =>
  api.post<Parcel>('/returns', { merchantId, items: [{ sku: 'SKU-1', name: 'Teelichthalter', quantity: 2 }], ...body });
const receive = (id: string, body: object = {}) => worker.post<Parcel>(`/returns/${id}/receive`, body);
const get = (id: string, api = worker) => api.get<Parcel>(`/returns/${id}`);
const inspectAll = async ({ id, items }: Parcel, finding: object = {}) => {
  for (const item of items)
    await worker.post(`/returns/${id}/items/${item.id}/inspection`, {
      ...{ quantity: item.quantity, grade: 'A', note: 'Wie neu' },
      ...finding,
    });
  await upload(id, 'parcel');
  return worker.post<Parcel>(`/returns/${id}/complete`);
};
const problemOf = (work: Promise<unknown>) => work.then(() => undefined).catch(({ problem }: ApiError) => problem);

test('A9 the second worker reads who holds the return, and works on it when it is given back', async () => {
  const { id, version } = await receive((await announce(worker)).id);
  const held = await worker.post<Parcel>(`/returns/${id}/lock`);
  expect(held).toMatchObject({ version, lock: { name: expect.stringMatching(/^Person \d$/) } });
  const { name, expiresAt } = held.lock!;
  expect((await get(id, second)).lock).toEqual(held.lock);
  expect((await get(id, viewer)).lock).toBeNull();
  const refused = await problemOf(second.post(`/returns/${id}/items`, { name: 'x', quantity: 1 }));
  expect(refused).toMatchObject({ code: 'RETURN_LOCKED', detail: `${name} works on this return until ${expiresAt}` });
  expect(refused!.errors).toContainEqual({ path: 'lock.name', code: 'LOCKED', message: name });
  expect((await second.raw('DELETE', `/returns/${id}/lock`)).status).toBe(409);
  expect((await worker.raw('DELETE', `/returns/${id}/lock`)).status).toBe(200);
  await second.post(`/returns/${id}/items`, { name: 'x', quantity: 1 });
  await second.post(`/returns/${id}/lock`);
  expect(await worker.post<Parcel>(`/returns/${id}/lock`, { takeOver: true })).toMatchObject({ lock: { name } });
});

test('A5 one box with goods of two merchants becomes two returns that know of each other', async () => {
  const parent = await receive((await announce(worker)).id, { trackingNumber: 'BOX-1' });
  const itemId = newId();
  const found = { itemId, origin: 'foreign', name: 'Kerze ohne Etikett', quantity: 2 };
  await worker.post(`/returns/${parent.id}/items`, found);
  const { id: photoId } = await upload(parent.id, 'candle', { itemId });
  const body = { returnId: newId(), merchantId: otherId, items: [{ itemId, quantity: 2 }] };
  const [first, again] = [await split(parent.id, body), await split(parent.id, body)];
  expect([first.status, again.status]).toEqual([201, 200]);
  const child = (await first.json()) as Parcel;
  expect(child).toMatchObject({
    parentId: parent.id,
    merchantId: otherId,
    state: 'received',
    ...{ parcels: [], trackingNumber: null },
  });
  expect((await get(parent.id)).items).toHaveLength(1);
  expect((await stranger.raw('GET', `/photos/${photoId}/web`)).status).toBe(200);
  expect((await viewer.raw('GET', `/photos/${photoId}/web`)).status).toBe(404);
  const { items } = await worker.get<{ items: Parcel[] }>(`/returns?parentId=${parent.id}`);
  expect(items.map(({ id }) => id)).toEqual([child.id]);
  const linked = await worker.post<Parcel>(`/returns/${child.id}/items/${itemId}/link`, { sku: 'SKU-1' });
  expect(linked.items).toMatchObject([{ sku: 'SKU-1', recordedAs: 'Kerze ohne Etikett' }]);
  expect(await inspectAll(linked)).toMatchObject({ state: 'completed' });
});

const split = (id: string, body: object) =>
  worker.raw('POST', `/returns/${id}/split`, {
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });

test('A6 the second parcel of one RMA tops up the return, once, and the charges are those of both', async () => {
  const parcel = await announce(decider, { externalNumber: 'RMA-6', trackingNumber: 'T-6-1' });
  const itemId = parcel.items[0]!.id;
  await receive(parcel.id);
  await worker.post(`/returns/${parcel.id}/items/${itemId}/inspection`, { quantity: 1, grade: 'A', note: 'Wie neu' });
  await upload(parcel.id, 'parcel');
  await worker.post(`/returns/${parcel.id}/complete`);
  for (const status of [200, 200]) {
    const answer = await worker.raw('POST', `/returns/${parcel.id}/receive`, {
      body: JSON.stringify({ trackingNumber: 'T-6-2' }),
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.status).toBe(status);
  }
  const topped = await get(parcel.id);
  expect(topped).toMatchObject({ state: 'inspecting', revision: 1, parcels: [{}, { trackingNumber: 'T-6-2' }] });
  await worker.post(`/returns/${parcel.id}/items/${itemId}/inspection`, { quantity: 1, grade: 'A', note: 'Auch neu' });
  expect(await worker.post<Parcel>(`/returns/${parcel.id}/complete`)).toMatchObject({
    state: 'completed',
    revision: 1,
  });
  const pieces = async () => {
    const charges = await chargesOf(parcel.id);
    const items = charges.filter(({ chargeType }) => chargeType === 'return_item');
    return items.reduce((sum, { quantity }) => sum + Number(quantity), 0);
  };
  await until('both pieces to be charged', async () => (await pieces()) === 2);
});

test('A10 an undeliverable parcel has a fee of its own instead of those of an inspection', async () => {
  const back = await worker.post<Parcel>('/returns', { merchantId, kind: 'undeliverable', orderNumber: 'A-1001' });
  await receive(back.id);
  expect(await worker.post<Parcel>(`/returns/${back.id}/complete`)).toMatchObject({ state: 'completed' });
  await until('its charges', async () => (await chargesOf(back.id)).length === 2);
  const charges = (await chargesOf(back.id)).toSorted((a, b) => a.chargeType.localeCompare(b.chargeType));
  expect(charges.map(({ chargeType }) => chargeType)).toEqual(['return_restock', 'return_undeliverable']);
  expect(await priceOf(charges[1]!)).toBe('3.50');
});

test('C15 the code of the shop comes in with the announcement and goes back in the webhook', async () => {
  const received: { type: string; data: { returnId: string; items: { reason: string; externalReason: string }[] } }[] =
    [];
  const server = http.createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      received.push(JSON.parse(body) as never);
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as AddressInfo;
    await product.admin.post('/sync/connections', {
      ...{ merchantId, name: 'Shop X', url: `http://127.0.0.1:${port}/hooks` },
      events: ['returns.return-inspected.v1'],
    });
    const items = [{ sku: 'SKU-1', quantity: 1, externalReason: 'SIZE/L' }];
    const parcel = await announce(shop, { channel: 'shop-x', externalNumber: 'X-15', items });
    expect(parcel.items).toMatchObject([{ reason: 'too-big', externalReason: 'SIZE/L' }]);
    await receive(parcel.id);
    await inspectAll(parcel, { reason: 'too-big' });
    const sent = await until('the webhook', () =>
      Promise.resolve(received.find(({ data }) => data.returnId === parcel.id)),
    );
    expect(sent.data.items).toMatchObject([{ reason: 'too-big', externalReason: 'SIZE/L' }]);
  } finally {
    server.close();
  }
});

test('C16 the shop reports a refund after all is done, and nothing waits for it', async () => {
  const parcel = await receive((await announce(decider)).id);
  expect(await inspectAll(parcel)).toMatchObject({ state: 'completed', outcome: null });
  const told = await shop.post<Parcel>(`/returns/${parcel.id}/outcome`, { outcome: 'refund', amountMinor: 1_990 });
  expect(told).toMatchObject({ state: 'completed', outcome: 'refund', outcomeBy: 'shop' });
  const { entries } = await viewer.get<{ entries: { what: string; by: string; who?: string }[] }>(
    `/returns/${parcel.id}/story`,
  );
  expect(entries.map(({ what, by }) => [what, by])).toEqual([
    ['return.announced', 'merchant'],
    ['return.received', 'warehouse'],
    ['return.inspected', 'warehouse'],
    ['items.decided', 'rule'],
    ['return.outcome-reported', 'shop'],
  ]);
  const house = await worker.get<{ entries: { what: string; who?: string }[] }>(`/returns/${parcel.id}/story`);
  expect(house.entries.find(({ what }) => what === 'return.received')?.who).toMatch(/^Person \d$/);
  expect(entries.every(({ who }) => who === undefined)).toBe(true);
});

test('C17 a complaint has another fee than a withdrawal', async () => {
  const fee = async (kind: string) => {
    const parcel = await receive((await announce(decider, { kind })).id);
    await inspectAll(parcel);
    const charge = await until(`the charge of a ${kind}`, async () =>
      (await chargesOf(parcel.id)).find(({ chargeType }) => chargeType === 'return_parcel'),
    );
    return priceOf(charge);
  };
  expect([await fee('complaint'), await fee('withdrawal'), await fee('exchange')]).toEqual(['5.00', '2.00', '2.90']);
});

/** Of nothing; fixed, because it stands in the titles. */
const NOBODY = '01890000-0000-7000-8000-000000000001';

/** Staff only, or also for whoever may announce. */
const WRITES: [path: string, body: object, forMerchants: boolean][] = [
  ['lock', {}, false],
  ['split', { items: [{ itemId: NOBODY, quantity: 1 }] }, false],
  [`items/${NOBODY}/link`, { sku: 'SKU-1' }, false],
  [`items/${NOBODY}/unbundle`, { components: [{ sku: 'SKU-1', quantity: 1 }] }, false],
  ['lost', { reason: 'gone' }, false],
  ['in-transit', { trackingNumber: 'T' }, true],
  ['outcome', { outcome: 'refund', amountMinor: 1 }, true],
];

test.each(WRITES)(
  'isolation: POST …/%s reaches nothing of another merchant and keeps roles apart',
  async (path, body, forMerchants) => {
    const { id, version } = await announce(worker);
    const statusOf = async (api: Api) => (await api.raw('POST', `/returns/${id}/${path}`, json(body))).status;
    expect(await statusOf(stranger)).toBe(forMerchants ? 404 : 403);
    for (const api of [viewer, finance]) expect(await statusOf(api)).toBe(403);
    if (!forMerchants) for (const api of [decider, shop]) expect(await statusOf(api)).toBe(403);
    expect((await product.admin.raw('POST', `/returns/${newId()}/${path}`, json(body))).status).toBe(404);
    expect(await get(id)).toMatchObject({ version, lock: null, outcome: null, state: 'announced' });
    if (forMerchants) expect(await statusOf(decider)).toBe(200);
  },
);

test("isolation: the story and the lock of a return are nobody else's", async () => {
  const { id } = await announce(worker);
  expect((await stranger.raw('GET', `/returns/${id}/story`)).status).toBe(404);
  for (const api of [stranger, decider, viewer, shop, finance])
    expect((await api.raw('DELETE', `/returns/${id}/lock`)).status).toBe(403);
});

const BAD: [path: string, body: unknown][] = [
  ['lock', { takeOver: 'yes' }],
  ['lock', { until: '2030-01-01' }],
  ['split', { items: [] }],
  ['split', { items: [{ itemId: 'x', quantity: 1 }] }],
  ['split', { items: [{ itemId: NOBODY, quantity: 0 }] }],
  ['split', { items: [{ itemId: NOBODY, quantity: 1.5 }] }],
  ['split', { items: [{ itemId: NOBODY, quantity: 1 }] }],
  ['split', { items: [{ itemId: NOBODY, quantity: 1 }], merchantId: { $ne: null } }],
  [`items/${NOBODY}/unbundle`, { components: [] }],
  [`items/${NOBODY}/unbundle`, { components: [{ sku: 'SKU-1', quantity: -1 }] }],
  [`items/${NOBODY}/link`, { sku: '' }],
  ['lost', {}],
  ['lost', { reason: 'a\u0000b' }],
  ['lost', { reason: 'x'.repeat(201) }],
  ['in-transit', { trackingNumber: 'two\nlines' }],
  ['in-transit', { trackingNumber: 7 }],
  ['outcome', { outcome: 'cash' }],
  ['outcome', { outcome: 'refund', amountMinor: -1 }],
  ['outcome', { outcome: 'refund', amountMinor: 0.5 }],
  ['outcome', { outcome: 'exchange', amountMinor: 100 }],
  ['receive', { parcelId: 'one' }],
  ['receive', { trackingNumber: '' }],
];

test.each(BAD)('bad input: POST …/%s with %j is refused and stores nothing', async (path, body) => {
  const { id } = await announce(worker);
  const before = await stateOf();
  const answer = await worker.raw('POST', `/returns/${id}/${path}`, json(body));
  expect([answer.status >= 400, answer.status < 500]).toEqual([true, true]);
  expect(await stateOf()).toEqual(before);
});

test.each(['group=all', 'overdue=yes', 'parentId=1', `q=${'x'.repeat(81)}`, 'sort=number', 'q=%00'])(
  'bad input: GET /returns?%s is refused',
  async (query) => expect((await worker.raw('GET', `/returns?${query}`)).status).toBe(422),
);

const json = (body: unknown) => ({ body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });

/** Whatever a write on a return could leave behind. */
const stateOf = () =>
  product.query(
    `select (select count(*) from returns.return) as returns, (select sum(version) from returns.return) as versions,
       (select count(*) from returns.return_item) as items, (select count(*) from returns.return_parcel) as parcels,
       (select count(*) from returns.return where locked_by is not null) as locks,
       (select count(*) from messaging.event where type like 'returns.%') as events,
       (select count(*) from messaging.audit_entry where service = 'returns') as audits`,
  );

interface Charge {
  id: string;
  chargeType: string;
  quantity: string;
}

/** The price by which a charge was rated, as the finance desk reads it. */
async function priceOf({ id }: Charge): Promise<string> {
  const { trace } = await finance.get<{ trace: { price: { unitPrice?: string; amount?: string } } }>(`/charges/${id}`);
  return String(trace.price.unitPrice ?? trace.price.amount);
}

async function chargesOf(returnId: string): Promise<Charge[]> {
  const { items } = await decider.get<{ items: (Charge & { reference: { id?: string } })[] }>('/charges?limit=200');
  return items.filter(({ reference }) => reference.id === returnId);
}

const ownCard = () => ({
  ...{ code: 'kinds', name: 'Nach Art der Retoure', currency: 'EUR', merchantId },
  versions: [
    {
      version: 1,
      validFrom: '2026-01-01',
      rules: (['complaint', 'withdrawal'] as const).map((kind) => ({
        ...{ key: kind, chargeType: 'return_parcel', priority: 200, unit: 'parcel' },
        conditions: { returnKinds: [kind] },
        model: { type: 'perUnit', unitPrice: kind === 'complaint' ? '5.00' : '2.00' },
        label: { de: kind, en: kind },
      })),
    },
  ],
});
