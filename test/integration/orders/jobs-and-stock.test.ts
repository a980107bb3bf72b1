import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createSpecialJob } from '../../../services/orders/use-cases/special-jobs/create-special-job.ts';
import { listSpecialJobs } from '../../../services/orders/use-cases/special-jobs/list-special-jobs.ts';
import { listStockMovements } from '../../../services/orders/use-cases/list-stock-movements.ts';
import {
  restockReturnedGoods,
  restockSettledItems,
} from '../../../services/orders/use-cases/restock-returned-goods.ts';
import { signOffSpecialJob } from '../../../services/orders/use-cases/special-jobs/sign-off-special-job.ts';
import { upsertMerchants } from '../../../services/orders/persistence/merchants.ts';
import { consume, consumeDue } from '../../../shared/messaging/consumer.ts';
import { transact } from '../../../shared/messaging/transact.ts';
import { inTransaction } from '../../../shared/persistence/transaction.ts';
import { itemSettledV1, returnInspectedV1 } from '../../../shared/protocol/returns/events.ts';
import { settledItem } from '../../support/billing-events.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { merchantSnapshot, newId, ordersFixture, staff, userOf, type OrdersFixture } from '../../support/orders.ts';

let database: TestDatabase;
let fixture: OrdersFixture;
const merchant = merchantSnapshot();
const foreign = merchantSnapshot({ number: '200' });

beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await ordersFixture(database);
  fixture.merchants.push(merchant, foreign);
});
afterAll(async () => {
  await fixture.close();
  await database.drop();
});

const job = (overrides = {}) => ({
  merchantId: merchant.merchantId,
  code: 'relabel',
  description: 'Relabel 12 cartons',
  unit: 'piece' as const,
  quantity: '12',
  ...overrides,
});
const signedOffEvents = (id: string) =>
  database.query<{ payload: Record<string, unknown>; occurred_at: Date }>(
    `select payload, occurred_at from messaging.event where type = 'orders.special-job-signed-off.v1' and payload->>'specialJobId' = $1
     order by payload->>'revision'`,
    [id],
  );

test('a special job is billable once signed off; a correction needs a reason and raises the revision', async () => {
  const id = newId();
  const created = await createSpecialJob(fixture.deps, job({ id }), staff);
  expect(created).toMatchObject({ id, state: 'open', quantity: '12', number: expect.stringMatching(/^SJ-\d+$/) });
  expect(await createSpecialJob(fixture.deps, job({ id }), staff)).toEqual(created);
  await expect(createSpecialJob(fixture.deps, job({ id, quantity: '13' }), staff)).rejects.toMatchObject({ code: 409 });
  expect(await signedOffEvents(id)).toHaveLength(0);

  const signedOff = await signOffSpecialJob(fixture.deps, { id, quantity: '11.5', signedOffOn: '2026-10-03' }, staff);
  expect(signedOff).toMatchObject({ state: 'signed_off', quantity: '11.5', serviceDate: '2026-10-03', revision: 0 });
  await expect(signOffSpecialJob(fixture.deps, { id, quantity: '9' }, staff)).rejects.toMatchObject({
    type: 'SPECIAL_JOB_ALREADY_SIGNED_OFF',
  });
  await signOffSpecialJob(fixture.deps, { id, quantity: '9', reason: 'counted again' }, staff);
  expect((await signedOffEvents(id)).map(({ payload, occurred_at }) => ({ ...payload, occurred_at }))).toMatchObject([
    {
      revision: 0,
      quantity: '11.5',
      unit: 'piece',
      code: 'relabel',
      serviceDate: '2026-10-03',
      occurred_at: new Date('2026-10-03T10:00:00Z'),
    },
    { revision: 1, quantity: '9', serviceDate: '2026-10-03' },
  ]);
});

test('two sign-offs at once announce one', async () => {
  const { id } = await createSpecialJob(fixture.deps, job(), staff);
  const outcomes = await Promise.allSettled(
    Array.from({ length: 4 }, () => signOffSpecialJob(fixture.deps, { id }, staff)),
  );
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await signedOffEvents(id)).toHaveLength(1);
});

test('special jobs: a merchant sees its own, in pages, opens none and signs nothing off', async () => {
  for (let index = 0; index < 3; index += 1)
    await createSpecialJob(fixture.deps, job({ merchantId: foreign.merchantId }), staff);
  const user = userOf(foreign.merchantId);
  const first = await listSpecialJobs(fixture.deps, { limit: 2 }, user);
  const second = await listSpecialJobs(fixture.deps, { limit: 2, cursor: first.nextCursor! }, user);
  const items = [...first.items, ...second.items];
  expect(new Set(items.map(({ id }) => id)).size).toBe(3);
  expect(items.every(({ merchantId }) => merchantId === foreign.merchantId)).toBe(true);
  expect(second.nextCursor).toBeNull();
  await expect(signOffSpecialJob(fixture.deps, { id: items[0]!.id }, userOf(foreign.merchantId))).rejects.toMatchObject(
    { code: 403 },
  );
  await expect(createSpecialJob(fixture.deps, job({ merchantId: foreign.merchantId }), user)).rejects.toMatchObject({
    code: 403,
    type: 'HOUSE_ONLY',
  });
});

const inspected = (returnId: string, revision: number, items: object[]) => ({
  returnId,
  merchantId: merchant.merchantId,
  number: 'R-1',
  kind: 'withdrawal',
  orderNumber: null,
  revision,
  inspectedAt: '2026-10-15T08:00:00Z',
  inspectedOn: '2026-10-15',
  photos: [],
  items,
});
const item = (itemId: string, disposition: string | null, quantity = 1) => ({
  itemId,
  sku: 'A',
  name: 'Tasse',
  quantity,
  grade: 'A',
  reason: null,
  note: '',
  disposition,
  photos: [],
});
const announce = (payload: object) =>
  transact(fixture.deps, staff, async (_em, tell) => tell(returnInspectedV1, payload as never));
const consumer = consume('orders.restock-returned-goods', returnInspectedV1, (tx, events) =>
  restockReturnedGoods(tx, events, fixture.deps.now()),
);
const stock = async (returnId: string) =>
  (
    await database.query<{ kind: string; revision: number; quantity: number; quality: string }>(
      'select kind, revision, quantity, quality from orders.stock_movement where source_id = $1 order by revision, kind desc, quantity',
      [returnId],
    )
  ).map(({ kind, revision, quantity, quality }) => `${kind} ${revision} ${quantity}${quality}`);

test('sellable goods of an inspection go back to the stock once; a later revision replaces the earlier one', async () => {
  const returnId = newId();
  const [good, second, broken, undecided] = [newId(), newId(), newId(), newId()];
  await announce(
    inspected(returnId, 0, [
      item(good!, 'restock', 2),
      item(second!, 'restock_b'),
      item(broken!, 'rtv'),
      item(undecided!, null),
    ]),
  );
  await consumeDue(fixture.deps, consumer);
  expect(await stock(returnId)).toEqual(['restocked 0 1b', 'restocked 0 2a']);
  await database.query('update messaging.delivery set done_at = null, attempts = 0, next_at = now()');
  await consumeDue(fixture.deps, consumer);
  expect(await stock(returnId)).toHaveLength(2);

  await announce(inspected(returnId, 1, [item(good!, 'restock', 1), item(second!, 'rtv')]));
  await consumeDue(fixture.deps, consumer);
  expect(await stock(returnId)).toEqual([
    'restocked 0 1b',
    'restocked 0 2a',
    'restock_reversed 0 -2a',
    'restock_reversed 0 -1b',
    'restocked 1 1a',
  ]);
  const seen = await listStockMovements(fixture.deps, { limit: 3 }, userOf(merchant.merchantId));
  expect(seen.items).toHaveLength(3);
  expect((await listStockMovements(fixture.deps, { limit: 3 }, userOf(foreign.merchantId))).items).toEqual([]);
});

test('revisions that arrive in the wrong order, alone or in one batch, end in the newest', async () => {
  const late = newId();
  const both = newId();
  const [itemId, other] = [newId(), newId()];
  await announce(inspected(late, 1, []));
  await consumeDue(fixture.deps, consumer);
  await announce(inspected(late, 0, [item(itemId, 'restock')]));
  await consumeDue(fixture.deps, consumer);
  expect(await stock(late)).toEqual([]);
  await announce(inspected(both, 1, [item(other, 'restock', 3)]));
  await announce(inspected(both, 0, [item(other, 'restock', 2)]));
  await consumeDue(fixture.deps, consumer);
  expect(await stock(both)).toEqual(['restocked 1 3a']);
});

const decisions = consume('orders.restock-settled-items', itemSettledV1, (tx, events) =>
  restockSettledItems(tx, events, fixture.deps.now()),
);
const settle = async (returnId: string, itemId: string, revision: number) => {
  const payload = settledItem({ returnId, itemId, revision, merchantId: merchant.merchantId, quantity: 4 });
  for (let again = 0; again < 2; again += 1)
    await transact(fixture.deps, staff, async (_em, tell) => tell(itemSettledV1, payload));
  await consumeDue(fixture.deps, decisions);
};
const inspect = async (returnId: string, revision: number, items: object[]) => {
  await announce(inspected(returnId, revision, items));
  await consumeDue(fixture.deps, consumer);
};

test('what is restocked after the inspection is booked once, on its own day; the next revision takes it back', async () => {
  const [returnId, itemId] = [newId(), newId()];
  await inspect(returnId, 0, [item(itemId, 'hold', 4)]);
  await settle(returnId, itemId, 0);
  expect(await stock(returnId)).toEqual(['restocked 0 4a']);
  expect(
    await database.query('select service_date::text from orders.stock_movement where source_id = $1', [returnId]),
  ).toEqual([{ service_date: '2026-10-18' }]);
  await inspect(returnId, 1, [item(itemId, 'restock', 4)]);
  expect(await stock(returnId)).toEqual(['restocked 0 4a', 'restock_reversed 0 -4a', 'restocked 1 4a']);
});

test('a decision that arrives before its inspection is booked with it, one that arrives after the next one is not', async () => {
  const [early, late] = [newId(), newId()];
  const [held, good, itemId] = [newId(), newId(), newId()];
  await settle(early, held, 0);
  await inspect(early, 0, [item(held, 'hold', 4), item(good, 'restock')]);
  expect(await stock(early)).toEqual(['restocked 0 1a', 'restocked 0 4a']);
  await inspect(late, 1, [item(itemId, 'restock', 4)]);
  await settle(late, itemId, 0);
  expect(await stock(late)).toEqual(['restocked 1 4a']);
});

test('the newest version of a merchant wins, in whatever order the news arrive', async () => {
  const merchantId = newId();
  const version = (number: number, name: string) => merchantSnapshot({ merchantId, version: number, name });
  const tell = (...snapshots: ReturnType<typeof version>[]) =>
    inTransaction(fixture.deps.orm, 'staff', (em) => upsertMerchants(em, snapshots));
  await tell(version(2, 'two'));
  await tell(version(1, 'one'));
  await tell(version(4, 'four'), version(3, 'three'));
  expect(
    await database.query('select version, name from orders.merchant_ref where merchant_id = $1', [merchantId]),
  ).toEqual([{ version: 4, name: 'four' }]);
});
