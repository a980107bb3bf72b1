import { beforeAll, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { returnsActions as actions } from '../../../shared/protocol/returns/actions.ts';
import { addItem } from '../../../services/returns/use-cases/add-item.ts';
import { completeReturn } from '../../../services/returns/use-cases/complete-return.ts';
import { createReturn } from '../../../services/returns/use-cases/create-return.ts';
import { decideItem } from '../../../services/returns/use-cases/decide-item.ts';
import { getPackingList } from '../../../services/returns/use-cases/get-packing-list.ts';
import { inspectItem } from '../../../services/returns/use-cases/inspect-item.ts';
import { matchReturn } from '../../../services/returns/use-cases/match-return.ts';
import {
  closeBatch,
  confirmBatch,
  deliverBatch,
  dispatchBatch,
} from '../../../services/returns/use-cases/move-batch.ts';
import { addPhoto, getPhoto } from '../../../services/returns/use-cases/photos.ts';
import { receiveReturn } from '../../../services/returns/use-cases/receive-return.ts';
import { reopenReturn } from '../../../services/returns/use-cases/reopen-return.ts';
import type { ReturnView } from '../../../shared/protocol/returns/views.ts';
import { merchantSnapshot } from '../../support/orders.ts';
import { inputOf, newId, photo, userOf, worker } from '../../support/returns.ts';
import { hasPdftotext, textOf } from '../../support/pdf.ts';
import { returnsWorld } from '../../support/returns-world.ts';

const { database, fixture } = returnsWorld();
let red: Buffer;
beforeAll(async () => {
  red = await photo('#c00');
});

const create = (input: Parameters<typeof inputOf<typeof actions.createReturn>>[1], actor = worker) =>
  createReturn(fixture.deps, inputOf(actions.createReturn, input), actor);
const receive = (id: string) => receiveReturn(fixture.deps, { id }, worker);
const inspectOne = (id: string, itemId: string, grade: 'A' | 'B' | 'C' | 'D', quantity = 1, note = 'as found') =>
  inspectItem(
    fixture.deps,
    inputOf(actions.inspectItem, { id, itemId, quantity, grade, note, reason: 'wear' }),
    worker,
  );
const complete = (id: string) => completeReturn(fixture.deps, { id }, worker);
const takePhoto = async (id: string, clientPhotoId = 'p1', itemId?: string, bytes = red, kind?: 'label') =>
  addPhoto(
    fixture.deps,
    {
      ...inputOf(actions.addPhoto, { id, clientPhotoId, itemId, kind, file: null as never }),
      file: await fixture.upload(bytes),
    },
    worker,
  );
const events = (type: string, returnId: string) =>
  database.query<{ payload: Record<string, never>; merchant_id: string }>(
    `select payload, merchant_id from messaging.event where type = $1 and payload ->> 'returnId' = $2 order by recorded_at`,
    [type, returnId],
  );
const statesOf = (parcel: ReturnView) => parcel.items.map(({ quantity, grade, state }) => [quantity, grade, state]);

test('A return goes from announced to completed: split, photographed, restocked, collected, sent back', async () => {
  const merchantId = await fixture.merchant({ name: 'Töpferei' });
  await fixture.shipped(merchantId, '4711', [{ sku: 'MUG', quantity: 3 }]);
  const announced = await create({
    merchantId,
    orderNumber: '4711',
    items: [{ sku: 'MUG', name: 'Mug', quantity: 3 }],
  });
  expect(announced).toMatchObject({
    state: 'announced',
    matchState: 'matched',
    number: expect.stringMatching(/^RT-2026-\d{5}$/),
  });
  const { id } = announced;
  const itemId = announced.items[0]!.id;
  await receive(id);
  await takePhoto(id);
  await inspectOne(id, itemId, 'A');
  const split = await inspectOne(id, itemId, 'C');
  const partOfC = split.items.find(({ grade }) => grade === 'C')!.id;
  await takePhoto(id, 'p2', partOfC, await photo('#00c'));
  const inspected = await complete(id);
  expect(statesOf(inspected)).toEqual([
    [1, null, 'missing'],
    [1, 'A', 'restocked'],
    [1, 'C', 'in_rtv_batch'],
  ]);
  expect(inspected).toMatchObject({ state: 'processing', pieces: { expected: 3, received: 2, missing: 1 } });

  const [told, ...more] = await events('returns.return-inspected.v1', id);
  expect(more).toEqual([]);
  expect(told!.payload).toMatchObject({
    merchantId,
    orderNumber: '4711',
    revision: 0,
    inspectedOn: '2026-10-15',
    photos: [{ webKey: expect.stringMatching(/^photos\//) }],
    items: expect.arrayContaining([
      expect.objectContaining({ grade: 'C', disposition: 'rtv', photos: [expect.anything()] }),
      expect.objectContaining({ grade: 'A', disposition: 'restock', photos: [] }),
    ]),
  });

  const batchId = inspected.items.find(({ grade }) => grade === 'C')!.rtvBatchId!;
  await closeBatch(fixture.deps, { id: batchId }, worker);
  const shipment = { carrier: 'DHL', trackingNumber: '00340', parcels: 1, weightGrams: 800 };
  const sent = await dispatchBatch(fixture.deps, { id: batchId, ...shipment }, worker);
  expect(sent).toMatchObject({
    state: 'dispatched',
    pieces: 1,
    items: [{ state: 'returned_to_merchant' }],
    ...shipment,
  });
  const progress = await events('returns.return-progressed.v1', id);
  expect(progress.map(({ payload }) => payload['state'])).toEqual([
    'announced',
    'received',
    'inspecting',
    'processing',
    'completed',
  ]);
  const versions = progress.map(({ payload }) => Number(payload['version']));
  expect(versions).toEqual([...new Set(versions)].toSorted((a, b) => a - b));
  await deliverBatch(fixture.deps, { id: batchId }, worker);
  expect(await confirmBatch(fixture.deps, { id: batchId }, userOf(merchantId))).toMatchObject({ state: 'confirmed' });
  const audit = await database.query(
    'select action from messaging.audit_entry where entity_id = any($1) order by at, action',
    [[id, batchId]],
  );
  expect(audit.map(({ action }) => action)).toEqual([
    'return.announced',
    'return.received',
    'item.inspected',
    'item.inspected',
    'return.inspected',
    'rtv-batch.closed',
    'return.completed',
    'rtv-batch.dispatched',
    'rtv-batch.delivered',
    'rtv-batch.confirmed',
  ]);
});

test('A2 a blind return needs no order and is unmatched until someone finds one', async () => {
  const merchantId = await fixture.merchant();
  const orderId = await fixture.shipped(merchantId, '900', [{ sku: 'PLATE', quantity: 1 }]);
  const blind = await create({ merchantId, trackingNumber: 'CARRIER-1' });
  expect(blind).toMatchObject({ matchState: 'unmatched', orderId: null, items: [] });
  await receive(blind.id);
  const found = await addItem(
    fixture.deps,
    inputOf(actions.addItem, { id: blind.id, name: 'a plate', quantity: 1 }),
    worker,
  );
  expect(found.items).toMatchObject([{ origin: 'unexpected', state: 'received', sku: null }]);
  await inspectOne(blind.id, found.items[0]!.id, 'A');
  expect(await matchReturn(fixture.deps, { id: blind.id, merchantId, orderId }, worker)).toMatchObject({
    matchState: 'matched',
    orderNumber: '900',
    items: [{ grade: 'A' }],
  });
});

test('A4 a parcel of an unknown merchant is inspected once its label is photographed; only the end waits for the merchant', async () => {
  const parcel = await create({ trackingNumber: 'CARRIER-2' });
  expect(parcel).toMatchObject({ matchState: 'unknown_merchant', merchantId: null });
  await receive(parcel.id);
  await takePhoto(parcel.id);
  const { items } = await addItem(
    fixture.deps,
    inputOf(actions.addItem, { id: parcel.id, name: 'a lamp', quantity: 1 }),
    worker,
  );
  await expect(inspectOne(parcel.id, items[0]!.id, 'B')).rejects.toMatchObject({
    code: 409,
    type: 'LABEL_PHOTO_MISSING',
  });
  await takePhoto(parcel.id, 'the label', undefined, undefined, 'label');
  await inspectOne(parcel.id, items[0]!.id, 'B');
  await expect(complete(parcel.id)).rejects.toMatchObject({ code: 409, type: 'RETURN_MERCHANT_UNKNOWN' });
  expect(
    await database.query('select 1 from messaging.event where payload ->> $1 = $2', ['returnId', parcel.id]),
  ).toEqual([]);

  // a merchant that was set up a moment ago: returns has not heard of it and asks
  const merchant = merchantSnapshot({
    merchantId: newId(),
    returnRules: [{ grades: ['B'], disposition: 'restock_b' }],
  });
  fixture.merchants.push(merchant);
  const { merchantId } = merchant;
  await expect(matchReturn(fixture.deps, { id: parcel.id, merchantId: newId() }, worker)).rejects.toMatchObject({
    code: 404,
  });
  await matchReturn(fixture.deps, { id: parcel.id, merchantId }, worker);
  expect(await events('returns.return-received.v1', parcel.id)).toMatchObject([{ merchant_id: merchantId }]);
  expect(statesOf(await complete(parcel.id))).toEqual([[1, 'B', 'restocked']]);
  const owners = await database.query(
    `select distinct merchant_id from (select merchant_id from returns.return_item where return_id = $1
       union all select merchant_id from returns.photo where return_id = $1) of_return`,
    [parcel.id],
  );
  expect(owners).toEqual([{ merchant_id: merchantId }]);
  expect(
    await getPhoto(fixture.deps, { id: (await photosOf(parcel.id))[0]!, size: 'web' }, userOf(merchantId)),
  ).toMatchObject({
    contentType: 'image/jpeg',
  });
});

const photosOf = async (returnId: string) =>
  (await database.query<{ id: string }>('select id from returns.photo where return_id = $1', [returnId])).map(
    ({ id }) => id,
  );

test('an undeliverable parcel expects its whole order and is completed without inspection', async () => {
  const merchantId = await fixture.merchant();
  const orderId = await fixture.shipped(merchantId, '77', [
    { sku: 'CUP', quantity: 2 },
    { sku: 'BOWL', quantity: 1 },
  ]);
  const parcel = await create({ kind: 'undeliverable', orderId });
  expect(parcel).toMatchObject({ merchantId, matchState: 'matched', pieces: { expected: 3 } });
  await receive(parcel.id);
  const done = await complete(parcel.id);
  expect(done).toMatchObject({ state: 'completed', pieces: { received: 3, missing: 0 } });
  expect(done.items.map(({ state, grade }) => [state, grade])).toEqual([
    ['restocked', null],
    ['restocked', null],
  ]);
});

test('B6 without a short finding, and without a photo, an inspection cannot end', async () => {
  const merchantId = await fixture.merchant();
  const parcel = await create({ merchantId, items: [{ sku: 'X', quantity: 1 }] });
  await receive(parcel.id);
  await inspectOne(parcel.id, parcel.items[0]!.id, 'A', 1, '');
  await expect(complete(parcel.id)).rejects.toMatchObject({ type: 'RETURN_PHOTO_MISSING' });
  await takePhoto(parcel.id);
  await expect(complete(parcel.id)).rejects.toMatchObject({ type: 'ITEM_NOTE_MISSING' });
  await inspectOne(parcel.id, parcel.items[0]!.id, 'A', 1, 'unused');
  expect(await complete(parcel.id)).toMatchObject({ state: 'completed' });
});

test('a return of which nothing was inspected cannot end, unless its parcel is said to be empty', async () => {
  const merchantId = await fixture.merchant();
  const trackingNumber = '00340434161094000042';
  const { id } = await create({ merchantId, trackingNumber, items: [{ sku: 'X', quantity: 2 }] });
  await receive(id);
  await takePhoto(id);
  await expect(complete(id)).rejects.toMatchObject({ code: 409, type: 'RETURN_NOTHING_INSPECTED' });
  expect(await events('returns.return-inspected.v1', id)).toEqual([]);
  const done = await completeReturn(fixture.deps, { id, nothingInside: true }, worker);
  expect(done).toMatchObject({ state: 'completed', pieces: { received: 0, missing: 2 } });
  expect((await events('returns.return-inspected.v1', id)).map(({ payload }) => payload)).toEqual([
    expect.objectContaining({ items: [], orderNumber: null, trackingNumber, externalNumber: null }),
  ]);
});

test('B9 an override by hand is logged with its reason, who and when', async () => {
  const merchantId = await fixture.merchant();
  const parcel = await create({ merchantId, items: [{ sku: 'X', quantity: 1 }] });
  await receive(parcel.id);
  const override = { disposition: 'dispose' as const, overrideReason: 'mould' };
  const input = { id: parcel.id, itemId: parcel.items[0]!.id, quantity: 1, grade: 'A' as const, note: 'smells' };
  await inspectItem(fixture.deps, inputOf(actions.inspectItem, { ...input, ...override }), worker);
  const [entry] = await database.query(
    `select actor_id, reason, after from messaging.audit_entry where entity_id = $1 and action = 'item.inspected'`,
    [parcel.id],
  );
  expect(entry).toMatchObject({
    actor_id: 'worker-1',
    reason: 'mould',
    after: { item: { grade: 'A', disposition: 'dispose', dispositionSource: 'manual' } },
  });
});

test('what is held is decided later, by the merchant too', async () => {
  const merchantId = await fixture.merchant({ returnRules: [{ grades: ['C'], disposition: 'hold' }] });
  const parcel = await create({ merchantId, items: [{ sku: 'X', quantity: 1 }] });
  await receive(parcel.id);
  await takePhoto(parcel.id);
  await inspectOne(parcel.id, parcel.items[0]!.id, 'C');
  const held = await complete(parcel.id);
  expect(held).toMatchObject({ state: 'processing', items: [{ state: 'on_hold' }] });
  const decision = { id: parcel.id, itemId: parcel.items[0]!.id, disposition: 'rtv' as const };
  const other = await fixture.merchant();
  await expect(decideItem(fixture.deps, decision, userOf(other))).rejects.toMatchObject({ code: 404 });
  const decided = await decideItem(fixture.deps, decision, userOf(merchantId));
  expect(decided).toMatchObject({
    state: 'processing',
    items: [{ state: 'in_rtv_batch', rtvBatchId: expect.any(String) }],
  });
});

test('held and refurbished goods that are restocked or disposed of later are told once, with the day and the revision', async () => {
  const merchantId = await fixture.merchant({ returnRules: [{ grades: ['C'], disposition: 'hold' }] });
  const { id, items } = await create({
    merchantId,
    items: [
      { sku: 'X', quantity: 3 },
      { sku: 'Y', quantity: 2 },
    ],
  });
  const [held, worn] = items.map((item) => item.id);
  await receive(id);
  await takePhoto(id);
  await inspectOne(id, held!, 'C', 3);
  const finding = { id, itemId: worn!, quantity: 2, grade: 'B' as const, note: 'dusty' };
  await inspectItem(fixture.deps, inputOf(actions.inspectItem, { ...finding, disposition: 'refurbish' }), worker);
  const decide = (itemId: string, disposition: 'restock' | 'restock_b' | 'dispose' | 'hold') =>
    decideItem(fixture.deps, { id, itemId, disposition, reason: 'looked again' }, worker);
  const told = async () =>
    (await events('returns.item-settled.v1', id)).map(({ payload }) => {
      const { itemId, revision, quantity, grade, disposition, settledOn } = payload;
      return { itemId, revision, quantity, grade, disposition, settledOn };
    });
  await decide(held!, 'hold');
  await complete(id);
  await decide(held!, 'hold');
  expect(await told()).toEqual([]);
  await decide(held!, 'dispose');
  await inspectOne(id, worn!, 'A', 2);
  expect(await decide(worn!, 'restock_b')).toMatchObject({ state: 'completed' });
  const settledOn = '2026-10-15';
  const disposed = { itemId: held, revision: 0, quantity: 3, grade: 'C', disposition: 'dispose', settledOn };
  const restocked = { itemId: worn, revision: 0, quantity: 2, grade: 'A', disposition: 'restock_b', settledOn };
  expect(await told()).toEqual([disposed, restocked]);
  await reopenReturn(fixture.deps, { id, reason: 'wrong box' }, { ...worker, roles: ['lead'] });
  await inspectOne(id, worn!, 'C', 2);
  await complete(id);
  await decide(worn!, 'restock');
  expect(await told()).toEqual([
    disposed,
    restocked,
    { itemId: worn, revision: 1, quantity: 2, grade: 'C', disposition: 'restock', settledOn },
  ]);
});

test('each completed inspection is told once per revision, also after reopening', async () => {
  const merchantId = await fixture.merchant();
  const parcel = await create({ merchantId, items: [{ sku: 'X', quantity: 2 }] });
  await receive(parcel.id);
  await takePhoto(parcel.id);
  await inspectOne(parcel.id, parcel.items[0]!.id, 'D', 2);
  const [first, second] = await Promise.allSettled([complete(parcel.id), complete(parcel.id)]);
  expect([first.status, second.status].toSorted()).toEqual(['fulfilled', 'rejected']);
  const lead = { ...worker, roles: ['lead' as const] };
  const reopened = await reopenReturn(fixture.deps, { id: parcel.id, reason: 'wrong box' }, lead);
  expect(reopened).toMatchObject({ state: 'inspecting', revision: 1, items: [{ state: 'graded', rtvBatchId: null }] });
  await inspectOne(parcel.id, parcel.items[0]!.id, 'D', 1);
  const again = await complete(parcel.id);
  const told = await events('returns.return-inspected.v1', parcel.id);
  expect(told.map(({ payload }) => payload['revision'])).toEqual([0, 1]);
  await closeBatch(fixture.deps, { id: again.items[0]!.rtvBatchId! }, worker);
  await expect(reopenReturn(fixture.deps, { id: parcel.id, reason: 'again' }, lead)).rejects.toMatchObject({
    code: 409,
    type: 'RTV_BATCH_CLOSED',
  });
});

test('the packing list of a closed batch names every piece and where it came from', async () => {
  const merchantId = await fixture.merchant({ name: 'Töpferei Grünwald GmbH' });
  const parcel = await create({ merchantId, items: [{ sku: 'VASE-9', name: 'Vase', quantity: 1 }] });
  await receive(parcel.id);
  await takePhoto(parcel.id, 'p1', parcel.items[0]!.id);
  const { items } = await inspectOne(parcel.id, parcel.items[0]!.id, 'D', 1, 'Hals gesprungen');
  expect(items).toHaveLength(1);
  const batchId = (await complete(parcel.id)).items[0]!.rtvBatchId!;
  const list = () => getPackingList(fixture.deps, { id: batchId }, userOf(merchantId));
  await expect(list()).rejects.toMatchObject({ code: 409, type: 'RTV_BATCH_OPEN' });
  const batch = await closeBatch(fixture.deps, { id: batchId }, worker);
  const { objectKey, contentType, filename } = await list();
  expect([contentType, filename]).toEqual(['application/pdf', `Packliste-${batch.number}.pdf`]);
  if (!hasPdftotext) return;
  const text = textOf(await fixture.deps.store.read(objectKey));
  for (const part of [batch.number, 'VASE-9', 'Hals gesprungen', parcel.number, 'Nordlager Fulfillment GmbH'])
    expect(text).toContain(part);
});

test('B1 several photos of parcel and item are kept in three sizes with the hash of their original', async () => {
  const merchantId = await fixture.merchant();
  const parcel = await create({ merchantId, items: [{ sku: 'X', quantity: 1 }] });
  const first = await takePhoto(parcel.id, 'one');
  const second = await takePhoto(parcel.id, 'two', parcel.items[0]!.id, await photo('#0c0'));
  expect([first.itemId, second.itemId]).toEqual([null, parcel.items[0]!.id]);
  expect(first.sha256).not.toBe(second.sha256);
  for (const [size, width] of [
    ['thumb', 320],
    ['web', 800],
    ['full', 800],
  ] as const) {
    const { objectKey } = await getPhoto(fixture.deps, { id: second.id, size }, userOf(merchantId));
    expect(await sharp(await fixture.deps.store.read(objectKey)).metadata()).toMatchObject({ format: 'jpeg', width });
  }
});
