import { expect, test } from '@jest/globals';
import { returnsActions as actions } from '../../../shared/protocol/returns/actions.ts';
import { addItem } from '../../../services/returns/use-cases/add-item.ts';
import { cancelReturn } from '../../../services/returns/use-cases/cancel-return.ts';
import { completeReturn } from '../../../services/returns/use-cases/complete-return.ts';
import { getBatch, listBatches } from '../../../services/returns/use-cases/find-batches.ts';
import { getReturn } from '../../../services/returns/use-cases/find-returns.ts';
import { inspectItem } from '../../../services/returns/use-cases/inspect-item.ts';
import { closeBatch } from '../../../services/returns/use-cases/move-batch.ts';
import { receiveReturn } from '../../../services/returns/use-cases/receive-return.ts';
import { removeFromBatch } from '../../../services/returns/use-cases/remove-from-batch.ts';
import { countRows, inputOf, newId, photo, worker } from '../../support/returns.ts';
import { returnsWorld } from '../../support/returns-world.ts';

const { database, fixture, desk } = returnsWorld();
const count = (table: string, where: string, ...values: unknown[]) => countRows(database, table, where, values);

const incoming = async () => {
  const keys: string[] = [];
  for await (const { key } of fixture.deps.store.list('incoming')) keys.push(key);
  return keys;
};

test('A8 the same request sent twice, one after the other or at once, makes one return', async () => {
  const merchantId = await fixture.merchant();
  const input = { id: newId(), merchantId, items: [{ sku: 'X', quantity: 2 }] };
  const first = await desk.create(input);
  expect(await desk.create(input)).toEqual(first);
  await expect(desk.create({ ...input, note: 'other' })).rejects.toMatchObject({ code: 409, type: 'RETURN_EXISTS' });
  const twin = { id: newId(), merchantId, externalNumber: 'RMA-1', items: [{ sku: 'X', quantity: 2 }] };
  const views = await Promise.all(Array.from({ length: 5 }, () => desk.create(twin)));
  expect(new Set(views.map(({ number }) => number)).size).toBe(1);
  expect(await count('returns.return', 'merchant_id = $1', merchantId)).toBe(2);
  expect(await count('returns.return_item', 'merchant_id = $1', merchantId)).toBe(2);
  expect(await count('messaging.event', `merchant_id = $1 and type = 'returns.return-progressed.v1'`, merchantId)).toBe(
    2,
  );
  await expect(desk.create({ merchantId, externalNumber: 'RMA-1' })).rejects.toMatchObject({
    type: 'EXTERNAL_NUMBER_TAKEN',
  });
});

test('A8 a part split off and an item added under ids of the device are made once', async () => {
  const parcel = await desk.create({ merchantId: await fixture.merchant(), items: [{ sku: 'X', quantity: 3 }] });
  await receiveReturn(fixture.deps, { id: parcel.id }, worker);
  const finding = {
    id: parcel.id,
    itemId: parcel.items[0]!.id,
    quantity: 1,
    grade: 'B' as const,
    note: 'n',
    partId: newId(),
  };
  await inspectItem(fixture.deps, inputOf(actions.inspectItem, finding), worker);
  await inspectItem(fixture.deps, inputOf(actions.inspectItem, finding), worker);
  const found = { id: parcel.id, itemId: newId(), name: 'extra', quantity: 1 };
  await addItem(fixture.deps, inputOf(actions.addItem, found), worker);
  await addItem(fixture.deps, inputOf(actions.addItem, found), worker);
  const { items } = await getReturn(fixture.deps, { id: parcel.id }, worker);
  expect(items.map(({ quantity }) => quantity).toSorted()).toEqual([1, 1, 2]);
  const other = await desk.create({ merchantId: await fixture.merchant() });
  await receiveReturn(fixture.deps, { id: other.id }, worker);
  await expect(
    addItem(fixture.deps, inputOf(actions.addItem, { ...found, id: other.id }), worker),
  ).rejects.toMatchObject({
    code: 409,
    type: 'ITEM_ID_TAKEN',
  });
});

test('B4 the same photo again is the same photo, also at once; other content under its id is refused', async () => {
  const parcel = await desk.create({ merchantId: await fixture.merchant() });
  const bytes = await photo('#123456');
  const twins = await Promise.all([desk.sendPhoto(parcel.id, 'c1', bytes), desk.sendPhoto(parcel.id, 'c1', bytes)]);
  const again = await desk.sendPhoto(parcel.id, 'c1', bytes);
  expect(new Set([...twins, again].map(({ id }) => id)).size).toBe(1);
  await expect(desk.sendPhoto(parcel.id, 'c1', await photo('#654321'))).rejects.toMatchObject({
    code: 409,
    type: 'PHOTO_EXISTS',
  });
  expect(await count('returns.photo', 'return_id = $1', parcel.id)).toBe(1);
  expect(await incoming()).toEqual([]);
});

test('a refused upload keeps nothing', async () => {
  const parcel = await desk.create({ merchantId: await fixture.merchant() });
  const stored = async () => {
    const keys: string[] = [];
    for await (const { key } of fixture.deps.store.list('')) keys.push(key);
    return keys.toSorted();
  };
  const before = await stored();
  await expect(desk.sendPhoto(parcel.id, 'c1', desk.photo.subarray(0, 500))).rejects.toMatchObject({
    type: 'IMAGE_DAMAGED',
  });
  await expect(desk.sendPhoto(parcel.id, 'c1', Buffer.from('<svg/>'))).rejects.toMatchObject({ code: 415 });
  await expect(desk.sendPhoto(newId(), 'c1', desk.photo)).rejects.toMatchObject({ code: 404 });
  expect(await stored()).toEqual(before);
  await cancelReturn(fixture.deps, { id: parcel.id }, worker);
  await expect(desk.sendPhoto(parcel.id, 'c1', desk.photo)).rejects.toMatchObject({ type: 'RETURN_STATE_NOT_ALLOWED' });
  expect(await count('returns.photo', 'return_id = $1', parcel.id)).toBe(0);
});

test('C4 workers that need the open batch of a merchant at the same moment make exactly one', async () => {
  const merchantId = await fixture.merchant();
  const parcels = [];
  for (let index = 0; index < 4; index += 1) parcels.push(await desk.readyToComplete(merchantId));
  await Promise.all(parcels.map(({ id }) => completeReturn(fixture.deps, { id }, worker)));
  const { items: batches } = await listBatches(fixture.deps, inputOf(actions.listBatches, { merchantId }), worker);
  expect(batches).toMatchObject([{ state: 'open', pieces: 4, number: expect.stringMatching(/^RTV-2026-\d{5}$/) }]);
  await expect(
    database.query(
      `insert into returns.rtv_batch select (jsonb_populate_record(b, '{"id":"${newId()}","number":"second"}')).* from returns.rtv_batch b where merchant_id = $1`,
      [merchantId],
    ),
  ).rejects.toThrow(/rtv_batch_one_open/);
});

test('C6 closing freezes a batch: what comes during or after it goes into the next, nothing goes in or out', async () => {
  const merchantId = await fixture.merchant();
  const [first, ...others] = [
    await desk.readyToComplete(merchantId),
    await desk.readyToComplete(merchantId),
    await desk.readyToComplete(merchantId),
  ];
  const batchId = (await completeReturn(fixture.deps, { id: first.id }, worker)).items[0]!.rtvBatchId!;
  const [closed, ...completed] = await Promise.all([
    closeBatch(fixture.deps, { id: batchId }, worker),
    ...others.map(({ id }) => completeReturn(fixture.deps, { id }, worker)),
  ]);
  const inFirst = 1 + completed.filter(({ items }) => items[0]!.rtvBatchId === batchId).length;
  expect(closed.pieces).toBe(inFirst);
  expect((await getBatch(fixture.deps, { id: batchId }, worker)).pieces).toBe(inFirst);
  expect(await count('returns.return_item', 'merchant_id = $1 and rtv_batch_id is not null', merchantId)).toBe(3);
  const late = await desk.readyToComplete(merchantId);
  const { items } = await completeReturn(fixture.deps, { id: late.id }, worker);
  expect(items[0]!.rtvBatchId).not.toBe(batchId);
  const removal = { id: batchId, itemId: closed.items[0]!.itemId };
  await expect(removeFromBatch(fixture.deps, removal, worker)).rejects.toMatchObject({ type: 'RTV_BATCH_CLOSED' });
  const smuggle = `update returns.return_item set rtv_batch_id = $1 where id = $2`;
  await expect(database.query(smuggle, [batchId, items[0]!.id])).rejects.toThrow(/frozen/);
  await expect(closeBatch(fixture.deps, { id: batchId }, worker)).rejects.toMatchObject({
    type: 'RTV_BATCH_TRANSITION_NOT_ALLOWED',
  });
});

test('C6 before closing an item can be taken out; it is held, and an empty batch never ships', async () => {
  const merchantId = await fixture.merchant();
  const parcel = await desk.readyToComplete(merchantId);
  const item = (await completeReturn(fixture.deps, { id: parcel.id }, worker)).items[0]!;
  const removal = { id: item.rtvBatchId!, itemId: item.id };
  await expect(removeFromBatch(fixture.deps, { ...removal, itemId: newId() }, worker)).rejects.toMatchObject({
    code: 404,
  });
  expect(await removeFromBatch(fixture.deps, removal, worker)).toMatchObject({ pieces: 0, items: [] });
  expect((await getReturn(fixture.deps, { id: parcel.id }, worker)).items[0]).toMatchObject({
    state: 'on_hold',
    rtvBatchId: null,
  });
  await expect(closeBatch(fixture.deps, { id: removal.id }, worker)).rejects.toMatchObject({ type: 'RTV_BATCH_EMPTY' });
});

test('whoever waits for the lock of a return sees what was done meanwhile', async () => {
  const parcel = await desk.create({ merchantId: await fixture.merchant(), items: [{ sku: 'X', quantity: 10 }] });
  await receiveReturn(fixture.deps, { id: parcel.id }, worker);
  const finding = { id: parcel.id, itemId: parcel.items[0]!.id, quantity: 1, grade: 'A' as const, note: 'n' };
  await Promise.all(
    Array.from({ length: 9 }, () => inspectItem(fixture.deps, inputOf(actions.inspectItem, finding), worker)),
  );
  const { items, version } = await getReturn(fixture.deps, { id: parcel.id }, worker);
  expect(items.map(({ quantity }) => quantity)).toEqual(Array(10).fill(1));
  expect(version).toBe(11);
});
