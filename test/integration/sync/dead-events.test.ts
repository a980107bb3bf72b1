import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { enqueue } from '../../../services/sync/persistence/outgoing.ts';
import { listDeadEvents, retryDeadEvent } from '../../../services/sync/use-cases/dead-events.ts';
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
  for (let attempt = 0; attempt < 8; attempt += 1) {
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
      attempts: 8,
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

test('dead events are for the staff, and their ids and cursors are checked', async () => {
  await expect(listDeadEvents(fixture.deps, { limit: 1 }, userOf(merchant.merchantId))).rejects.toMatchObject({
    code: 403,
  });
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
