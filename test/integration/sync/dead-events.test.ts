import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { enqueue } from '../../../services/sync/persistence/outgoing.ts';
import { listDeadEvents, retryDeadEvent, retryDeadEvents } from '../../../services/sync/use-cases/dead-events.ts';
import { consume, consumeDue } from '../../../shared/messaging/consumer.ts';
import { transact } from '../../../shared/messaging/transact.ts';
import { parseInput } from '../../../shared/moleculer/actions.ts';
import { messageDeliveredV1 } from '../../../shared/protocol/notifications/events.ts';
import { merchantChangedV1 } from '../../../shared/protocol/merchants/events.ts';
import { syncActions } from '../../../shared/protocol/sync/actions.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { merchantSnapshot, newId, userOf } from '../../support/orders.ts';
import { syncFixture, syncStaff, type SyncFixture } from '../../support/sync.ts';

let database: TestDatabase;
let fixture: SyncFixture;
const merchant = merchantSnapshot();

beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await syncFixture(database);
});
afterAll(async () => {
  await fixture.close();
  await database.drop();
});

test('what any service could not handle is listed with its cause and handled again on demand', async () => {
  await transact(fixture.deps, syncStaff, async (_em, announce) => {
    announce(merchantChangedV1, merchant);
    announce(messageDeliveredV1, {
      ...{ messageId: newId(), merchantId: merchant.merchantId, kind: 'invoiceReady', documentId: newId() },
      ...{ recipient: 'a@example.com', outcome: 'sent', at: '2026-10-15T10:00:00Z' },
    });
  });
  let broken = true;
  let handled = 0;
  const consumer = consume('sync.know-merchants', merchantChangedV1, async ({ em }) => {
    await enqueue(em, []);
    if (broken) throw new Error('cannot be handled');
    handled += 1;
  });
  for (let attempt = 0; attempt < 20; attempt += 1) {
    await consumeDue(fixture.deps, consumer);
    await database.query('update messaging.delivery set next_at = now()');
  }
  // a delivery to another service, given up as well
  await database.query(
    `update messaging.delivery set parked_at = now() + interval '1 s', error = 'far away' where consumer = 'billing.note-invoice-delivery'`,
  );
  const { items } = await listDeadEvents(fixture.deps, { limit: 50 }, syncStaff);
  expect(items).toMatchObject([
    {
      id: `sync.know-merchants:${items[0]!.eventId}`,
      type: 'merchants.merchant-changed.v1',
      merchantId: merchant.merchantId,
      attempts: 20,
      error: 'cannot be handled',
      payload: { number: '100' },
    },
    { consumer: 'billing.note-invoice-delivery', error: 'far away' },
  ]);
  const first = await listDeadEvents(fixture.deps, { limit: 1 }, syncStaff);
  expect((await listDeadEvents(fixture.deps, { limit: 1, cursor: first.nextCursor! }, syncStaff)).items).toEqual(
    items.slice(1),
  );

  broken = false;
  await consumeDue(fixture.deps, consumer);
  expect(handled).toBe(0);
  for (const { id } of items) await retryDeadEvent(fixture.deps, { id }, syncStaff);
  await consumeDue(fixture.deps, consumer);
  expect(handled).toBe(1);
  expect((await listDeadEvents(fixture.deps, { limit: 50 }, syncStaff)).items).toEqual([]);
  await expect(retryDeadEvent(fixture.deps, { id: items[0]!.id }, syncStaff)).rejects.toMatchObject({ code: 404 });
  expect(await database.query(`select 1 from messaging.audit_entry where action = 'dead-event.retried'`)).toHaveLength(
    2,
  );
});

test('after an outage everything that one consumer gave up is handled again at once', async () => {
  const parked = Array.from({ length: 3 }, (_, index) => merchantSnapshot({ number: String(200 + index) }));
  await transact(fixture.deps, syncStaff, async (_em, announce) =>
    parked.forEach((snapshot) => announce(merchantChangedV1, snapshot)),
  );
  await database.query(
    `update messaging.delivery set attempts = 24, excused = 4, parked_at = now(), error = 'away'
     where done_at is null and consumer in ('sync.know-merchants', 'billing.know-merchants')`,
  );
  const retry = () => retryDeadEvents(fixture.deps, { consumer: 'sync.know-merchants' }, syncStaff);
  expect(await retry()).toEqual({ consumer: 'sync.know-merchants', retried: 3, more: false });
  const handled: string[] = [];
  const consumer = consume(
    'sync.know-merchants',
    merchantChangedV1,
    async (_tx, events) => void handled.push(...events.map(({ payload }) => payload.number)),
  );
  expect(await consumeDue(fixture.deps, consumer)).toBe(3);
  expect(handled.toSorted()).toEqual(['200', '201', '202']);
  const { items } = await listDeadEvents(fixture.deps, { limit: 50 }, syncStaff);
  expect(new Set(items.map(({ consumer: name }) => name))).toEqual(new Set(['billing.know-merchants']));
  expect(await retry()).toMatchObject({ retried: 0, more: false });
  expect(await database.query(`select 1 from messaging.audit_entry where action = 'dead-events.retried'`)).toHaveLength(
    1,
  );
});

test('dead events are for the staff, and their ids and cursors are checked', async () => {
  await expect(listDeadEvents(fixture.deps, { limit: 1 }, userOf(merchant.merchantId))).rejects.toMatchObject({
    code: 403,
  });
  await expect(
    retryDeadEvents(fixture.deps, { consumer: 'sync.know-merchants' }, userOf(merchant.merchantId)),
  ).rejects.toMatchObject({ code: 403 });
  expect(() => parseInput(syncActions.retryDeadEvents, { consumer: `x'; drop table` })).toThrow(
    expect.objectContaining({ code: 422 }),
  );
  expect(() => parseInput(syncActions.retryDeadEvent, { id: `x'; drop table:${newId()}` })).toThrow(
    expect.objectContaining({ code: 422 }),
  );
  for (const key of [
    ['0000-01-01 00:00:00+00', 'a.b', newId()],
    ['2026-01-01 00:00:00+00', '\u0000', newId()],
    ['x'],
  ]) {
    const cursor = Buffer.from(JSON.stringify(key)).toString('base64url');
    await expect(listDeadEvents(fixture.deps, { limit: 1, cursor }, syncStaff)).rejects.toMatchObject({ code: 422 });
  }
});
