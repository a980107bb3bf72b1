import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { addArticleEan, changeArticle } from '../../../services/orders/use-cases/articles/change-article.ts';
import { createArticle } from '../../../services/orders/use-cases/articles/create-article.ts';
import { getArticle, listArticles } from '../../../services/orders/use-cases/articles/find-articles.ts';
import { saveArticles } from '../../../services/orders/use-cases/articles/save-articles.ts';
import { createOrder } from '../../../services/orders/use-cases/create-order.ts';
import { importOrders } from '../../../services/orders/use-cases/import-orders.ts';
import { upsertMerchants } from '../../../services/orders/persistence/merchants.ts';
import { parseInput } from '../../../shared/moleculer/actions.ts';
import { inTransaction } from '../../../shared/persistence/transaction.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { CallInputOf, InputOf } from '../../../shared/protocol/define.ts';
import { ordersActions as actions } from '../../../shared/protocol/orders/actions.ts';
import type { ArticleView } from '../../../shared/protocol/orders/articles.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { merchantSnapshot, newId, ordersFixture, staff, userOf, type OrdersFixture } from '../../support/orders.ts';

let database: TestDatabase;
let fixture: OrdersFixture;
const { merchantId } = merchantSnapshot();
const { merchantId: foreignId } = merchantSnapshot();
const lead: Actor = { ...staff, kind: 'user', id: 'lead-1', roles: ['lead'] };
const decider: Actor = { ...userOf(merchantId), roles: ['merchantDecider'] };
const stranger: Actor = { ...userOf(foreignId), roles: ['merchantDecider'] };

beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await ordersFixture(database);
  await inTransaction(fixture.deps.orm, 'staff', (em) =>
    upsertMerchants(em, [merchantSnapshot({ merchantId }), merchantSnapshot({ merchantId: foreignId, number: '200' })]),
  );
});
afterAll(async () => {
  await fixture.close();
  await database.drop();
});

type Create = CallInputOf<typeof actions.createArticle>;
let made = 0;
const create = (overrides: Partial<Create> = {}, actor = lead): Promise<ArticleView> => {
  const body = { merchantId, sku: `SKU-${(made += 1)}`, name: 'Mug', ...overrides };
  return createArticle(fixture.deps, parseInput(actions.createArticle, body) as never, actor);
};
const change = (id: string, fields: object, actor = lead) =>
  changeArticle(fixture.deps, parseInput(actions.changeArticle, { id, ...fields }) as never, actor);
const save = (articles: object[], actor = lead) =>
  saveArticles(fixture.deps, parseInput(actions.saveArticles, { merchantId, articles }) as never, actor);
const list = async (filter: Partial<InputOf<typeof actions.listArticles>>, actor = lead) =>
  listArticles(fixture.deps, { limit: 50, ...filter }, actor);
const skus = async (...given: Parameters<typeof list>) => (await list(...given)).items.map(({ sku }) => sku);
const order = (lines: { sku: string; name: string }[], externalNumber: string = newId()) =>
  createOrder(
    fixture.deps,
    parseInput(actions.createOrder, {
      ...{ merchantId, channel: 'shop', externalNumber, country: 'DE' },
      lines: lines.map((line) => ({ ...line, quantity: 1 })),
    }) as never,
    lead,
  );
const told = async (id: string) =>
  (
    await database.query<{ payload: { version: number } }>(
      `select e.payload from messaging.event e join messaging.delivery d on d.event_id = e.id and d.consumer = 'returns.know-articles'
       where e.type = 'orders.article-changed.v1' and e.payload->>'articleId' = $1 order by (e.payload->>'version')::int`,
      [id],
    )
  ).map(({ payload }) => payload);
const audited = async (id: string) =>
  (
    await database.query<{ action: string; before: object; after: object }>(
      `select action, before, after from messaging.audit_entry where entity = 'article' and entity_id = $1 order by at, id`,
      [id],
    )
  ).map(({ action, before, after }) => ({ action, before, after }));
const numbers = () =>
  database.query(
    `select (select count(*) from orders.article) as articles, (select count(*) from orders.article_ean) as eans,
       (select count(*) from orders.article_component) as components, (select sum(version) from orders.article) as versions,
       (select count(*) from messaging.event) as events, (select count(*) from messaging.audit_entry) as audits`,
  );
/** Runs something that is refused and looks that it left nothing. */
const refused = async (work: () => Promise<unknown>, expected: object) => {
  const before = await numbers();
  await expect(work()).rejects.toMatchObject(expected);
  expect(await numbers()).toEqual(before);
};
const at = (path: string, code?: string) => ({
  data: { errors: expect.arrayContaining([expect.objectContaining({ path, ...(code ? { code } : {}) })]) },
});

const FULL = {
  eans: ['036000291452', 'LAGER-7'],
  group: 'Porzellan',
  weightGrams: 350,
  dimensions: { lengthMm: 120, widthMm: 90, heightMm: 100 },
  serialTracked: true,
  batchTracked: true,
  bestBeforeTracked: true,
  hygiene: true,
};

test('J30 an article holds what it is entered with, is told to others as a whole, and leaves a trail', async () => {
  const part = await create({ sku: 'PART' });
  const article = await create({ sku: 'FULL', ...FULL, components: [{ sku: 'PART', quantity: 2 }] });
  expect(article).toEqual({
    id: article.id,
    merchantId,
    version: 1,
    sku: 'FULL',
    name: 'Mug',
    ...FULL,
    components: [{ sku: 'PART', quantity: 2 }],
    variantOf: null,
    condition: 'a',
    active: true,
    picture: null,
    origin: 'entered',
    createdAt: '2026-10-15T10:00:00.000Z',
    updatedAt: '2026-10-15T10:00:00.000Z',
  });
  expect(await getArticle(fixture.deps, { id: article.id }, lead)).toEqual(article);
  const { id: articleId, origin: _, createdAt: __, updatedAt: ___, ...facts } = article;
  expect(await told(articleId)).toEqual([{ articleId, ...facts }]);
  expect(await audited(articleId)).toMatchObject([
    { action: 'article.created', after: { sku: 'FULL', weightGrams: 350 } },
  ]);

  fixture.clock.now = new Date('2026-10-16T08:00:00Z');
  const changed = await change(articleId, { weightGrams: null, eans: ['LAGER-7', '4006381333931'], components: [] });
  expect(changed).toEqual({
    ...article,
    ...{ version: 2, weightGrams: null, eans: ['LAGER-7', '4006381333931'], components: [] },
    updatedAt: '2026-10-16T08:00:00.000Z',
  });
  expect(await getArticle(fixture.deps, { id: articleId }, lead)).toEqual(changed);
  expect((await told(articleId)).map(({ version }) => version)).toEqual([1, 2]);
  expect((await audited(articleId))[1]).toEqual({
    action: 'article.changed',
    before: { eans: FULL.eans, weightGrams: 350, components: [{ sku: 'PART', quantity: 2 }] },
    after: { eans: ['LAGER-7', '4006381333931'], weightGrams: null, components: [] },
  });
  // the same once more is no change
  expect(await change(articleId, { weightGrams: null, dimensions: FULL.dimensions })).toEqual(changed);
  expect(await change(articleId, {})).toEqual(changed);
  expect(await told(articleId)).toHaveLength(2);
  expect(await told(part.id)).toHaveLength(1);
});

test('J30 the same article entered twice is one; another one with its SKU or id is a conflict', async () => {
  const id = newId();
  const article = await create({ id, sku: 'TWICE', weightGrams: 5 });
  expect(await create({ sku: 'TWICE', weightGrams: 5 })).toEqual(article);
  expect(await told(id)).toHaveLength(1);
  await refused(() => create({ sku: 'TWICE', weightGrams: 6 }), { code: 409, ...at('sku', 'ARTICLE_EXISTS') });
  await refused(() => create({ id, sku: 'ELSE' }), { code: 409, ...at('id') });
  // the SKU of another merchant is another article
  const other = await create({ merchantId: foreignId, sku: 'TWICE', eans: [] });
  expect(other.id).not.toBe(id);
  const both = await Promise.allSettled([create({ sku: 'RACE', name: 'one' }), create({ sku: 'RACE', name: 'other' })]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { type: 'ARTICLE_EXISTS' } });
});

test('J30 a code names one article of a merchant, with or without leading zeros, and a wrong check digit is refused', async () => {
  const holder = await create({ eans: ['096385074'] });
  const other = await create();
  await refused(() => change(other.id, { eans: ['X-1', '96385074'] }), { code: 409, ...at('eans.1', 'EAN_TAKEN') });
  await refused(() => create({ eans: ['0000096385074'] }), { code: 409, ...at('eans.0', 'EAN_TAKEN') });
  await refused(() => addArticleEan(fixture.deps, { id: other.id, ean: '96385074' }, lead), {
    code: 409,
    ...at('ean', 'EAN_TAKEN'),
  });
  expect(() => parseInput(actions.createArticle, { merchantId, sku: 'X', name: 'X', eans: ['4006381333930'] })).toThrow(
    /eans\.0: The check digit/,
  );
  expect((await create({ merchantId: foreignId, eans: ['96385074'] })).eans).toEqual(['96385074']);
  const added = await addArticleEan(fixture.deps, { id: holder.id, ean: '10614141000415' }, lead);
  expect(added).toMatchObject({ version: 2, eans: ['096385074', '10614141000415'] });
  expect(await addArticleEan(fixture.deps, { id: holder.id, ean: '96385074' }, lead)).toEqual(added);
  // two at once: one of them gets the code
  const race = [holder, other].map(({ id }) => addArticleEan(fixture.deps, { id, ean: 'RACE-1' }, lead));
  const [one, two] = await Promise.allSettled(race);
  expect([one!.status, two!.status].toSorted()).toEqual(['fulfilled', 'rejected']);
  expect([one, two].find((result) => result?.status === 'rejected')).toMatchObject({ reason: { type: 'EAN_TAKEN' } });
  // a code moves when it is taken from one and given to the other in one request
  expect(
    await save([
      { sku: holder.sku, eans: [] },
      { sku: other.sku, eans: ['96385074'] },
    ]),
  ).toMatchObject({ changed: 2 });
  await refused(
    () =>
      save([
        { sku: holder.sku, eans: ['A-1'] },
        { sku: other.sku, eans: ['A-1'] },
      ]),
    {
      code: 409,
      ...at('articles.1.eans.0', 'EAN_TAKEN'),
    },
  );
});

test('A12 a bundle consists of known articles and never of itself, however deep, whoever changes at the same moment', async () => {
  const [inner, middle, outer] = [await create(), await create(), await create()];
  await change(middle.id, { components: [{ sku: inner.sku, quantity: 3 }] });
  await change(outer.id, {
    components: [
      { sku: middle.sku, quantity: 1 },
      { sku: inner.sku, quantity: 1 },
    ],
  });
  await refused(() => change(inner.id, { components: [{ sku: outer.sku, quantity: 1 }] }), {
    code: 422,
    ...at('components', 'BUNDLE_CYCLE'),
  });
  await refused(() => change(inner.id, { components: [{ sku: 'NOWHERE', quantity: 1 }] }), {
    code: 422,
    ...at('components.0.sku', 'UNKNOWN_ARTICLE'),
  });
  await refused(() => create({ merchantId: foreignId, components: [{ sku: inner.sku, quantity: 1 }] }), {
    code: 422,
    ...at('components.0.sku', 'UNKNOWN_ARTICLE'),
  });
  await refused(
    () =>
      save([
        { sku: 'NEW-1', name: 'x', components: [{ sku: 'NEW-2', quantity: 1 }] },
        { sku: 'NEW-2', name: 'y', components: [{ sku: 'NEW-1', quantity: 1 }] },
      ]),
    {
      code: 422,
      ...at('articles.0.components', 'BUNDLE_CYCLE'),
    },
  );
  expect(
    await save([
      { sku: 'SET-1', name: 'Set', components: [{ sku: 'SET-2', quantity: 2 }] },
      { sku: 'SET-2', name: 'Part' },
    ]),
  ).toEqual({ created: 2, changed: 0, unchanged: 0 });
  for (let round = 0; round < 5; round += 1) {
    const [one, other] = [await create(), await create()];
    const results = await Promise.allSettled([
      change(one.id, { components: [{ sku: other.sku, quantity: 1 }] }),
      change(other.id, { components: [{ sku: one.sku, quantity: 1 }] }),
    ]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  }
});

test('J30 a stale version is refused; a worker adds a code; a merchant changes what is the merchant’s own', async () => {
  const article = await create({ group: 'g' });
  await refused(() => change(article.id, { name: 'x' }, { ...lead, ifMatch: 7 }), { code: 412 });
  expect(await change(article.id, { name: 'x' }, { ...lead, ifMatch: 1 })).toMatchObject({ name: 'x', version: 2 });
  expect(await change(article.id, { name: 'y', weightGrams: 9, eans: ['Y-1'] }, decider)).toMatchObject({ version: 3 });
  await refused(() => change(article.id, { group: null }, decider), { code: 403, ...at('group', 'FIELD_NOT_ALLOWED') });
  for (const work of [
    () => change(article.id, { name: 'z' }, stranger),
    () => addArticleEan(fixture.deps, { id: article.id, ean: 'Z-1' }, stranger),
    () => getArticle(fixture.deps, { id: article.id }, stranger),
    () => getArticle(fixture.deps, { id: newId() }, lead),
    () => create({}, stranger),
    () => save([{ sku: article.sku, name: 'z' }], stranger),
  ])
    await refused(work, { code: 404 });
  await refused(() => create({ merchantId: newId() }), { code: 422, ...at('merchantId', 'UNKNOWN_MERCHANT') });
});

test('J30 what several people add to an article at the same moment is all kept', async () => {
  for (let round = 0; round < 5; round += 1) {
    const { id, sku } = await create();
    const codes = Array.from({ length: 5 }, (_, index) => `${sku}-${index}`);
    await Promise.all([
      ...codes.map((ean) => addArticleEan(fixture.deps, { id, ean }, lead)),
      change(id, { weightGrams: 5 }),
      save([{ sku, group: 'g' }]),
    ]);
    const article = await getArticle(fixture.deps, { id }, lead);
    expect(article).toMatchObject({ version: 8, weightGrams: 5, group: 'g' });
    expect(article.eans.toSorted()).toEqual(codes);
    expect((await told(id)).map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  }
});

test('J30 an order makes bare articles of SKUs nobody entered, never changes what was, and what it made can be entered', async () => {
  const entered = await create({ sku: 'KNOWN', name: 'By hand' });
  await order([
    { sku: 'KNOWN', name: 'By the shop' },
    { sku: 'NEW-A', name: '' },
    { sku: 'NEW-A', name: 'Plate' },
    { sku: 'NEW-B', name: '' },
  ]);
  expect(await getArticle(fixture.deps, { id: entered.id }, lead)).toEqual(entered);
  const [plate] = (await list({ sku: 'NEW-A' })).items;
  expect(plate).toMatchObject({ name: 'Plate', origin: 'order', version: 1, eans: [] });
  expect((await list({ sku: 'NEW-B' })).items).toMatchObject([{ name: 'NEW-B' }]);
  expect(await told(plate!.id)).toHaveLength(1);
  expect(await audited(plate!.id)).toMatchObject([
    { action: 'article.created', after: { sku: 'NEW-A', origin: 'order' } },
  ]);
  await order([{ sku: 'NEW-A', name: 'Plate, renamed' }]);
  expect((await list({ sku: 'NEW-A' })).items).toEqual([plate]);

  const filled = await create({ sku: 'NEW-A', name: 'Plate, white', weightGrams: 400 });
  expect(filled).toMatchObject({
    id: plate!.id,
    version: 2,
    origin: 'entered',
    name: 'Plate, white',
    weightGrams: 400,
  });
  expect(await create({ sku: 'NEW-A', name: 'Plate, white', weightGrams: 400 })).toEqual(filled);
  await refused(() => create({ sku: 'NEW-A', name: 'Plate' }), { code: 409 });
  // a code that was scanned meanwhile stays; what somebody changed is entered
  await order([
    { sku: 'NEW-C', name: 'Jar' },
    { sku: 'NEW-D', name: 'Lid' },
  ]);
  const [jar, lid] = [(await list({ sku: 'NEW-C' })).items[0]!, (await list({ sku: 'NEW-D' })).items[0]!];
  await addArticleEan(fixture.deps, { id: jar.id, ean: '020000000015' }, lead);
  expect(await create({ sku: 'NEW-C', name: 'Jar', eans: ['0020000000015', 'JAR-1'] })).toMatchObject({
    eans: ['020000000015', 'JAR-1'],
  });
  expect(await change(lid.id, { weightGrams: 3 })).toMatchObject({ origin: 'entered' });
  await refused(() => create({ sku: 'NEW-D', name: 'Lid' }), { code: 409 });
  await refused(() => create({ id: newId(), sku: 'NEW-B', name: 'x' }), { code: 409 });
});

test('J30 an import makes the articles of its orders in a few statements, and the same import again makes none', async () => {
  const batch = Array.from({ length: 200 }, (_, index) => ({
    ...{ orderId: newId(), shipmentId: newId(), merchantId, channel: 'file', externalNumber: `I-${index}` },
    ...{ orderedAt: '2026-09-30T10:00:00Z', shippedAt: '2026-09-30T10:00:00Z', country: 'DE', currency: 'EUR' },
    ...{ weightGrams: 1, carrier: 'DHL', contentHash: 'c'.repeat(64) },
    lines: [1, 2, 3].map((ordinal) => ({
      ...{ ordinal, sku: `I-${(index + ordinal) % 150}`, name: `Thing ${index}`, quantity: 1, unitPrice: null },
    })),
  }));
  const run = () => importOrders(fixture.deps, parseInput(actions.importOrders, { orders: batch }) as never, staff);
  const count = async () =>
    (await database.query<{ n: number }>(`select count(*)::int as n from orders.article where sku like 'I-%'`))[0]!.n;
  expect(await run()).toMatchObject({ created: 200 });
  expect(await count()).toBe(150);
  const before = await numbers();
  expect(await run()).toMatchObject({ created: 0, unchanged: 200 });
  expect(await numbers()).toEqual(before);
  const [open] = await database.query<{ n: number }>(
    `select count(*)::int as n from orders.article a where sku like 'I-%' and (select count(*) from messaging.event e
       where e.type = 'orders.article-changed.v1' and e.payload->>'articleId' = a.id::text) <> 1`,
  );
  expect(open!.n).toBe(0);
});

test('J30 many articles at once are entered and changed by SKU, all or none', async () => {
  const articles = Array.from({ length: 500 }, (_, index) => ({
    sku: `BULK-${index}`,
    name: `Bulk ${index}`,
    eans: [`B-${index}`],
  }));
  expect(await save(articles)).toEqual({ created: 500, changed: 0, unchanged: 0 });
  expect(await save(articles)).toEqual({ created: 0, changed: 0, unchanged: 500 });
  expect(await save([{ sku: 'BULK-7', weightGrams: 70 }, { sku: 'BULK-8' }])).toEqual({
    created: 0,
    changed: 1,
    unchanged: 1,
  });
  expect((await list({ sku: 'BULK-7' })).items).toMatchObject([{ name: 'Bulk 7', eans: ['B-7'], weightGrams: 70 }]);
  await refused(() => save([{ sku: 'BULK-1', weightGrams: 1 }, { sku: 'NAMELESS' }]), {
    code: 422,
    ...at('articles.1.name', 'REQUIRED'),
  });
  await refused(() => save([{ sku: 'BULK-1' }, { sku: 'BULK-2' }, { sku: 'BULK-1' }]), {
    code: 422,
    ...at('articles.2.sku', 'DUPLICATE'),
  });
  await refused(() => save([{ sku: 'BULK-1', eans: ['C-1', 'C-1'] }]), { code: 422, ...at('articles.0.eans.1') });
});

test('J30 articles are found by the beginning of SKU, name and code, by group, and page by page', async () => {
  const names = ['Teller Übergröße', 'teller klein', '100 % Wolle', 'A_B', 'Zebra'];
  for (const [index, name] of names.entries())
    await create({
      merchantId: foreignId,
      sku: `F${index}`,
      name,
      group: index < 2 ? 'Geschirr' : null,
      eans: index ? [] : ['4006381333931'],
    });
  await create({ merchantId: foreignId, sku: 'F9', active: false });
  const found = (filter: Parameters<typeof list>[0]) => skus({ merchantId: foreignId, ...filter });
  expect(await found({ q: 'TELLER' })).toEqual(['F0', 'F1']);
  expect(await found({ q: 'teller ü' })).toEqual(['F0']);
  expect(await found({ q: 'f' })).toEqual(['F0', 'F1', 'F2', 'F3', 'F4', 'F9']);
  expect(await found({ q: '%' })).toEqual([]);
  expect(await found({ q: '100 %' })).toEqual(['F2']);
  expect(await found({ q: 'A_' })).toEqual(['F3']);
  expect(await found({ q: 'AX' })).toEqual([]);
  for (const q of ['4006', '4006381333931', '04006381333931']) expect(await found({ q })).toEqual(['F0']);
  expect(await found({ ean: '04006381333931' })).toEqual(['F0']);
  expect(await found({ ean: '4006' })).toEqual([]);
  expect(await found({ group: 'Geschirr' })).toEqual(['F0', 'F1']);
  expect(await found({ active: 'false' })).toEqual(['F9']);
  expect(await skus({ merchantId: foreignId }, decider)).toEqual([]);
  expect((await list({ q: 'teller' }, stranger)).items).toHaveLength(2);
  expect((await list({ q: 'teller' }, decider)).items).toEqual([]);

  const paged: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await list({ merchantId: foreignId, limit: 4, ...(cursor === undefined ? {} : { cursor }) });
    paged.push(...page.items.map(({ sku }) => sku));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(paged).toEqual(await skus({ merchantId: foreignId }));
  expect(new Set(paged).size).toBe(paged.length);
});

test('the database keeps articles of merchants apart and finds the beginning of a text by an index', async () => {
  const tables = ['article', 'article_ean', 'article_component'];
  await create({ merchantId: foreignId, sku: 'OWN-PART' });
  await create({
    merchantId: foreignId,
    sku: 'OWN-SET',
    components: [{ sku: 'OWN-PART', quantity: 1 }],
    eans: ['O-1'],
  });
  for (const table of tables) {
    const seen = async (scope: 'staff' | string[]) =>
      new Set(
        await inTransaction(fixture.deps.orm, scope, async (em) =>
          (await rows<{ m: string }>(em, sql`select merchant_id as m from ${sql.table(table)}`)).map(({ m }) => m),
        ),
      );
    expect(await seen([])).toEqual(new Set());
    expect(await seen([foreignId])).toEqual(new Set([foreignId]));
    expect((await seen('staff')).size).toBe(2);
  }
  const plan = await inTransaction(fixture.deps.orm, [merchantId], async (em) => {
    await rows(em, sql`set local enable_seqscan = off`);
    return rows<Record<string, string>>(
      em,
      sql`explain select id from article a where a.name_search >= lower('tel') and a.name_search <= lower('tel') || 'z'`,
    );
  });
  expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toMatch(/article_by_name/);
});
