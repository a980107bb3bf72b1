import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { loadKeys } from '../../shared/runtime/secrets.ts';
import { signPath } from '../../shared/links/path.ts';
import type { Api } from '../support/api.ts';
import { setUpMerchant } from '../support/fixtures.ts';
import { photoWithEverything } from '../support/photos.ts';
import { startWholeProduct, type Person, type WholeProduct } from '../support/whole-product.ts';

jest.setTimeout(60_000);

type Links = Record<'thumb' | 'web' | 'full', string>;
interface Photographed {
  id: string;
  photos: { id: string; links: Links }[];
}

let product: WholeProduct;
let merchantId: string;
let worker: Person;
let merchant: Person;
let key: Api;
let parcel: Photographed;

beforeAll(async () => {
  product = await startWholeProduct();
  merchantId = await setUpMerchant(product.admin, { number: '110', name: 'Alpha GmbH' });
  worker = await product.person(['worker']);
  merchant = await product.person(['merchantDecider'], [merchantId]);
  key = await product.apiKey([merchantId]);
  const { id } = await worker.api.post('/returns', { merchantId, items: [{ sku: 'A', name: 'Vase', quantity: 1 }] });
  await worker.api.post(`/returns/${id}/receive`);
  for (const clientPhotoId of ['one', 'two'])
    await worker.api.upload(
      `/returns/${id}/photos`,
      { clientPhotoId },
      { bytes: await photoWithEverything(6), name: 'a.jpg', type: 'image/jpeg' },
    );
  parcel = await merchant.api.get<Photographed>(`/returns/${id}`);
});
afterAll(() => product?.close());

const open = async (link: string, init: RequestInit = {}) => {
  const answer = await fetch(product.url + link, init);
  const bytes = Buffer.from(await answer.arrayBuffer());
  const code = answer.ok ? '' : ` ${(JSON.parse(bytes.toString()) as { code: string }).code}`;
  return { answer, bytes, outcome: `${answer.status}${code}` };
};

test('B5 photos are shown in every size by links of a few minutes, to whoever saw the return', async () => {
  expect(parcel.photos).toHaveLength(2);
  for (const { links } of parcel.photos)
    for (const size of ['thumb', 'web', 'full'] as const) {
      const { answer, bytes, outcome } = await open(links[size]);
      expect([outcome, answer.headers.get('content-type')]).toEqual(['200', 'image/jpeg']);
      expect(bytes.subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
      const kept = /^private, max-age=(\d+), immutable$/.exec(answer.headers.get('cache-control')!);
      expect(Number(kept![1])).toBeGreaterThan(240);
      expect(Number(kept![1])).toBeLessThanOrEqual(600);
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('content-disposition')).toContain('inline');
    }
});

test('B5 security case 28: without a log-in or a link there is no photo, and none of another merchant', async () => {
  const stranger = await product.person(
    ['merchantViewer'],
    [await setUpMerchant(product.admin, { number: '220', name: 'Beta GmbH' })],
  );
  const path = `/photos/${parcel.photos[0]!.id}/thumb`;
  expect((await open(`/api/v1${path}`)).outcome).toBe('401 NOT_LOGGED_IN');
  expect((await stranger.api.raw('GET', path)).status).toBe(404);
  expect((await stranger.api.raw('GET', `/returns/${parcel.id}`)).status).toBe(404);
  expect((await merchant.api.raw('GET', path)).status).toBe(200);
});

test('B5 security case 29: a link is refused after its end, and for anything but its own photo and size', async () => {
  const [first, second] = parcel.photos as [Photographed['photos'][0], Photographed['photos'][0]];
  const link = first.links.thumb;
  const { link: secret } = loadKeys({ KONTOR_SECRET: 'a secret for tests that is long enough', dataDir: product.dir });
  const sign = (at: number) => signPath(secret, `/api/v1/photos/${first.id}/thumb`, new Date(at));
  expect((await open(sign(Date.now() + 60_000))).outcome).toBe('200');
  expect((await open(sign(Date.now() - 1_000))).outcome).toBe('403 LINK_EXPIRED');
  expect((await open(link.replace(first.id, second.id))).outcome).toBe('403 LINK_INVALID');
  expect((await open(link.replace('/thumb?', '/full?'))).outcome).toBe('403 LINK_INVALID');
  expect((await open(link.replace(/expires=\d+/, 'expires=4000000000'))).outcome).toBe('403 LINK_INVALID');
  expect((await open(`/api/v1/returns/${parcel.id}${link.slice(link.indexOf('?'))}`)).outcome).toBe(
    '401 NOT_LOGGED_IN',
  );
  expect(product.output()).not.toContain('signature=');
});

test('J29 the house writes notes on a return, and its merchant has no way to know', async () => {
  const before = await (await merchant.api.raw('GET', `/returns/${parcel.id}`)).json();
  const note = await worker.api.post<{ id: string; authorName: string }>('/notes', {
    subject: 'return',
    subjectId: parcel.id,
    text: 'Streng geheime Notiz',
  });
  expect(note.authorName).toMatch(/^Person \d+$/);
  const path = `/notes?subject=return&subjectId=${parcel.id}`;
  expect((await product.admin.get<{ items: { id: string }[] }>(path)).items.map(({ id }) => id)).toEqual([note.id]);
  for (const api of [merchant.api, key]) {
    expect((await api.raw('GET', path)).status).toBe(403);
    expect((await api.raw('GET', '/notes')).status).toBe(403);
    expect((await api.raw('PATCH', `/notes/${note.id}`, { body: '{}' })).status).toBe(403);
    expect((await api.raw('DELETE', `/notes/${note.id}`)).status).toBe(403);
    await expect(api.post('/notes', { subject: 'return', subjectId: parcel.id, text: 'x' })).rejects.toMatchObject({
      status: 403,
    });
    expect((await api.raw('GET', `/audit?entityId=${note.id}`)).status).toBe(403);
  }
  const after = await (await merchant.api.raw('GET', `/returns/${parcel.id}`)).json();
  expect(withoutLinks(after)).toEqual(withoutLinks(before));
  expect(JSON.stringify(after)).not.toContain('geheime');
});

test('J29 security: notes on what is not there, and notes that cannot be, are refused', async () => {
  const write = (body: object) => worker.api.post('/notes', body);
  const nowhere = '01890000-0000-7000-8000-000000000000';
  await expect(write({ subject: 'return', subjectId: nowhere, text: 'x' })).rejects.toMatchObject({ status: 404 });
  await expect(write({ subject: 'order', subjectId: parcel.id, text: 'x' })).rejects.toMatchObject({ status: 404 });
  await expect(write({ subject: 'invoice', subjectId: nowhere, text: 'x' })).rejects.toMatchObject({ status: 403 });
  await expect(write({ subject: 'user', subjectId: nowhere, text: 'x' })).rejects.toMatchObject({ status: 422 });
  await expect(write({ subject: 'return', subjectId: parcel.id, text: '' })).rejects.toMatchObject({ status: 422 });
  expect((await worker.api.raw('GET', `/notes?subjectId=${parcel.id}`)).status).toBe(422);
});

const withoutLinks = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (name, inner: unknown) => (name === 'links' ? undefined : inner)));
