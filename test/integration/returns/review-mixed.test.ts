import { beforeAll, expect, test } from '@jest/globals';
import { pino } from 'pino';
import type { BillingDeps } from '../../../services/billing/billing.deps.ts';
import { pricingConsumers } from '../../../services/billing/pricing.ts';
import {
  restockReturnedGoods,
  restockSettledItems,
} from '../../../services/orders/use-cases/restock-returned-goods.ts';
import { consume, consumeDue } from '../../../shared/messaging/consumer.ts';
import { openOrm } from '../../../shared/persistence/orm.ts';
import { itemSettledV1, returnInspectedV1 } from '../../../shared/protocol/returns/events.ts';
import { finish, mixOf, work, type Mix } from '../../support/mixed-returns.ts';
import { ordersFixture } from '../../support/orders.ts';
import { returnsWorld } from '../../support/returns-world.ts';

const WORKERS = 6;
const RETURNS = 6;
const FOR_MS = 6_000;

const { database, fixture } = returnsWorld();
let mix: Mix;
beforeAll(async () => {
  mix = await mixOf(fixture, database, RETURNS);
});

/** Rows that break a rule that always holds; see domain.md, States. */
const BROKEN: Record<string, string> = {
  'pieces of a family of returns are lost or made': `select 1 from (select coalesce(sum(i.quantity), 0) as now from returns.return_item i) now,
       (select ${RETURNS} * 5 + 2 * (select count(*) from messaging.audit_entry where action = 'item.added') as once) once where now <> once`,
  'completed, with something left to do': `select r.id from returns.return r join returns.return_item i on i.return_id = r.id where r.state = 'completed'
       and i.state not in ('missing', 'restocked', 'returned_to_merchant', 'disposed', 'donated')`,
  'nothing left to do, and not completed': `select r.id from returns.return r where r.state = 'processing' and not exists (select 1 from returns.return_item i
       where i.return_id = r.id and i.state not in ('missing', 'restocked', 'returned_to_merchant', 'disposed', 'donated'))`,
  'a question of a return that does not wait': `select r.id from returns.return r join returns.return_item i on i.return_id = r.id
       where i.state = 'disposition_proposed' and i.asked_at is not null and r.state not in ('awaiting_decision', 'inspecting')`,
  'an item in a batch that is called off': `select i.id from returns.return_item i join returns.rtv_batch b on b.id = i.rtv_batch_id where b.state = 'cancelled'`,
  'an item that left while its batch did not, or the other way round': `select i.id from returns.return_item i join returns.rtv_batch b on b.id = i.rtv_batch_id
       where (i.state = 'returned_to_merchant') <> (b.state in ('dispatched', 'delivered', 'confirmed', 'disputed', 'resolved'))`,
  'a batch told with other pieces than it has': `select e.id from messaging.event e where e.type = 'returns.batch-dispatched.v1' and (e.payload ->> 'pieces')::int <>
       (select sum(i.quantity) from returns.return_item i where i.rtv_batch_id = (e.payload ->> 'batchId')::uuid)`,
  'an inspection that was not told, or twice': `select r.id from returns.return r where r.inspected_at is not null and 1 <> (select count(*) from messaging.event e
       where e.type = 'returns.return-inspected.v1' and e.payload ->> 'returnId' = r.id::text
         and (e.payload ->> 'revision')::int = r.revision)`,
  'an end that was not told': `select i.id from returns.return_item i join returns.return r on r.id = i.return_id
       where r.inspected_at is not null and i.state in ('restocked', 'disposed') and i.charged_as is null`,
  'photos that were miscounted': `select r.id from returns.return r where r.photo_count <> (select count(*) from returns.photo p where p.return_id = r.id)`,
};

test('many workers, merchants and clocks at once: no deadlock reaches anybody, and every rule holds', async () => {
  const until = Date.now() + FOR_MS;
  const worked = await Promise.all(
    Array.from({ length: WORKERS }, (_none, index) => work(7_919 * (index + 1), mix, until)),
  );
  expect(worked.flatMap(({ unexpected }) => unexpected)).toEqual([]);
  expect(worked.reduce((sum, { done }) => sum + done, 0)).toBeGreaterThan(20);
  for (const [what, sql] of Object.entries(BROKEN))
    expect({ [what]: await database.query(sql) }).toEqual({ [what]: [] });
});

/** Consumers of another service on the same database. */
async function consumers() {
  const orders = await ordersFixture(database);
  const orm = await openOrm({ service: 'billing', url: database.url, entities: [], poolSize: 4 });
  const { now } = fixture.deps;
  const quiet = { wake: () => undefined, log: pino({ level: 'silent' }), wakers: new Map(), rules: new Map() };
  const billing = { service: 'billing', orm, now, ...quiet, config: fixture.deps.config } as unknown as BillingDeps;
  const stock = [
    consume('orders.restock-returned-goods', returnInspectedV1, (tx, events) =>
      restockReturnedGoods(tx, events, now()),
    ),
    consume('orders.restock-settled-items', itemSettledV1, (tx, events) => restockSettledItems(tx, events, now())),
  ];
  const rounds = async () => {
    for (const one of stock) while (await consumeDue(orders.deps, one));
    for (const one of pricingConsumers(billing)) while (await consumeDue(billing, one));
  };
  return { rounds, close: () => Promise.all([orders.close(), orm.close()]) };
}

const byMerchant = (what: string) =>
  database.query(`select merchant_id, sum(n)::int as n from (${what}) all_of_it
  where n <> 0 group by 1 having sum(n) <> 0 order by 1`);
const charged = (type: string) =>
  byMerchant(`select merchant_id, quantity as n from billing.charge where charge_type = '${type}'`);
const pieces = (state: string) =>
  byMerchant(`select merchant_id, quantity as n from returns.return_item where state = '${state}'`);

test('whatever happened and in whatever order it is heard of: what is restocked is in the stock, and every end is charged once', async () => {
  await finish(mix);
  const { rounds, close } = await consumers();
  // a third of all deliveries at a time, in an order that has nothing to do with what happened
  for (const part of ['0-5', '6-a', 'b-f']) {
    await database.query(
      `update messaging.delivery set next_at = case when event_id::text ~ '[${part}]$' then now() else 'infinity' end where done_at is null`,
    );
    await rounds();
  }
  await close();
  expect(await database.query('select error from messaging.delivery where error is not null')).toEqual([]);
  expect(await byMerchant('select merchant_id, quantity as n from orders.stock_movement')).toEqual(
    await pieces('restocked'),
  );
  expect(await charged('return_restock')).toEqual(await pieces('restocked'));
  expect(await charged('return_disposal')).toEqual(await pieces('disposed'));
  expect(await charged('return_parcel')).toEqual(
    await byMerchant('select merchant_id, charged_parcels as n from returns.return where inspected_at is not null'),
  );
  expect((await pieces('restocked')).length).toBeGreaterThan(0);
});
