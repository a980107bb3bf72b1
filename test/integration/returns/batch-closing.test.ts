import { expect, test } from '@jest/globals';
import { knowArticles } from '../../../services/returns/persistence/articles.ts';
import { knowMerchants } from '../../../services/returns/persistence/merchants.ts';
import { closeDueBatches } from '../../../services/returns/use-cases/close-due-batches.ts';
import { completeReturn } from '../../../services/returns/use-cases/complete-return.ts';
import { getBatch } from '../../../services/returns/use-cases/find-batches.ts';
import { closeBatch } from '../../../services/returns/use-cases/move-batch.ts';
import { removeFromBatch } from '../../../services/returns/use-cases/remove-from-batch.ts';
import { inTransaction } from '../../../shared/persistence/transaction.ts';
import { returnPolicy, type ReturnPolicy } from '../../../shared/protocol/merchants/return-policy.ts';
import { articleSnapshot } from '../../support/articles.ts';
import { merchantSnapshot } from '../../support/orders.ts';
import { countRows, worker } from '../../support/returns.ts';
import { returnsWorld } from '../../support/returns-world.ts';

const { database, fixture, desk } = returnsWorld();

const limitedTo = (batch: Partial<ReturnPolicy['batch']>) =>
  fixture.merchant({ returnPolicy: returnPolicy.parse({ batch }) });
/** Completes a return with one unsellable piece. @returns its batch */
async function collect(merchantId: string): Promise<string> {
  const { id } = await desk.readyToComplete(merchantId);
  return (await completeReturn(fixture.deps, { id }, worker)).items[0]!.rtvBatchId!;
}
const look = (id: string) => getBatch(fixture.deps, { id }, worker);
const setClock = (at: string) => (fixture.clock.now = new Date(at));

test('C5 the item that reaches the number of pieces still belongs to the batch, the next one opens another', async () => {
  const merchantId = await limitedTo({ maxPieces: 2 });
  const first = await collect(merchantId);
  expect(await look(first)).toMatchObject({ state: 'open', pieces: 1, closedBy: null });
  expect(await collect(merchantId)).toBe(first);
  expect(await look(first)).toMatchObject({
    ...{ state: 'closing', pieces: 2, closedBy: 'pieces', closedOn: '2026-10-15', version: 2 },
    closedAt: expect.any(String),
  });
  const second = await collect(merchantId);
  expect(second).not.toBe(first);
  expect(await look(second)).toMatchObject({ state: 'open', pieces: 1 });
  expect(
    await countRows(database, 'messaging.audit_entry', `entity_id = $1 and action = 'rtv-batch.closed'`, [first]),
  ).toBe(1);
});

test('C5 weight and size close a batch as far as they are known', async () => {
  const dimensions = { lengthMm: 100, widthMm: 100, heightMm: 100 };
  for (const [limits, closedBy] of [
    [{ maxWeightGrams: 1_000 }, 'weight'],
    [{ maxVolumeCm3: 2_000 }, 'volume'],
  ] as const) {
    const merchantId = await limitedTo(limits);
    const unknown = await collect(merchantId);
    await inTransaction(fixture.deps.orm, 'staff', (em) =>
      knowArticles(em, [articleSnapshot(merchantId, { sku: 'X', eans: [], weightGrams: 300, dimensions })]),
    );
    const one = await look(unknown);
    expect(one).toMatchObject({ state: 'open', weightKnownGrams: 300, volumeCm3: 1_000, piecesWithoutWeight: 0 });
    while ((await look(await collect(merchantId))).state === 'open');
    const closed = await look(unknown);
    expect(closed).toMatchObject({ state: 'closing', closedBy });
    expect(closedBy === 'weight' ? closed.weightKnownGrams : closed.volumeCm3).toBe(
      closedBy === 'weight' ? 1_200 : 2_000,
    );
  }
});

test('C5 workers who complete at the same moment lose no item and close each batch once', async () => {
  const merchantId = await limitedTo({ maxPieces: 3 });
  const returns = await Promise.all(Array.from({ length: 12 }, () => desk.readyToComplete(merchantId)));
  await Promise.all(returns.map(({ id }) => completeReturn(fixture.deps, { id }, worker)));
  const batches = await database.query<{ state: string; closed_by: string | null; pieces: string }>(
    `select b.state, b.closed_by, (select sum(quantity) from returns.return_item i where i.rtv_batch_id = b.id) as pieces
     from returns.rtv_batch b where merchant_id = $1`,
    [merchantId],
  );
  expect(batches).toEqual(Array.from({ length: 4 }, () => ({ state: 'closing', closed_by: 'pieces', pieces: '3' })));
});

test('C5 a batch closes by its schedule at six in the morning, once, and after downtime too', async () => {
  setClock('2026-10-15T10:00:00Z'); // a Thursday
  const weekly = await fixture.merchant({ rtvSchedule: 'weekly' });
  const monthly = await fixture.merchant({ rtvSchedule: 'monthly' });
  const byHand = await fixture.merchant({ rtvSchedule: 'manual' });
  const [a, b, c] = [await collect(weekly), await collect(monthly), await collect(byHand)];
  expect(await look(a)).toMatchObject({ dueAt: '2026-10-19T04:00:00.000Z' });
  expect(await look(b)).toMatchObject({ dueAt: '2026-11-01T05:00:00.000Z' });
  expect(await look(c)).toMatchObject({ dueAt: null });
  setClock('2026-10-19T03:59:00Z');
  expect(await closeDueBatches(fixture.deps)).toBe(0);
  setClock('2026-10-19T04:00:00Z');
  expect(await closeDueBatches(fixture.deps)).toBe(1);
  expect(await closeDueBatches(fixture.deps)).toBe(0);
  expect(await look(a)).toMatchObject({ state: 'closing', closedBy: 'schedule', closedOn: '2026-10-19', dueAt: null });
  const next = await collect(weekly);
  // three weeks without a clock: what was due on the way is closed now
  setClock('2026-11-11T09:00:00Z');
  expect(await closeDueBatches(fixture.deps)).toBe(2);
  expect(await look(next)).toMatchObject({ state: 'closing', closedOn: '2026-11-11' });
  expect(await look(b)).toMatchObject({ state: 'closing' });
  expect(await look(c)).toMatchObject({ state: 'open' });
});

test('C5 an empty batch never closes; it waits for the next day of its schedule', async () => {
  setClock('2026-10-15T10:00:00Z');
  const merchantId = await fixture.merchant({ rtvSchedule: 'weekly' });
  const id = await collect(merchantId);
  await removeFromBatch(fixture.deps, { id, itemId: (await look(id)).items[0]!.itemId }, worker);
  await expect(closeBatch(fixture.deps, { id }, worker)).rejects.toMatchObject({ type: 'RTV_BATCH_EMPTY' });
  setClock('2026-10-19T06:00:00Z');
  await closeDueBatches(fixture.deps);
  expect(await look(id)).toMatchObject({ state: 'open', dueAt: '2026-10-26T05:00:00.000Z' });
  expect(await collect(merchantId)).toBe(id);
  expect(await closeDueBatches(fixture.deps)).toBe(0);
  setClock('2026-10-26T05:00:00Z');
  expect(await closeDueBatches(fixture.deps)).toBe(1);
  expect(await look(id)).toMatchObject({ state: 'closing', pieces: 1 });
});

test('C5 another schedule counts at once, and two clocks close a batch once', async () => {
  setClock('2026-10-20T10:00:00Z');
  const merchantId = await fixture.merchant({ rtvSchedule: 'manual', version: 1 });
  const id = await collect(merchantId);
  const changed = merchantSnapshot({ merchantId, version: 2, rtvSchedule: 'semiMonthly' });
  await inTransaction(fixture.deps.orm, 'staff', (em) => knowMerchants(em, [changed]));
  setClock('2026-11-01T06:00:00Z');
  await Promise.all([closeDueBatches(fixture.deps), closeDueBatches(fixture.deps)]);
  expect(await look(id)).toMatchObject({ state: 'closing', closedBy: 'schedule' });
  expect(
    await countRows(database, 'messaging.audit_entry', `entity_id = $1 and action = 'rtv-batch.closed'`, [id]),
  ).toBe(1);
});
