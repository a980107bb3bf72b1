import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { openMerchantWorld, pathIn, type MerchantWorld } from '../support/merchant-world.ts';
import {
  FORGED_CURSORS,
  LITERAL,
  randomOf,
  REFUSED,
  someOf,
  toWire,
  UNREADABLE_CURSORS,
  type Mutation,
} from '../support/mutations.ts';
import { placesOf, sampleOf, withValue, type Schema } from '../support/schema-samples.ts';
import { rowCounts as rowCountsOf } from '../support/stored.ts';
import { startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

jest.setTimeout(120_000);

/** security.md, C: nothing a client sends is a 5xx, nothing invalid is kept, and no answer tells of the inside. */
const SEED = 20_261_101;
const PER_ROUTE = 200;
/** Of what is large, or may be kept and has consequences. */
const FEWER_PER_ROUTE = 10;
/** As many wrong requests as security.md asks for. */
const AT_LEAST = 20_000;
const AT_ONCE = 8;
/** Lists whose cursor holds a name: any text may be one. */
const BY_TEXT = [
  '/users',
  '/merchants',
  '/articles',
  '/rate-cards',
  '/import-profiles',
  '/admin/dead-events',
  '/special-job-catalogue',
  '/packagings',
  '/open-accounts',
];
const LEAK =
  /\bat .+:\d+:\d+|node_modules|\.ts\b|\/(home|tmp|var|usr)\/|postgres|\bpg_|mikro|knex|zod|moleculer|\bselect .+ from\b|insert into|violates|invalid input syntax|relation "|constraint "|TypeError|RangeError|SyntaxError/i;

interface Operation {
  operationId: string;
  parameters: { name: string; in: string; required: boolean; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}
interface Route {
  method: string;
  path: string;
  query: Operation['parameters'];
  body: Schema | undefined;
  form: Schema | undefined;
}
interface Request {
  method: string;
  path: string;
  body?: string;
  /** Text fields of a form, beside a file of which nothing can be made. */
  form?: Record<string, string>;
}

let product: WholeProduct;
let world: MerchantWorld;
let routes: Route[];
let tokens: ((request: Request) => Promise<Response>)[];
let sent = 0;
let userId: string;
let openOrderId: string;

beforeAll(async () => {
  product = await startWholeProduct();
  world = await openMerchantWorld(product.admin, 'M-1', 'Muster GmbH');
  const admins = await Promise.all([1, 2, 3, 4].map(() => product.person(['admin', 'finance', 'lead'])));
  ({ id: openOrderId } = await product.admin.post('/orders', {
    ...{ merchantId: world.merchantId, channel: 'shop', externalNumber: 'OPEN-1', country: 'DE' },
    lines: [{ sku: 'SKU-1', name: 'Teelichthalter', quantity: 1_000 }],
  }));
  userId = (await product.person(['worker'])).id;
  tokens = admins.map(({ api }) => ({ method, path, body, form }) => {
    if (form) return api.raw(method, path, { body: formOf(form) });
    const json = body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } };
    return api.raw(method, path, json);
  });
  routes = await routesOf(product);
});
afterAll(() => product?.close());

let made = 0;
/** A body that fits its schema and, as far as a generator can know, the state of things; each with names of its own. */
function fitting(path: string, body: Schema): unknown {
  made += 1;
  const forTheHouse = path === '/users' || path === '/users/{id}' || path === '/api-keys';
  return sampleOf(body, {
    merchantId: world.merchantId,
    merchantIds: forTheHouse ? [] : [world.merchantId],
    ...(path === '/returns/{id}/receive' ? { itemId: world.announcedItemId } : {}),
    ...{ number: `N-${made}`, externalNumber: `E-${made}`, code: `c-${made}`, email: `p-${made}@example.com` },
    ...{ orderId: undefined, merchantNumber: undefined, endsOn: null },
    ...(path.endsWith('/shipments') ? { lines: undefined } : {}),
  });
}

test('the reference names the routes that are tried', () => {
  expect(routes.length).toBeGreaterThan(90);
  expect(routes.filter(({ body }) => body).length).toBeGreaterThan(35);
});

test.each(Object.entries(REFUSED))('%s in a body is refused and nothing is kept', async (kind, mutation) => {
  const requests = mutated(kind, mutation);
  expect(requests.length).toBeGreaterThan(0);
  const before = await rowCounts();
  await expectRefused(requests);
  expect(await rowCounts()).toEqual(before);
});

test('a body that is no object of JSON is refused', async () => {
  const bodies = [
    '{',
    '[]',
    'null',
    '"x"',
    '1',
    '{"a":1}}',
    '['.repeat(100_000),
    '{"a":"\\ud800"',
    '\u0000',
    '{"a":NaN}',
  ];
  const before = await rowCounts();
  const nothing = (body: Schema) => (body.required?.length ? [''] : []);
  await expectRefused(
    routes.flatMap(({ method, path, body }) =>
      body ? [...bodies, ...nothing(body)].map((text) => ({ method, path: filled(path), body: text })) : [],
    ),
  );
  expect(await rowCounts()).toEqual(before);
});

test('a forged cursor is refused by every list', async () => {
  const lists = routes.filter(({ query }) => query.some(({ name }) => name === 'cursor'));
  expect(lists.length).toBeGreaterThan(18);
  const asked = (cursors: readonly string[], some = lists) =>
    some.flatMap(({ path }) => cursors.map((cursor) => ({ method: 'GET', path: `${path}?cursor=${cursor}` })));
  await expectRefused(asked(UNREADABLE_CURSORS));
  await expectRefused(
    asked(
      FORGED_CURSORS,
      lists.filter(({ path }) => !BY_TEXT.includes(path)),
    ),
  );
  await answers(asked(FORGED_CURSORS), ({ status }) => expect(status).toBeLessThan(500));
});

test('a wrong query is refused', async () => {
  const wrong = (name: string, { type, format, enum: options }: Schema): string[] => [
    `${name}=%00`,
    `${name}=a&${name}=b`,
    `${name}[]=a`,
    `${name}[$ne]=`,
    `${name}=%E0%A4%A`,
    `${name}=%ED%A0%80`,
    `${name}=${'x'.repeat(5_000)}`,
    ...(type === 'integer' || type === 'number' ? ['0', '-1', '1e9', 'NaN', '1.5', '', 'a', '1e309'] : []).map(
      (value) => `${name}=${value}`,
    ),
    ...(format === 'uuid' ? ['x', '%7B0%7D', '%0A', "'", ''] : []).map((value) => `${name}=${value}`),
    ...(format === 'date' ? ['2026-02-30', '9999-12-31', '0000-01-01', ''] : []).map((value) => `${name}=${value}`),
    ...(options ? ['id;drop%20table', '', '-'] : []).map((value) => `${name}=${value}`),
  ];
  const gets = routes.filter(({ method }) => method === 'GET');
  const before = await rowCounts();
  await expectRefused(
    gets.flatMap(({ path, query }) =>
      [
        'unknown=1',
        '__proto__[x]=1',
        'constructor=1',
        'populate=merchant',
        ...query.flatMap((one) => wrong(one.name, one.schema)),
      ].map((search) => ({ method: 'GET', path: `${filled(path)}?${search}` })),
    ),
  );
  expect(await rowCounts()).toEqual(before);
});

test('odd text in a query finds nothing or is refused', async () => {
  const texts = ["' OR 1=1--", '%', '_', '\\', '\u202e', '=1+1', '😀', '{{x}}', '*', '-1', 'null', '2026-10-31'];
  const gets = routes.filter(({ method }) => method === 'GET');
  await answers(
    gets.flatMap(({ path, query }) =>
      query.flatMap(({ name }) =>
        texts.map((text) => ({ method: 'GET', path: `${filled(path)}?${name}=${encodeURIComponent(text)}` })),
      ),
    ),
    (response) => expect(response.status).toBeLessThan(500),
  );
});

test('an id in a path that is none is refused', async () => {
  const ids = [
    '1',
    '*',
    '%00',
    '%0A',
    '..%2f',
    '%252e',
    '%7B%7D',
    "'",
    '%E0%A4%A',
    'x'.repeat(3_000),
    '$node',
    '__proto__',
  ];
  const braced = `%7B${world.merchantId}%7D`;
  const before = await rowCounts();
  await expectRefused(
    routes
      .filter(({ path }) => path.includes('{'))
      .flatMap(({ method, path, body }) =>
        [...ids, braced, `${world.merchantId}%0A`, `%20${world.merchantId}`].map((id) => ({
          method,
          path: path.replaceAll(/\{\w+\}/g, id),
          ...(body ? { body: toWire(fitting(path, body)) } : {}),
        })),
      ),
  );
  expect(await rowCounts()).toEqual(before);
});

test('a path takes no other method than its own', async () => {
  const paths = new Set(routes.map(({ path }) => path));
  const others = [...paths].flatMap((path) =>
    ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
      .filter((method) => !routes.some((route) => route.path === path && route.method === method))
      .map((method) => ({ method, path: filled(path) })),
  );
  await expectRefused(others, [404, 405, 422]);
});

test('nothing in the text fields of a form is a fault, and nothing is kept', async () => {
  const random = randomOf(SEED);
  const kinds = [...Object.entries(REFUSED), ...Object.entries(LITERAL)];
  const before = await rowCounts();
  const forms = routes.filter(({ form }) => form);
  expect(forms.length).toBeGreaterThan(4);
  await expectRefused(
    forms.flatMap(({ method, path, form }) => {
      const fields = { ...form!, properties: withoutFile(form!) };
      const sample = sampleOf(fields, { merchantId: world.merchantId });
      const spoiled = placesOf(fields, sample)
        .filter((place) => place.path.length)
        .flatMap((place) =>
          kinds.flatMap(([, mutation]) =>
            mutation(place, valueAt(sample, place.path)).map((wrong) => withValue(sample, place.path, wrong)),
          ),
        );
      return someOf(spoiled, 40, random).map((body) => ({
        ...{ method, path: filled(path) },
        form: Object.fromEntries(
          Object.entries(body as object).flatMap(([name, value]) =>
            value === undefined ? [] : [[name, typeof value === 'string' ? value : JSON.stringify(value)]],
          ),
        ),
      }));
    }),
  );
  expect(await rowCounts()).toEqual(before);
});

// last, because some of it is kept, and what comes of that goes on for a while
test.each(Object.entries(LITERAL))('%s in a body is only text', async (kind, mutation) => {
  await answers(mutated(kind, mutation), (response) => expect(response.status).toBeLessThan(500));
});

test('after all of this nothing has fallen over inside', async () => {
  expect(sent).toBeGreaterThan(AT_LEAST);
  await rowCounts();
  const errors = product
    .output()
    .split('\n')
    .filter((entry) => /"level":(50|60)/.test(entry));
  expect(errors).toEqual([]);
  expect(
    await product.query(
      `select consumer, event_id, attempts, error, (select payload from messaging.event where id = event_id) from messaging.delivery where error is not null and done_at is null`,
    ),
  ).toEqual([]);
});

/** A body for every route that takes one, spoiled at some of its places. */
function mutated(kind: string, mutation: Mutation): Request[] {
  const random = randomOf(SEED + [...kind].reduce((sum, char) => sum + char.charCodeAt(0), 0));
  return routes.flatMap(({ method, path, body }) => {
    if (!body) return [];
    const sample = fitting(path, body);
    const spoiled = placesOf(body, sample).flatMap((place) =>
      mutation(place, valueAt(sample, place.path)).map((wrong) => ({ at: place.path, wrong })),
    );
    const most = kind in LITERAL || kind.startsWith('text') ? FEWER_PER_ROUTE : PER_ROUTE;
    return someOf(spoiled, most, random).map(({ at, wrong }) => ({
      method,
      path: filled(path),
      body: toWire(at.length ? withValue(fitting(path, body), at, wrong) : wrong),
    }));
  });
}

const withoutFile = ({ properties = {} }: Schema) =>
  Object.fromEntries(Object.entries(properties).filter(([, { format }]) => format !== 'binary'));

function formOf(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('file', new Blob(['\u0000']), 'a.csv');
  return form;
}

const valueAt = (value: unknown, path: readonly (string | number)[]): unknown =>
  path.reduce((inner, key) => (inner as Record<string | number, unknown>)[key], value);

/** The path with ids of things that exist. */
const filled = (path: string) => pathIn(world, path, { users: userId, orders: openOrderId });

const expectRefused = (requests: readonly Request[], statuses?: readonly number[]) =>
  answers(requests, (response, text) => {
    if (statuses) expect(statuses).toContain(response.status);
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    const problem = JSON.parse(text) as { code: string; requestId: string; status: number };
    expect(problem).toMatchObject({ code: expect.stringMatching(/^[A-Z][A-Z0-9_]+$/), status: response.status });
    expect(problem.requestId).toMatch(/./);
  });

/** Sends all of them, some at once, by several people, so that the limit of requests is not what answers. */
async function answers(
  requests: readonly Request[],
  check: (response: Response, text: string) => void | Promise<void>,
): Promise<void> {
  sent += requests.length;
  const faults: string[] = [];
  const queue = requests.entries();
  const sender = async () => {
    for (const [index, request] of queue) {
      const { response, text } = await answerTo(request, index);
      try {
        if (response.status >= 400) expect(text.match(LEAK)?.[0] ?? '').toBe('');
        expect(text).not.toContain(process.cwd());
        await check(response, text);
      } catch (error) {
        const { method, path, body = '' } = request;
        faults.push(
          `${method} ${path.slice(0, 200)} ${body.slice(0, 600)}\n→ ${response.status} ${text.slice(0, 300)} ${(error as Error).message.split('\n')[0]}`,
        );
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sender));
  expect(faults).toEqual([]);
}

async function answerTo(request: Request, index: number): Promise<{ response: Response; text: string }> {
  for (;;) {
    const response = await tokens[index % tokens.length]!(request);
    const text = await response.text();
    if (response.status !== 429 || request.path.startsWith('/auth')) return { response, text };
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

async function routesOf({ admin }: WholeProduct): Promise<Route[]> {
  const { paths } = await admin.get<{ paths: Record<string, Record<string, Operation>> }>('/openapi.json');
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { parameters, requestBody }]) => ({
      method: method.toUpperCase(),
      path,
      query: parameters.filter((one) => one.in === 'query'),
      body: requestBody?.content['application/json']?.schema,
      form: requestBody?.content['multipart/form-data']?.schema,
    })),
  );
}

const rowCounts = () => rowCountsOf(product);
