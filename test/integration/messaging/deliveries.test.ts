import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { MikroORM } from '@mikro-orm/postgresql';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import { consume, consumeDue, type ConsumerDeps } from '../../../shared/messaging/consumer.ts';
import { claim, holdClaimed } from '../../../shared/messaging/deliveries.ts';
import { pruneIdempotencyKeys } from '../../../shared/messaging/idempotency.ts';
import { read, transact } from '../../../shared/messaging/transact.ts';
import { openOrm } from '../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import { inTransaction } from '../../../shared/persistence/transaction.ts';
import { serviceActor, type Actor } from '../../../shared/protocol/actor.ts';
import { messageDeliveredV1 } from '../../../shared/protocol/notifications/events.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
let orm: MikroORM;
let deps: ConsumerDeps;
let woken: string[];
const CONSUMER = 'billing.note-invoice-delivery';
const staff = serviceActor('billing', 'request-1');

beforeAll(async () => {
  database = await createTestDatabase();
  orm = await openOrm({ service: 'billing', url: database.url, entities: [], poolSize: 6 });
});
beforeEach(async () => {
  await database.query('truncate messaging.event, messaging.delivery, messaging.idempotency cascade');
  woken = [];
  deps = {
    service: 'billing',
    orm,
    now: () => new Date('2026-10-15T10:00:00Z'),
    wake: (type) => woken.push(type),
    log: pino({ level: 'silent' }),
  };
});
afterAll(async () => {
  await orm.close();
  await database.drop();
});

const message = (overrides = {}) => ({
  messageId: uuidv7(new Date()),
  merchantId: uuidv7(new Date()),
  kind: 'invoiceReady' as const,
  documentId: uuidv7(new Date()),
  recipient: 'a@example.com',
  outcome: 'sent' as const,
  at: '2026-10-15T10:00:00Z',
  ...overrides,
});
const announceOne = (payload = message()) =>
  transact(deps, staff, async (_em, announce) => announce(messageDeliveredV1, payload));
const due = () => database.query(`update messaging.delivery set next_at = now()`);

test('K14 an announced event reaches its consumer exactly once, however often it is looked for', async () => {
  await announceOne();
  expect(woken).toEqual([messageDeliveredV1.type]);
  const seen: string[] = [];
  const consumer = consume(
    CONSUMER,
    messageDeliveredV1,
    async (_tx, events) => void seen.push(...events.map(({ payload }) => payload.recipient)),
  );
  const handled = await Promise.all(Array.from({ length: 5 }, () => consumeDue(deps, consumer)));
  expect(seen).toEqual(['a@example.com']);
  expect(handled.reduce((sum, count) => sum + count, 0)).toBe(1);
  await due();
  expect(await consumeDue(deps, consumer)).toBe(0);
});

test.each([
  ['by a look of another worker for a moment is handled at once', 100, 1],
  ['by whoever works on it is left to it', 3_000, 0],
])('what was claimed and is held %s', async (_case, heldMs, count) => {
  await announceOne();
  const { fresh } = await claim(deps, CONSUMER, { fresh: 500, again: 1 });
  let looked: () => void = () => undefined;
  const isHeld = new Promise<void>((resolve) => (looked = resolve));
  const ended = new AbortController();
  const other = inTransaction(orm, 'staff', async (em) => {
    await rows(em, sql`select 1 from messaging.delivery for update`);
    looked();
    await sleep(heldMs, undefined, { signal: ended.signal }).catch(() => undefined);
  });
  await isHeld;
  expect(await inTransaction(orm, 'staff', (em) => holdClaimed(em, CONSUMER, fresh))).toHaveLength(count);
  ended.abort();
  await other;
});

test('a transaction that fails announces nothing', async () => {
  await expect(
    transact(deps, staff, async (_em, announce) => {
      announce(messageDeliveredV1, message());
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  expect(await database.query('select 1 from messaging.event')).toHaveLength(0);
  expect(woken).toEqual([]);
});

test('the effect and the mark of a delivery commit together', async () => {
  await announceOne();
  const broken = consume(CONSUMER, messageDeliveredV1, async ({ em }) => {
    await rows(
      em,
      sql`insert into messaging.idempotency (principal, action, key, request_hash, response) values ('p', 'a', 'k', 'h', '{}')`,
    );
    throw new Error('after the effect');
  });
  await consumeDue(deps, broken);
  expect(await database.query('select 1 from messaging.idempotency')).toHaveLength(0);
  expect(await database.query('select 1 from messaging.delivery where done_at is not null')).toHaveLength(0);
});

const keyed = (requestHash: string): Actor => ({
  ...staff,
  idempotency: { key: 'key-1', action: 'billing.act', requestHash },
});

test('a repeated request gets the first answer and has one effect', async () => {
  let effects = 0;
  const act = (actor: Actor) =>
    transact(deps, actor, async (_em, announce) => {
      effects += 1;
      announce(messageDeliveredV1, message());
      return { number: effects };
    });
  expect(await act(keyed('h1'))).toEqual({ number: 1 });
  expect(await act(keyed('h1'))).toEqual({ number: 1 });
  expect(effects).toBe(1);
  expect(await database.query('select 1 from messaging.event')).toHaveLength(1);
  await expect(act(keyed('h2'))).rejects.toMatchObject({ code: 422, type: 'INVALID_INPUT' });
});

test('a twin in flight is refused, and a failed request leaves its key free', async () => {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const first = transact(deps, keyed('h1'), async () => held.then(() => 'first'));
  await new Promise((resolve) => setTimeout(resolve, 200));
  await expect(transact(deps, keyed('h1'), async () => 'second')).rejects.toMatchObject({
    code: 409,
    type: 'IDEMPOTENCY_KEY_IN_USE',
  });
  release();
  expect(await first).toBe('first');
  const other = { ...keyed('h1'), idempotency: { ...keyed('h1').idempotency!, key: 'key-2' } };
  await expect(
    transact(deps, other, async () => {
      throw new Error('failed');
    }),
  ).rejects.toThrow('failed');
  expect(await transact(deps, other, async () => 'works')).toBe('works');
});

test('row security: a merchant sees and writes its own events only, and nothing without a scope', async () => {
  const mine = uuidv7(new Date());
  await announceOne(message({ merchantId: mine }));
  await announceOne(message());
  const own: Actor = { ...staff, kind: 'user', scope: [mine] };
  const count = (actor: Actor) => read(deps, actor, (em) => rows(em, sql`select 1 from messaging.event`));
  expect(await count(staff)).toHaveLength(2);
  expect(await count(own)).toHaveLength(1);
  expect(await count({ ...own, scope: [] })).toHaveLength(0);
  await expect(transact(deps, own, async (_em, announce) => announce(messageDeliveredV1, message()))).rejects.toThrow(
    /row-level security/,
  );
});

test('a deadlock runs the whole transaction again', async () => {
  let attempts = 0;
  const result = await transact(deps, staff, async () => {
    attempts += 1;
    if (attempts < 3) throw Object.assign(new Error('deadlock detected'), { code: '40P01' });
    return attempts;
  });
  expect(result).toBe(3);
});

test('a key is forgotten after 30 days, not before', async () => {
  await transact(deps, keyed('h1'), async () => 'kept');
  await database.query(
    `insert into messaging.idempotency (principal, action, key, request_hash, response, service, created_at)
     values ('p', 'a', 'old', 'h', '{}', 'kontor_billing', now() - interval '31 days'), ('p', 'a', 'other', 'h', '{}', 'kontor_orders', now() - interval '31 days')`,
  );
  expect(await pruneIdempotencyKeys(deps)).toBe(1);
  const left = await database.query<{ key: string }>('select key from messaging.idempotency order by key');
  expect(left.map(({ key }) => key)).toEqual(['key-1', 'other']);
});
