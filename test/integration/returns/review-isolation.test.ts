import { expect, test } from '@jest/globals';
import { accrueQuarantine } from '../../../services/returns/use-cases/accrue-quarantine.ts';
import { addItem } from '../../../services/returns/use-cases/add-item.ts';
import { completeReturn } from '../../../services/returns/use-cases/complete-return.ts';
import { listDecisions } from '../../../services/returns/use-cases/decide-items.ts';
import { getBatch, listBatches } from '../../../services/returns/use-cases/find-batches.ts';
import { getReturn, listReturns, lookupReturns } from '../../../services/returns/use-cases/find-returns.ts';
import { getReturnStory } from '../../../services/returns/use-cases/get-story.ts';
import { inspectItem } from '../../../services/returns/use-cases/inspect-item.ts';
import { lockReturn } from '../../../services/returns/use-cases/lock-return.ts';
import { matchReturn } from '../../../services/returns/use-cases/match-return.ts';
import { addPhoto } from '../../../services/returns/use-cases/photos.ts';
import { receiveReturn } from '../../../services/returns/use-cases/receive-return.ts';
import { reportOutcome } from '../../../services/returns/use-cases/report-outcome.ts';
import { splitReturn } from '../../../services/returns/use-cases/split-return.ts';
import { returnPolicy } from '../../../shared/protocol/merchants/return-policy.ts';
import { returnsActions as actions } from '../../../shared/protocol/returns/actions.ts';
import { inputOf, newId, userOf, worker } from '../../support/returns.ts';
import { returnsWorld } from '../../support/returns-world.ts';

const { database, fixture, desk } = returnsWorld();

/** Whatever a merchant is shown or told of its returns, by any route, event or mail (which is made of an event). */
async function allThatReaches(merchantId: string, id: string): Promise<string> {
  const { deps } = fixture;
  const user = userOf(merchantId);
  const told = await database.query(`select type, payload from messaging.event where merchant_id = $1`, [merchantId]);
  const { items } = await getReturn(deps, { id }, user);
  return JSON.stringify([
    told,
    await getReturn(deps, { id }, user),
    await getReturnStory(deps, { id }, user),
    await listReturns(deps, inputOf(actions.listReturns, {}), user),
    ...(await Promise.all(
      ['SECRET-TRACK', 'SECRET-RMA', 'SECRET-ORDER'].map((code) => lookupReturns(deps, { code }, user)),
    )),
    await listDecisions(deps, inputOf(actions.listDecisions, {}), user),
    await listBatches(deps, inputOf(actions.listBatches, {}), user),
    ...(await Promise.all(
      items.flatMap(({ rtvBatchId }) => (rtvBatchId ? [getBatch(deps, { id: rtvBatchId }, user)] : [])),
    )),
  ]);
}

const SECRETS = {
  ...{ note: 'SECRET-NOTE', channel: 'SECRET-SHOP', externalNumber: 'SECRET-RMA' },
  ...{ carrier: 'SECRET-CARRIER', trackingNumber: 'SECRET-TRACK', orderNumber: 'SECRET-ORDER' },
};
const SECRET_REASON = { reason: 'SECRET-CODE', externalReason: 'SECRET-REASON' };
const secretsOf = (text: string): string[] => [...new Set(text.match(/SECRET-[A-Z]+|4711/g))];

/** As a merchant announces it, with a word of its own in every field that takes one. */
async function announced(merchantId: string): Promise<{ id: string; itemIds: string[] }> {
  const items = ['MUG', 'BOWL'].map((sku) => ({ sku, quantity: 1, ...SECRET_REASON }));
  const parcel = await desk.create({ merchantId, ...SECRETS, items }, userOf(merchantId));
  const outcome = { id: parcel.id, outcome: 'refund' as const, amountMinor: 4_711, note: 'SECRET-OUTCOME' };
  await reportOutcome(fixture.deps, inputOf(actions.reportOutcome, outcome), userOf(merchantId));
  return { id: parcel.id, itemIds: parcel.items.map((item) => item.id) };
}

async function inspectedToTheEnd(id: string): Promise<void> {
  const { items } = await getReturn(fixture.deps, { id }, worker);
  await desk.sendPhoto(id, 'goods', desk.photo);
  for (const { id: itemId } of items) {
    const finding = { id, itemId, quantity: 1, grade: 'C' as const, note: 'scratched' };
    await inspectItem(fixture.deps, inputOf(actions.inspectItem, finding), worker);
  }
  await completeReturn(fixture.deps, { id }, worker);
}

test('K10 a return that turns out to be another merchant’s tells nothing of the first one', async () => {
  const [first, second] = [await fixture.merchant(), await fixture.merchant()];
  const { id } = await announced(first);
  await matchReturn(fixture.deps, { id, merchantId: second, orderId: undefined, reason: undefined }, worker);
  expect(secretsOf(await allThatReaches(second, id))).toEqual([]);
  await receiveReturn(fixture.deps, { id }, worker);
  await inspectedToTheEnd(id);
  expect(secretsOf(await allThatReaches(second, id))).toEqual([]);
  expect(await getReturn(fixture.deps, { id }, userOf(second))).toMatchObject({
    ...{ merchantId: second, outcome: null, note: '', channel: 'manual', orderNumber: null, trackingNumber: null },
    items: [{ sku: 'MUG', quantity: 1, reason: null, externalReason: null }, { sku: 'BOWL' }],
  });
  const { entries } = await getReturnStory(fixture.deps, { id }, userOf(second));
  expect(entries.map(({ what }) => what)).not.toContain('return.announced');
  const trail = secretsOf(JSON.stringify(await getReturnStory(fixture.deps, { id }, worker)));
  const kept = [...Object.values(SECRETS), ...Object.values(SECRET_REASON), 'SECRET-OUTCOME'];
  expect(trail).toEqual(expect.arrayContaining(kept));
});

test('K10 what a first merchant’s rules proposed is not shown to the next one', async () => {
  const rule = { grades: ['C' as const], disposition: 'donate' as const };
  const [first, second] = [await fixture.merchant({ returnRules: [rule] }), await fixture.merchant()];
  const { id, itemIds } = await announced(first);
  await receiveReturn(fixture.deps, { id, trackingNumber: 'SCANNED' }, worker);
  const finding = { id, itemId: itemIds[0]!, quantity: 1, grade: 'C' as const, note: 'scratched', reason: 'damaged' };
  await inspectItem(fixture.deps, inputOf(actions.inspectItem, finding), worker);
  expect((await getReturn(fixture.deps, { id }, worker)).items[0]).toMatchObject({ suggestedDisposition: 'donate' });
  await matchReturn(fixture.deps, { id, merchantId: second, orderId: undefined, reason: undefined }, worker);
  expect(await getReturn(fixture.deps, { id }, userOf(second))).toMatchObject({
    trackingNumber: 'SCANNED',
    items: [
      {
        state: 'graded',
        grade: 'C',
        note: 'scratched',
        reason: 'damaged',
        disposition: null,
        suggestedDisposition: null,
      },
      { sku: 'BOWL' },
    ],
  });
});

test('K10 goods that are split off to another merchant take nothing along of the first one', async () => {
  const [first, second] = [await fixture.merchant(), await fixture.merchant()];
  const { id, itemIds } = await announced(first);
  await receiveReturn(fixture.deps, { id }, worker);
  const label = { id, kind: 'label' as const, clientPhotoId: 'label', file: await fixture.upload(desk.photo) };
  await addPhoto(fixture.deps, label, worker);
  const split = { id, items: [{ itemId: itemIds[0]!, quantity: 1 }], merchantId: second };
  const child = await splitReturn(fixture.deps, inputOf(actions.splitReturn, split), worker);
  expect(secretsOf(await allThatReaches(second, child.id))).toEqual([]);
  expect(child).toMatchObject({ photos: [], parcels: [], carrier: null, trackingNumber: null, note: '' });
  await inspectedToTheEnd(child.id);
  expect(secretsOf(await allThatReaches(second, child.id))).toEqual([]);
  expect(await getReturn(fixture.deps, { id }, userOf(first))).toMatchObject({ ...SECRETS, outcome: 'refund' });
  const trail = secretsOf(JSON.stringify(await getReturnStory(fixture.deps, { id }, worker)));
  expect(trail).toEqual(expect.arrayContaining(Object.values(SECRET_REASON)));
});

test('K10 merchants are told neither who works on a return nor who did', async () => {
  const merchantId = await fixture.merchant();
  const { id } = await desk.readyToComplete(merchantId);
  const actor = { ...worker, id: 'SECRET-WORKER' };
  const { deps } = fixture;
  await lockReturn({ ...deps, call: (async () => ({ people: [] })) as never }, { id, takeOver: false }, actor);
  expect((await getReturn(deps, { id }, worker)).lock).toMatchObject({ userId: actor.id });
  await completeReturn(deps, { id }, actor);
  expect(secretsOf(await allThatReaches(merchantId, id))).toEqual([]);
  expect(await allThatReaches(merchantId, id)).not.toContain(worker.id);
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
