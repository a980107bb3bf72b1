import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { uuidv7 } from '../../shared/kernel/ids.ts';
import { decisionRequestedV1, returnReceivedV1 } from '../../shared/protocol/returns/events.ts';
import type { Api } from '../support/api.ts';
import { setUpIssuer, setUpMerchant } from '../support/fixtures.ts';
import { asked, received } from '../support/mail-samples.ts';
import { until } from '../support/product.ts';
import { startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

jest.setTimeout(120_000);

interface Message {
  id: string;
  kind: string;
  recipient: string;
  audience: string;
  documentType: string;
  state: string;
}
interface Template {
  kind: string;
  language: string;
  version: number;
  slots: { name: string; standard: string; override: string | null }[];
}

let product: WholeProduct;
let merchantId: string;
let strangerId: string;
let lead: Api;
let decider: Api;
let viewer: Api;
let stranger: Api;
let orderId: string;

beforeAll(async () => {
  product = await startWholeProduct();
  const { admin, person } = product;
  await setUpIssuer(admin, '2026-11-01');
  merchantId = await setUpMerchant(admin, { number: 'A-1', name: 'Alpha Wohnen GmbH' });
  strangerId = await setUpMerchant(admin, { number: 'B-1', name: 'Geheimnis OHG' });
  lead = (await person(['lead'])).api;
  decider = (await person(['merchantDecider'], [merchantId])).api;
  viewer = (await person(['merchantViewer'], [merchantId])).api;
  stranger = (await person(['merchantDecider'], [strangerId])).api;
  const { id } = await admin.post('/orders', {
    ...{ merchantId, channel: 'shop', externalNumber: '536365', orderedAt: '2026-10-30T10:00:00Z', country: 'DE' },
    consumer: { name: 'Karla Kundin', email: 'kundin@example.com' },
    lines: [{ sku: 'SKU-1', name: 'Teelichthalter', quantity: 1 }],
  });
  orderId = id;
});
afterAll(() => product?.close());

/** Puts an event on its way, as the returns would. */
async function announce(type: string, payload: object, consumer: string): Promise<void> {
  const [id, at] = [uuidv7(new Date()), '2026-11-01T06:00:00Z'];
  await product.query(
    `insert into messaging.event (id, type, merchant_id, occurred_at, payload, request_id) values ($1, $2, $3, $4, $5, 'test')`,
    [id, type, merchantId, at, JSON.stringify(payload)],
  );
  await product.query('insert into messaging.delivery (consumer, event_id, occurred_at) values ($1, $2, $3)', [
    consumer,
    id,
    at,
  ]);
}
const mailTo = (address: string, subject: RegExp) =>
  until(`a mail to ${address} about ${subject}`, async () =>
    product.mails.find(
      (mail) => [mail.to].flat().some((to) => to?.text === address) && subject.test(mail.subject ?? ''),
    ),
  );
const listed = async (api: Api, query: string) => (await api.get<{ items: Message[] }>(`/messages?${query}`)).items;
const putJson = (api: Api, path: string, body: object, headers: Record<string, string> = {}) =>
  api.raw('PUT', path, { body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });
const TEMPLATE = '/message-templates/returnReceived/de';
const NOTICES = 'retouren-a-1@example.com';

test('J12 an administrator previews and sets the texts of a mail, and the next mail speaks them', async () => {
  const { admin } = product;
  const { items } = await admin.get<{ items: Template[] }>('/message-templates');
  const before = items.find(({ kind, language }) => kind === 'returnReceived' && language === 'de')!;
  expect(before).toMatchObject({ version: 0 });
  const texts = { subject: 'Angekommen: {{return.number}}', closing: '' };
  const preview = await admin.post<{ subject: string; html: string }>(`${TEMPLATE}/preview`, { texts });
  expect(preview.subject).toMatch(/^Angekommen: RT-/);
  const wrong = await putJson(admin, TEMPLATE, { texts: { subject: '{{return.nr}}' } });
  expect(wrong.status).toBe(422);
  expect(await wrong.json()).toMatchObject({ errors: [{ path: 'texts.subject', code: 'UNKNOWN_PLACEHOLDER' }] });
  const saved = await putJson(admin, TEMPLATE, { texts }, { 'if-match': '"0"' });
  expect([saved.status, saved.headers.get('etag')]).toEqual([200, '"1"']);
  expect((await putJson(admin, TEMPLATE, { texts }, { 'if-match': '"0"' })).status).toBe(412);
  for (const api of [lead, decider, viewer]) expect((await putJson(api, TEMPLATE, { texts })).status).toBe(403);
  await decider.put('/message-settings/returnReceived', { mode: 'each' });
  await announce(returnReceivedV1.type, received({ merchantId }), 'notifications.tell-return-received');
  const mail = await mailTo(NOTICES, /^Angekommen: RT-2026-00042$/);
  expect(mail.html).toContain(`${product.url}/merchant/returns/${received().returnId}`);
  const reset = await admin.raw('DELETE', TEMPLATE);
  expect(await reset.json()).toMatchObject({ version: 2 });
});

test('J12 a merchant chooses how it is told, and only for itself; an invoice cannot be switched off', async () => {
  const { items } = await viewer.get<{ items: { kind: string; mode: string; source: string }[] }>('/message-settings');
  expect(items).toContainEqual(expect.objectContaining({ kind: 'returnReceived', mode: 'each', source: 'merchant' }));
  await decider.put('/message-settings/returnInspected', { mode: 'daily' });
  const off = putJson(decider, '/message-settings/invoiceReady', { mode: 'off' });
  expect((await off).status).toBe(422);
  const foreign = putJson(stranger, '/message-settings/returnInspected', { merchantId, mode: 'off' });
  expect((await foreign).status).toBe(404);
  expect((await putJson(viewer, '/message-settings/returnInspected', { mode: 'off' })).status).toBe(403);
  expect((await putJson(lead, '/message-settings/returnInspected', { mode: 'off' })).status).toBe(403);
  await lead.put('/message-settings/returnInspected', { merchantId, mode: null });
});

test('C3 the question reaches the merchant with a link that only those see who may decide', async () => {
  const dueAt = '2026-11-03T10:00:00Z';
  const items = asked().items.map((item) => ({ ...item, dueAt }));
  const question = asked({ merchantId, requestedAt: '2026-11-01T10:00:00Z', dueAt, items });
  await announce(decisionRequestedV1.type, question, 'notifications.tell-decision-requested');
  const mail = await mailTo(NOTICES, /^Bitte entscheiden: Retoure RT-2026-00042, bis 03.11.2026$/);
  const [link] = /http:\/\/127\.0\.0\.1:\d+\/decide\/[\w.-]+/.exec(mail.text!)!;
  expect(link.startsWith(`${product.url}/decide/`)).toBe(true);
  const [message] = await listed(viewer, 'kind=decisionRequested');
  const shown = async (api: Api) => (await api.get<{ text: string }>(`/messages/${message!.id}`)).text.includes(link);
  expect(await shown(decider)).toBe(true);
  expect(await shown(viewer)).toBe(false);
  expect(await shown(product.admin)).toBe(false);
});

test('J19 people of the house write to consumers and merchants; the addresses come from the records', async () => {
  const id = uuidv7(new Date());
  const letter = {
    ...{
      id,
      merchantId,
      to: 'consumer',
      subject: 'Ihre Bestellung',
      body: 'Guten Tag Frau Kundin,\n\nIhr Paket ist da.',
    },
    about: { type: 'order', id: orderId },
  };
  const send = (api: Api, body: object) =>
    api.raw('POST', '/messages', { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
  const statuses = [];
  for (const body of [letter, letter, { ...letter, subject: 'anders' }]) statuses.push((await send(lead, body)).status);
  expect(statuses).toEqual([201, 200, 409]);
  const mail = await mailTo('kundin@example.com', /^Ihre Bestellung$/);
  expect(mail.text).toContain('im Auftrag von Alpha Wohnen GmbH');
  expect(product.mails.filter(({ subject }) => subject === 'Ihre Bestellung')).toHaveLength(1);
  expect(await listed(viewer, `documentId=${orderId}`)).toMatchObject([
    { kind: 'individual', audience: 'consumer', documentType: 'order', recipient: 'kundin@example.com' },
  ]);
  expect(await listed(stranger, `documentId=${orderId}`)).toEqual([]);
  const foreign = await send(lead, { ...letter, id: uuidv7(new Date()), merchantId: strangerId });
  expect([foreign.status, ((await foreign.json()) as { errors: object[] }).errors]).toMatchObject([
    422,
    [{ path: 'about.id', code: 'OF_ANOTHER_MERCHANT' }],
  ]);
  const about = { type: 'merchant', id: merchantId };
  expect((await send(lead, { ...letter, id: uuidv7(new Date()), about })).status).toBe(422);
  await lead.post('/messages', { merchantId, to: 'merchant', subject: 'Hallo', body: 'Kurze Frage', about });
  await mailTo(NOTICES, /^Hallo$/);
  for (const api of [decider, viewer, product.admin]) {
    const answer = await send(api, { ...letter, id: uuidv7(new Date()) });
    expect(answer.status).toBe(api === product.admin ? 201 : 403);
  }
});
