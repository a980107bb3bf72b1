import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { ROLES, type ActionDefinition, type Role } from '../../shared/protocol/define.ts';
import { ALL_ACTIONS } from '../../shared/protocol/index.ts';
import type { Api } from '../support/api.ts';
import { agreeMandates, collectAndDun } from '../support/collected-and-dunned.ts';
import { setUpIssuer } from '../support/fixtures.ts';
import { billThem, openMerchantWorld, pathIn, type MerchantWorld } from '../support/merchant-world.ts';
import { until } from '../support/product.ts';
import { sampleOf, type Schema } from '../support/schema-samples.ts';
import { MULTIPART } from '../support/multipart.ts';
import { bodyOf, uploadRoutes } from '../support/upload-routes.ts';
import { startWholeProduct, type Person, type WholeProduct } from '../support/whole-product.ts';

jest.setTimeout(120_000);

interface Route {
  method: string;
  path: string;
  access: readonly Role[];
  definition: ActionDefinition;
  body: Schema | undefined;
}

const routes: Route[] = ALL_ACTIONS.filter(({ access }) => access !== 'public' && access !== 'internal').map(
  (definition) => {
    const [method = '', path = ''] = definition.rest!.split(' ');
    return { method, path, access: definition.access as readonly Role[], definition, body: undefined };
  },
);
const reads = routes.filter(({ method }) => method === 'GET');
const writes = routes.filter(({ method }) => method !== 'GET');
const titled = (some: readonly Route[]) => some.map((route) => [`${route.method} ${route.path}`, route] as const);
/** What belongs to the house as a whole and to no merchant. */
const HOUSE = ['/auth/me', '/import-profiles', '/issuer'];

const SCHEMAS = ['identity', 'merchants', 'orders', 'returns', 'billing', 'notifications', 'sync', 'messaging'];

/** Tables of the house. What they keep of a merchant is reached by a key that a request cannot name. */
const OF_NO_MERCHANT = [
  'billing.accounting_settings',
  'billing.bank_account_statement',
  'billing.bank_entry',
  'billing.base_rate',
  'billing.collection_run',
  'billing.dunning_run',
  'billing.dunning_settings',
  'billing.export',
  'billing.issuer',
  'billing.merchant_access',
  'billing.number_series',
  'billing.run',
  'billing.storage_policy',
  'identity.api_key',
  'identity.login_attempt',
  'identity.refresh_token',
  'identity.session',
  'identity.user_account',
  'messaging.delivery',
  'messaging.idempotency',
  'notifications.bounce_mailbox',
  'orders.carrier_invoice',
  'orders.carrier_line',
  'orders.carrier_line_outcome',
  'orders.packaging',
  'orders.special_job_catalogue',
  'sync.import',
  'sync.mapping_profile',
  'sync.self_check',
  'sync.self_check_result',
];

let product: WholeProduct;
let own: MerchantWorld;
let foreign: MerchantWorld;
let ownIds: Record<string, string>;
let foreignIds: Record<string, string>;
let viewer: Person;
let decider: Person;
let key: Api;
let callers: { name: string; roles: Role[]; api: Api }[];
const staff = new Map<Role, Api>();

beforeAll(async () => {
  product = await startWholeProduct();
  const { admin } = product;
  await setUpIssuer(admin, '2026-11-01');
  own = await openMerchantWorld(admin, '110', 'Alpha GmbH');
  foreign = await openMerchantWorld(admin, '220', 'Geheimnis OHG');
  const logo = (await uploadRoutes(own, '110')).get('PUT /issuer/logo')!;
  await admin.raw(logo.method, logo.path, {
    body: new Uint8Array(bodyOf(logo)),
    headers: { 'content-type': MULTIPART },
  });
  const mandates = await agreeMandates(admin, [own.merchantId, foreign.merchantId]);
  const { runId, invoices } = await billThem(admin, [own.merchantId, foreign.merchantId]);
  const importId = await importFor(admin, '220');
  const exportId = await exportOf(admin, invoices.get(foreign.merchantId)!);
  const { letterOf, ...collected } = await collectAndDun(product, [own, foreign]);
  const others = async ({ merchantId }: MerchantWorld) => ({
    ...collected,
    mandates: mandates.get(merchantId)!,
    'dunning-letters': letterOf(merchantId),
    'billing-runs': runId,
    imports: importId,
    exports: exportId,
    invoices: invoices.get(merchantId)!,
    lineId: await storageLine(admin, invoices.get(merchantId)!),
    'line-disputes': await lineDispute(product, merchantId, invoices.get(merchantId)!),
    messages: await invoiceMail(admin, merchantId),
    'carrier-lines': await carrierLine(admin, merchantId),
    payments: (await admin.post('/payments', { merchantId, amountMinor: 100, valueDate: '2026-11-01' })).id,
  });
  ownIds = await others(own);
  foreignIds = await others(foreign);
  for (const role of ['worker', 'lead', 'finance', 'admin'] as const)
    staff.set(role, (await product.person([role])).api);
  staff.set('api', await product.apiKey([]));
  viewer = await product.person(['merchantViewer'], [own.merchantId]);
  decider = await product.person(['merchantDecider'], [own.merchantId]);
  key = await product.apiKey([own.merchantId]);
  callers = [
    { name: 'viewer', roles: ['merchantViewer'], api: viewer.api },
    { name: 'decider', roles: ['merchantDecider'], api: decider.api },
    { name: 'API key', roles: ['api'], api: key },
  ];
  foreignIds['users'] = (await product.person(['merchantViewer'], [foreign.merchantId])).id;
  await bodies();
});
afterAll(() => product?.close());

test.each(titled(reads))('K10 %s tells a merchant nothing of another one', async (_title, route) => {
  const path = asked(pathIn(foreign, route.path, foreignIds));
  const house = await staff.get(route.access.includes('admin') ? 'admin' : 'api')!.raw('GET', path);
  expect(house.status).toBe(200);
  await house.arrayBuffer();
  for (const { name, roles, api } of callers) {
    const response = await api.raw('GET', path);
    const answer = { name, status: response.status, body: await response.text() };
    if (!allows(route, roles)) expect(answer).toMatchObject({ name, status: 403 });
    else if (path.includes(foreign.merchantId) || /\{id\}/.test(route.path))
      expect({ ...answer, status: [403, 404].includes(answer.status) }).toMatchObject({ status: true });
    else if (!HOUSE.includes(route.path)) expect([200, 403]).toContain(answer.status);
    expectNothingForeign(answer.body, path);
  }
});

test.each(titled(reads.filter(({ access }) => access.some((role) => ['merchantViewer', 'api'].includes(role)))))(
  'K10 %s shows a merchant its own',
  async (_title, route) => {
    const path = asked(pathIn(own, route.path, ownIds), own);
    const { status } = await (route.access.includes('merchantViewer') ? viewer.api : key).raw('GET', path);
    // a key with merchants sees what is theirs; runs, imports and the books belong to the house
    const ofHouse = /^\/(billing-runs|imports|import-profiles|issuer$|packagings|carrier-|payments|open-)/.test(
      route.path,
    );
    expect(status).toBe(ofHouse ? 403 : 200);
  },
);

test.each(titled(reads.filter(({ definition }) => 'merchantId' in definition.params.shape)))(
  'K10 %s with the merchantId of another one is empty or refused',
  async (_title, route) => {
    for (const { name, roles, api } of callers) {
      const response = await api.raw('GET', `${route.path}?merchantId=${foreign.merchantId}`);
      const text = await response.text();
      if (!allows(route, roles)) expect([name, response.status]).toEqual([name, 403]);
      else if (response.status === 200) expect(JSON.parse(text)).toMatchObject({ items: [] });
      else expect([403, 404, 422]).toContain(response.status);
      expectNothingForeign(text, foreign.merchantId);
    }
  },
);

test('K10 no write of a merchant reaches what is of another one', async () => {
  const before = await rowsOf(foreign.merchantId);
  const reached: string[] = [];
  for (const route of writes)
    for (const { name, roles, api } of callers) {
      const path = pathIn(foreign, route.path, foreignIds);
      const response = await send(api, route, path);
      const text = await response.text();
      const refusals = allows(route, roles) ? [403, 404] : [403];
      // a create that names nobody makes something of one's own; what names the other one is tried below
      const concerned = route.path.includes('{') || !allows(route, roles) || namesMerchant(route);
      const fine = refusals.includes(response.status) || (namesMerchant(route) && response.status === 422);
      if (concerned && !fine) reached.push(`${name} ${route.method} ${path} ${response.status} ${text.slice(0, 200)}`);
    }
  expect(reached).toEqual([]);
  expect(await rowsOf(foreign.merchantId)).toEqual(before);
});

test('K10 what stands below an own return or batch but is of another merchant is not found', async () => {
  const worker = staff.get('worker')!;
  const decision = { disposition: 'dispose', reason: 'x' };
  const finding = { quantity: 1, grade: 'A', note: 'x' };
  const at = (world: MerchantWorld, itemId: string) => `/returns/${world.announcedId}/items/${itemId}`;
  const tries: [Api, string, object, number][] = [
    [decider.api, `${at(own, foreign.announcedItemId)}/decision`, decision, 404],
    [worker, `${at(own, foreign.announcedItemId)}/inspection`, finding, 404],
    [worker, `/rtv-batches/${own.batchId}/items/${foreign.itemId}/remove`, {}, 404],
  ];
  for (const [api, path, body, status] of tries) await expect(api.post(path, body)).rejects.toMatchObject({ status });
  // the order of another merchant is no order of this one
  const ofForeign = { merchantId: own.merchantId, orderId: foreign.orderId, items: [{ name: 'x', quantity: 1 }] };
  await expect(decider.api.post('/returns', ofForeign)).rejects.toMatchObject({ status: 422 });
});

test('K10 a search finds nothing of another merchant', async () => {
  for (const { api } of callers)
    for (const code of [foreign.trackingNumber, '220-RMA-1', '220-1001', 'RTV-220', 'SKU-1']) {
      const text = await (await api.raw('GET', `/returns/lookup?code=${code}`)).text();
      expectNothingForeign(text, code);
    }
});

test('K10 the same Idempotency-Key of another principal is another key and shows nothing', async () => {
  const headers = { 'idempotency-key': 'one-key' };
  const stranger = await product.person(['merchantDecider'], [foreign.merchantId]);
  const made = await stranger.api.post('/returns', { merchantId: foreign.merchantId, note: 'geheim' }, headers);
  const mine = await decider.api.post<{ id: string; merchantId: string }>(
    '/returns',
    { merchantId: own.merchantId, note: 'geheim' },
    headers,
  );
  expect(mine.id).not.toBe(made.id);
  expect(mine.merchantId).toBe(own.merchantId);
  const taken = decider.api.raw('POST', '/returns', {
    body: JSON.stringify({ id: made.id, merchantId: own.merchantId }),
    headers: { 'content-type': 'application/json' },
  });
  const answer = await (await taken).text();
  expect((await taken).status).toBe(409);
  expect(answer).not.toContain('geheim');
  expect(answer).not.toContain(foreign.merchantId);
});

test.each(ROLES.map((role) => [role]))('K10 the role %s may do what its routes say and nothing else', async (role) => {
  const api = staff.get(role) ?? (role === 'merchantViewer' ? viewer.api : decider.api);
  const wrong: string[] = [];
  for (const route of routes) {
    // nothing with this id exists, and an empty body is invalid where fields are mandatory: nothing much happens
    const path = route.path.replaceAll(/\{\w*[iI]d\}/g, '01890000-0000-7000-8000-000000000000');
    const response = await unhurried(() => send(api, route, pathIn(own, path), {}));
    const refused = [401, 403].includes(response.status);
    if (refused === route.access.includes(role)) wrong.push(`${route.method} ${route.path} ${response.status}`);
  }
  expect(wrong).toEqual([]);
});

test('K10 a role that is taken away, a changed merchant, a deactivated user and an ended key count at once', async () => {
  const { admin } = product;
  const person = await product.person(['finance']);
  const status = async (path: string, api = person.api) => (await api.raw('GET', path)).status;
  expect(await status('/billing-runs')).toBe(200);
  await admin.patch(`/users/${person.id}`, { roles: ['worker'] });
  expect(await status('/billing-runs')).toBe(403);
  expect(await status('/returns')).toBe(200);
  await admin.patch(`/users/${person.id}`, { roles: ['merchantViewer'], merchantIds: [own.merchantId] });
  expect(await status(`/returns/${own.returnId}`)).toBe(200);
  await admin.patch(`/users/${person.id}`, { merchantIds: [foreign.merchantId] });
  expect(await status(`/returns/${own.returnId}`)).toBe(404);
  expect(await status(`/returns/${foreign.returnId}`)).toBe(200);
  await admin.patch(`/users/${person.id}`, { active: false });
  expect(await status(`/returns/${foreign.returnId}`)).toBe(401);
  const ended = await product.apiKey([own.merchantId]);
  expect(await status('/returns', ended)).toBe(200);
  const { items } = await admin.get<{ items: { id: string }[] }>('/api-keys?limit=1');
  expect((await admin.raw('DELETE', `/api-keys/${items[0]!.id}`)).status).toBe(204);
  expect(await status('/returns', ended)).toBe(401);
});

test('K10 the database itself keeps merchants apart', async () => {
  const { query } = product;
  const open = await query(
    `select format('%I.%I', n.nspname, c.relname) as table from pg_class c join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attname = 'merchant_id' and not a.attisdropped
     where c.relkind in ('r', 'p') and n.nspname = any($1) and (not c.relrowsecurity or not c.relforcerowsecurity
       or not exists (select from pg_policy p where p.polrelid = c.oid and p.polpermissive and p.polqual is not null and p.polwithcheck is not null))`,
    [SCHEMAS],
  );
  expect(open).toEqual([]);
  const withoutMerchant = await query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables t where table_schema = any($1)
       and table_type = 'BASE TABLE' and not exists (select from information_schema.columns c where c.column_name = 'merchant_id'
         and (c.table_schema, c.table_name) = (t.table_schema, t.table_name)) order by 1`,
    [SCHEMAS],
  );
  expect(withoutMerchant.map(({ name }) => name).filter((name) => !name.endsWith('.migrations'))).toEqual(
    OF_NO_MERCHANT,
  );
});

test('K10 no service may step around row security', async () => {
  const roles = await product.query(
    `select rolname from pg_roles where rolname like 'kontor\\_%' and rolname <> 'kontor_owner' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb
       or exists (select from pg_class c where c.relowner = pg_roles.oid) or exists (select from pg_proc p where p.proowner = pg_roles.oid)
       or exists (select from pg_namespace n where n.nspowner = pg_roles.oid))`,
  );
  expect(roles).toEqual([]);
  expect(
    await product.query(
      `select m.rolname from pg_auth_members join pg_roles m on m.oid = member where m.rolname like 'kontor\\_%'`,
    ),
  ).toEqual([]);
  expect(
    await product.query(`select format('%I.%I', schemaname, viewname) from pg_views where schemaname = any($1)`, [
      SCHEMAS,
    ]),
  ).toEqual([]);
  expect(
    await product.query(
      `select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.prosecdef and n.nspname <> 'pg_catalog'`,
    ),
  ).toEqual([]);
  const wide = await product.query<{ grantee: string; name: string }>(
    `select distinct grantee, format('%I.%I', table_schema, table_name) as name from information_schema.role_table_grants
     where table_schema = any($1) and (grantee = 'PUBLIC' or (grantee like 'kontor\\_%' and grantee <> 'kontor_owner' and table_schema <> 'messaging' and grantee <> 'kontor_' || table_schema))`,
    [SCHEMAS],
  );
  expect(wide).toEqual([]);
});

const allows = ({ access }: Route, roles: readonly Role[]) => roles.some((role) => access.includes(role));
/** What a carrier billed for a parcel nobody knows; whosever it may be, it is the affair of the house. */
async function carrierLine(admin: Api, merchantId: string): Promise<string> {
  const lines = [{ trackingNumber: `X-${merchantId}`, amountMinor: 450 }];
  const invoice = await admin.post<{ id: string }>('/carrier-invoices', {
    ...{ carrier: 'DHL', number: merchantId, invoicedOn: '2026-10-30', lines },
  });
  const { items } = await admin.get<{ items: { id: string }[] }>(`/carrier-lines?invoiceId=${invoice.id}`);
  return items[0]!.id;
}

/** The postings of the month in which an invoice was issued, by the usual accounts. */
async function exportOf(admin: Api, invoiceId: string): Promise<string> {
  const usual = await admin.get('/accounting-settings/proposal?chart=SKR03');
  await admin.put('/accounting-settings', {
    ...{ ...usual, consultantNumber: 1001, clientNumber: 1, fiscalYearStartMonth: 1, accountDigits: 4, chart: 'SKR03' },
    ...{ locked: false, initials: null },
  });
  const { issueDate } = await admin.get<{ issueDate: string }>(`/invoices/${invoiceId}`);
  return (await admin.post('/exports', { kind: 'postings', period: issueDate.slice(0, 7) })).id;
}

async function storageLine(admin: Api, invoiceId: string): Promise<string> {
  const { lines } = await admin.get<{ lines: { id: string; chargeType: string }[] }>(`/invoices/${invoiceId}`);
  return lines.find(({ chargeType }) => chargeType === 'storage')!.id;
}

async function lineDispute({ person }: WholeProduct, merchantId: string, invoiceId: string): Promise<string> {
  const { api } = await person(['merchantDecider'], [merchantId]);
  const { lines } = await api.get<{ lines: { id: string; netMinor: number }[] }>(`/invoices/${invoiceId}`);
  const { id } = lines.find(({ netMinor }) => netMinor > 0)!;
  const complaint = { reason: 'other', text: 'Das stimmt nicht.' };
  return (await api.post<{ id: string }>(`/invoices/${invoiceId}/lines/${id}/disputes`, complaint)).id;
}

function asked(path: string, world = foreign): string {
  if (path === '/returns/lookup') return `${path}?code=${world.trackingNumber}`;
  if (path === '/exports/preview') return `${path}?kind=bundle&period=2026-11`;
  if (path === '/accounting-settings/proposal') return `${path}?chart=SKR03`;
  if (path === '/billing-runs/preview') return `${path}?cutoff=2026-11-15`;
  if (path === '/storage-snapshots/gaps') return `${path}?merchantId=${world.merchantId}&from=2026-10-01&to=2026-10-31`;
  return path.endsWith('/storage-evidence.csv') ? `${path}?month=2026-10` : path;
}
const namesMerchant = ({ definition }: Route) =>
  ['merchantId', 'merchantIds', 'snapshots'].some((field) => field in (definition.body?.shape ?? {}));

/** Nothing that only the other merchant's data holds, apart from what was asked for itself. */
function expectNothingForeign(text: string, path: string): void {
  const marks = ['Geheimnis', 'rechnung-220', 'T-220', '220-1001', ...Object.values(foreign), foreignIds['invoices']!];
  expect(marks.filter((mark) => !path.includes(mark) && text.includes(mark))).toEqual([]);
}

/** One person asks for every route at once here, which is more than anybody may in a second. */
async function unhurried(ask: () => Promise<Response>): Promise<Response> {
  const response = await ask();
  await response.arrayBuffer();
  if (response.status !== 429) return response;
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  return unhurried(ask);
}

function send(api: Api, { method, definition, body }: Route, path: string, json?: object): Promise<Response> {
  const content =
    json ?? (body ? sampleOf(body, { merchantId: foreign.merchantId, merchantIds: [foreign.merchantId] }) : {});
  if (method === 'GET') return api.raw(method, path);
  if (!definition.upload)
    return api.raw(method, path, { body: JSON.stringify(content), headers: { 'content-type': 'application/json' } });
  const form = new FormData();
  if (!json) for (const [name, value] of Object.entries(content as object)) form.set(name, String(value));
  if (!json) form.set('file', new Blob(['x']), 'a.csv');
  return api.raw(method, path, { body: form });
}

/** What a client learns of the bodies. */
async function bodies(): Promise<void> {
  type Operations = Record<string, { requestBody?: { content: Record<string, { schema: Schema }> } }>;
  const { paths } = await product.admin.get<{ paths: Record<string, Operations> }>('/openapi.json');
  for (const route of routes)
    route.body = Object.values(paths[route.path]?.[route.method.toLowerCase()]?.requestBody?.content ?? {})[0]?.schema;
}

async function importFor(api: Api, number: string): Promise<string> {
  const rows = [
    'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country',
    `900001,${number}01,GEHEIMNISVOLL,2,2026-10-30 10:00:00,1.5,1,Germany`,
    'x,POST,GEHEIMNIS,1,2026-10-30 10:00:00,1,1,Germany',
  ];
  const file = { bytes: Buffer.from(rows.join('\n')), name: 'a.csv', type: 'text/csv' };
  const { id } = await api.upload('/imports', { profile: 'online-retail' }, file);
  await until('the import', async () => (await api.get<{ state: string }>(`/imports/${id}`)).state === 'done');
  return id;
}

const invoiceMail = (api: Api, merchantId: string) =>
  until('the mail of the invoice', async () => {
    const list = `/messages?merchantId=${merchantId}&kind=invoiceReady`;
    const { items } = await api.get<{ items: { id: string; state: string }[] }>(list);
    return items.find(({ state }) => state === 'sent')?.id;
  });

/** Everything stored of a merchant, by table, as one text each. */
async function rowsOf(merchantId: string): Promise<unknown> {
  const tables = await product.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.columns
     where column_name = 'merchant_id' and table_schema not in ('messaging', 'pg_catalog') order by 1`,
  );
  const texts = tables.map(
    ({ name }) =>
      `select '${name}' as "table", md5(coalesce(string_agg(t::text, ';' order by t::text), '')) from ${name} t where merchant_id = '${merchantId}'`,
  );
  return product.query(texts.join(' union all '));
}
