import net from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import { rawRequest, startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { eventually, openFiles } from '../../support/open-files.ts';

let gateway: TestGateway;
let token: string;
const id = uuidv7(new Date());

beforeAll(async () => {
  gateway = await startTestGateway({
    config: { CORS_ORIGINS: 'https://app.example.com' },
    bodyWithinMs: 300,
  });
  await gateway.store.put('files/a.pdf', Buffer.from('%PDF-1.7 a file'));
  await gateway.store.put('files/big.pdf', Buffer.alloc(3_000_000, 7));
});
beforeEach(async () => {
  ({ token } = await gateway.login(['worker']));
});
afterAll(() => gateway.stop());

const failHow = (how: string) => gateway.post(token, `/things/${id}/fail`, { how });

test('a broken rule is told with its code, and with nothing from inside', async () => {
  const answer = await failHow('rule');
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(await answer.json()).toEqual({
    type: 'about:blank',
    title: 'Conflict',
    status: 409,
    code: 'THING_LOCKED',
    detail: 'The thing is locked',
    requestId: answer.headers.get('x-request-id'),
  });
});

test.each(['bug', 'driver', 'odd'])(
  'an unexpected failure (%s) tells nothing and is logged with its stack',
  async (how) => {
    const answer = await failHow(how);
    expect(answer.status).toBe(500);
    const requestId = answer.headers.get('x-request-id');
    const text = await answer.text();
    expect(JSON.parse(text)).toEqual({
      type: 'about:blank',
      title: 'Internal Server Error',
      status: 500,
      code: 'INTERNAL_ERROR',
      detail: 'Something went wrong on our side',
      requestId,
    });
    const line = gateway.logLines().find((entry) => entry['requestId'] === requestId && entry['err']);
    expect((line!['err'] as { stack: string }).stack).toContain('at ');
  },
);

test.each([
  ['a call that takes too long', () => failHow('timeout')],
  ['an action that nobody offers', () => gateway.api(token, '/absent')],
])('%s → 503 with Retry-After', async (_what, act) => {
  const answer = await act();
  expect([answer.status, answer.headers.get('retry-after'), await answer.json()]).toMatchObject([
    503,
    '5',
    { code: 'SERVICE_UNAVAILABLE' },
  ]);
});

test('a file comes with fixed type, name, length and ETag, and is not sent twice', async () => {
  const answer = await gateway.api(
    token,
    `/things/${id}/file.pdf?name=${encodeURIComponent('Größe "1"\r\nX: y.pdf')}`.replace('%0D%0A', '%20'),
  );
  expect(answer.status).toBe(200);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'application/pdf',
    'content-length': '15',
    'content-disposition': `attachment; filename="Gro_e _1_ X: y.pdf"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%221%22%20X%3A%20y.pdf`,
    'x-content-type-options': 'nosniff',
    etag: '"files/a.pdf"',
  });
  expect(await answer.text()).toBe('%PDF-1.7 a file');
  const again = await gateway.api(token, `/things/${id}/file.pdf`, { headers: { 'if-none-match': '"files/a.pdf"' } });
  expect([again.status, await again.text()]).toEqual([304, '']);
  const head = await gateway.api(token, `/things/${id}/file.pdf`, { method: 'HEAD' });
  expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '15', '']);
});

test('a file that is gone → 404 without the headers of a file', async () => {
  const answer = await gateway.api(token, `/things/${id}/file.pdf?key=files/none.pdf`);
  expect([answer.status, answer.headers.get('content-disposition'), answer.headers.get('etag')]).toEqual([
    404,
    null,
    null,
  ]);
});

test('readers that leave in the middle leave no file open', async () => {
  const before = openFiles();
  for (let n = 0; n < 20; n += 1) {
    const socket = net.connect(gateway.port, '127.0.0.1');
    socket.write(
      `GET /api/v1/things/${id}/file.pdf?key=files/big.pdf HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n\r\n`,
    );
    await new Promise((resolve) => socket.once('data', resolve));
    socket.destroy();
  }
  await eventually(() => openFiles() <= before);
});

test('every answer carries the security headers', async () => {
  for (const path of ['/api/v1/ping', '/api/v1/nothing', '/health/live', '/docs'])
    expect(Object.fromEntries((await fetch(gateway.url + path)).headers)).toMatchObject({
      'content-security-policy': expect.stringMatching(/default-src 'none'.*frame-ancestors 'none'/),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-request-id': expect.any(String),
      vary: expect.stringContaining('Origin'),
    });
});

// security.md 108
test.each([
  ['https://app.example.com', true],
  ['https://app.example.co', false],
  ['https://app', false],
  ['https://app.example.com.evil.com', false],
  ['http://app.example.com', false],
  ['null', false],
])('CORS for %s: %s', async (origin, allowed) => {
  const answer = await fetch(`${gateway.url}/api/v1/ping`, { headers: { origin } });
  expect(answer.headers.get('access-control-allow-origin')).toBe(allowed ? origin : null);
  const preflight = await fetch(`${gateway.url}/api/v1/things`, {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'POST' },
  });
  expect([preflight.status, preflight.headers.get('allow')]).toEqual([204, 'GET, HEAD, POST, OPTIONS']);
  expect(preflight.headers.get('access-control-allow-methods')).toBe(allowed ? 'GET, HEAD, POST, OPTIONS' : null);
});

test('OPTIONS runs nothing', async () => {
  gateway.fakes.seen.length = 0;
  expect((await gateway.api(token, '/nothing', { method: 'OPTIONS' })).status).toBe(404);
  await gateway.api(token, '/things', { method: 'OPTIONS', headers: { 'access-control-request-method': 'GET' } });
  expect(gateway.fakes.seen).toEqual([]);
});

test('a body that drips is given up', async () => {
  const head = `POST /api/v1/things HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`;
  expect(await rawRequest(gateway.port, [head])).toMatch(/^HTTP\/1.1 400/);
});

test.each([
  ['no HTTP at all', 'hello\r\n\r\n', 400],
  ['a head of 20 KB', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  ['two lengths', 'POST /api/v1/things HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', 400],
  [
    'length and chunks',
    'POST /api/v1/things HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
    400,
  ],
])('%s is answered and closed', async (_what, bytes, status) => {
  const answer = await rawRequest(gateway.port, [bytes]);
  expect(answer.startsWith(`HTTP/1.1 ${status} `)).toBe(true);
  expect(answer).toMatch(/connection: close/i);
});

test('the log has one line per request without secrets, the metrics name routes and not addresses', async () => {
  const answer = await gateway.api(token, `/things/${id}?`, {});
  await gateway.api(token, '/things?code=geheim');
  const requestId = answer.headers.get('x-request-id');
  await eventually(() => gateway.logLines().some((line) => line['requestId'] === requestId));
  const lines = gateway.logLines().filter((line) => line['requestId'] === requestId && line['msg'] === 'http');
  expect(lines).toEqual([
    expect.objectContaining({
      method: 'GET',
      route: '/api/v1/things/{id}',
      status: 200,
      ms: expect.any(Number),
      principal: expect.stringMatching(/^user:/),
    }),
  ]);
  const log = JSON.stringify(gateway.logLines());
  expect(log).not.toContain(token);
  expect(log).not.toContain('geheim');
  const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
  expect(metrics).toContain('kontor_http_seconds_count{method="GET",route="/api/v1/things/{id}",status="200"}');
  expect(metrics).not.toContain(id);
  await fetch(`${gateway.url}/some/where`);
  expect(await (await fetch(`${gateway.url}/metrics`)).text()).not.toContain('some/where');
});

test('metrics are for this machine and for administrators', async () => {
  const through = { 'x-forwarded-for': '10.0.0.1' };
  expect((await fetch(`${gateway.url}/metrics`, { headers: through })).status).toBe(401);
  const as = async (role: 'admin' | 'worker') => ({
    ...through,
    authorization: `Bearer ${(await gateway.login([role])).token}`,
  });
  expect((await fetch(`${gateway.url}/metrics`, { headers: await as('worker') })).status).toBe(403);
  expect((await fetch(`${gateway.url}/metrics`, { headers: await as('admin') })).status).toBe(200);
});

test.each([
  ['PostgreSQL does not answer', { postgres: false }],
  ['NATS is lost', { nats: false }],
  ['a loop fails', { ok: false }],
])('readiness tells the truth when %s', async (_what, change) => {
  const ready = () => fetch(`${gateway.url}/health/ready`);
  const through = { headers: { 'x-forwarded-for': '10.0.0.1' } };
  expect([(await ready()).status, await (await fetch(`${gateway.url}/health/ready`, through)).json()]).toEqual([
    200,
    { ready: true, services: { things: 'ok' } },
  ]);
  Object.assign(gateway.fakes.health, change);
  const failing = await ready();
  expect([failing.status, await failing.json()]).toMatchObject([
    503,
    { ready: false, services: { things: 'failing' }, details: { things: { service: 'things' } } },
  ]);
  expect(await (await fetch(`${gateway.url}/health/ready`, through)).json()).toEqual({
    ready: false,
    services: { things: 'failing' },
  });
  Object.assign(gateway.fakes.health, { postgres: true, nats: null, ok: true });
  expect((await fetch(`${gateway.url}/health/live`)).status).toBe(200);
});

test('a container is well while its own process is, whatever fails elsewhere', async () => {
  const own = async (at: string, init?: RequestInit) => {
    const response = await fetch(`${at}/health/process`, init);
    return [response.status, await response.json()];
  };
  Object.assign(gateway.fakes.health, { postgres: false });
  expect((await fetch(`${gateway.url}/health/ready`)).status).toBe(503);
  expect(await own(gateway.url)).toMatchObject([
    200,
    { ready: true, services: { gateway: 'ok' }, details: { gateway: { loops: [{ name: 'gateway.sweep-incoming' }] } } },
  ]);
  Object.assign(gateway.fakes.health, { postgres: true });
  gateway.fakes.natsConnected = false;
  expect(await own(gateway.url, { headers: { 'x-forwarded-for': '10.0.0.1' } })).toEqual([
    503,
    { ready: false, services: { gateway: 'failing' } },
  ]);
  gateway.fakes.natsConnected = null;

  const together = await startTestGateway({ config: { services: ['gateway', 'things' as 'orders'] } });
  expect(await own(together.url)).toMatchObject([200, { services: { gateway: 'ok', things: 'ok' } }]);
  Object.assign(together.fakes.health, { ok: false });
  expect(await own(together.url)).toMatchObject([503, { services: { gateway: 'ok', things: 'failing' } }]);
  await together.stop();
});

test('a port that is taken is said plainly, and nothing else breaks', async () => {
  await expect(startTestGateway({ config: { PORT: gateway.port } })).rejects.toThrow(
    /Port \d+ of 127\.0\.0\.1 is in use.*set PORT/,
  );
  expect((await fetch(`${gateway.url}/health/live`)).status).toBe(200);
});

test('an answer in progress ends before the gateway does', async () => {
  const other = await startTestGateway();
  await other.store.put('files/big.pdf', Buffer.alloc(3_000_000, 7));
  const worker = (await other.login(['worker'])).token;
  const answer = await other.api(worker, `/things/${id}/file.pdf?key=files/big.pdf`);
  const [bytes] = await Promise.all([answer.arrayBuffer(), other.stop()]);
  expect(bytes.byteLength).toBe(3_000_000);
  await expect(fetch(`${other.url}/health/live`)).rejects.toThrow();
});
