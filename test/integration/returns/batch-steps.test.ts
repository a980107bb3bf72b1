import { expect, test } from '@jest/globals';
import { knowArticles } from '../../../services/returns/persistence/articles.ts';
import { cancelBatch } from '../../../services/returns/use-cases/cancel-batch.ts';
import { addCarrierLabel, getCarrierLabel } from '../../../services/returns/use-cases/carrier-label.ts';
import { completeReturn } from '../../../services/returns/use-cases/complete-return.ts';
import { disputeBatch, resolveBatch } from '../../../services/returns/use-cases/dispute-batch.ts';
import { getBatch, listBatches } from '../../../services/returns/use-cases/find-batches.ts';
import { getReturn } from '../../../services/returns/use-cases/find-returns.ts';
import { getPackingList } from '../../../services/returns/use-cases/get-packing-list.ts';
import { closeBatch, confirmBatch, dispatchBatch } from '../../../services/returns/use-cases/move-batch.ts';
import { checkBatchItem, packBatch } from '../../../services/returns/use-cases/pack-batch.ts';
import { inTransaction } from '../../../shared/persistence/transaction.ts';
import { returnsActions as actions } from '../../../shared/protocol/returns/actions.ts';
import type { BatchView } from '../../../shared/protocol/returns/batch-views.ts';
import { articleSnapshot } from '../../support/articles.ts';
import { hasPdftotext, textOf } from '../../support/pdf.ts';
import { inputOf, newId, photo, userOf, worker } from '../../support/returns.ts';
import { returnsWorld } from '../../support/returns-world.ts';

const { database, fixture, desk } = returnsWorld();

const shipment = { carrier: 'DHL', trackingNumber: '00340', parcels: 1, weightGrams: 800 };
const finance = { ...worker, id: 'finance-1', roles: ['finance' as const] };

/** An open batch with so many returns of one piece each. */
async function openBatch(merchantId: string, count = 1): Promise<BatchView> {
  let batchId = '';
  for (let made = 0; made < count; made += 1) {
    const { id } = await desk.readyToComplete(merchantId);
    batchId = (await completeReturn(fixture.deps, { id }, worker)).items[0]!.rtvBatchId!;
  }
  return look(batchId);
}
const look = (id: string, actor = worker) => getBatch(fixture.deps, { id }, actor);
const close = (id: string) => closeBatch(fixture.deps, { id }, worker);
const dispatch = (id: string) => dispatchBatch(fixture.deps, { id, ...shipment }, worker);
const check = (id: string, itemId: string, checked = true) =>
  checkBatchItem(fixture.deps, { id, itemId, checked }, worker);
const pack = (id: string, withoutCheck?: boolean) =>
  packBatch(fixture.deps, { id, ...(withoutCheck ? { withoutCheck } : {}) }, worker);
const dispute = (
  id: string,
  items: Parameters<typeof inputOf<typeof actions.disputeBatch>>[1]['items'],
  actor = worker,
) => disputeBatch(fixture.deps, inputOf(actions.disputeBatch, { id, items }), actor);

test('C4 unsellable goods collect in one open batch of their merchant, with what is known of weight and size', async () => {
  const merchantId = await fixture.merchant();
  await inTransaction(fixture.deps.orm, 'staff', (em) =>
    knowArticles(em, [
      articleSnapshot(merchantId, {
        sku: 'X',
        weightGrams: 350,
        dimensions: { lengthMm: 100, widthMm: 100, heightMm: 50 },
      }),
    ]),
  );
  const first = await openBatch(merchantId, 2);
  expect(first).toMatchObject({
    ...{ state: 'open', pieces: 2, weightKnownGrams: 700, piecesWithoutWeight: 0, volumeCm3: 1_000 },
    ...{ closedBy: null, dueAt: null, checkedPieces: 0, carrierLabel: false, disputes: [] },
    labelCode: expect.stringMatching(/^KB-/),
  });
  expect(first.items[0]).toMatchObject({ weightGrams: 350, photos: 0, labelCode: expect.stringMatching(/^KI-/) });
  const unknown = await openBatch(await fixture.merchant());
  expect(unknown).toMatchObject({ weightKnownGrams: 0, piecesWithoutWeight: 1, volumeCm3: 0, piecesWithoutVolume: 1 });
  const { items } = await listBatches(fixture.deps, inputOf(actions.listBatches, { merchantId }), worker);
  expect(items).toEqual([
    expect.objectContaining({ id: first.id, pieces: 2, weightKnownGrams: 700, volumeCm3: 1_000 }),
  ]);
});

test('C7 the contents are checked by scanning, packed, labelled and handed over', async () => {
  const { id, items } = await openBatch(await fixture.merchant(), 2);
  const [one, two] = items.map(({ itemId }) => itemId) as [string, string];
  await expect(check(id, one)).rejects.toMatchObject({ code: 409, type: 'RTV_BATCH_NOT_CLOSING' });
  expect(await close(id)).toMatchObject({ state: 'closing', closedBy: 'hand' });
  expect(await check(id, one)).toMatchObject({ checkedPieces: 1 });
  await expect(pack(id)).rejects.toMatchObject({
    ...{ code: 409, type: 'RTV_BATCH_NOT_CHECKED' },
    data: { itemIds: [two], errors: [{ path: `items.${two}` }] },
  });
  await expect(check(id, newId())).rejects.toMatchObject({ code: 404 });
  await check(id, two);
  expect(await check(id, two, false)).toMatchObject({ checkedPieces: 1 });
  await check(id, two);
  expect((await check(id, two)).checkedPieces).toBe(2);
  expect(await pack(id)).toMatchObject({ state: 'packed', packedAt: expect.any(String) });
  await expect(check(id, one)).rejects.toMatchObject({ code: 409 });
  expect(await dispatch(id)).toMatchObject({ state: 'dispatched', checkedPieces: 2 });
});

test('C7 a batch is packed without a check only when somebody says so, and that is on record', async () => {
  const { id, items } = await openBatch(await fixture.merchant());
  await close(id);
  expect(await pack(id, true)).toMatchObject({ state: 'packed' });
  const [audit] = await database.query(
    `select after from messaging.audit_entry where entity_id = $1 and action = 'rtv-batch.packed'`,
    [id],
  );
  expect(audit!['after']).toMatchObject({ unchecked: [items[0]!.itemId] });
});

test('C6 an open batch is called off, and its items are held with the reason until someone decides', async () => {
  const merchantId = await fixture.merchant();
  const { id, items } = await openBatch(merchantId, 3);
  const cancelled = await cancelBatch(fixture.deps, { id, reason: 'Der Händler holt ab' }, worker);
  expect(cancelled).toMatchObject({ state: 'cancelled', pieces: 0, items: [], cancelReason: 'Der Händler holt ab' });
  for (const { returnId } of items)
    expect((await getReturn(fixture.deps, { id: returnId }, worker)).items[0]).toMatchObject({
      ...{ state: 'on_hold', disposition: 'hold', dispositionReason: 'Der Händler holt ab', rtvBatchId: null },
      quarantinedAt: expect.any(String),
    });
  await expect(cancelBatch(fixture.deps, { id, reason: 'x' }, worker)).rejects.toMatchObject({ code: 409 });
  const next = await openBatch(merchantId);
  expect(next.id).not.toBe(id);
  await close(next.id);
  await expect(cancelBatch(fixture.deps, { id: next.id, reason: 'x' }, worker)).rejects.toMatchObject({
    type: 'RTV_BATCH_TRANSITION_NOT_ALLOWED',
  });
});

test('C8 the merchant disputes pieces, and the batch is resolved with the last of them', async () => {
  const merchantId = await fixture.merchant();
  const user = userOf(merchantId);
  const { id, items } = await openBatch(merchantId, 3);
  const [one, two] = items.map(({ itemId }) => itemId) as [string, string];
  await expect(dispute(id, [{ itemId: one, quantity: 1, reason: 'missing' }], user)).rejects.toMatchObject({
    code: 409,
  });
  await close(id);
  await dispatch(id);
  const foreign = userOf(await fixture.merchant());
  await expect(dispute(id, [{ itemId: one, quantity: 1, reason: 'missing' }], foreign)).rejects.toMatchObject({
    code: 404,
  });
  await expect(dispute(id, [{ itemId: one, quantity: 2, reason: 'missing' }], user)).rejects.toMatchObject({
    code: 422,
    data: { errors: [{ path: 'items.0.quantity', code: 'TOO_MANY' }] },
  });
  expect((await look(id)).state).toBe('dispatched');
  const disputed = await dispute(id, [{ itemId: one, quantity: 1, reason: 'missing', note: 'Nicht im Paket' }], user);
  expect(disputed).toMatchObject({ state: 'disputed', disputedPieces: 1, deliveredAt: expect.any(String) });
  await dispute(id, [{ itemId: two, quantity: 1, reason: 'damaged' }], user);
  await expect(confirmBatch(fixture.deps, { id }, user)).rejects.toMatchObject({ code: 409 });
  const [first, second] = (await look(id, user)).disputes;
  const settle = (disputeId: string, outcome: 'found' | 'credited') =>
    resolveBatch(fixture.deps, { id, resolutions: [{ disputeId, outcome, note: 'geklärt' }] }, finance);
  expect(await settle(first!.id, 'found')).toMatchObject({ state: 'disputed', disputedPieces: 1, resolvedAt: null });
  await expect(settle(first!.id, 'found')).rejects.toMatchObject({ type: 'DISPUTE_RESOLVED' });
  expect(await settle(second!.id, 'credited')).toMatchObject({
    ...{ state: 'resolved', disputedPieces: 0, resolvedAt: expect.any(String) },
    disputes: [{ outcome: 'found' }, { outcome: 'credited', resolutionNote: 'geklärt' }],
  });
  const actions = await database.query(
    `select action, actor_id as actor from messaging.audit_entry where entity_id = $1 and action like '%disput%' order by at`,
    [id],
  );
  expect(actions.map(({ action, actor }) => [action, actor])).toEqual([
    ['rtv-batch.disputed', 'merchant-user-1'],
    ['rtv-batch.disputed', 'merchant-user-1'],
    ['rtv-batch.dispute-settled', 'finance-1'],
    ['rtv-batch.dispute-settled', 'finance-1'],
  ]);
});

test('C8 a batch that is settled or confirmed cannot be disputed', async () => {
  const { id, items } = await openBatch(await fixture.merchant());
  await close(id);
  await dispatch(id);
  await confirmBatch(fixture.deps, { id }, worker);
  await expect(dispute(id, [{ itemId: items[0]!.itemId, quantity: 1, reason: 'wrong' }])).rejects.toMatchObject({
    type: 'RTV_BATCH_TRANSITION_NOT_ALLOWED',
  });
});

const addLabel = async (id: string, bytes: Buffer) =>
  addCarrierLabel(fixture.deps, { id, file: await fixture.upload(bytes) }, worker);
const aPdf = async () => {
  const { id } = await openBatch(await fixture.merchant());
  await close(id);
  return fixture.deps.store.read((await getPackingList(fixture.deps, { id }, worker)).objectKey);
};

test('C7 the label of the carrier is kept as PDF, and a picture of one is put on a page', async () => {
  const { id } = await openBatch(await fixture.merchant());
  const pdf = await aPdf();
  await expect(addLabel(id, pdf)).rejects.toMatchObject({ type: 'RTV_BATCH_NOT_LABELLED' });
  await close(id);
  await expect(getCarrierLabel(fixture.deps, { id }, worker)).rejects.toMatchObject({ code: 404 });
  expect(await addLabel(id, pdf)).toMatchObject({ carrierLabel: true });
  const kept = await getCarrierLabel(fixture.deps, { id }, worker);
  expect(kept).toMatchObject({ contentType: 'application/pdf', disposition: 'attachment' });
  expect((await fixture.deps.store.read(kept.objectKey)).equals(pdf)).toBe(true);
  await addLabel(id, await photo('#fff'));
  const drawn = await fixture.deps.store.read((await getCarrierLabel(fixture.deps, { id }, worker)).objectKey);
  expect(drawn.toString('latin1')).toMatch(/^%PDF-[^]*\/Subtype \/Image/);
});

test('C7 what is no label is refused, and nothing of it is kept', async () => {
  const { id } = await openBatch(await fixture.merchant());
  await close(id);
  const pdf = await aPdf();
  for (const [bytes, refusal] of [
    [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), { code: 415, type: 'LABEL_TYPE_NOT_SUPPORTED' }],
    [Buffer.from('PK\u0003\u0004'), { code: 415 }],
    [Buffer.from('%!PS-Adobe'), { code: 415 }],
    [Buffer.from('\u0000%PDF-1.7'), { code: 415 }],
    [Buffer.alloc(0), { code: 422 }],
    [pdf.subarray(0, pdf.length / 2), { code: 422 }],
    [pdf.subarray(0, -7), { code: 422 }],
    [(await photo('#fff')).subarray(0, 300), { code: 422 }],
  ] as const) {
    const upload = await fixture.upload(bytes);
    await expect(addCarrierLabel(fixture.deps, { id, file: upload }, worker)).rejects.toMatchObject(refusal);
    expect(await fixture.deps.store.has(upload.uploadKey)).toBe(false);
  }
  expect(await look(id)).toMatchObject({ carrierLabel: false });
});

(hasPdftotext ? test : test.skip)(
  'C7 the packing list names every piece with its finding and serial numbers',
  async () => {
    const { id, items } = await openBatch(await fixture.merchant());
    await database.query(
      `update returns.return_item set serial_numbers = '{SN-4711}', reason = 'Bruch' where id = $1`,
      [items[0]!.itemId],
    );
    await close(id);
    const list = await getPackingList(fixture.deps, { id }, worker);
    const text = textOf(await fixture.deps.store.read(list.objectKey));
    for (const part of ['broken', 'Bruch', 'SN-4711', items[0]!.returnNumber]) expect(text).toContain(part);
  },
);
