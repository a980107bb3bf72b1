import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { MikroORM } from '@mikro-orm/postgresql';
import { pino } from 'pino';
import { AppError } from '../../../shared/kernel/errors.ts';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import { consume, consumeDue, type Consumer, type ConsumerDeps } from '../../../shared/messaging/consumer.ts';
import { backlogs, parkExhausted } from '../../../shared/messaging/deliveries.ts';
import { transact } from '../../../shared/messaging/transact.ts';
import { createBroker } from '../../../shared/moleculer/broker.ts';
import { defineService } from '../../../shared/moleculer/service.ts';
import { openOrm } from '../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import { serviceActor } from '../../../shared/protocol/actor.ts';
import { messageDeliveredV1 } from '../../../shared/protocol/notifications/events.ts';
import { createMetrics } from '../../../shared/runtime/metrics.ts';
import type { BaseDeps } from '../../../shared/runtime/platform.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { until } from '../../support/product.ts';

let database: TestDatabase;
let orm: MikroORM;
let deps: ConsumerDeps;
const CONSUMER = 'billing.note-invoice-delivery';
const MAX_ATTEMPTS = 20;

beforeAll(async () => {
  database = await createTestDatabase();
  orm = await openOrm({ service: 'billing', url: database.url, entities: [], poolSize: 6 });
  deps = {
    service: 'billing',
    orm,
    now: () => new Date('2026-10-15T10:00:00Z'),
    wake: () => undefined,
    log: pino({ level: 'silent' }),
  };
});
beforeEach(() => database.query('truncate messaging.event, messaging.delivery, messaging.idempotency cascade'));
afterAll(async () => {
  await orm.close();
  await database.drop();
});

const announce = (...recipients: string[]) =>
  transact(deps, serviceActor('billing', 'request-1'), async (_em, tell) =>
    recipients.forEach((recipient) =>
      tell(messageDeliveredV1, {
        ...{ messageId: uuidv7(new Date()), merchantId: uuidv7(new Date()), documentId: uuidv7(new Date()) },
        ...{ kind: 'invoiceReady' as const, recipient, outcome: 'sent' as const, at: '2026-10-15T10:00:00Z' },
      }),
    ),
  );
const due = () => database.query('update messaging.delivery set next_at = now()');
const failing = (error: () => unknown) =>
  consume(CONSUMER, messageDeliveredV1, async () => {
    throw error();
  });
/** The service with one consumer and a broker of its own, not yet started. */
function serviceOf(consumer: Consumer, ended: string[] = []) {
  const metrics = createMetrics();
  const broker = createBroker({ nodeId: 'test-failures', natsUrl: undefined, log: deps.log });
  const parts = { keys: { principal: randomBytes(32) }, metrics, broker, wakers: new Map() };
  const rest = { natsConnected: () => null, onScrape: () => undefined, close: async () => void ended.push('closed') };
  const all = { ...deps, ...parts, ...rest } as unknown as BaseDeps;
  const leave = () => sleep(50).then(() => void ended.push('left'));
  broker.createService(defineService({ name: 'billing', deps: all, actions: [], consumers: [consumer], leave }));
  return { broker, metrics };
}
/** Of the only delivery. */
async function state(): Promise<{ attempts: number; excused: number; parked: boolean; error: string; waits: number }> {
  const [only] = await database.query(
    `select attempts, excused, parked_at is not null as parked, error,
       extract(epoch from next_at - clock_timestamp())::float8 as waits from messaging.delivery`,
  );
  return only as never;
}

test('what a service does beside its rounds ends before its database is closed', async () => {
  const ended: string[] = [];
  const never = failing(() => new Error('never asked'));
  const { broker } = serviceOf(never, ended);
  await broker.start();
  await broker.stop();
  expect(ended).toEqual(['left', 'closed']);
});

test('one bad event of a batch is tried alone and parked at last, the others go through', async () => {
  await announce('m0@example.com', 'm1@example.com', 'bad@example.com', 'm3@example.com', 'm4@example.com');
  const seen: string[] = [];
  const consumer = consume(CONSUMER, messageDeliveredV1, async (_tx, events) => {
    if (events.some(({ payload }) => payload.recipient === 'bad@example.com')) throw new Error('cannot be handled');
    seen.push(...events.map(({ payload }) => payload.recipient));
  });
  for (let round = 0; round < MAX_ATTEMPTS + 5; round += 1) {
    await consumeDue(deps, consumer);
    await due();
  }
  expect(seen.toSorted()).toEqual(['m0@example.com', 'm1@example.com', 'm3@example.com', 'm4@example.com']);
  const [parked] = await database.query(
    'select attempts, error, done_at from messaging.delivery where parked_at is not null',
  );
  expect(parked).toMatchObject({ attempts: MAX_ATTEMPTS, error: 'cannot be handled', done_at: null });
});

test('attempts span hours: the pause doubles from 2 seconds to 10 minutes', async () => {
  await announce('a@example.com');
  const consumer = failing(() => new Error('no'));
  const waits: number[] = [];
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    await consumeDue(deps, consumer);
    const now = await state();
    expect(now).toMatchObject({ attempts: attempt, excused: 0, parked: attempt === MAX_ATTEMPTS });
    waits.push(now.waits);
    await due();
  }
  waits.forEach((wait, index) => {
    const pause = Math.min(600, 2 * 2 ** index);
    expect(wait).toBeGreaterThan(pause - 1);
    expect(wait).toBeLessThanOrEqual(pause * 1.25);
  });
  expect(waits.slice(0, -1).reduce((sum, wait) => sum + wait)).toBeGreaterThan(6_900);
});

test.each([
  ['a statement that took too long', () => Object.assign(new Error('canceling statement'), { code: '57014' })],
  ['a lock nobody gave up', () => Object.assign(new Error('lock not available'), { code: '55P03' })],
  ['a lost connection', () => Object.assign(new Error('connection failure'), { code: '08006' })],
  ['a full server', () => Object.assign(new Error('too many connections'), { code: '53300' })],
  ['a store that is away', () => new AppError(503, 'STORAGE_UNAVAILABLE', 'away')],
  ['a service that is away', () => Object.assign(new Error('away'), { type: 'SERVICE_NOT_AVAILABLE', code: 404 })],
  ['a time limit', () => new DOMException('too late', 'TimeoutError')],
])('%s uses up no attempt, but the pauses grow', async (_what, error) => {
  await announce('a@example.com');
  const broken = failing(error);
  await database.query('update messaging.delivery set attempts = 25, excused = 6');
  await consumeDue(deps, broken);
  expect(await state()).toMatchObject({ attempts: 26, excused: 7, parked: false });
  expect((await state()).waits).toBeGreaterThan(599);
  await due();
  const seen: string[] = [];
  await consumeDue(
    deps,
    consume(CONSUMER, messageDeliveredV1, async (_tx, events) => void seen.push(events[0]!.payload.recipient)),
  );
  expect(seen).toEqual(['a@example.com']);
});

test('a batch that the infrastructure prevented waits, and no other is begun at once', async () => {
  await announce('a@example.com', 'b@example.com');
  const broken = failing(() => new AppError(503, 'DATABASE_UNAVAILABLE', 'away'));
  expect(await consumeDue(deps, { ...broken, batch: 1 })).toBe(0);
  expect(await database.query('select 1 from messaging.delivery where attempts = 0')).toHaveLength(1);
});

test('attempts of a handler that ends its process are counted, so it is parked and not begun again', async () => {
  await announce('a@example.com');
  await database.query(`update messaging.delivery set attempts = ${MAX_ATTEMPTS + 3}, excused = 3, next_at = now()`);
  let begun = 0;
  const consumer = consume(CONSUMER, messageDeliveredV1, async () => void (begun += 1));
  expect(await consumeDue(deps, consumer)).toBe(0);
  expect(await parkExhausted(deps, [CONSUMER])).toBe(1);
  expect(await consumeDue(deps, consumer)).toBe(0);
  expect(begun).toBe(0);
  expect(await state()).toMatchObject({ parked: true, error: expect.stringContaining('process ended') });
});

test('what ended its process comes back as rarely as what fails', async () => {
  await announce('a@example.com');
  await database.query('update messaging.delivery set attempts = 9, next_at = now()');
  let held = 0;
  // what another connection sees while the handler runs is what a dead process would leave
  const consumer = consume(CONSUMER, messageDeliveredV1, async () => void (held = (await state()).waits));
  await consumeDue(deps, consumer);
  expect(held).toBeGreaterThan(599);
});

test('the backlog tells what is parked and how long the oldest waits', async () => {
  const read = async () => (await backlogs(deps, [CONSUMER, 'billing.know-merchants'])).toSorted(byName);
  const byName = (a: { consumer: string }, b: { consumer: string }) => a.consumer.localeCompare(b.consumer);
  const nothing = { consumer: 'billing.know-merchants', parked: 0, oldestSeconds: 0 };
  expect(await read()).toEqual([nothing, { consumer: CONSUMER, parked: 0, oldestSeconds: 0 }]);
  await announce('a@example.com', 'b@example.com', 'c@example.com');
  const age = (recipient: string, interval: string) =>
    database.query(`update messaging.event set recorded_at = now() - $2::interval where payload ->> 'recipient' = $1`, [
      recipient,
      interval,
    ]);
  await age('a@example.com', '3 hours');
  await age('b@example.com', '2 hours');
  const set = (recipient: string, change: string) =>
    database.query(
      `update messaging.delivery set ${change} where event_id = (select id from messaging.event where payload ->> 'recipient' = $1)`,
      [recipient],
    );
  await set('a@example.com', 'attempts = 20, parked_at = now()');
  await set('b@example.com', `attempts = 5, next_at = now() + interval '9 minutes'`);
  await set('c@example.com', `next_at = now() - interval '90 minutes'`);
  const [, tried] = await read();
  expect(tried).toMatchObject({ parked: 1, oldestSeconds: expect.any(Number) });
  expect(Math.round(tried!.oldestSeconds / 60)).toBe(120);
  await set('b@example.com', 'done_at = now()');
  expect(Math.round((await read())[1]!.oldestSeconds / 60)).toBe(90);
});

test('a service parks what ended its process and shows in its metrics what waits', async () => {
  await announce('a@example.com', 'b@example.com');
  await database.query(`update messaging.delivery set attempts = ${MAX_ATTEMPTS}, next_at = now()
    where event_id = (select max(id::text)::uuid from messaging.event)`);
  await database.query(`update messaging.event set recorded_at = now() - interval '1 hour'`);
  await database.query(
    `update messaging.delivery set attempts = 1, next_at = now() + interval '1 hour' where attempts = 0`,
  );
  const { broker, metrics } = serviceOf(consume(CONSUMER, messageDeliveredV1, async () => undefined));
  await broker.start();
  try {
    const label = `{consumer="${CONSUMER}"}`;
    const shown = () => metrics.registry.metrics();
    await until('one parked', async () => (await shown()).includes(`kontor_deliveries_parked${label} 1`));
    const [, seconds] = (await shown()).split(`kontor_deliveries_oldest_seconds${label} `);
    expect(Math.round(Number.parseFloat(seconds!) / 60)).toBe(60);
  } finally {
    await broker.stop();
  }
});

test('an event of which no wake-up told, and one that failed, reach a consumer at rest within seconds', async () => {
  const seen: string[] = [];
  let failures = 1;
  const { broker } = serviceOf(
    consume(CONSUMER, messageDeliveredV1, async (_tx, events) => {
      seen.push(...events.map(({ payload }) => payload.recipient));
      if (seen.includes('again@example.com') && failures-- > 0) throw new Error('once');
    }),
  );
  await broker.start();
  try {
    // past the first round, which every consumer begins with
    await new Promise((resolve) => setTimeout(resolve, 500));
    await announce('silent@example.com');
    await until('the silent one', () => seen.includes('silent@example.com'), 10_000);
    await announce('again@example.com');
    await until('both attempts', () => seen.filter((one) => one === 'again@example.com').length === 2, 15_000);
    await until(
      'all done',
      async () => !(await database.query('select 1 from messaging.delivery where done_at is null')).length,
    );
  } finally {
    await broker.stop();
  }
});

test('what failed once is tried again although new events keep coming', async () => {
  await announce('late@example.com');
  const seen: string[] = [];
  let first = true;
  const consumer = consume(CONSUMER, messageDeliveredV1, async ({ em }, events) => {
    await rows(em, sql`select 1`);
    if (first) {
      first = false;
      throw new Error('once');
    }
    seen.push(...events.map(({ payload }) => payload.recipient));
  });
  await consumeDue(deps, consumer);
  await due();
  await announce('new@example.com');
  expect(await consumeDue(deps, consumer)).toBe(2);
  expect(seen.toSorted()).toEqual(['late@example.com', 'new@example.com']);
});
