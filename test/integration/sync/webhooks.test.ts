import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { createHmac, timingSafeEqual } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { enqueue } from '../../../services/sync/persistence/outgoing.ts';
import type { SyncDeps } from '../../../services/sync/sync.deps.ts';
import {
  changeConnection,
  createConnection,
  deleteConnection,
  getConnectionSecret,
  listConnections,
  runConnection,
} from '../../../services/sync/use-cases/connections.ts';
import { listLog } from '../../../services/sync/use-cases/list-log.ts';
import { MOST_ATTEMPTS, sendWebhooks } from '../../../services/sync/use-cases/send-webhooks.ts';
import { post } from '../../../services/sync/webhooks/post.ts';
import { consume, consumeDue } from '../../../shared/messaging/consumer.ts';
import { transact } from '../../../shared/messaging/transact.ts';
import { orderShippedV1, shipmentCancelledV1 } from '../../../shared/protocol/orders/events.ts';
import type { ConnectionView } from '../../../shared/protocol/sync/views.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { eventually } from '../../support/open-files.ts';
import { merchantSnapshot, newId, userOf } from '../../support/orders.ts';
import { syncFixture, syncStaff, type SyncFixture } from '../../support/sync.ts';

interface Received {
  path: string;
  headers: http.IncomingHttpHeaders;
  body: string;
}

let database: TestDatabase;
let fixture: SyncFixture;
let server: http.Server;
let base: string;
let received: Received[];
let answer: (request: http.IncomingMessage, response: http.ServerResponse) => void;
const merchant = merchantSnapshot({ number: '100' });
const foreign = merchantSnapshot({ number: '200' });

beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await syncFixture(database);
  await fixture.addMerchant(merchant);
  await fixture.addMerchant(foreign);
  server = http.createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      received.push({ path: request.url!, headers: request.headers, body });
      answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  reset();
});
function reset(): void {
  received = [];
  answer = (_request, response) => response.writeHead(204).end();
}
afterEach(async () => {
  reset();
  await database.query('update sync.connection set active = false');
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await fixture.close();
  await database.drop();
});

const connect = (overrides: Record<string, unknown> = {}): Promise<ConnectionView> =>
  createConnection(
    fixture.deps,
    {
      ...{ merchantId: merchant.merchantId, name: 'Shop', url: `${base}/hook`, events: [orderShippedV1.type] },
      ...overrides,
    },
    syncStaff,
  );
const shipped = (merchantId: string) => ({
  ...{ merchantId, orderId: newId(), orderNumber: 'N-1', channel: 'shop', shipmentId: newId(), firstShipment: true },
  ...{
    shippedAt: '2026-10-15T08:00:00Z',
    serviceDate: '2026-10-15',
    carrier: null,
    trackingNumber: null,
    country: 'DE',
  },
  ...{ weightGrams: 1, parcels: 1, pieces: 0, lines: [] },
});
const consumer = consume(
  'sync.send-order-shipped',
  orderShippedV1,
  async ({ em }, events) => void (await enqueue(em, events)),
);
/** Announces a shipment and lets the consumer take it up; gives back the id of the event. */
async function ship(merchantId = merchant.merchantId): Promise<string> {
  const eventId = newId();
  await transact(fixture.deps, syncStaff, async (_em, announce) =>
    announce(orderShippedV1, shipped(merchantId), { eventId }),
  );
  while (await consumeDue({ ...fixture.deps, log: fixture.deps.log }, consumer));
  return eventId;
}
/** Announces that a shipment was called back, and lets the service take it up. */
async function callBack(merchantId = merchant.merchantId): Promise<string> {
  const eventId = newId();
  const payload = { ...shipped(merchantId), cancelledAt: '2026-10-15T09:00:00Z', cancelledOn: '2026-10-15' };
  await transact(fixture.deps, syncStaff, async (_em, announce) =>
    announce(shipmentCancelledV1, { ...payload, revision: 1, reason: 'Storno', restocked: true }, { eventId }),
  );
  while (
    await consumeDue(
      fixture.deps,
      consume(
        'sync.send-shipment-cancelled',
        shipmentCancelledV1,
        async ({ em }, all) => void (await enqueue(em, all)),
      ),
    )
  );
  return eventId;
}
const outgoing = (connection: ConnectionView) =>
  database.query<{
    state: string;
    attempts: number;
    last_status: number | null;
    last_error: string | null;
    wait: string;
  }>(
    `select state, attempts, last_status, last_error, extract(epoch from next_at - clock_timestamp())::text as wait
     from sync.outgoing where connection_id = $1 order by created_at, id`,
    [connection.id],
  );
const due = () => database.query(`update sync.outgoing set next_at = clock_timestamp()`);
const logOf = async (connection: ConnectionView) =>
  (await listLog(fixture.deps, { limit: 200, connectionId: connection.id }, syncStaff)).items;

/** Checked by hand, without our own code: HMAC-SHA256 over id.timestamp.body with the decoded secret. */
function isSigned({ headers, body }: Received, secret: string): boolean {
  const content = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
  const expected = createHmac('sha256', Buffer.from(secret.split('_')[1]!, 'base64'))
    .update(content)
    .digest();
  const given = Buffer.from(String(headers['webhook-signature']).split(',')[1]!, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

test('D4 K8 merchants hear of their shipments that are called back, each its own', async () => {
  const events = [shipmentCancelledV1.type];
  const own = await connect({ events });
  const other = await connect({ events, merchantId: foreign.merchantId, url: `${base}/foreign` });
  const deaf = await connect({ url: `${base}/deaf` });
  const eventId = await callBack();
  expect(await sendWebhooks(fixture.deps)).toBe(1);
  expect(own.events).toEqual(events);
  for (const connection of [other, deaf]) expect(await outgoing(connection)).toEqual([]);
  expect(received.map(({ path }) => path)).toEqual(['/hook']);
  expect(JSON.parse(received[0]!.body)).toMatchObject({
    ...{ id: eventId, type: 'orders.shipment-cancelled.v1' },
    data: { orderNumber: 'N-1', cancelledOn: '2026-10-15', reason: 'Storno', restocked: true },
  });
});

test('K8 a fact reaches each matching connection once, signed, with a stable id', async () => {
  const own = await connect();
  const all = await connect({ merchantId: null, url: `${base}/all` });
  const other = await connect({ merchantId: foreign.merchantId, url: `${base}/foreign` });
  const deaf = await connect({ events: ['billing.invoice-finalized.v1'] });
  const eventId = await ship();
  await database.query(`update messaging.delivery set done_at = null, attempts = 0, next_at = now()`);
  while (await consumeDue(fixture.deps, consumer));
  expect(await sendWebhooks(fixture.deps)).toBe(2);
  expect(await sendWebhooks(fixture.deps)).toBe(0);
  expect(received.map(({ path }) => path).toSorted()).toEqual(['/all', '/hook']);
  for (const connection of [other, deaf]) expect(await outgoing(connection)).toEqual([]);

  const message = received.find(({ path }) => path === '/hook')!;
  expect(message.headers).toMatchObject({ 'webhook-id': eventId, 'content-type': 'application/json' });
  expect(Math.abs(Date.now() / 1_000 - Number(message.headers['webhook-timestamp']))).toBeLessThan(60);
  expect(JSON.parse(message.body)).toMatchObject({
    id: eventId,
    type: 'orders.order-shipped.v1',
    merchantId: merchant.merchantId,
    occurredAt: expect.any(String),
    data: { orderNumber: 'N-1', serviceDate: '2026-10-15' },
  });
  const { secret } = await getConnectionSecret(fixture.deps, { id: own.id }, syncStaff);
  expect(isSigned(message, secret)).toBe(true);
  expect(isSigned({ ...message, body: message.body.replace('N-1', 'N-2') }, secret)).toBe(false);
  const { secret: another } = await getConnectionSecret(fixture.deps, { id: all.id }, syncStaff);
  expect(isSigned(message, another)).toBe(false);
  expect(await outgoing(own)).toMatchObject([{ state: 'sent', attempts: 1, last_status: 204 }]);
});

test('the secret stands nowhere in clear text, and reading it is recorded', async () => {
  const actor = { ...syncStaff, idempotency: { key: 'k', action: 'sync.createConnection', requestHash: 'h' } };
  const settings = { merchantId: null, name: 'x', url: `${base}/x`, events: [orderShippedV1.type] };
  const { id } = await createConnection(fixture.deps, settings, actor);
  const { secret } = await getConnectionSecret(fixture.deps, { id }, actor);
  const [found] = await database.query<{ everything: string }>(
    `select (select string_agg(c::text, '') from sync.connection c) || (select string_agg(i::text, '') from messaging.idempotency i)
       || (select string_agg(a::text, '') from messaging.audit_entry a) as everything`,
  );
  expect(found!.everything).not.toContain(secret.slice(6, 30));
  expect(
    await database.query(
      `select 1 from messaging.audit_entry where action = 'connection.secret-read' and entity_id = $1`,
      [id],
    ),
  ).toHaveLength(1);
});

test('K8 what fails is tried again with growing pauses, about a day long, and then given up and shown', async () => {
  const connection = await connect();
  await ship();
  answer = (_request, response) => response.writeHead(500).end('no');
  const waits: number[] = [];
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
    await due();
    expect(await sendWebhooks(fixture.deps)).toBe(1);
    const [state] = await outgoing(connection);
    expect(state).toMatchObject({ attempts: attempt, last_status: 500, last_error: 'answered 500' });
    waits.push(Number(state!.wait));
  }
  expect(await outgoing(connection)).toMatchObject([{ state: 'failed' }]);
  await due();
  expect(await sendWebhooks(fixture.deps)).toBe(0);
  expect(waits[0]).toBeGreaterThan(55);
  expect(waits[0]).toBeLessThan(76);
  expect(waits[1]!).toBeGreaterThan(115);
  expect(Math.max(...waits)).toBeLessThan(3_600 * 1.25 + 1);
  const hours = waits.slice(0, -1).reduce((sum, wait) => sum + wait, 0) / 3_600;
  expect(hours).toBeGreaterThan(20);
  expect(hours).toBeLessThan(28);
  expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  const log = await logOf(connection);
  expect(log).toHaveLength(MOST_ATTEMPTS);
  expect(log.filter(({ outcome }) => outcome === 'failed')).toMatchObject([
    { detail: `attempt ${MOST_ATTEMPTS}: answered 500` },
  ]);
  const { items } = await listConnections(fixture.deps, { limit: 50 }, syncStaff);
  expect(items.find(({ id }) => id === connection.id)).toMatchObject({
    failed: 1,
    pending: 0,
    failingSince: expect.any(String),
    lastError: 'answered 500',
  });
});

test('K7 a manual start sends now what waits or was given up, and repeats the past when asked to', async () => {
  const connection = await connect();
  answer = (_request, response) => response.writeHead(503).end();
  const [first, second] = [await ship(), await ship()];
  await sendWebhooks(fixture.deps);
  await database.query(`update sync.outgoing set state = 'failed' where event_id = $1`, [first]);
  reset();
  expect(await sendWebhooks(fixture.deps)).toBe(0);
  const run = (from?: string) => runConnection(fixture.deps, { id: connection.id, from }, syncStaff);
  expect(await run()).toEqual({ queued: 2 });
  await sendWebhooks(fixture.deps);
  expect(received.map(({ headers }) => headers['webhook-id']).toSorted()).toEqual([first, second].toSorted());
  expect(await run()).toEqual({ queued: 0 });
  expect(await run('2026-10-15T00:00:00Z')).toEqual({ queued: 2 });
  await sendWebhooks(fixture.deps);
  expect(received).toHaveLength(4);
  expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(2);
  const log = await logOf(connection);
  expect(log.filter(({ outcome }) => outcome === 'sent')).toHaveLength(4);
  expect(log.filter(({ outcome }) => outcome === 'retrying')).toHaveLength(2);
  const mine = await listLog(fixture.deps, { limit: 50, connectionId: connection.id }, userOf(merchant.merchantId));
  expect(mine.items).toHaveLength(6);
  expect((await listLog(fixture.deps, { limit: 50 }, userOf(foreign.merchantId))).items).toEqual([]);
  await expect(run('0001-01-01T00:00:00Z')).rejects.toMatchObject({ code: 422 });
});

test('a dead process loses nothing: its message is due again after the lease, and only once meanwhile', async () => {
  const connection = await connect();
  await ship();
  const hang = Promise.withResolvers<void>();
  const entered = Promise.withResolvers<void>();
  answer = (_request, response) => {
    entered.resolve();
    void hang.promise.then(() => response.writeHead(200).end());
  };
  const sending = sendWebhooks(fixture.deps);
  await entered.promise;
  expect(await sendWebhooks(fixture.deps)).toBe(0);
  const [held] = await outgoing(connection);
  expect(Number(held!.wait)).toBeGreaterThan(fixture.deps.webhookDeadlineMs / 1_000);
  hang.resolve();
  await sending;
  expect(received).toHaveLength(1);
});

test('redirects are not followed', async () => {
  const connection = await connect();
  await ship();
  answer = (request, response) =>
    request.url === '/hook'
      ? response.writeHead(307, { location: `${base}/inside` }).end()
      : response.writeHead(200).end();
  await sendWebhooks(fixture.deps);
  expect(received.map(({ path }) => path)).toEqual(['/hook']);
  expect(await outgoing(connection)).toMatchObject([{ state: 'pending', last_status: 307 }]);
});

const postTo = (path: string, deadlineMs = 500, resolve?: SyncDeps['resolve'], url = base) => {
  const started = performance.now();
  return post(`${url}${path}`, {}, '{}', {
    resolve: resolve ?? fixture.deps.resolve,
    rules: { allowPrivate: true },
    deadlineMs,
  }).then((outcome) => ({ ...outcome, ms: performance.now() - started }));
};

test.each<[string, (response: http.ServerResponse) => void, object]>([
  ['never answers', () => undefined, { status: null, error: 'no answer in time' }],
  [
    'drips its answer',
    (response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write('.'), 50);
      response.on('close', () => clearInterval(drip));
    },
    { status: 200, error: null },
  ],
  [
    'never stops answering',
    (response) => {
      response.writeHead(200).on('error', () => undefined);
      const flood = () => void (response.destroyed || response.write(Buffer.alloc(65_536), () => setImmediate(flood)));
      flood();
    },
    { status: 200, error: null },
  ],
  ['hangs up', (response) => void response.destroy(), { status: null, error: expect.any(String) }],
])('a receiver that %s is left in time', async (_name, behave, expected) => {
  answer = (_request, response) => behave(response);
  const { ms, ...outcome } = await postTo('/slow');
  expect(outcome).toEqual(expected);
  expect(ms).toBeLessThan(1_500);
});

test('a name that is not resolved in time, or not at all, is not dialled', async () => {
  const { port } = new URL(base);
  const never = () => new Promise<never>(() => undefined);
  const named = `http://receiver.example:${port}`;
  expect(await postTo('/x', 300, never, named)).toMatchObject({ status: null, error: 'no answer in time' });
  const broken = () => Promise.reject(new Error('SERVFAIL'));
  expect(await postTo('/x', 300, broken, named)).toMatchObject({
    status: null,
    error: expect.stringContaining('no address'),
  });
  expect(received).toEqual([]);
});

test('the address that was checked is the one that is dialled', async () => {
  const { port } = new URL(base);
  let asked = 0;
  const flipping: SyncDeps['resolve'] = () =>
    Promise.resolve([{ address: (asked += 1) === 1 ? '127.0.0.1' : '127.0.0.2', family: 4 }]);
  expect(await postTo('/pinned', 500, flipping, `http://receiver.example:${port}`)).toMatchObject({ status: 204 });
  expect(asked).toBe(1);
  expect(received[0]!.headers.host).toBe(`receiver.example:${port}`);
});

test('a target inside is refused when it is saved, and when its name turns to the inside later', async () => {
  const deps: SyncDeps = { ...fixture.deps, config: { WEBHOOK_ALLOW_PRIVATE: 'false' } };
  const save = (url: string, resolve: SyncDeps['resolve']) =>
    createConnection(
      { ...deps, resolve },
      { merchantId: merchant.merchantId, name: 'x', url, events: [orderShippedV1.type] },
      syncStaff,
    );
  const outside: SyncDeps['resolve'] = () => Promise.resolve([{ address: '93.184.216.34', family: 4 }]);
  const inside: SyncDeps['resolve'] = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
  const failing: SyncDeps['resolve'] = () => Promise.reject(new Error('SERVFAIL'));
  for (const [url, resolve] of [
    [`${base}/hook`, outside],
    ['https://receiver.example/', inside],
    ['https://receiver.example/', failing],
  ] as const)
    await expect(save(url, resolve)).rejects.toMatchObject({
      code: 422,
      data: { errors: [expect.objectContaining({ path: 'url' })] },
    });
  const connection = await save('https://receiver.example/', outside);
  await ship();
  await sendWebhooks({ ...deps, resolve: inside });
  expect(await outgoing(connection)).toMatchObject([
    { state: 'pending', last_status: null, last_error: expect.stringContaining('public internet') },
  ]);
  expect(received).toEqual([]);
  await expect(
    changeConnection(deps, { id: connection.id, url: 'https://10.0.0.1/' }, syncStaff),
  ).rejects.toMatchObject({ code: 422 });
});

test('a slow receiver holds up no others', async () => {
  const slow = await connect({ url: `${base}/slow` });
  const quick = await connect({ url: `${base}/quick` });
  for (let index = 0; index < 12; index += 1) await ship();
  const held: http.ServerResponse[] = [];
  let areLetGo = false;
  answer = (request, response) => {
    if (request.url === '/quick') response.writeHead(200).end();
    else if (areLetGo) response.destroy();
    else held.push(response);
  };
  const quickSent = async () => (await outgoing(quick)).filter(({ state }) => state === 'sent').length;
  // a round takes eight of a connection, four at once
  const round = sendWebhooks({ ...fixture.deps, webhookDeadlineMs: 60_000 });
  await eventually(async () => held.length === 4 && (await quickSent()) === 8);
  areLetGo = true;
  for (const response of held) response.destroy();
  await round;
  await sendWebhooks({ ...fixture.deps, webhookDeadlineMs: 60_000 });
  expect(await quickSent()).toBe(12);
  expect((await outgoing(slow)).every(({ state }) => state === 'pending')).toBe(true);
});

test('connections: by a merchant for itself, changed by version, removed for good', async () => {
  const user = { ...userOf(merchant.merchantId), roles: ['merchantDecider' as const] };
  const settings = { name: 'Mine', url: `${base}/mine`, events: [orderShippedV1.type] };
  const create = (merchantId: string | null) => createConnection(fixture.deps, { ...settings, merchantId }, user);
  await expect(create(null)).rejects.toMatchObject({ code: 422 });
  await expect(create(foreign.merchantId)).rejects.toMatchObject({ code: 404 });
  const mine = await create(merchant.merchantId);
  const strange = await connect({ merchantId: foreign.merchantId });
  const shared = await connect({ merchantId: null });
  const seen = await listConnections(fixture.deps, { limit: 200 }, user);
  expect(seen.items.map(({ id }) => id)).toContain(mine.id);
  expect(new Set(seen.items.map(({ merchantId }) => merchantId))).toEqual(new Set([merchant.merchantId]));
  for (const { id } of [strange, shared])
    await expect(getConnectionSecret(fixture.deps, { id }, user)).rejects.toMatchObject({ code: 404 });

  const changed = await changeConnection(fixture.deps, { id: mine.id, active: false }, { ...user, ifMatch: 1 });
  expect(changed).toMatchObject({ active: false, version: 2, url: settings.url });
  await expect(
    changeConnection(fixture.deps, { id: mine.id, name: 'x' }, { ...user, ifMatch: 1 }),
  ).rejects.toMatchObject({
    code: 412,
  });
  await expect(runConnection(fixture.deps, { id: mine.id }, user)).rejects.toMatchObject({
    type: 'CONNECTION_INACTIVE',
  });
  await ship();
  expect(await outgoing(mine)).toEqual([]);
  await deleteConnection(fixture.deps, { id: mine.id }, user);
  await expect(deleteConnection(fixture.deps, { id: mine.id }, user)).rejects.toMatchObject({ code: 404 });
});

test('500 facts for two connections are queued in one statement, each once', async () => {
  const [one, two] = [await connect(), await connect({ merchantId: null })];
  await transact(fixture.deps, syncStaff, async (_em, announce) => {
    for (let index = 0; index < 500; index += 1) announce(orderShippedV1, shipped(merchant.merchantId));
  });
  expect(await consumeDue(fixture.deps, consumer)).toBe(500);
  for (const connection of [one, two]) expect(await outgoing(connection)).toHaveLength(500);
});
