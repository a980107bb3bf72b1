import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { signPath } from '../../shared/links/path.ts';
import { signToken } from '../../shared/links/token.ts';
import { API_BASE } from '../../shared/protocol/define.ts';
import { ALL_ACTIONS } from '../../shared/protocol/index.ts';
import { loadKeys } from '../../shared/runtime/secrets.ts';
import { openApi, type Api } from '../support/api.ts';
import { setUpIssuer } from '../support/fixtures.ts';
import { openMerchantWorld, pathIn, type MerchantWorld } from '../support/merchant-world.ts';
import { photoWithEverything } from '../support/photos.ts';
import { rowCounts } from '../support/stored.ts';
import { startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

jest.setTimeout(120_000);

/** security.md 28 and 29, and K10: what can be reached without a log-in gives no more than its link is for. */
const SIGNED = ALL_ACTIONS.filter(({ signed }) => signed).map(({ rest }) => [rest!.replace('GET ', '')] as const);
const WITHOUT_LOGIN = ALL_ACTIONS.filter(({ access }) => access === 'public').map(({ rest }) => rest!);
const DAY_MS = 86_400_000;

interface Asked {
  id: string;
  revision: number;
  items: { id: string; state: string }[];
}

let product: WholeProduct;
let own: MerchantWorld;
let foreign: MerchantWorld;
let key: Uint8Array;
let anyone: Api;
let asked: Asked;
let askedOther: Asked;

beforeAll(async () => {
  product = await startWholeProduct();
  const { admin } = product;
  await setUpIssuer(admin);
  own = await openMerchantWorld(admin, '110', 'Alpha GmbH');
  foreign = await openMerchantWorld(admin, '220', 'Geheimnis OHG');
  ({ link: key } = loadKeys({ KONTOR_SECRET: 'a secret for tests that is long enough', dataDir: product.dir }));
  anyone = openApi(product.url);
  asked = await askedReturn(own.merchantId);
  askedOther = await askedReturn(foreign.merchantId);
});
afterAll(() => product?.close());

/** A return whose merchant is asked what becomes of it. */
async function askedReturn(merchantId: string): Promise<Asked> {
  const { admin } = product;
  await admin.patch(`/merchants/${merchantId}`, { returnRules: [{ grades: ['C'], disposition: 'ask' }] });
  const items = [{ name: 'Vase', quantity: 1 }];
  const made = await admin.post<Asked>('/returns', { merchantId, items });
  const at = `/returns/${made.id}`;
  await admin.post('/notes', { subject: 'return', subjectId: made.id, text: 'nur fürs Haus' });
  await admin.post(`${at}/receive`);
  const photo = { bytes: await photoWithEverything(1), name: 'a.jpg', type: 'image/jpeg' };
  for (const clientPhotoId of ['one', 'two'])
    await admin.upload(`${at}/photos`, { clientPhotoId, itemId: made.items[0]!.id }, photo);
  await admin.post(`${at}/items/${made.items[0]!.id}/inspection`, { quantity: 1, grade: 'C', note: 'Kratzer' });
  const completed = await admin.post<Asked>(`${at}/complete`);
  expect(completed.items[0]!.state).toBe('disposition_proposed');
  return completed;
}

const inAWhile = () => new Date(Date.now() + DAY_MS);
const pathTo = (world: MerchantWorld, route: string) => API_BASE + pathIn(world, route);
const open = async (link: string, init: RequestInit = {}) => {
  const answer = await fetch(product.url + link, init);
  const bytes = Buffer.from(await answer.arrayBuffer());
  return { status: answer.status, bytes, text: bytes.toString('latin1') };
};

test('the routes without a log-in are known', () => {
  expect(SIGNED.length).toBeGreaterThan(1);
  expect(WITHOUT_LOGIN.toSorted()).toEqual([
    'GET /decisions/{token}',
    'GET /invoice-links/{token}',
    'GET /invoice-links/{token}/document.pdf',
    'GET /invoice-links/{token}/document.xml',
    'POST /auth/login',
    'POST /auth/logout',
    'POST /auth/refresh',
    'POST /decisions/{token}',
  ]);
});

test.each(SIGNED)('K10 security cases 28 and 29: a link to %s opens that and nothing else', async (route) => {
  const path = pathTo(own, route);
  const link = signPath(key, path, inAWhile());
  const query = link.slice(link.indexOf('?'));
  const [, expires = '', signature = ''] = /expires=(\d+)&signature=(.+)$/.exec(link)!;
  expect((await open(link)).status).toBe(200);
  expect((await open(path)).status).toBe(401);
  expect((await open(signPath(key, path, new Date(Date.now() - 1_000)))).status).toBe(403);
  const wrong = [
    pathTo(foreign, route) + query,
    `${path}/${query}`,
    link.replace(expires, String(Number(expires) + 1)),
    link.replace(expires, '9999999999'),
    link.replace(expires, ''),
    `${link}&signature=${signature}`,
    link.replace('signature=', 'signature[]='),
    link.replace(signature, ''),
    link.replace(signature, 'A'.repeat(signature.length)),
    link.replace(signature, signature.toUpperCase()),
    link.replace(signature, `${signature}A`),
    ...[0, 7, signature.length - 2].map((at) => link.replace(signature, changedAt(signature, at))),
  ];
  for (const one of wrong) {
    const { status, text } = await open(one);
    expect([one, [401, 403, 404].includes(status)]).toEqual([one, true]);
    expect(text).not.toContain(signature);
  }
  // good for this path and for reading alone
  for (const other of ['/returns', `/returns/${own.returnId}`, '/auth/me', `/merchants/${own.merchantId}`])
    expect([401, 403]).toContain((await open(API_BASE + other + query)).status);
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
    expect([401, 403, 404, 405]).toContain((await open(link, { method })).status);
});

const tokenFor = ({ id, revision }: Asked, purpose = 'decide', until = new Date('2026-12-01T00:00:00Z')) =>
  signToken(key, purpose, { r: id, v: revision }, until);

test('K10 a link of a mail tells its merchant what is asked, and nothing of the house or of others', async () => {
  const answer = await anyone.raw('GET', `/decisions/${tokenFor(asked)}`);
  const text = await answer.text();
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([
    200,
    expect.stringMatching(/no-store|private/),
  ]);
  expect(text).toContain(asked.items[0]!.id);
  const hidden = ['nur fürs Haus', 'Geheimnis', 'Person', '@example.com', 'kontor_', askedOther.id, foreign.merchantId];
  expect(hidden.filter((word) => text.includes(word))).toEqual([]);
});

test('K10 a forged token finds nothing, and every one is answered alike', async () => {
  const token = tokenFor(asked);
  const [body = '', signature = ''] = token.split('.');
  const [otherBody = ''] = tokenFor(askedOther).split('.');
  const forged = [
    ...[`${otherBody}.${signature}`, `${body}.`, `.${signature}`, body, `${token}.${signature}`, `${token}A`],
    ...[changedAt(token, 3), changedAt(token, token.length - 3), token.toLowerCase(), 'x', 'null', '__proto__'],
    ...[tokenFor(asked, 'reset'), tokenFor(asked, 'path'), `${'x'.repeat(3_000)}`, '%00', '%E2%82%AC', "'--"],
    signToken(key, 'decide', { r: own.merchantId, v: 1 }, inAWhile()),
    signToken(key, 'decide', { r: asked.id, v: 1, isAdmin: true }, inAWhile()),
    signToken(key, 'decide', ['x'], inAWhile()),
  ];
  const before = await rowCounts(product);
  const decisions = [{ itemId: asked.items[0]!.id, disposition: 'dispose', reason: 'x' }];
  const answers = new Set<string>();
  for (const one of forged)
    for (const init of [{ method: 'GET' }, { method: 'POST', body: JSON.stringify({ decisions }) }]) {
      const headers = { 'content-type': 'application/json' };
      const { status, text } = await open(`${API_BASE}/decisions/${one}`, { ...init, headers });
      const problem = JSON.parse(text) as { code: string; detail: string };
      expect([one, status >= 400 && status < 500 && status !== 410]).toEqual([one, true]);
      // what cannot be a path at all is no page
      if (status === 404 && problem.code !== 'PAGE_NOT_FOUND') answers.add(`${problem.code} ${problem.detail}`);
    }
  expect([...answers]).toEqual([expect.stringMatching(/^LINK_NOT_FOUND /)]);
  expect((await open(`${API_BASE}/decisions/${tokenFor(asked, 'decide', new Date(0))}`)).status).toBe(410);
  expect(await rowCounts(product)).toEqual(before);
});

test('K10 by the link of one return nothing is decided of another, and nothing of a mixture', async () => {
  const before = await rowCounts(product);
  const decide = (...itemIds: string[]) =>
    anyone.raw('POST', `/decisions/${tokenFor(asked)}`, {
      body: JSON.stringify({ decisions: itemIds.map((itemId) => ({ itemId, disposition: 'dispose', reason: 'x' })) }),
      headers: { 'content-type': 'application/json' },
    });
  const mine = asked.items[0]!.id;
  for (const [...ids] of [
    [askedOther.items[0]!.id],
    [mine, askedOther.items[0]!.id],
    [own.itemId],
    [mine, own.announcedItemId],
    [mine, mine],
  ]) {
    const answer = await decide(...ids);
    expect([404, 409, 422]).toContain(answer.status);
    expect(await answer.text()).not.toContain('Geheimnis');
  }
  expect(await rowCounts(product)).toEqual(before);
  for (const { id } of [asked, askedOther])
    expect((await product.admin.get<Asked>(`/returns/${id}`)).items[0]!.state).toBe('disposition_proposed');
});

test('K10 H9 a forged link to an invoice finds nothing, in no form of it, and no search engine keeps it', async () => {
  const invoiceToken = (payload: unknown, purpose = 'invoice') => signToken(key, purpose, payload, inAWhile());
  const token = invoiceToken({ d: own.merchantId });
  const forged = [
    ...[token, changedAt(token, 3), `${token}A`, tokenFor(asked), invoiceToken({ d: asked.id }), 'x', '__proto__'],
    ...[
      invoiceToken({ d: own.merchantId, m: 1 }),
      invoiceToken(own.merchantId),
      invoiceToken({ d: asked.id }, 'decide'),
    ],
  ];
  const before = await rowCounts(product);
  const answers = new Set<string>();
  for (const one of forged)
    for (const form of ['', '/document.pdf', '/document.xml']) {
      const answer = await fetch(`${product.url}${API_BASE}/invoice-links/${one}${form}`);
      const { code, detail } = (await answer.json()) as { code: string; detail: string };
      answers.add(`${answer.status} ${code} ${detail} ${answer.headers.get('x-robots-tag')}`);
    }
  expect([...answers]).toEqual([expect.stringMatching(/^404 LINK_NOT_FOUND .* noindex, nofollow$/)]);
  const ended = signToken(key, 'invoice', { d: own.merchantId }, new Date(0));
  expect((await open(`${API_BASE}/invoice-links/${ended}`)).status).toBe(410);
  const page = await fetch(`${product.url}/invoice/${token}`);
  expect([page.status, page.headers.get('x-robots-tag')]).toEqual([200, 'noindex, nofollow']);
  expect(await rowCounts(product)).toEqual(before);
});

/** The same text with one other character. */
const changedAt = (text: string, at: number): string =>
  text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
