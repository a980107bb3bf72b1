import { expect, test } from '@jest/globals';
import { addItem } from '../../../services/returns/use-cases/add-item.ts';
import { cancelReturn } from '../../../services/returns/use-cases/cancel-return.ts';
import { completeReturn } from '../../../services/returns/use-cases/complete-return.ts';
import { expireAnnounced } from '../../../services/returns/use-cases/expire-announced.ts';
import { getReturn, listReturns, lookupReturns } from '../../../services/returns/use-cases/find-returns.ts';
import { inspectItem } from '../../../services/returns/use-cases/inspect-item.ts';
import { matchReturn } from '../../../services/returns/use-cases/match-return.ts';
import { receiveReturn } from '../../../services/returns/use-cases/receive-return.ts';
import { reportInTransit, reportLost } from '../../../services/returns/use-cases/report-way.ts';
import type { CallInputOf } from '../../../shared/protocol/define.ts';
import { returnPolicy } from '../../../shared/protocol/merchants/return-policy.ts';
import { returnsActions as actions } from '../../../shared/protocol/returns/actions.ts';
import type { ReturnView } from '../../../shared/protocol/returns/views.ts';
import { countRows, inputOf, newId, userOf, worker } from '../../support/returns.ts';
import { returnsWorld } from '../../support/returns-world.ts';

const { database, fixture, desk } = returnsWorld();

const receive = (input: CallInputOf<typeof actions.receiveReturn>) =>
  receiveReturn(fixture.deps, inputOf(actions.receiveReturn, input), worker);
const inspect = (id: string, itemId: string, grade: 'A' | 'C' = 'A', quantity = 1) =>
  inspectItem(fixture.deps, inputOf(actions.inspectItem, { id, itemId, quantity, grade, note: 'as found' }), worker);
const complete = (id: string) => completeReturn(fixture.deps, { id }, worker);
const list = (filter: CallInputOf<typeof actions.listReturns>, actor = worker) =>
  listReturns(fixture.deps, inputOf(actions.listReturns, filter), actor);
const events = async (type: string, returnId: string) =>
  (
    await database.query<{ payload: Record<string, unknown> }>(
      `select payload from messaging.event where type = $1 and payload ->> 'returnId' = $2 order by recorded_at`,
      [type, returnId],
    )
  ).map(({ payload }) => payload);

test('D10 the returns of an order are found by it, each merchant its own', async () => {
  const merchantId = await fixture.merchant();
  const orderId = await fixture.shipped(merchantId, 'D10-1', [{ sku: 'MUG', quantity: 2 }]);
  const elsewhere = await fixture.shipped(merchantId, 'D10-2', [{ sku: 'MUG', quantity: 2 }]);
  const items = [{ sku: 'MUG', quantity: 1 }];
  const [first, second] = [
    await desk.create({ merchantId, orderId, items }),
    await desk.create({ merchantId, orderId, items }),
  ];
  await desk.create({ merchantId, orderId: elsewhere, items });
  const idsOf = async (actor = worker) => (await list({ orderId }, actor)).items.map(({ id }) => id).sort();
  expect(await idsOf()).toEqual([first.id, second.id].sort());
  expect(await idsOf(userOf(merchantId))).toEqual([first.id, second.id].sort());
  expect(await idsOf(userOf(await fixture.merchant()))).toEqual([]);
});

test('A2 a blind return without order or merchant is recorded, received and matched later, and nothing is lost', async () => {
  const merchantId = await fixture.merchant();
  const orderId = await fixture.shipped(merchantId, 'B-1', [{ sku: 'MUG', quantity: 1 }]);
  const blind = await desk.create({ trackingNumber: 'BLIND-1', note: 'label unreadable' });
  expect(blind).toMatchObject({ merchantId: null, matchState: 'unknown_merchant', state: 'announced' });
  await receive({ id: blind.id });
  const found = inputOf(actions.addItem, { id: blind.id, name: 'a blue mug', quantity: 1 });
  const { items } = await addItem(fixture.deps, found, worker);
  const unmatched = await matchReturn(fixture.deps, { id: blind.id, merchantId, reason: 'sender' }, worker);
  expect(unmatched).toMatchObject({ merchantId, matchState: 'unmatched' });
  const matched = await matchReturn(fixture.deps, { id: blind.id, merchantId, orderId, reason: undefined }, worker);
  expect(matched).toMatchObject({ matchState: 'matched', orderNumber: 'B-1', note: 'label unreadable', items });
  expect(matched.parcels).toMatchObject([{ trackingNumber: 'BLIND-1' }]);
  expect(await countRows(database, 'returns.return_parcel', 'merchant_id = $1', [merchantId])).toBe(1);
});

test('A6 a second parcel tops up the same return; after the inspection it opens the next revision', async () => {
  const merchantId = await fixture.merchant();
  const { id, items } = await desk.create({
    merchantId,
    trackingNumber: 'P-1',
    items: [
      { sku: 'VASE', quantity: 2 },
      { sku: 'BOWL', quantity: 1 },
    ],
  });
  const [vase, bowl] = items.map((item) => item.id) as [string, string];
  const parcelId = newId();
  await receive({ id, parcelId });
  await desk.sendPhoto(id, 'one', desk.photo);
  await inspect(id, vase, 'C', 2);
  const first = await complete(id);
  expect(first).toMatchObject({ state: 'processing', revision: 0, pieces: { expected: 3, received: 2, missing: 1 } });

  const topped = await receive({ id, trackingNumber: 'P-2', carrier: 'DPD' });
  expect(topped).toMatchObject({ state: 'inspecting', revision: 1, pieces: { missing: 0, received: 2 } });
  expect(topped.parcels.map(({ trackingNumber }) => trackingNumber)).toEqual(['P-1', 'P-2']);
  for (const again of [{ parcelId }, { trackingNumber: 'P-2' }, { trackingNumber: 'P-1' }])
    expect(await receive({ id, ...again })).toMatchObject({ version: topped.version, revision: 1 });
  await inspect(id, bowl, 'A');
  const second = await complete(id);
  expect(second.items).toMatchObject([
    { sku: 'VASE', state: 'in_rtv_batch', quantity: 2 },
    { sku: 'BOWL', state: 'restocked' },
  ]);
  const told = await events('returns.return-inspected.v1', id);
  expect(told.map(({ revision, items: pieces }) => [revision, (pieces as unknown[]).length])).toEqual([
    [0, 1],
    [1, 2],
  ]);
  expect(await events('returns.return-received.v1', id)).toHaveLength(1);
  const { returns } = await lookupReturns(fixture.deps, { code: 'P-2' }, worker);
  expect(returns.map((found) => found.id)).toEqual([id]);
});

test('A6 ten devices that report the same parcel at the same moment make one', async () => {
  const { id } = await desk.create({ merchantId: await fixture.merchant(), items: [{ sku: 'X', quantity: 1 }] });
  await receive({ id, trackingNumber: 'first' });
  const parcelId = newId();
  const answers = await Promise.all(Array.from({ length: 10 }, () => receive({ id, parcelId })));
  expect(answers.map(({ parcels }) => parcels.length)).toEqual(Array.from({ length: 10 }, () => 2));
  expect(await countRows(database, 'returns.return_parcel', 'return_id = $1', [id])).toBe(2);
});

test('A9 devices that begin to work at the same moment receive one parcel, also after the inspection has ended', async () => {
  const { id, items } = await desk.create({ merchantId: await fixture.merchant(), items: [{ sku: 'X', quantity: 1 }] });
  const begin = () => receive({ id, parcelId: newId(), onlyFirst: true });
  const answers = await Promise.all(Array.from({ length: 10 }, begin));
  expect(answers.map(({ parcels }) => parcels.length)).toEqual(Array.from({ length: 10 }, () => 1));
  await desk.sendPhoto(id, 'one', desk.photo);
  await inspect(id, items[0]!.id, 'A');
  const done = await complete(id);
  expect(await begin()).toMatchObject({ state: done.state, version: done.version, revision: 0 });
  expect(await countRows(database, 'returns.return_parcel', 'return_id = $1', [id])).toBe(1);
});

test('A8 a device that sends the same commands again after hours finds everything once', async () => {
  const merchantId = await fixture.merchant();
  const given = { id: newId(), merchantId, items: [{ id: newId(), sku: 'X', quantity: 2 }] };
  const itemId = given.items[0]!.id;
  const [parcelId, found, partId] = [newId(), newId(), newId()];
  const day = async (): Promise<ReturnView> => {
    await desk.create(given);
    await receive({ id: given.id, parcelId });
    const extra = { id: given.id, itemId: found, name: 'a spoon', quantity: 1 };
    await addItem(fixture.deps, inputOf(actions.addItem, extra), worker);
    const finding = { id: given.id, itemId, quantity: 1, grade: 'A' as const, note: 'fine', partId };
    return inspectItem(fixture.deps, inputOf(actions.inspectItem, finding), worker);
  };
  const once = await day();
  fixture.clock.now = new Date(fixture.clock.now.getTime() + 7 * 3_600_000);
  const twice = await day();
  const pieces = ({ items }: ReturnView) =>
    items.map(({ id, quantity, state }) => `${id} ${quantity} ${state}`).toSorted();
  expect(pieces(twice)).toEqual(pieces(once));
  expect(twice.parcels).toEqual(once.parcels);
});

test('A10 an undeliverable parcel comes back whole, needs no inspection and is told once', async () => {
  const merchantId = await fixture.merchant();
  await fixture.shipped(merchantId, 'RTS-1', [{ sku: 'LAMP', quantity: 3 }]);
  const parcel = await desk.create({ merchantId, kind: 'undeliverable', orderNumber: 'RTS-1' });
  expect(parcel.items).toMatchObject([{ sku: 'LAMP', quantity: 3, state: 'expected' }]);
  expect(await receive({ id: parcel.id })).toMatchObject({ items: [{ state: 'received' }] });
  expect(await complete(parcel.id)).toMatchObject({
    state: 'completed',
    photos: [],
    items: [{ state: 'restocked', grade: null }],
  });
  expect(await events('returns.return-received.v1', parcel.id)).toMatchObject([{ kind: 'undeliverable' }]);
});

test('A13 a return is received, inspected and completed without a word about a refund', async () => {
  const { id } = await desk.readyToComplete(await fixture.merchant());
  expect(await complete(id)).toMatchObject({ state: 'processing', outcome: null, outcomeAmount: null });
});

test('in transit, lost and expired are told, repeated without effect, and a parcel that comes after all is received', async () => {
  const merchantId = await fixture.merchant({ returnPolicy: returnPolicy.parse({ announcedExpiryDays: 10 }) });
  const announce = () => desk.create({ merchantId, items: [{ sku: 'X', quantity: 1 }] });
  const [moving, waiting, other] = [
    await announce(),
    await announce(),
    await desk.create({ merchantId: await fixture.merchant() }),
  ];
  const way = { id: moving.id, carrier: 'DHL', trackingNumber: 'W-1' };
  const sent = await reportInTransit(fixture.deps, way, userOf(merchantId));
  expect(sent).toMatchObject({ state: 'in_transit', trackingNumber: 'W-1' });
  expect(await reportInTransit(fixture.deps, way, userOf(merchantId))).toMatchObject({ version: sent.version });
  const lost = await reportLost(fixture.deps, { id: moving.id, reason: 'tracer closed' }, worker);
  expect(lost.state).toBe('lost');
  expect(await reportLost(fixture.deps, { id: moving.id, reason: 'again' }, worker)).toMatchObject({
    version: lost.version,
  });

  fixture.clock.now = new Date(fixture.clock.now.getTime() + 9 * 86_400_000);
  await expireAnnounced(fixture.deps);
  expect((await getReturn(fixture.deps, { id: waiting.id }, worker)).state).toBe('announced');
  fixture.clock.now = new Date(fixture.clock.now.getTime() + 2 * 86_400_000);
  expect(await expireAnnounced(fixture.deps)).toBe(1);
  expect(await expireAnnounced(fixture.deps)).toBe(0);
  expect(await getReturn(fixture.deps, { id: waiting.id }, worker)).toMatchObject({ state: 'expired' });
  expect((await getReturn(fixture.deps, { id: other.id }, worker)).state).toBe('announced');
  expect((await events('returns.return-progressed.v1', waiting.id)).map(({ state }) => state)).toEqual([
    'announced',
    'expired',
  ]);
  for (const { id } of [moving, waiting]) expect(await receive({ id })).toMatchObject({ state: 'received' });
  const cancelled = await announce();
  await cancelReturn(fixture.deps, { id: cancelled.id, reason: undefined }, worker);
  expect(await cancelReturn(fixture.deps, { id: cancelled.id, reason: undefined }, worker)).toMatchObject({
    state: 'cancelled',
  });
  expect(await receive({ id: cancelled.id })).toMatchObject({ state: 'received' });
});

test("B14 the hours of the merchant's policy run from the receipt, and what is overdue can be listed, earliest first", async () => {
  const merchantId = await fixture.merchant({ returnPolicy: returnPolicy.parse({ inspectionHours: 24 }) });
  const make = async () => receive({ id: (await desk.create({ merchantId, items: [{ sku: 'X', quantity: 1 }] })).id });
  const late = await make();
  expect(Date.parse(late.inspectionDueAt!) - Date.parse(late.receivedAt!)).toBe(24 * 3_600_000);
  const done = await make();
  await desk.sendPhoto(done.id, 'p', desk.photo);
  await inspect(done.id, done.items[0]!.id);
  await complete(done.id);
  fixture.clock.now = new Date(fixture.clock.now.getTime() + 23 * 3_600_000);
  const inTime = await make();
  const overdue = async () =>
    (await list({ merchantId, overdue: 'true', sort: 'inspectionDueAt' })).items.map(({ id }) => id);
  expect(await overdue()).toEqual([]);
  fixture.clock.now = new Date(fixture.clock.now.getTime() + 2 * 3_600_000);
  expect(await overdue()).toEqual([late.id]);
  fixture.clock.now = new Date(fixture.clock.now.getTime() + 23 * 3_600_000);
  expect(await overdue()).toEqual([late.id, inTime.id]);
});

test('lists show what is to be done next, find parts of numbers, and page by each instant', async () => {
  const merchantId = await fixture.merchant({ name: 'Zwiebelhof 100%' });
  const make = (externalNumber: string) =>
    desk.create({ merchantId, externalNumber, items: [{ sku: 'X', quantity: 1 }] });
  const [announced, received] = [await make('RMA-AA_1'), await make('RMA-BB')];
  await receive({ id: received.id, trackingNumber: 'TRK-99' });
  const ready = await desk.readyToComplete(merchantId);
  await complete(ready.id);
  const cancelled = await make('RMA-CC');
  await cancelReturn(fixture.deps, { id: cancelled.id, reason: undefined }, worker);
  const idsOf = async (filter: CallInputOf<typeof actions.listReturns>, actor = worker) =>
    (await list({ merchantId, ...filter }, actor)).items.map(({ id }) => id);
  expect(await idsOf({ group: 'toReceive' })).toEqual([announced.id]);
  expect(await idsOf({ group: 'toInspect' })).toEqual([received.id]);
  expect(await idsOf({ group: 'toDecide' })).toEqual([]);
  expect(await idsOf({ group: 'inProgress' })).toEqual([ready.id]);
  expect(await idsOf({ group: 'done' })).toEqual([cancelled.id]);
  expect(await idsOf({ q: 'rma-aa_' })).toEqual([announced.id]);
  expect(await idsOf({ q: 'rma-aa%' })).toEqual([]);
  expect(await idsOf({ q: 'trk-9' }, userOf(merchantId))).toEqual([received.id]);
  expect(await idsOf({ q: received.number.slice(-4) })).toContain(received.id);
  expect(await list({ q: 'zwiebelhof 100%' })).toMatchObject({ items: { length: 4 } });
  expect((await list({ q: 'zwiebelhof' }, userOf(await fixture.merchant()))).items).toEqual([]);
  for (const sort of ['receivedAt', '-receivedAt', 'inspectionDueAt'] as const) {
    const one = await list({ merchantId, sort, limit: '1' });
    const two = await list({ merchantId, sort, limit: '1', cursor: one.nextCursor! });
    const pages = [...one.items, ...two.items].map(({ id }) => id);
    expect([pages, two.nextCursor]).toEqual([
      sort.startsWith('-') ? [ready.id, received.id] : [received.id, ready.id],
      null,
    ]);
  }
});
