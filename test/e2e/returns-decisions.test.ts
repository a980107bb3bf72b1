import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { ParsedMail } from 'mailparser';
import { logIn, openApi, type Api } from '../support/api.ts';
import { setUpIssuer, setUpMerchant } from '../support/fixtures.ts';
import { closeFreezes, freezeAt } from '../support/freeze.ts';
import { openMailSink, type MailSink } from '../support/mail-sink.ts';
import { photoWithEverything } from '../support/photos.ts';
import {
  openPremises,
  startProcess,
  until,
  untilReady,
  type Premises,
  type ProductProcess,
} from '../support/product.ts';
import { untilCharged } from '../support/real-file.ts';

jest.setTimeout(120_000);

interface Item {
  id: string;
  state: string;
  disposition: string | null;
  dispositionSource: string | null;
  note: string;
}
interface Parcel {
  id: string;
  number: string;
  state: string;
  version: number;
  decisionDueAt: string | null;
  items: Item[];
  photos: { itemId: string | null; links: { web: string } }[];
}
interface Charge {
  id: string;
  chargeType: string;
  quantity: string;
  reference: { kind: string; id: string };
}
interface Question {
  returnId: string;
  itemId: string;
  merchantId: string;
  choices: string[];
  photos: unknown[];
}
type Page<Row> = { items: Row[] };

const START = '2026-11-01T06:00:00Z';
const LATER = '2026-11-03T06:00:00Z';
const PASSWORD = 'a long enough password';

let premises: Premises;
let mails: MailSink;
let product: ProductProcess;
let administrator: { email: string; password: string };
let admin: Api;
let worker: Api;
let decider: Api;
let stranger: Api;
let merchantId: string;
let other: string;
let photo: Buffer;

const start = (clock: string, env: Record<string, string> = {}) =>
  startProcess(premises, undefined, { KONTOR_CLOCK: clock, ...mails.env, ...env });
const person = async (email: string, role: string, merchantIds: string[] = []) => {
  await admin.post('/users', { email, displayName: email, roles: [role], merchantIds, password: PASSWORD });
};
const logInAll = async (url: string) => {
  const as = (name: string) => logIn(url, { email: `${name}@example.com`, password: PASSWORD });
  [admin, worker, decider, stranger] = await Promise.all([
    logIn(url, administrator),
    as('worker'),
    as('decider'),
    as('stranger'),
  ]);
};

beforeAll(async () => {
  premises = await openPremises({ withNats: false });
  mails = await openMailSink();
  product = await start(START);
  administrator = product.administrator!;
  await untilReady(product.url!);
  admin = await logIn(product.url!, administrator);
  await setUpIssuer(admin, '2026-11-01');
  const merchant = {
    returnRules: [{ grades: ['C'], disposition: 'ask' }],
    returnPolicy: { decision: { damagedHours: 24, damagedDefault: 'restock_b' } },
  };
  merchantId = await setUpMerchant(admin, { number: 'A-1', name: 'Alpha Wohnen GmbH', merchant });
  other = await setUpMerchant(admin, { number: 'G-1', name: 'Geheimnis OHG', merchant });
  await person('worker@example.com', 'lead');
  await person('decider@example.com', 'merchantDecider', [merchantId]);
  await person('stranger@example.com', 'merchantDecider', [other]);
  await logInAll(product.url!);
  photo = await photoWithEverything(6);
});
afterAll(async () => {
  await closeFreezes();
  await product?.kill();
  await mails?.close();
  await premises?.close();
});

let parcels = 0;
/** A return of one piece per grade, with a photo of each, inspected and completed. */
async function inspected(of: string, ...grades: string[]): Promise<Parcel> {
  parcels += 1;
  const items = grades.map((grade) => ({ sku: `SKU-${grade}`, name: `Teelicht ${grade}`, quantity: 1 }));
  const parcel = await worker.post<Parcel>('/returns', { merchantId: of, externalNumber: `RMA-${parcels}`, items });
  const path = `/returns/${parcel.id}`;
  await worker.post(`${path}/receive`);
  for (const [index, grade] of grades.entries()) {
    const itemId = parcel.items[index]!.id;
    const file = { bytes: photo, name: 'a.jpg', type: 'image/jpeg' };
    await worker.upload(`${path}/photos`, { clientPhotoId: `p${index}`, itemId }, file);
    await worker.post(`${path}/items/${itemId}/inspection`, { quantity: 1, grade, note: `Befund ${grade}` });
  }
  return worker.post<Parcel>(`${path}/complete`);
}

const chargesOf = async (api: Api, returnId: string) =>
  (await api.get<Page<Charge>>(`/charges?merchantId=${merchantId}&limit=200`)).items.filter(
    ({ reference }) => reference.id === returnId,
  );
const types = (charges: Charge[]) => charges.map(({ chargeType, quantity }) => `${chargeType} ${quantity}`).toSorted();
const restocked = async (itemId: string) =>
  Number(
    (
      await premises.database.query(`select count(*) as n from orders.stock_movement where source_item_id = $1`, [
        itemId,
      ])
    )[0]!['n'],
  );
const linkOf = async (number: string): Promise<string> => {
  const mail = await until('the mail that asks', () =>
    mails.mails.find((one: ParsedMail) => /\/decide\//.test(one.text ?? '') && (one.text ?? '').includes(number)),
  );
  return /\/decide\/([A-Za-z0-9._-]+)/.exec(mail.text!)![1]!;
};

test('C2 a merchant answers by the link in the mail; goods, stock and charges follow, and the link is used up', async () => {
  const parcel = await inspected(merchantId, 'A', 'C');
  expect(parcel).toMatchObject({
    state: 'awaiting_decision',
    items: [{ state: 'restocked' }, { state: 'disposition_proposed', disposition: null }],
  });
  const token = await linkOf(parcel.number);
  const anyone = openApi(product.url!);
  const asked = await anyone.get<{ items: { itemId: string; photos: { links: { web: string } }[] }[] }>(
    `/decisions/${token}`,
  );
  expect(asked).toMatchObject({
    returnNumber: parcel.number,
    merchantName: 'Alpha Wohnen GmbH',
    items: [{ itemId: parcel.items[1]!.id, note: 'Befund C', open: true, default: 'restock_b' }],
  });
  const shown = await fetch(product.url! + asked.items[0]!.photos[0]!.links.web);
  expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
  await shown.arrayBuffer();
  await untilCharged(premises.database);
  const before = ['return_item 2', 'return_parcel 1', 'return_photo 1', 'return_restock 1'];
  expect(types(await chargesOf(decider, parcel.id))).toEqual(before);
  expect(await restocked(parcel.items[1]!.id)).toBe(0);

  const decisions = [{ itemId: parcel.items[1]!.id, disposition: 'restock', reason: 'nur die Schachtel' }];
  const answered = await anyone.post<{ answeredAt: string }>(`/decisions/${token}`, { decisions });
  const again = await anyone.post<{ answeredAt: string }>(`/decisions/${token}`, { decisions });
  expect(again.answeredAt).toBe(answered.answeredAt);
  await expect(
    anyone.post(`/decisions/${token}`, { decisions: [{ ...decisions[0], disposition: 'dispose' }] }),
  ).rejects.toMatchObject({ status: 410, problem: { code: 'DECISION_LINK_USED' } });
  const done = await worker.get<Parcel>(`/returns/${parcel.id}`);
  expect(done).toMatchObject({
    state: 'completed',
    items: [{}, { state: 'restocked', dispositionSource: 'merchant' }],
  });
  await until('the goods in the stock', async () => (await restocked(parcel.items[1]!.id)) === 1);
  await untilCharged(premises.database);
  expect(types(await chargesOf(decider, parcel.id))).toEqual([...before, 'return_restock 1'].toSorted());
});

test('X2 from the charge of an inspection a merchant comes to the return, its photos and its findings', async () => {
  const parcel = await inspected(merchantId, 'A', 'D');
  await untilCharged(premises.database);
  const charge = (await chargesOf(decider, parcel.id)).find(({ chargeType }) => chargeType === 'return_item')!;
  const detail = await decider.get<Charge>(`/charges/${charge.id}`);
  expect(detail.reference).toMatchObject({ kind: 'return', id: parcel.id });
  const evidence = await decider.get<Parcel>(`/returns/${detail.reference.id}`);
  expect(evidence.items.map(({ note }) => note)).toEqual(['Befund A', 'Befund D']);
  expect(evidence.photos.map(({ itemId }) => itemId)).toEqual(parcel.items.map(({ id }) => id));
  for (const { links } of evidence.photos) {
    const picture = await fetch(product.url! + links.web);
    expect(picture.status).toBe(200);
    await picture.arrayBuffer();
  }
});

test('C2 many decisions at once over HTTP; and nobody sees or answers what another merchant is asked', async () => {
  const own = [await inspected(merchantId, 'C'), await inspected(merchantId, 'C', 'C')];
  const foreign = await inspected(other, 'C');
  const open = await decider.get<Page<Question>>('/decisions?limit=200');
  expect(open.items.map(({ returnId }) => returnId).toSorted()).toEqual(
    [own[0]!.id, own[1]!.id, own[1]!.id].toSorted(),
  );
  expect(new Set(open.items.map((question) => question.merchantId))).toEqual(new Set([merchantId]));
  expect(open.items[0]).toMatchObject({ choices: ['restock', 'restock_b', 'rtv', 'dispose', 'hold'] });
  await expect(decider.get(`/decisions?merchantId=${other}`)).rejects.toMatchObject({ status: 404 });
  const all = open.items.map(({ returnId, itemId }) => ({ returnId, itemId, disposition: 'dispose' }));
  const smuggled = { returnId: foreign.id, itemId: foreign.items[0]!.id, disposition: 'dispose' };
  const mixed = { returnId: own[0]!.id, itemId: foreign.items[0]!.id, disposition: 'dispose' };
  for (const wrong of [smuggled, mixed])
    await expect(decider.post('/decisions', { decisions: [...all, wrong] })).rejects.toMatchObject({ status: 404 });
  for (const { id, version } of [...own, foreign])
    expect(await worker.get(`/returns/${id}`)).toMatchObject({ version, state: 'awaiting_decision' });
  expect(await decider.post('/decisions', { decisions: all })).toMatchObject({
    returns: [{ state: 'completed' }, { state: 'completed' }],
  });
  expect(await decider.get('/decisions')).toEqual({ items: [], nextCursor: null });
  const [question] = (await stranger.get<Page<Question>>('/decisions')).items;
  expect(question).toMatchObject({ returnId: foreign.id });
});

test('B6 settings: a merchant reads its own only, and only leads and administrators write', async () => {
  const list = { phrases: [{ id: 'p1', de: 'Staubig.', en: 'Dusty.' }] };
  const lists = [
    ['/return-phrases', list],
    ['/return-checklists', { checklists: [] }],
  ] as const;
  for (const [path, body] of lists) {
    await expect(decider.put(path, { merchantId, ...body })).rejects.toMatchObject({ status: 403 });
    await expect(decider.get(path)).rejects.toMatchObject({ status: 403 });
    expect(await worker.put(path, { merchantId: other, ...body })).toMatchObject({ version: 1, merchantId: other });
  }
  expect(await decider.get(`/return-settings?merchantId=${merchantId}`)).toMatchObject({
    rules: [{ grades: ['C'], disposition: 'ask' }],
    policy: { decision: { damagedHours: 24 } },
  });
  await expect(decider.get(`/return-settings?merchantId=${other}`)).rejects.toMatchObject({ status: 404 });
  const mine = await decider.get<{ merchants: { merchantId: string }[] }>('/return-settings');
  expect(mine.merchants.map((one) => one.merchantId)).toEqual([merchantId]);
  expect(JSON.stringify(mine)).not.toMatch(/Staubig|Geheimnis/);
  expect((await worker.get<{ merchants: unknown[] }>('/return-settings')).merchants).toHaveLength(2);
});

test('bad input to every new route is refused with 4xx and stores nothing', async () => {
  const parcel = await inspected(other, 'C');
  const item = parcel.items[0]!.id;
  const ofReturn = { returnId: parcel.id, itemId: item, disposition: 'dispose' };
  const question = { code: 'q', de: 'q', en: 'q', kind: 'yesNo', options: [{ code: 'yes', de: 'j', en: 'y' }] };
  const tries: [string, string, unknown, number][] = [
    ['POST', '/decisions', { decisions: [] }, 422],
    ['POST', '/decisions', { decisions: [{ ...ofReturn, disposition: 'ask' }] }, 422],
    ['POST', '/decisions', { decisions: [{ ...ofReturn, merchantId: other }] }, 422],
    ['POST', '/decisions', { decisions: [{ ...ofReturn, itemId: { $ne: null } }] }, 422],
    ['POST', '/decisions', { decisions: Array.from({ length: 201 }, () => ofReturn) }, 422],
    ['POST', '/decisions', { decisions: [ofReturn, ofReturn] }, 422],
    ['GET', '/decisions?limit=0', undefined, 422],
    ['GET', '/decisions?cursor=eyJhIjoxfQ', undefined, 422],
    ['GET', '/decisions?sort=id', undefined, 422],
    ['GET', '/decisions/x.y', undefined, 404],
    ['POST', '/decisions/x.y', { decisions: [{ itemId: item, disposition: 'dispose' }] }, 404],
    ['POST', '/decisions/x', { decisions: 'x' }, 422],
    ['POST', `/decisions/${'x'.repeat(2_001)}`, { decisions: [{ itemId: item, disposition: 'dispose' }] }, 422],
    ['GET', '/return-settings?merchantId=x', undefined, 422],
    ['PUT', '/return-phrases', { phrases: [{ id: 'a', de: '', en: 'x' }] }, 422],
    ['PUT', '/return-phrases', { phrases: [{ id: 'a', de: 'x\u0000', en: 'x' }] }, 422],
    ['PUT', '/return-phrases', { merchantId: parcel.id, phrases: [] }, 404],
    ['PUT', '/return-checklists', { checklists: [{ id: 'a', articleGroup: 'x', questions: [] }] }, 422],
    ['PUT', '/return-checklists', { checklists: [{ id: 'a', articleGroup: 'x', questions: [question] }] }, 422],
    ['POST', `/returns/${parcel.id}/items/${item}/decision`, { disposition: 'ask' }, 422],
    ['POST', `/returns/${parcel.id}/items/${item}/inspection`, { quantity: 1, grade: 'A', serialNumbers: 'x' }, 422],
    [
      'POST',
      `/returns/${parcel.id}/items/${item}/inspection`,
      { quantity: 1, grade: 'A', bestBefore: '2027-02-30' },
      422,
    ],
    [
      'POST',
      `/returns/${parcel.id}/items/${item}/inspection`,
      { quantity: 1, grade: 'A', checklist: [{ question: 'a' }] },
      422,
    ],
  ];
  const stored = () =>
    premises.database.query(
      `select (select jsonb_agg(to_jsonb(r) order by id) from returns.return r) as returns,
         (select jsonb_agg(to_jsonb(i) order by id) from returns.return_item i) as items,
         (select jsonb_agg(to_jsonb(p)) from returns.return_phrase p) as phrases,
         (select jsonb_agg(to_jsonb(c)) from returns.return_checklist c) as checklists,
         (select count(*) from returns.decision_answer) as answers,
         (select count(*) from messaging.event where type like 'returns.%') as events,
         (select count(*) from messaging.audit_entry where service = 'returns') as audits`,
    );
  const before = await stored();
  for (const [method, path, body, status] of tries) {
    const init =
      body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const answer = await worker.raw(method, path, init);
    const text = await answer.text();
    expect([method, path.slice(0, 60), answer.status]).toEqual([method, path.slice(0, 60), status]);
    expect(text).not.toMatch(/select |\.ts:|constraint "|zod/i);
  }
  expect(await stored()).toEqual(before);
});

test('C3 killed between the deadline and its effect, and run by two processes after that, the clock decides once', async () => {
  const parcel = await inspected(merchantId, 'C');
  const open = await inspected(other, 'C');
  expect(Date.parse(parcel.decisionDueAt!) - Date.parse(START)).toBeLessThan(25 * 3_600_000);
  await untilCharged(premises.database);
  await product.kill();

  const freeze = await freezeAt(premises.database.url, {
    table: 'returns.return',
    event: 'update',
    when: `new.id = '${parcel.id}' and old.state = 'awaiting_decision'`,
  });
  product = await start(LATER);
  await freeze.reached();
  await product.kill();
  await freeze.release();
  const [still] = await premises.database.query('select state from returns.return where id = $1', [parcel.id]);
  expect(still).toEqual({ state: 'awaiting_decision' });

  const folder = fs.mkdtempSync(path.join(premises.dir, 'twin-'));
  const twin = await start(LATER, { KONTOR_DATA_DIR: folder });
  try {
    product = await start(LATER);
    await untilReady(product.url!);
    await logInAll(product.url!);
    for (const { id } of [parcel, open])
      await until('the deadline', async () => (await worker.get<Parcel>(`/returns/${id}`)).state === 'completed');
    expect(await worker.get<Parcel>(`/returns/${parcel.id}`)).toMatchObject({
      items: [{ state: 'restocked', disposition: 'restock_b', dispositionSource: 'deadline' }],
    });
    await until('the goods in the stock', async () => (await restocked(parcel.items[0]!.id)) === 1);
    await untilCharged(premises.database);
  } finally {
    await twin.stop();
  }
  const settled = await premises.database.query(
    `select 1 from messaging.event where type = 'returns.item-settled.v1' and payload ->> 'returnId' = $1`,
    [parcel.id],
  );
  expect(settled).toHaveLength(1);
  const audit = await premises.database.query(
    `select actor_kind from messaging.audit_entry where entity_id = $1 and action = 'item.decided'`,
    [parcel.id],
  );
  expect(audit).toEqual([{ actor_kind: 'service' }]);
  expect(types(await chargesOf(decider, parcel.id)).filter((type) => type.startsWith('return_restock'))).toEqual([
    'return_restock 1',
  ]);
});
