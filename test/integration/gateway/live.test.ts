import net from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import { signAccessToken } from '../../../shared/moleculer/access-token.ts';
import { ACCESS_CHANGED } from '../../../shared/protocol/identity/actions.ts';
import { CHANGED, type ChangeNotice } from '../../../shared/protocol/live.ts';
import { rawRequest, startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { listen, type LiveReader } from '../../support/live.ts';
import { eventually, openFiles } from '../../support/open-files.ts';

const A = uuidv7(new Date());
const B = uuidv7(new Date());
const readers: LiveReader[] = [];
let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway({ live: { beatMs: 100, perPrincipal: 3, total: 6 } });
});
afterEach(async () => {
  for (const reader of readers.splice(0)) reader.close();
  await eventually(() => size() === 0);
});
afterAll(() => gateway.stop());

const size = () => gateway.deps.live.size();
const open = async (token?: string) => {
  const reader = await listen(gateway.url, token);
  readers.push(reader);
  return reader;
};
const tell = (...notices: ChangeNotice[]) => gateway.broker.broadcast(CHANGED, { notices });
const ofReturn = (id: string, merchantId: string | null): ChangeNotice => ({ topic: 'returns', id, merchantId });

test('K24 a change is told at once, with headers that no proxy holds back', async () => {
  const { token } = await gateway.login(['worker']);
  const reader = await open(token);
  expect(Object.fromEntries(reader.headers)).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
  });
  expect(reader.events).toEqual([{ event: 'ready', data: {} }]);
  await tell(ofReturn('r1', A));
  expect(await reader.told({ id: 'r1' }, 1_000)).toEqual({ topic: 'returns', id: 'r1', merchantId: A });
});

test('K24 a merchant is told of its own only, whatever the house is told', async () => {
  const staff = await open((await gateway.login(['lead'])).token);
  const merchant = await open((await gateway.login(['merchantViewer'], [A])).token);
  await tell(ofReturn('foreign', B), ofReturn('nobody', null), { topic: 'notes', id: 'n1', merchantId: A });
  await tell(ofReturn('own', A));
  await merchant.told({ id: 'own' });
  await staff.told({ id: 'own' });
  expect(merchant.notices().map(({ id }) => id)).toEqual(['own']);
  expect(staff.notices().map(({ id }) => id)).toEqual(['foreign', 'nobody', 'n1', 'own']);
  expect(merchant.text()).not.toContain(B);
});

test('K24 nobody listens without a log-in, and nothing can be asked for', async () => {
  expect((await open(undefined)).status).toBe(401);
  expect((await open('nonsense')).status).toBe(401);
  const { token } = await gateway.login(['worker']);
  expect((await gateway.api(token, '/live?topic=returns')).status).toBe(422);
  expect((await gateway.api(token, '/live', { method: 'POST' })).status).toBe(405);
  const head = await gateway.api(token, '/live', { method: 'HEAD' });
  expect([head.status, head.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
  expect(size()).toBe(0);
});

test('K24 a stream ends when its user is deactivated', async () => {
  const { token, userId } = await gateway.login(['worker']);
  const other = await open((await gateway.login(['worker'])).token);
  const reader = await open(token);
  gateway.fakes.people.set(userId, { active: false, roles: [], scope: [] });
  await gateway.broker.broadcast(ACCESS_CHANGED, { id: userId });
  await reader.untilEnded(2_000);
  expect(reader.events.at(-1)).toEqual({ event: 'end', data: { reason: 'ACCESS_ENDED' } });
  await tell(ofReturn('after', A));
  await other.told({ id: 'after' });
  expect(reader.notices()).toEqual([]);
});

test('K24 a stream ends without any message, too, once identity says so', async () => {
  const { token, userId } = await gateway.login(['worker']);
  const reader = await open(token);
  gateway.fakes.people.set(userId, { active: false, roles: [], scope: [] });
  // what identity said is remembered for 5 s
  await reader.untilEnded(8_000);
  expect(reader.events.at(-1)?.event).toBe('end');
}, 10_000);

test('K24 a stream shows what its user may see by now', async () => {
  const { token, userId } = await gateway.login(['merchantViewer'], [A]);
  const reader = await open(token);
  gateway.fakes.people.set(userId, { active: true, roles: ['merchantViewer'], scope: [B] });
  await gateway.broker.broadcast(ACCESS_CHANGED, { id: userId });
  await new Promise((resolve) => setTimeout(resolve, 50));
  await tell(ofReturn('before', A), ofReturn('now', B));
  await reader.told({ id: 'now' });
  expect(reader.notices().map(({ id }) => id)).toEqual(['now']);
});

test('K24 a stream ends with its token', async () => {
  const { userId } = await gateway.login(['worker']);
  // the leeway of clocks is 30 seconds
  const token = await signAccessToken({ userId, sessionId: uuidv7(new Date()) }, gateway.accessKey, -28);
  const reader = await open(token);
  await reader.untilEnded(5_000);
  expect(reader.events.at(-1)).toEqual({ event: 'end', data: { reason: 'ACCESS_ENDED' } });
});

test('a quiet stream shows signs of life', async () => {
  const reader = await open((await gateway.login(['worker'])).token);
  await eventually(() => reader.text().split(': beat\n\n').length > 3);
  expect(reader.events).toHaveLength(1);
});

test('one user has a few streams, all together some more, and a closed one makes room', async () => {
  const { token } = await gateway.login(['worker']);
  const first = await open(token);
  await open(token);
  await open(token);
  expect((await open(token)).status).toBe(429);
  for (let others = 0; others < 3; others += 1) await open((await gateway.login(['worker'])).token);
  const full = await gateway.api((await gateway.login(['worker'])).token, '/live');
  expect([full.status, full.headers.get('retry-after')]).toEqual([503, '30']);
  first.close();
  await eventually(() => size() === 5);
  expect((await open(token)).status).toBe(200);
});

test('what comes from the bus and is no notice is left alone', async () => {
  const reader = await open((await gateway.login(['worker'])).token);
  for (const payload of [undefined, 'x', { notices: 'x' }, { notices: [{ topic: 'secrets', id: 'x', merchantId: A }] }])
    await gateway.broker.broadcast(CHANGED, payload);
  await tell(ofReturn('good', A));
  await reader.told({ id: 'good' });
  expect(reader.notices()).toHaveLength(1);
});

test('readers that vanish leave no stream and no descriptor behind', async () => {
  const { token } = await gateway.login(['worker']);
  (await open(token)).close();
  await eventually(() => size() === 0);
  const before = openFiles();
  for (let round = 0; round < 5; round += 1) {
    const sockets = await Promise.all(Array.from({ length: 3 }, () => rawReader(gateway.port, token)));
    await eventually(() => size() === 3);
    for (const socket of sockets) socket.resetAndDestroy();
    await eventually(() => size() === 0);
  }
  await eventually(() => openFiles() <= before);
});

test('without the bus there are no streams, and those that are open end', async () => {
  const { token } = await gateway.login(['worker']);
  const reader = await open(token);
  gateway.fakes.natsConnected = false;
  void gateway.broker.broadcastLocal('$transporter.disconnected');
  await reader.untilEnded(1_000);
  expect(reader.events.at(-1)).toEqual({ event: 'end', data: { reason: 'BUS_LOST' } });
  expect((await open(token)).status).toBe(503);
  gateway.fakes.natsConnected = true;
  void gateway.broker.broadcastLocal('$transporter.connected');
  expect((await open(token)).status).toBe(503);
  await eventually(async () => (await open(token)).status === 200, 5_000);
  gateway.fakes.natsConnected = null;
});

test('the reference tells of the stream', async () => {
  const reference = (await (await fetch(`${gateway.url}/api/v1/openapi.json`)).json()) as {
    paths: Record<string, { get: { responses: Record<string, { content: object }> } }>;
    tags: { name: string }[];
  };
  expect(Object.keys(reference.paths['/live']!.get.responses['200']!.content)).toEqual(['text/event-stream']);
  expect(reference.tags).toContainEqual({ name: 'gateway' });
});

test('a stop ends streams at once and cleanly', async () => {
  const stopping = await startTestGateway();
  const { token } = await stopping.login(['worker']);
  const reader = await listen(stopping.url, token);
  const startedAt = performance.now();
  await stopping.stop();
  expect(performance.now() - startedAt).toBeLessThan(2_000);
  await reader.untilEnded(500);
  expect(reader.events.at(-1)).toEqual({ event: 'end', data: { reason: 'STOPPING' } });
});

test('a stream does not hold up other requests of its connection pool', async () => {
  const { token } = await gateway.login(['worker']);
  await open(token);
  const answer = await rawRequest(gateway.port, [
    `GET /api/v1/ping HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nConnection: close\r\n\r\n`,
  ]);
  expect(answer).toContain('200 OK');
});

/** A connection that asks for the stream and reads nothing. */
function rawReader(port: number, token: string): Promise<net.Socket> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => {
      socket.write(`GET /api/v1/live HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n\r\n`);
      resolve(socket);
    });
    socket.once('error', reject);
  });
}
