import { expect, test } from '@jest/globals';
import { accrueQuarantine } from '../../../services/returns/use-cases/accrue-quarantine.ts';
import { closeDueBatches } from '../../../services/returns/use-cases/close-due-batches.ts';
import { completeReturn } from '../../../services/returns/use-cases/complete-return.ts';
import { decideItem } from '../../../services/returns/use-cases/decide-item.ts';
import { returnPolicy } from '../../../shared/protocol/merchants/return-policy.ts';
import { countRows, worker } from '../../support/returns.ts';
import { returnsWorld } from '../../support/returns-world.ts';

const { database, fixture, desk } = returnsWorld();

const pass = (days: number) => void (fixture.clock.now = new Date(fixture.clock.now.getTime() + days * 86_400_000));
/** A return that the database refuses to touch, as a broken row or a full disk would. */
const broken = (table: string, merchantId: string) =>
  database.query(`create or replace function pg_temp_fail() returns trigger language plpgsql as $$
    begin if new.merchant_id = '${merchantId}' then raise exception 'broken'; end if; return new; end $$;
    create trigger broken before insert or update on ${table} for each row execute function pg_temp_fail()`);
const mended = (table: string) => database.query(`drop trigger broken on ${table}`);

test('C11 one merchant whose quarantine cannot be told holds up no other', async () => {
  const policy = { returnPolicy: returnPolicy.parse({ quarantineFreeDays: 0 }) };
  const merchants = [await fixture.merchant(policy), await fixture.merchant(policy)].toSorted();
  for (const merchantId of merchants) {
    const { id, items } = await desk.readyToComplete(merchantId);
    await decideItem(fixture.deps, { id, itemId: items[0]!.id, disposition: 'hold', reason: 'wait' }, worker);
    await completeReturn(fixture.deps, { id }, worker);
  }
  pass(3);
  const days = (merchantId: string) => countRows(database, 'returns.quarantine_day', 'merchant_id = $1', [merchantId]);
  await broken('returns.quarantine_day', merchants[0]!);
  await accrueQuarantine(fixture.deps);
  await mended('returns.quarantine_day');
  expect([await days(merchants[0]!), await days(merchants[1]!)]).toEqual([0, 3]);
  await Promise.all([accrueQuarantine(fixture.deps), accrueQuarantine(fixture.deps)]);
  expect([await days(merchants[0]!), await days(merchants[1]!)]).toEqual([3, 3]);
});

test('C5 one batch that cannot be closed holds up no other', async () => {
  const merchants = [
    await fixture.merchant({ rtvSchedule: 'weekly' }),
    await fixture.merchant({ rtvSchedule: 'weekly' }),
  ];
  for (const merchantId of merchants) {
    const { id } = await desk.readyToComplete(merchantId);
    await completeReturn(fixture.deps, { id }, worker);
  }
  pass(8);
  const closed = (merchantId: string) =>
    countRows(database, 'returns.rtv_batch', `state = 'closing' and merchant_id = $1`, [merchantId]);
  await broken('returns.rtv_batch', merchants[0]!);
  await closeDueBatches(fixture.deps);
  await mended('returns.rtv_batch');
  expect([await closed(merchants[0]!), await closed(merchants[1]!)]).toEqual([0, 1]);
  await Promise.all([closeDueBatches(fixture.deps), closeDueBatches(fixture.deps)]);
  expect([await closed(merchants[0]!), await closed(merchants[1]!)]).toEqual([1, 1]);
});
