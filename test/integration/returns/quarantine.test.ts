import { expect, test } from '@jest/globals';
import { knowMerchants } from '../../../services/returns/persistence/merchants.ts';
import { accrueQuarantine } from '../../../services/returns/use-cases/accrue-quarantine.ts';
import { completeReturn } from '../../../services/returns/use-cases/complete-return.ts';
import { decideItem } from '../../../services/returns/use-cases/decide-item.ts';
import { inTransaction } from '../../../shared/persistence/transaction.ts';
import { returnPolicy } from '../../../shared/protocol/merchants/return-policy.ts';
import { merchantSnapshot } from '../../support/orders.ts';
import { worker } from '../../support/returns.ts';
import { returnsWorld } from '../../support/returns-world.ts';

const { database, fixture, desk } = returnsWorld();

const setClock = (at: string) => (fixture.clock.now = new Date(at));
const HELD = { returnRules: [{ disposition: 'hold' as const }] };
const withFreeDays = (days: number | null) => ({ returnPolicy: returnPolicy.parse({ quarantineFreeDays: days }) });

/** A return whose only item is held. */
async function held(merchantId: string) {
  const { id } = await desk.readyToComplete(merchantId);
  const done = await completeReturn(fixture.deps, { id }, worker);
  expect(done.items[0]).toMatchObject({ state: 'on_hold', quarantinedAt: expect.any(String) });
  return { id, itemId: done.items[0]!.id };
}
const decide = (id: string, itemId: string, disposition: 'dispose' | 'hold' | 'rtv') =>
  decideItem(fixture.deps, { id, itemId, disposition }, worker);
/** The clock's rounds of a minute until it has nothing to do. */
const tick = async () => {
  while (await accrueQuarantine(fixture.deps));
};
const days = async (merchantId: string): Promise<string[]> => {
  const found = await database.query<{ day: string; quantity: string; occurred: Date }>(
    `select payload ->> 'day' as day, payload ->> 'quantity' as quantity, occurred_at as occurred from messaging.event
     where type = 'returns.quarantine-accrued.v1' and merchant_id = $1 order by 1`,
    [merchantId],
  );
  return found.map(({ day }) => day);
};

test('C11 goods lie free for some days, then each day is told once until someone decides', async () => {
  setClock('2026-10-15T10:00:00Z');
  const merchantId = await fixture.merchant({ ...HELD, ...withFreeDays(2) });
  const { id, itemId } = await held(merchantId);
  for (const at of ['2026-10-15T20:00:00Z', '2026-10-16T10:00:00Z', '2026-10-17T21:59:00Z']) {
    setClock(at);
    await tick();
    expect(await days(merchantId)).toEqual([]);
  }
  setClock('2026-10-17T22:00:30Z'); // midnight in Berlin, the third day after its arrival
  await tick();
  await tick();
  expect(await days(merchantId)).toEqual(['2026-10-18']);
  setClock('2026-10-19T09:00:00Z');
  await Promise.all([tick(), tick()]);
  expect(await days(merchantId)).toEqual(['2026-10-18', '2026-10-19']);
  await decide(id, itemId, 'dispose');
  setClock('2026-10-25T09:00:00Z');
  await tick();
  expect(await days(merchantId)).toEqual(['2026-10-18', '2026-10-19']);
  const [event] = await database.query(
    `select payload, occurred_at as at from messaging.event where type = 'returns.quarantine-accrued.v1' and merchant_id = $1
     order by occurred_at limit 1`,
    [merchantId],
  );
  expect(event).toMatchObject({
    at: new Date('2026-10-17T22:00:00Z'),
    payload: {
      itemId,
      returnId: id,
      quantity: 1,
      day: '2026-10-18',
      quarantinedOn: '2026-10-15',
      freeDays: 2,
      sku: 'X',
    },
  });
});

test('C11 a clock that stood still for a week over the end of summer time catches up day by day', async () => {
  setClock('2026-10-22T21:30:00Z'); // half past eleven at night in Berlin: still the 22nd
  const merchantId = await fixture.merchant({ ...HELD, ...withFreeDays(0) });
  const { id, itemId } = await held(merchantId);
  await tick();
  // decided while the clock of the quarantine stood still, before and after midnight of the 25-hour day
  setClock('2026-10-26T22:59:00Z'); // 23:59 on the 26th
  await decide(id, itemId, 'dispose');
  setClock('2026-10-30T12:00:00Z');
  await tick();
  expect(await days(merchantId)).toEqual(['2026-10-23', '2026-10-24', '2026-10-25', '2026-10-26']);
});

test('C11 the night summer time begins is one day', async () => {
  setClock('2026-03-28T10:00:00Z');
  const merchantId = await fixture.merchant({ ...HELD, ...withFreeDays(0) });
  await held(merchantId);
  await tick();
  setClock('2026-03-30T22:30:00Z');
  await tick();
  expect(await days(merchantId)).toEqual(['2026-03-29', '2026-03-30', '2026-03-31']);
});

test('C11 without a policy nothing is told, and a policy that comes late charges nothing of the time before', async () => {
  setClock('2026-05-01T10:00:00Z');
  const merchantId = await fixture.merchant({ ...HELD, ...withFreeDays(null), version: 1 });
  await held(merchantId);
  setClock('2026-05-20T10:00:00Z');
  await tick();
  expect(await days(merchantId)).toEqual([]);
  const changed = merchantSnapshot({ merchantId, ...HELD, ...withFreeDays(5), version: 2 });
  await inTransaction(fixture.deps.orm, 'staff', (em) => knowMerchants(em, [changed]));
  await tick();
  setClock('2026-05-22T10:00:00Z');
  await tick();
  expect(await days(merchantId)).toEqual(['2026-05-21', '2026-05-22']);
});

test('C11 to hold goods again does not give them new free days', async () => {
  setClock('2026-06-01T10:00:00Z');
  const merchantId = await fixture.merchant({ ...HELD, ...withFreeDays(3) });
  const { id, itemId } = await held(merchantId);
  setClock('2026-06-03T10:00:00Z');
  const again = await decide(id, itemId, 'hold');
  expect(again.items[0]).toMatchObject({ state: 'on_hold', quarantinedAt: expect.stringMatching(/^2026-06-01/) });
  setClock('2026-06-06T10:00:00Z');
  await tick();
  expect(await days(merchantId)).toEqual(['2026-06-05', '2026-06-06']);
});

test('C11 the days are evidence that nobody changes', async () => {
  const scope = `begin; set local role kontor_returns; select set_config('kontor.scope', 'staff', true);`;
  const change = (statement: string) =>
    database.query(`${scope} ${statement}`).finally(() => database.query('rollback'));
  await expect(change(`update returns.quarantine_day set quantity = 0`)).rejects.toThrow(/permission denied/);
  await expect(change(`delete from returns.quarantine_stay`)).rejects.toThrow(/permission denied/);
  await expect(database.query(`update returns.quarantine_day set quantity = 9`)).rejects.toThrow();
});
