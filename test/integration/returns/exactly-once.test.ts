import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { returnsActions as actions } from '../../../shared/protocol/returns/actions.ts';
import { addItem } from '../../../services/returns/use-cases/add-item.ts';
import { cancelReturn } from '../../../services/returns/use-cases/cancel-return.ts';
import { changeReturn } from '../../../services/returns/use-cases/change-return.ts';
import { completeReturn } from '../../../services/returns/use-cases/complete-return.ts';
import { createReturn } from '../../../services/returns/use-cases/create-return.ts';
import { getBatch, listBatches } from '../../../services/returns/use-cases/find-batches.ts';
import { getReturn, listReturns, lookupReturns } from '../../../services/returns/use-cases/find-returns.ts';
import { importAnnouncedReturns } from '../../../services/returns/use-cases/import-announced-returns.ts';
import { inspectItem } from '../../../services/returns/use-cases/inspect-item.ts';
import { closeBatch } from '../../../services/returns/use-cases/move-batch.ts';
import { addPhoto, getPhoto } from '../../../services/returns/use-cases/photos.ts';
import { receiveReturn } from '../../../services/returns/use-cases/receive-return.ts';
import { removeFromBatch } from '../../../services/returns/use-cases/remove-from-batch.ts';
import { keepMerchants, keepShippedOrders } from '../../../services/returns/consumers.ts';
import { inTransaction } from '../../../shared/persistence/transaction.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { merchantSnapshot } from '../../support/orders.ts';
import {
  inputOf,
  newId,
  photo,
  returnsFixture,
  shipmentOf,
  userOf,
  worker,
  type ReturnsFixture,
} from '../../support/returns.ts';

let database: TestDatabase;
let fixture: ReturnsFixture;
beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await returnsFixture(database, merchantSnapshot);
});
afterAll(async () => {
  await fixture.close();
  await database.drop();
});

type CreateInput = Parameters<typeof inputOf<typeof actions.createReturn>>[1];
const create = (input: CreateInput, actor: Actor = worker) =>
  createReturn(fixture.deps, inputOf(actions.createReturn, input), actor);
const count = async (table: string, where: string, ...values: unknown[]) =>
  Number((await database.query<{ n: string }>(`select count(*) as n from ${table} where ${where}`, values))[0]!.n);

/** A return with one item of grade D, inspected and photographed: the next step is to complete it. */
async function readyToComplete(merchantId: string, quantity = 1) {
  const parcel = await create({ merchantId, kind: 'withdrawal', items: [{ sku: 'X', quantity }] });
  await receiveReturn(fixture.deps, { id: parcel.id }, worker);
  const finding = { id: parcel.id, itemId: parcel.items[0]!.id, quantity, grade: 'D' as const, note: 'broken' };
  await inspectItem(fixture.deps, inputOf(actions.inspectItem, finding), worker);
  await sendPhoto(parcel.id, 'p1', PHOTO);
  return parcel;
}
let PHOTO: Buffer;
beforeAll(async () => {
  PHOTO = await photo('#808080');
});
const sendPhoto = async (id: string, clientPhotoId: string, bytes: Buffer, actor = worker) =>
  addPhoto(fixture.deps, { id, clientPhotoId, file: await fixture.upload(bytes) }, actor);
const incoming = async () => {
  const keys: string[] = [];
  for await (const { key } of fixture.deps.store.list('incoming')) keys.push(key);
  return keys;
};

test('A8 the same request sent twice, one after the other or at once, makes one return', async () => {
  const merchantId = await fixture.merchant();
  const input = { id: newId(), merchantId, items: [{ sku: 'X', quantity: 2 }] };
  const first = await create(input);
  expect(await create(input)).toEqual(first);
  await expect(create({ ...input, note: 'other' })).rejects.toMatchObject({ code: 409, type: 'RETURN_EXISTS' });
  const twin = { id: newId(), merchantId, externalNumber: 'RMA-1', items: [{ sku: 'X', quantity: 2 }] };
  const views = await Promise.all(Array.from({ length: 5 }, () => create(twin)));
  expect(new Set(views.map(({ number }) => number)).size).toBe(1);
  expect(await count('returns.return', 'merchant_id = $1', merchantId)).toBe(2);
  expect(await count('returns.return_item', 'merchant_id = $1', merchantId)).toBe(2);
  expect(await count('messaging.event', `merchant_id = $1 and type = 'returns.return-progressed.v1'`, merchantId)).toBe(
    2,
  );
  await expect(create({ merchantId, externalNumber: 'RMA-1' })).rejects.toMatchObject({
    type: 'EXTERNAL_NUMBER_TAKEN',
  });
});

test('A8 a part split off and an item added under ids of the device are made once', async () => {
  const parcel = await create({ merchantId: await fixture.merchant(), items: [{ sku: 'X', quantity: 3 }] });
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
  const other = await create({ merchantId: await fixture.merchant() });
  await receiveReturn(fixture.deps, { id: other.id }, worker);
  await expect(
    addItem(fixture.deps, inputOf(actions.addItem, { ...found, id: other.id }), worker),
  ).rejects.toMatchObject({
    code: 409,
    type: 'ITEM_ID_TAKEN',
  });
});

test('B4 the same photo again is the same photo, also at once; other content under its id is refused', async () => {
  const parcel = await create({ merchantId: await fixture.merchant() });
  const bytes = await photo('#123456');
  const twins = await Promise.all([sendPhoto(parcel.id, 'c1', bytes), sendPhoto(parcel.id, 'c1', bytes)]);
  const again = await sendPhoto(parcel.id, 'c1', bytes);
  expect(new Set([...twins, again].map(({ id }) => id)).size).toBe(1);
  await expect(sendPhoto(parcel.id, 'c1', await photo('#654321'))).rejects.toMatchObject({
    code: 409,
    type: 'PHOTO_EXISTS',
  });
  expect(await count('returns.photo', 'return_id = $1', parcel.id)).toBe(1);
  expect(await incoming()).toEqual([]);
});

test('a refused upload keeps nothing', async () => {
  const parcel = await create({ merchantId: await fixture.merchant() });
  const stored = async () => {
    const keys: string[] = [];
    for await (const { key } of fixture.deps.store.list('')) keys.push(key);
    return keys.toSorted();
  };
  const before = await stored();
  await expect(sendPhoto(parcel.id, 'c1', PHOTO.subarray(0, 500))).rejects.toMatchObject({ type: 'IMAGE_DAMAGED' });
  await expect(sendPhoto(parcel.id, 'c1', Buffer.from('<svg/>'))).rejects.toMatchObject({ code: 415 });
  await expect(sendPhoto(newId(), 'c1', PHOTO)).rejects.toMatchObject({ code: 404 });
  expect(await stored()).toEqual(before);
  await cancelReturn(fixture.deps, { id: parcel.id }, worker);
  await expect(sendPhoto(parcel.id, 'c1', PHOTO)).rejects.toMatchObject({ type: 'RETURN_STATE_NOT_ALLOWED' });
  expect(await count('returns.photo', 'return_id = $1', parcel.id)).toBe(0);
});

test('C4 workers that need the open batch of a merchant at the same moment make exactly one', async () => {
  const merchantId = await fixture.merchant();
  const parcels = [];
  for (let index = 0; index < 4; index += 1) parcels.push(await readyToComplete(merchantId));
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
    await readyToComplete(merchantId),
    await readyToComplete(merchantId),
    await readyToComplete(merchantId),
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
  const late = await readyToComplete(merchantId);
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
  const parcel = await readyToComplete(merchantId);
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
  const parcel = await create({ merchantId: await fixture.merchant(), items: [{ sku: 'X', quantity: 10 }] });
  await receiveReturn(fixture.deps, { id: parcel.id }, worker);
  const finding = { id: parcel.id, itemId: parcel.items[0]!.id, quantity: 1, grade: 'A' as const, note: 'n' };
  await Promise.all(
    Array.from({ length: 9 }, () => inspectItem(fixture.deps, inputOf(actions.inspectItem, finding), worker)),
  );
  const { items, version } = await getReturn(fixture.deps, { id: parcel.id }, worker);
  expect(items.map(({ quantity }) => quantity)).toEqual(Array(10).fill(1));
  expect(version).toBe(11);
});

test("someone else's returns, photos and batches look as if they did not exist", async () => {
  const merchantId = await fixture.merchant();
  const stranger = userOf(await fixture.merchant());
  const parcel = await readyToComplete(merchantId);
  const { items, photos } = await completeReturn(fixture.deps, { id: parcel.id }, worker);
  const batchId = items[0]!.rtvBatchId!;
  const notFound = { code: 404 };
  await expect(getReturn(fixture.deps, { id: parcel.id }, stranger)).rejects.toMatchObject(notFound);
  await expect(cancelReturn(fixture.deps, { id: parcel.id }, stranger)).rejects.toMatchObject(notFound);
  await expect(getPhoto(fixture.deps, { id: photos[0]!.id, size: 'full' }, stranger)).rejects.toMatchObject(notFound);
  await expect(getBatch(fixture.deps, { id: batchId }, stranger)).rejects.toMatchObject(notFound);
  await expect(create({ merchantId }, stranger)).rejects.toMatchObject(notFound);
  const lists = inputOf(actions.listReturns, { merchantId });
  await expect(listReturns(fixture.deps, lists, stranger)).rejects.toMatchObject(notFound);
  expect(await lookupReturns(fixture.deps, { code: parcel.number }, stranger)).toEqual({ returns: [], orders: [] });
  expect(await create({ id: parcel.id }, stranger).catch((error: { type: string }) => error.type)).toBe(
    'RETURN_EXISTS',
  );
  expect((await listReturns(fixture.deps, inputOf(actions.listReturns, {}), stranger)).items).toEqual([]);
});

test('row security: nothing without scope, own rows only, rows without merchant for the staff alone', async () => {
  const merchantId = await fixture.merchant();
  const parcel = await readyToComplete(merchantId);
  await completeReturn(fixture.deps, { id: parcel.id }, worker);
  const unknown = await create({});
  await receiveReturn(fixture.deps, { id: unknown.id }, worker);
  await addItem(fixture.deps, inputOf(actions.addItem, { id: unknown.id, name: 'a box', quantity: 1 }), worker);
  await fixture.shipped(merchantId, 'rls-1', [{ sku: 'X', quantity: 1 }]);
  const tables = await database.query<{ table_name: string }>(
    `select table_name from information_schema.columns where table_schema = 'returns' and column_name = 'merchant_id'`,
  );
  expect(tables).toHaveLength(8);
  for (const { table_name: table } of tables) {
    const seen = (scope: 'staff' | string[]) =>
      inTransaction(fixture.deps.orm, scope, async (em) => {
        const found = await rows<{ merchant_id: string | null }>(
          em,
          sql`select merchant_id from ${sql.table(`returns.${table}`)}`,
        );
        return found.map((row) => row.merchant_id);
      });
    expect(await seen([])).toEqual([]);
    expect(new Set(await seen([merchantId]))).toEqual(new Set([merchantId]));
    expect(await seen('staff')).toHaveLength(await count(`returns.${table}`, 'true'));
  }
  const steal = inTransaction(fixture.deps.orm, [merchantId], (em) =>
    rows(em, sql`update returns.return set merchant_id = ${newId()} where id = ${parcel.id}`),
  );
  await expect(steal).rejects.toThrow(/row-level security/);
});

test('items and photos cannot belong to another merchant than their return', async () => {
  const parcel = await readyToComplete(await fixture.merchant());
  const other = await fixture.merchant();
  for (const table of ['return_item', 'photo'])
    await expect(
      database.query(`update returns.${table} set merchant_id = $1 where return_id = $2`, [other, parcel.id]),
    ).rejects.toThrow(/_owner/);
});

test('a scanned code finds the return by number, RMA, tracking, order and article, and the shipped order', async () => {
  const merchantId = await fixture.merchant();
  await fixture.shipped(merchantId, 'ORD-5', [{ sku: 'SKU-5', quantity: 2 }]);
  const input = { merchantId, orderNumber: 'ORD-5', externalNumber: 'RMA-5', trackingNumber: 'TN-5' };
  const parcel = await create({ ...input, items: [{ sku: 'SKU-5', quantity: 1 }] });
  for (const code of [parcel.number, 'RMA-5', 'TN-5', 'ORD-5', 'sku-5'])
    expect((await lookupReturns(fixture.deps, { code }, worker)).returns.map(({ id }) => id)).toEqual([parcel.id]);
  for (const code of ['ORD-5', 'TRACK-ORD-5', 'SKU-5'])
    expect((await lookupReturns(fixture.deps, { code }, worker)).orders).toMatchObject([
      {
        merchantId,
        orderNumber: 'ORD-5',
        shippedAt: '2026-10-01T10:00:00.000Z',
        lines: [{ sku: 'SKU-5', quantity: 2 }],
      },
    ]);
  expect(await lookupReturns(fixture.deps, { code: "' or 1=1 --" }, worker)).toEqual({ returns: [], orders: [] });
});

test('lists page through everything once, forwards and backwards', async () => {
  const merchantId = await fixture.merchant();
  for (let index = 0; index < 5; index += 1) await create({ merchantId, note: String(index) });
  for (const sort of ['createdAt', '-createdAt'] as const) {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const filter = { merchantId, limit: '2', sort, state: 'announced' as const, ...(cursor ? { cursor } : {}) };
      const page = await listReturns(fixture.deps, inputOf(actions.listReturns, filter), userOf(merchantId));
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect([ids.length, new Set(ids).size]).toEqual([5, 5]);
  }
  const forged = Buffer.from(JSON.stringify(['x', 'y'])).toString('base64url');
  const lists: ((cursor: string) => Promise<unknown>)[] = [
    (cursor) => listReturns(fixture.deps, inputOf(actions.listReturns, { cursor }), worker),
    (cursor) => listBatches(fixture.deps, inputOf(actions.listBatches, { cursor }), worker),
  ];
  for (const list of lists) await expect(list(forged)).rejects.toMatchObject({ code: 422 });
});

test('a stale version is refused; a merchant changes a return only until it arrives', async () => {
  const merchantId = await fixture.merchant();
  const parcel = await create({ merchantId }, userOf(merchantId));
  const change = (note: string, actor: Actor) => changeReturn(fixture.deps, { id: parcel.id, note }, actor);
  expect(await change('by the merchant', userOf(merchantId))).toMatchObject({ note: 'by the merchant', version: 2 });
  await expect(change('late', { ...worker, ifMatch: 1 })).rejects.toMatchObject({ code: 412 });
  await receiveReturn(fixture.deps, { id: parcel.id }, worker);
  await expect(change('too late', userOf(merchantId))).rejects.toMatchObject({ type: 'RETURN_STATE_NOT_ALLOWED' });
  expect(await change('by the house', worker)).toMatchObject({ note: 'by the house' });
  await expect(cancelReturn(fixture.deps, { id: parcel.id }, userOf(merchantId))).rejects.toMatchObject({
    type: 'RETURN_TRANSITION_NOT_ALLOWED',
  });
});

test('an import makes announced returns once; other content under a known number is a conflict', async () => {
  const merchants = [merchantSnapshot({ merchantId: newId() }), merchantSnapshot({ merchantId: newId() })];
  fixture.merchants.push(...merchants);
  const one = (index: number, content = 'a') => ({
    returnId: newId(),
    merchantId: merchants[index % 2]!.merchantId,
    channel: 'import',
    externalNumber: `C${index}`,
    announcedAt: '2011-05-01T09:00:00Z',
    contentHash: createHash('sha256').update(content).digest('hex'),
    lines: [
      { ordinal: 1, sku: 'S1', name: 'One', quantity: 2 },
      { ordinal: 2, sku: 'S1', name: 'One', quantity: 2 },
    ],
  });
  const returns = Array.from({ length: 20 }, (_, index) => one(index));
  const run = (given: ReturnType<typeof one>[]) => importAnnouncedReturns(fixture.deps, { returns: given }, worker);
  expect(await run([...returns, returns[0]!])).toEqual({ created: 20, unchanged: 1, conflicts: [] });
  expect(await run(returns)).toEqual({ created: 0, unchanged: 20, conflicts: [] });
  const changed = { ...one(3, 'b'), returnId: returns[3]!.returnId };
  expect(await run([changed, one(20)])).toEqual({
    created: 1,
    unchanged: 0,
    conflicts: [{ merchantId: changed.merchantId, externalNumber: 'C3' }],
  });
  const [sums] = await database.query(
    `select count(distinct r.id) as returns, count(distinct r.number) as numbers, sum(i.quantity) as pieces
     from returns.return r join returns.return_item i on i.return_id = r.id where r.channel = 'import' and r.state = 'announced'`,
  );
  expect(sums).toEqual({ returns: '21', numbers: '21', pieces: '84' });
});

test('snapshots of merchants: the highest version wins, whatever their order', async () => {
  const merchantId = newId();
  const versions = (...given: number[]) =>
    inTransaction(fixture.deps.orm, 'staff', (em) =>
      keepMerchants(
        { em } as never,
        given.map((version) => ({ payload: merchantSnapshot({ merchantId, version, name: `v${version}` }) })) as never,
      ),
    );
  await versions(2, 5, 3);
  await versions(4);
  const known = await database.query(
    'select version, name, rtv_address from returns.merchant_ref where merchant_id = $1',
    [merchantId],
  );
  expect(known).toEqual([{ version: 5, name: 'v5', rtv_address: null }]);
});

test('shipments are kept once, an order with several shipments knows all that was shipped', async () => {
  const merchantId = await fixture.merchant();
  const first = shipmentOf(merchantId, 'MULTI', [{ sku: 'X', quantity: 2 }]);
  const second = { ...shipmentOf(merchantId, 'MULTI', [{ sku: 'X', quantity: 1 }]), orderId: first.orderId };
  const keep = (...shipments: (typeof first)[]) =>
    inTransaction(fixture.deps.orm, 'staff', (em) =>
      keepShippedOrders({ em } as never, shipments.map((payload) => ({ payload })) as never),
    );
  await keep(first, second);
  await keep(first);
  const { orders } = await lookupReturns(fixture.deps, { code: 'MULTI' }, worker);
  expect(orders).toMatchObject([{ orderId: first.orderId, lines: [{ sku: 'X', quantity: 3 }] }]);
});
