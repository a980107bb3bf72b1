import { expect, test } from '@jest/globals';
import { applyDeadlines } from '../../../services/returns/use-cases/apply-deadlines.ts';
import { decideItem } from '../../../services/returns/use-cases/decide-item.ts';
import { getReturn } from '../../../services/returns/use-cases/find-returns.ts';
import { answerLinkedDecision } from '../../../services/returns/use-cases/linked-decision.ts';
import { serviceActor } from '../../../shared/protocol/actor.ts';
import { askingMerchant, eventsAbout, inspectedReturn, linkTo } from '../../support/questions.ts';
import { countRows, userOf, worker } from '../../support/returns.ts';
import { returnsWorld } from '../../support/returns-world.ts';

const { database, fixture, desk } = returnsWorld();

const DAY = 86_400_000;
const pass = (ms: number) => void (fixture.clock.now = new Date(fixture.clock.now.getTime() + ms));
const clock = () => applyDeadlines(fixture.deps);
const now = (id: string) => getReturn(fixture.deps, { id }, worker);
const settled = (id: string) => eventsAbout(database, 'returns.item-settled.v1', id);

test('C3 without an answer the default happens at the deadline, not before, and is audited as the clock’s', async () => {
  const merchantId = await askingMerchant(fixture, { decision: { damagedHours: 30 * 24 } });
  const { id, items } = await inspectedReturn(fixture, desk, merchantId, 'C');
  pass(30 * DAY - 10_000);
  expect(await clock()).toBe(0);
  expect(await now(id)).toMatchObject({ state: 'awaiting_decision' });
  pass(10_000);
  expect(await clock()).toBe(1);
  expect(await clock()).toBe(0);
  const decided = await now(id);
  expect(decided).toMatchObject({
    state: 'processing',
    decisionDueAt: null,
    items: [
      { state: 'in_rtv_batch', rtvBatchId: expect.any(String), dispositionSource: 'deadline', dispositionReason: null },
    ],
  });
  const audit = await database.query(
    `select actor_kind, actor_id, after -> 'item' ->> 'dispositionSource' as source from messaging.audit_entry
     where entity_id = $1 and action = 'item.decided'`,
    [id],
  );
  expect(audit).toEqual([{ actor_kind: 'service', actor_id: 'returns', source: 'deadline' }]);
  const late = { id, itemId: items[0]!.id, disposition: 'restock' as const };
  await expect(decideItem(fixture.deps, late, userOf(merchantId))).rejects.toMatchObject({ code: 409 });
});

test('C3 after a long downtime everything overdue is caught up, each item at its own deadline', async () => {
  const merchantId = await askingMerchant(fixture, { decision: { damagedHours: 48, damagedDefault: 'dispose' } });
  const many = [];
  for (let index = 0; index < 4; index += 1) many.push(await inspectedReturn(fixture, desk, merchantId, 'C', 'C'));
  const patient = await askingMerchant(fixture, { decision: { damagedHours: 8_000 } });
  const open = await inspectedReturn(fixture, desk, patient, 'C');
  pass(90 * DAY);
  expect(await clock()).toBe(4);
  for (const { id } of many) {
    expect(await now(id)).toMatchObject({ state: 'completed', items: [{ state: 'disposed' }, { state: 'disposed' }] });
    expect(await settled(id)).toHaveLength(2);
  }
  expect(await now(open.id)).toMatchObject({ state: 'awaiting_decision' });
});

test('C3 several clocks and merchants at the same moment decide once', async () => {
  const merchantId = await askingMerchant(fixture, { decision: { damagedHours: 1, damagedDefault: 'dispose' } });
  const waiting = [];
  for (let index = 0; index < 6; index += 1) waiting.push(await inspectedReturn(fixture, desk, merchantId, 'C'));
  pass(3_600_000);
  const [raced] = waiting;
  const portal = { id: raced!.id, itemId: raced!.items[0]!.id, disposition: 'restock' as const };
  const link = {
    token: linkTo(raced!, new Date('2030-01-01')),
    decisions: [{ itemId: portal.itemId, disposition: 'hold' as const }],
  };
  const [first, second, third, ...answers] = await Promise.allSettled([
    clock(),
    clock(),
    clock(),
    decideItem(fixture.deps, portal, userOf(merchantId)),
    answerLinkedDecision(fixture.deps, link, serviceActor('gateway', 'r')),
  ]);
  const byClock = [first, second, third].reduce((sum, round) => sum + (round as { value: number }).value, 0);
  const byMerchant = answers.filter(({ status }) => status === 'fulfilled').length;
  // what the clock left to somebody who held the return, it takes up in its next round
  expect(byClock + (await clock()) + byMerchant).toBeGreaterThanOrEqual(6);
  for (const { id } of waiting) expect((await settled(id)).length).toBeLessThanOrEqual(1);
  const decisions = `entity_id = any($1) and action = 'item.decided'`;
  const ids = waiting.map(({ id }) => id);
  const twice = (await now(raced!.id)).items[0]!.dispositionSource === 'merchant' && byMerchant === 2 ? 1 : 0;
  expect(await countRows(database, 'messaging.audit_entry', decisions, [ids])).toBe(6 + twice);
});

test('C3 a return that cannot be decided on holds up no other, and is tried again', async () => {
  const merchantId = await askingMerchant(fixture, { decision: { damagedHours: 1, damagedDefault: 'dispose' } });
  const broken = await inspectedReturn(fixture, desk, merchantId, 'C');
  const fine = await inspectedReturn(fixture, desk, merchantId, 'C');
  await database.query(
    `create function public.refuse() returns trigger language plpgsql as $$ begin raise exception 'broken'; end $$`,
  );
  await database.query(
    `create trigger refuse before update on returns.return for each row when (new.id = '${broken.id}') execute function public.refuse()`,
  );
  pass(3_600_000);
  expect(await clock()).toBe(1);
  expect((await now(fine.id)).state).toBe('completed');
  expect((await now(broken.id)).state).toBe('awaiting_decision');
  await database.query('drop trigger refuse on returns.return');
  expect(await clock()).toBe(1);
  expect((await now(broken.id)).state).toBe('completed');
});
