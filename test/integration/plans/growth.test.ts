import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { listMessages } from '../../../services/notifications/use-cases/list-messages.ts';
import { dueDigests } from '../../../services/notifications/persistence/digests.ts';
import { dueReminders } from '../../../services/notifications/persistence/reminders.ts';
import { claimDue } from '../../../services/notifications/persistence/sending.ts';
import { listArticles } from '../../../services/orders/use-cases/articles/find-articles.ts';
import { listGoodsIn } from '../../../services/orders/use-cases/goods-in/find-goods-in.ts';
import { listOrders } from '../../../services/orders/use-cases/list-orders.ts';
import { listSpecialJobs } from '../../../services/orders/use-cases/special-jobs/list-special-jobs.ts';
import { listStockMovements } from '../../../services/orders/use-cases/list-stock-movements.ts';
import { findQuestions, overdueReturns } from '../../../services/returns/persistence/decisions.ts';
import { expireAnnouncedBefore } from '../../../services/returns/persistence/expiry.ts';
import { merchantsToWatch } from '../../../services/returns/persistence/quarantine.ts';
import { tracesOf } from '../../../services/returns/persistence/story.ts';
import { listReturns, lookupReturns } from '../../../services/returns/use-cases/find-returns.ts';
import { backlogs, claim, consumersWithDue, parkExhausted } from '../../../shared/messaging/deliveries.ts';
import { pruneIdempotencyKeys } from '../../../shared/messaging/idempotency.ts';
import { openOrm, type EntityManager } from '../../../shared/persistence/orm.ts';
import { inTransaction } from '../../../shared/persistence/transaction.ts';
import { serviceActor, type Actor } from '../../../shared/protocol/actor.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { fillWithMany, type House } from '../../support/many-rows.ts';
import { readingsOf } from '../../support/plans.ts';

const RETURNS = 20_000;
/** Of the tables, the smallest holds {@link RETURNS}; a page is 50 rows, and open work is 200. */
const MOST_READ = 1_500;

const now = new Date();
let database: TestDatabase;
let house: House;
const orms = {} as Record<Service, Awaited<ReturnType<typeof openOrm>>>;
type Service = 'returns' | 'orders' | 'notifications';

beforeAll(async () => {
  database = await createTestDatabase();
  house = await fillWithMany(database, RETURNS);
  for (const service of ['returns', 'orders', 'notifications'] as const)
    orms[service] = await openOrm({ service, url: database.url, entities: [], poolSize: 2 });
}, 120_000);
afterAll(async () => {
  await Promise.all(Object.values(orms).map((orm) => orm.close()));
  await database.drop();
});

const staff = serviceActor('returns', 'request-1');
const ofSmall = (): Actor => ({ ...staff, kind: 'user', id: 'u', roles: ['merchantViewer'], scope: [house.small] });

const depsOf = (service: Service) => ({ orm: orms[service], now: () => now, pictureLinks: () => ({}) }) as never;
const page = { limit: 50 } as const;

async function expectFewRead(service: Service, actor: Actor, work: () => Promise<unknown>): Promise<void> {
  const scope = actor.scope === 'staff' ? 'staff' : actor.scope.join(',');
  const readings = await readingsOf(database.url, { service, scope }, work);
  expect(readings.length).toBeGreaterThan(0);
  expect(readings.filter(({ read }) => read > MOST_READ)).toEqual([]);
}

const MIDDLE = new Date(now.getTime() - (RETURNS / 2) * 300_000).toISOString();
const cursor = Buffer.from(JSON.stringify([MIDDLE, '00000000-0000-4000-8000-000000000000'])).toString('base64url');
const SORTS = ['createdAt', '-createdAt', 'receivedAt', '-receivedAt', 'inspectionDueAt'] as const;

test.each(SORTS)('a page of returns by %s reads little, whatever it is cut to', async (sort) => {
  const filters = [
    ...[{}, { cursor }, { state: 'received' }, { state: 'completed' }, { state: 'lost' }, { overdue: 'true' }],
    { orderId: '00000000-0000-4000-8000-000000000000' },
    ...[{ matchState: 'unknown_merchant' }, { matchState: 'unmatched' }, { kind: 'complaint' }],
    ...(['toReceive', 'toInspect', 'toDecide', 'inProgress', 'done'] as const).map((group) => ({ group })),
  ] as Partial<Parameters<typeof listReturns>[1]>[];
  for (const filter of filters)
    for (const actor of [staff, ofSmall()])
      await expectFewRead('returns', actor, () => listReturns(depsOf('returns'), { ...page, sort, ...filter }, actor));
});

test.each(['RT-500', 'RMA-500', 'TRK500', 'O-500', 'SKU-77', 'none'])('the code %s is looked up by indexes', (code) =>
  expectFewRead('returns', staff, () => lookupReturns(depsOf('returns'), { code }, staff)),
);

test('pages of orders, jobs, stock and articles read little, whatever they are cut to', async () => {
  for (const actor of [staff, ofSmall()]) {
    const look = (work: () => Promise<unknown>) => expectFewRead('orders', actor, work);
    for (const filter of [{}, { cursor }, { state: 'cancelled' as const }, { state: 'open' as const }])
      await look(() => listOrders(depsOf('orders'), { ...page, sort: '-orderedAt', ...filter }, actor));
    for (const filter of [{}, { cursor }, { state: 'open' as const }])
      await look(() => listSpecialJobs(depsOf('orders'), { ...page, ...filter }, actor));
    for (const sort of ['expectedOn', '-expectedOn'] as const)
      for (const filter of [{}, { state: 'announced' as const }, { state: 'closed' as const }])
        await look(() => listGoodsIn(depsOf('orders'), { ...page, sort, ...filter }, actor));
    for (const filter of [{}, { cursor }, { sku: 'SKU-77' }, { sku: 'none' }])
      await look(() => listStockMovements(depsOf('orders'), { ...page, ...filter }, actor));
    for (const filter of [{}, { q: 'sku-77' }, { q: 'art' }, { q: 'none' }, { active: 'false' as const }])
      await look(() => listArticles(depsOf('orders'), { ...page, ...filter }, actor));
  }
});

test('pages of messages read little, whatever they are cut to', async () => {
  const filters = [
    {},
    { cursor },
    { state: 'bounced' },
    { state: 'failed' },
    { kind: 'invoiceReady' },
    { kind: 'digest' },
  ];
  for (const filter of filters as Partial<Parameters<typeof listMessages>[1]>[])
    for (const actor of [staff, ofSmall()])
      await expectFewRead('notifications', actor, () =>
        listMessages(depsOf('notifications'), { ...page, ...filter }, actor),
      );
});

test('workers that find what is due do not read what is done', async () => {
  const round = (service: Service, work: (em: EntityManager) => Promise<unknown>) =>
    expectFewRead(service, staff, () => inTransaction(orms[service], 'staff', work));
  await round('returns', (em) => findQuestions(em, page));
  await round('returns', (em) => overdueReturns(em, { at: now, limit: 100 }));
  await round('returns', (em) => expireAnnouncedBefore(em, now));
  await round('returns', (em) =>
    merchantsToWatch(em, { today: '2026-11-22' as never, zone: 'Europe/Berlin', limit: 100 }),
  );
  await round('returns', (em) => tracesOf(em, house.large));
  await round('notifications', (em) => dueDigests(em, '2099-01-01' as never, 100));
  await round('notifications', (em) => dueReminders(em, now, 100));
  await round('notifications', (em) => claimDue(em, 20, 60_000));
});

test('deliveries and kept answers are found by indexes among all that were', async () => {
  const consumer = 'notifications.tell-return-received';
  const deps = { orm: orms.notifications };
  await expectFewRead('notifications', staff, () => claim(deps, consumer, { fresh: 50, again: 50 }));
  await expectFewRead('notifications', staff, () => consumersWithDue(deps, [consumer]));
  await expectFewRead('notifications', staff, () => parkExhausted(deps, [consumer]));
  await expectFewRead('notifications', staff, () => backlogs(deps, [consumer]));
  await database.query(
    `update messaging.idempotency set created_at = now() where created_at < now() - interval '30 days'`,
  );
  await expectFewRead('returns', staff, () => pruneIdempotencyKeys({ orm: orms.returns }));
});
