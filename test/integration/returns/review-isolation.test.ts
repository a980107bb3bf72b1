import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { accrueQuarantine } from '../../../services/returns/use-cases/accrue-quarantine.ts';
import { addItem } from '../../../services/returns/use-cases/add-item.ts';
import { completeReturn } from '../../../services/returns/use-cases/complete-return.ts';
import { getReturn } from '../../../services/returns/use-cases/find-returns.ts';
import { getReturnStory } from '../../../services/returns/use-cases/get-story.ts';
import { inspectItem } from '../../../services/returns/use-cases/inspect-item.ts';
import { matchReturn } from '../../../services/returns/use-cases/match-return.ts';
import { receiveReturn } from '../../../services/returns/use-cases/receive-return.ts';
import { reportOutcome } from '../../../services/returns/use-cases/report-outcome.ts';
import { splitReturn } from '../../../services/returns/use-cases/split-return.ts';
import { returnPolicy } from '../../../shared/protocol/merchants/return-policy.ts';
import { returnsActions as actions } from '../../../shared/protocol/returns/actions.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { merchantSnapshot } from '../../support/orders.ts';
import {
  deskOf,
  inputOf,
  newId,
  returnsFixture,
  userOf,
  worker,
  type Desk,
  type ReturnsFixture,
} from '../../support/returns.ts';

let database: TestDatabase;
let fixture: ReturnsFixture;
let desk: Desk;
beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await returnsFixture(database, merchantSnapshot);
  desk = await deskOf(fixture);
});
afterAll(async () => {
  await fixture.close();
  await database.drop();
});

test('K10 a return that turns out to be another merchant’s tells nothing of the first one', async () => {
  const [first, second] = [await fixture.merchant(), await fixture.merchant()];
  const orderId = await fixture.shipped(first, 'SECRET-ORDER', [{ sku: 'MUG', quantity: 1 }]);
  const items = [{ sku: 'MUG', quantity: 1, externalReason: 'SECRET-REASON' }];
  const { id } = await desk.create({ merchantId: first, orderId, externalNumber: 'SECRET-RMA', items }, userOf(first));
  const outcome = { id, outcome: 'refund' as const, amountMinor: 4_711, note: 'SECRET-NOTE' };
  await reportOutcome(fixture.deps, inputOf(actions.reportOutcome, outcome), userOf(first));
  await receiveReturn(fixture.deps, { id }, worker);
  await matchReturn(fixture.deps, { id, merchantId: second, orderId: undefined, reason: undefined }, worker);
  const seen = [
    await getReturn(fixture.deps, { id }, userOf(second)),
    await getReturnStory(fixture.deps, { id }, userOf(second)),
  ];
  expect(JSON.stringify(seen)).not.toMatch(/SECRET|4711/);
  expect(seen[0]).toMatchObject({ merchantId: second, outcome: null, items: [{ sku: 'MUG', quantity: 1 }] });
  const story = JSON.stringify(await getReturnStory(fixture.deps, { id }, worker));
  expect(story).toContain('SECRET-NOTE');
});

test('C11 quarantine of goods that were split off names the first return to its merchant, not the one they went to', async () => {
  const policy = returnPolicy.parse({ quarantineFreeDays: 0 });
  const [first, second] = [await fixture.merchant({ returnPolicy: policy }), await fixture.merchant()];
  const orderId = await fixture.shipped(second, 'SECRET-ORDER-2', [{ sku: 'LAMP', quantity: 1 }]);
  const { id, number } = await desk.create({ merchantId: first, items: [{ sku: 'MUG', quantity: 1 }] });
  await receiveReturn(fixture.deps, { id }, worker);
  await desk.sendPhoto(id, 'p1', desk.photo);
  const lamp = newId();
  const found = { id, itemId: lamp, origin: 'foreign' as const, name: 'lamp', quantity: 1 };
  const { items } = await addItem(fixture.deps, inputOf(actions.addItem, found), worker);
  for (const item of items)
    await inspectItem(
      fixture.deps,
      inputOf(actions.inspectItem, { id, itemId: item.id, quantity: 1, grade: 'A', note: 'new' }),
      worker,
    );
  await completeReturn(fixture.deps, { id }, worker);
  await accrueQuarantine(fixture.deps);
  fixture.clock.now = new Date(fixture.clock.now.getTime() + 2 * 86_400_000);
  await splitReturn(
    fixture.deps,
    inputOf(actions.splitReturn, { id, items: [{ itemId: lamp, quantity: 1 }], orderId }),
    worker,
  );
  await accrueQuarantine(fixture.deps);
  const told = await database.query<{ payload: object }>(
    `select payload from messaging.event where type = 'returns.quarantine-accrued.v1' and merchant_id = $1`,
    [first],
  );
  expect(told.length).toBe(2);
  for (const { payload } of told) expect(payload).toMatchObject({ returnId: id, number, orderNumber: null });
});
