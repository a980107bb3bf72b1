import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import { rawRequest, startTestGateway, type TestGateway } from '../../support/gateway.ts';

let gateway: TestGateway;
let token: string;
const id = uuidv7(new Date());

beforeAll(async () => {
  gateway = await startTestGateway();
});
beforeEach(async () => {
  gateway.fakes.seen.length = 0;
  ({ token } = await gateway.login(['worker']));
});
afterAll(() => gateway.stop());

const good = { name: 'a', quantity: 1 };
const raw = (method: string, target: string, headers = '', body = '') =>
  rawRequest(gateway.port, [
    `${method} ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ${token}\r\n${headers}\r\n${body}`,
  ]);
const statusOf = (answer: string) => Number(answer.split(' ')[1]);

test('a request passes through: parameters are parsed, the body is not converted, the actor is the principal', async () => {
  const answer = await gateway.post(token, '/things', good);
  expect(answer.status).toBe(201);
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  const { input, actor } = (await answer.json()) as { input: unknown; actor: unknown };
  expect(input).toEqual(good);
  expect(actor).toMatchObject({
    kind: 'user',
    roles: ['worker'],
    scope: 'staff',
    requestId: answer.headers.get('x-request-id'),
  });
  await gateway.api(token, '/things?limit=7&sort=-createdAt&code=A%20B');
  expect(gateway.fakes.seen.at(-1)!.input).toEqual({ limit: 7, sort: '-createdAt', code: 'A B' });
  await gateway.api(token, '/things');
  expect(gateway.fakes.seen.at(-1)!.input).toEqual({ limit: 50 });
});

test('a literal path wins over a parameter; HEAD is GET without the body; a version is the ETag', async () => {
  expect(((await (await gateway.api(token, '/things/lookup?code=X')).json()) as { input: unknown }).input).toEqual({
    code: 'X',
  });
  const read = await gateway.api(token, `/things/${id}`);
  expect([read.status, read.headers.get('etag')]).toEqual([200, '"7"']);
  const head = await gateway.api(token, `/things/${id}`, { method: 'HEAD' });
  expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([
    200,
    read.headers.get('content-length'),
    '',
  ]);
  expect(
    (await gateway.api((await gateway.login(['admin'])).token, `/things/${id}`, { method: 'DELETE' })).status,
  ).toBe(204);
});

// security.md 34 to 36, 53: what exists is exactly what is defined
test.each([
  ['GET', '/api/v1/nothing', 404],
  ['PUT', '/api/v1/things', 405],
  ['PUT', `/api/v1/things/${id}`, 405],
  ['TRACE', '/api/v1/things', 405],
  ['POST', '/api/v1/openapi.json', 405],
  ['GET', '/api/v1/THINGS', 404],
  ['GET', '/api/$node/services', 404],
  ['GET', '/api/~node/list', 404],
  ['GET', '/~node/list', 404],
  ['GET', '/list-aliases', 404],
  ['GET', '/gateway/listAliases', 404],
  ['GET', '/api/v1/things.listThings', 404],
  ['GET', '/things/listThings', 404],
  ['GET', '/api/v1/things/../../../etc/passwd', 404],
  ['GET', '/api/v1/things/..%2f..%2fetc', 404],
  ['GET', '/api/v1/things/%252e%252e', 404],
  ['GET', '/api/v1//things', 404],
  ['GET', '/api/./v1/things', 404],
  ['GET', '/api/v1/things/%2e%2e', 404],
  ['GET', '/api/v1/things/a%5cb', 404],
  ['GET', '/api/v1/things/a%00b', 404],
  ['GET', '/assets/..%2fgateway.service.ts', 404],
  ['GET', '/assets/__proto__', 404],
  ['GET', 'http://elsewhere/api/v1/things', 404],
  ['GET', '/api/v1/things/%E0%A4%A', 400],
  ['GET', '/api/v1/things?code=%E0%A4%A', 400],
])('%s %s → %i', async (method, target, status) => {
  const answer = await raw(method, target);
  expect(statusOf(answer)).toBe(status);
  expect(answer).toContain('application/problem+json');
  expect(gateway.fakes.seen).toEqual([]);
  if (status === 405) expect(answer).toMatch(/Allow: [A-Z, ]*GET|Allow: [A-Z, ]*PATCH/);
});

test('an override of the method is not heard', async () => {
  const answer = await gateway.post(token, `/things`, good, { 'x-http-method-override': 'DELETE' });
  expect(answer.status).toBe(201);
});

// security.md 41, 44, 51, 111
test.each([
  '?__proto__[x]=1',
  '?a[constructor]=1',
  '?__proto__=1',
  '?constructor=1',
  '?limit=1&limit=2',
  '?code[]=a&code[]=b',
  '?code=a&code=b',
  '?unknown=1',
  '?limit=1e9',
  '?limit=0',
  '?limit=abc',
  '?limit=NaN',
  '?limit=Infinity',
  '?sort=id;drop%20table',
  '?sort=__proto__',
  '?code=%00',
  '?id=0197b0c0-0000-7000-8000-000000000000',
])('GET /things%s → 422', async (query) => {
  const answer = await gateway.api(token, `/things${query}`);
  expect(answer.status).toBe(422);
  expect(await answer.json()).toMatchObject({
    code: 'INVALID_INPUT',
    errors: expect.arrayContaining([expect.objectContaining({ path: expect.any(String), code: expect.any(String) })]),
  });
  expect(gateway.fakes.seen).toEqual([]);
});

test.each([
  ['a trailing newline', `${id}%0A`, 404],
  ['braces', `%7B${id}%7D`, 422],
  ['no id', 'abc', 422],
  ['SQL', `${id}'%20OR%201=1--`, 422],
])('an id with %s is refused', async (_what, value, status) => {
  expect((await gateway.api(token, `/things/${value}`)).status).toBe(status);
});

test('an id in upper case is the same id', async () => {
  expect(await (await gateway.api(token, `/things/${id.toUpperCase()}`)).json()).toMatchObject({ id });
});

test('a query cannot override a parameter of the path', async () => {
  const answer = await gateway.api(token, `/things/${id}?id=${uuidv7(new Date())}`);
  expect([answer.status, await answer.json()]).toMatchObject([422, { errors: [{ path: 'id' }] }]);
});

// security.md 39 to 50, 57
test.each([
  ['__proto__', `{"name":"a","quantity":1,"__proto__":{"isAdmin":true}}`, '__proto__'],
  [
    'a nested __proto__',
    `{"name":"a","quantity":1,"extra":{"a":[{"__proto__":{"isAdmin":true}}]}}`,
    'extra.a.0.__proto__',
  ],
  ['an escaped __proto__', String.raw`{"name":"a","quantity":1,"\u005f_proto__":{}}`, '__proto__'],
  [
    'constructor.prototype',
    `{"name":"a","quantity":1,"extra":{"constructor":{"prototype":{"x":1}}}}`,
    'extra.constructor',
  ],
  ['an operator for text', `{"name":{"$ne":null},"quantity":1}`, 'name'],
  ['an operator as key', `{"name":"a","quantity":1,"$or":[]}`, '$or'],
  ['an array for text', `{"name":["a"],"quantity":1}`, 'name'],
  ['a number as text', `{"name":"a","quantity":"1"}`, 'quantity'],
  ['a boolean as number', `{"name":"a","quantity":true}`, 'quantity'],
  ['1e309', `{"name":"a","quantity":1e309}`, 'quantity'],
  ['more than 2^53', `{"name":"a","quantity":1,"amountMinor":9007199254740993}`, 'amountMinor'],
  ['a fraction of a cent', `{"name":"a","quantity":1,"amountMinor":0.5}`, 'amountMinor'],
  ['zero', `{"name":"a","quantity":0}`, 'quantity'],
  ['NUL', String.raw`{"name":"a\u0000b","quantity":1}`, 'name'],
  ['a lone surrogate', String.raw`{"name":"a\ud800b","quantity":1}`, 'name'],
  ['mass assignment', `{"name":"a","quantity":1,"version":9,"role":"admin"}`, 'version'],
  ['the file of an upload', `{"name":"a","quantity":1,"file":{"uploadKey":"incoming/x"}}`, 'file'],
  ['an array', `[1]`, ''],
  ['a scalar', `"x"`, ''],
  ['null', `null`, ''],
  ['nothing', `{}`, 'name'],
])('a body with %s → 422 at its path', async (_what, body, path) => {
  const answer = await gateway.post(token, '/things', body);
  expect(answer.status).toBe(422);
  const problem = (await answer.json()) as { errors: { path: string }[] };
  expect(problem.errors.map((error) => error.path)).toContain(path);
  expect(gateway.fakes.seen).toEqual([]);
  expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
});

// security.md 54, 55
test.each([
  ['cut off', '{"name":"a"'],
  ['single quotes', "{'name':'a'}"],
  ['NaN', '{"name":"a","quantity":NaN}'],
  ['Infinity', '{"name":"a","quantity":Infinity}'],
  ['a trailing comma', '{"name":"a","quantity":1,}'],
  ['100,000 arrays in each other', '['.repeat(100_000) + ']'.repeat(100_000)],
  ['65 levels', `{"extra":${'['.repeat(65)}${']'.repeat(65)}}`],
])('malformed JSON: %s → 400', async (_what, body) => {
  const answer = await gateway.post(token, '/things', body);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ code: 'BODY_UNREADABLE', detail: 'The body is not readable as JSON' });
});

test('brackets in text are no depth, and of a name that stands twice the last value counts', async () => {
  const answer = await gateway.post(token, '/things', `{"name":"${'['.repeat(500)}\\"","quantity":1,"quantity":2}`);
  expect([answer.status, gateway.fakes.seen.at(-1)?.input['quantity']]).toEqual([201, 2]);
});

test('text that is not UTF-8 → 400', async () => {
  const body = Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xff, 0xfe]), Buffer.from('","quantity":1}')]);
  const answer = await gateway.api(token, '/things', {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
  });
  expect(answer.status).toBe(400);
});

test('text is stored as it is meant: NFC, and SQL is only text', async () => {
  await gateway.post(token, '/things', { name: `e\u0301' OR 1=1-- %_`, quantity: 1 });
  expect(gateway.fakes.seen.at(-1)!.input['name']).toBe(`é' OR 1=1-- %_`);
});

// security.md 56
test.each([
  'text/plain',
  'application/x-www-form-urlencoded',
  'application/json; charset=latin1',
  'application/jsonp',
  '',
])('a body as "%s" → 415', async (type) => {
  const body = JSON.stringify(good);
  const answer = await raw(
    'POST',
    '/api/v1/things',
    `Content-Length: ${body.length}\r\n${type ? `Content-Type: ${type}\r\n` : ''}`,
    body,
  );
  expect(statusOf(answer)).toBe(415);
});

test('a compressed body → 415', async () => {
  const answer = await gateway.post(token, '/things', good, { 'content-encoding': 'gzip' });
  expect(answer.status).toBe(415);
});

test('a body may have exactly the limit of its route, and not one byte more', async () => {
  const bodyOf = (bytes: number) => `{"name":"a","quantity":1${' '.repeat(bytes - 25)}}`;
  expect((await gateway.post(token, '/things', bodyOf(1_048_576))).status).toBe(201);
  expect((await gateway.post(token, '/things', bodyOf(1_048_577))).status).toBe(413);
  expect((await gateway.post(token, '/things-bulk', { rows: ['x'.repeat(1_500_000)] })).status).toBe(200);
  expect((await gateway.post(token, '/things-bulk', { rows: ['x'.repeat(3_000_000)] })).status).toBe(413);
});

test('a body in chunks of unknown length is cut off at the limit', async () => {
  const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
  const head = `POST /api/v1/things HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`;
  expect(statusOf(await rawRequest(gateway.port, [head, ...Array.from({ length: 17 }, () => chunk)]))).toBe(413);
});

test('the body of a stranger is not read', async () => {
  const answer = await gateway.post(undefined, '/things', '{broken');
  expect(answer.status).toBe(401);
});

test.each([
  ['Idempotency-Key', 'x'.repeat(256)],
  ['Idempotency-Key', 'two words'],
  ['Idempotency-Key', ''],
  ['If-Match', '3'],
  ['If-Match', '"3", "4"'],
])('an unusable %s (case %#) → 422', async (header, value) => {
  const answer = await gateway.post(token, '/things', good, { [header]: value });
  expect([answer.status, await answer.json()]).toMatchObject([422, { errors: [{ path: header }] }]);
});

test.each(['W/"3"', '"abc"', '""'])('If-Match: %s can match nothing → 412', async (value) => {
  expect((await gateway.post(token, '/things', good, { 'if-match': value })).status).toBe(412);
});

test('a key and a version reach the action; the hash tells requests apart by their meaning only', async () => {
  const hashOf = async (body: string, headers = {}) => {
    await gateway.post(token, '/things', body, { 'idempotency-key': 'k'.repeat(255), ...headers });
    return gateway.fakes.seen.at(-1)!.actor.idempotency!.requestHash;
  };
  const first = await hashOf('{"name":"a","quantity":1}');
  expect(gateway.fakes.seen.at(-1)!.actor.idempotency).toMatchObject({
    key: 'k'.repeat(255),
    action: 'things.createThing',
  });
  expect(await hashOf('{ "quantity": 1, "name": "a" }')).toBe(first);
  expect(await hashOf('{"name":"b","quantity":1}')).not.toBe(first);
  const patched = await gateway.api(token, `/things/${id}`, {
    method: 'PATCH',
    body: '{"name":"x"}',
    headers: { 'content-type': 'application/json', 'if-match': '"12"' },
  });
  expect(((await patched.json()) as { actor: { ifMatch: number } }).actor.ifMatch).toBe(12);
});

// security.md 104
test.each(['x'.repeat(5_000), 'short', 'has space in it'])(
  'an unusable X-Request-ID (%#) is replaced',
  async (given) => {
    const answer = await raw('GET', '/api/v1/ping', `X-Request-ID: ${given}\r\n`);
    expect(answer).toMatch(/x-request-id: [0-9a-f]{24}\r\n/i);
  },
);

test('a usable X-Request-ID goes through the call and into the log', async () => {
  const answer = await gateway.api(token, '/ping', { headers: { 'x-request-id': 'from-the-client_1' } });
  expect(answer.headers.get('x-request-id')).toBe('from-the-client_1');
  expect(((await answer.json()) as { actor: { requestId: string } }).actor.requestId).toBe('from-the-client_1');
});
