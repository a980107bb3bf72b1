import { expect, test } from '@jest/globals';
import { labelCode } from '../../../services/returns/domain/label-code.ts';
import { addItem } from '../../../services/returns/use-cases/add-item.ts';
import { completeReturn } from '../../../services/returns/use-cases/complete-return.ts';
import { decideItem } from '../../../services/returns/use-cases/decide-item.ts';
import { decideItems } from '../../../services/returns/use-cases/decide-items.ts';
import { getBatch } from '../../../services/returns/use-cases/find-batches.ts';
import { getReturn, lookupReturns } from '../../../services/returns/use-cases/find-returns.ts';
import { getPackingList } from '../../../services/returns/use-cases/get-packing-list.ts';
import { inspectItem } from '../../../services/returns/use-cases/inspect-item.ts';
import { answerLinkedDecision } from '../../../services/returns/use-cases/linked-decision.ts';
import { closeBatch, dispatchBatch } from '../../../services/returns/use-cases/move-batch.ts';
import { addPhoto, getPhoto } from '../../../services/returns/use-cases/photos.ts';
import { receiveReturn } from '../../../services/returns/use-cases/receive-return.ts';
import { inTransaction } from '../../../shared/persistence/transaction.ts';
import { returnsActions as actions } from '../../../shared/protocol/returns/actions.ts';
import { askingMerchant, eventsAbout, linkTo } from '../../support/questions.ts';
import { hasPdftotext, textOf } from '../../support/pdf.ts';
import { inputOf, newId, photo, userOf, worker } from '../../support/returns.ts';
import { returnsWorld } from '../../support/returns-world.ts';

const { database, fixture, desk } = returnsWorld();

/** What nobody outside of the house may read. */
const SECRETS = ['RIVAL-1', 'Rival lamp', 'serial-77', 'scratch of the rival', 'lot-9'];
const findSecrets = (shown: unknown): string[] => SECRETS.filter((secret) => JSON.stringify(shown).includes(secret));

/** A completed return with a piece the merchant is asked about, and a held one that belongs to somebody else. */
async function withForeignGoods() {
  const merchantId = await askingMerchant(fixture);
  const { id, items } = await desk.create({ merchantId, items: [{ sku: 'OWN', name: 'Own mug', quantity: 1 }] });
  await receiveReturn(fixture.deps, { id }, worker);
  const [own, foreign] = [items[0]!.id, newId()];
  const found = { id, itemId: foreign, origin: 'foreign' as const, sku: 'RIVAL-1', name: 'Rival lamp', quantity: 2 };
  await addItem(fixture.deps, inputOf(actions.addItem, found), worker);
  await desk.sendPhoto(id, 'box', desk.photo);
  const file = await fixture.upload(await photo('#0a0'));
  const shown = await addPhoto(fixture.deps, { id, itemId: foreign, clientPhotoId: 'rival', file }, worker);
  const inspect = (itemId: string, more: object) =>
    inspectItem(fixture.deps, inputOf(actions.inspectItem, { id, itemId, ...more } as never), worker);
  await inspect(own, { quantity: 1, grade: 'C', note: 'used' });
  await inspect(foreign, {
    ...{ quantity: 2, grade: 'C', note: 'scratch of the rival', reason: 'scratch of the rival' },
    ...{ serialNumbers: ['serial-77'], batchNumber: 'lot-9' },
  });
  const parcel = await completeReturn(fixture.deps, { id }, worker);
  return { merchantId, user: userOf(merchantId), id, own, foreign, photoId: shown.id, parcel };
}

test('C2 a merchant decides on nothing that belongs to somebody else, one by one, in bulk or by the link of a mail', async () => {
  const { user, id, foreign, parcel } = await withForeignGoods();
  expect(parcel).toMatchObject({ state: 'awaiting_decision' });
  const refused = { code: 409, type: 'ITEM_NOT_TO_DECIDE' };
  for (const disposition of ['dispose', 'rtv', 'restock'] as const) {
    const decision = { itemId: foreign, disposition };
    await expect(decideItem(fixture.deps, { id, ...decision }, user)).rejects.toMatchObject(refused);
    const bulk = inputOf(actions.decideItems, { decisions: [{ returnId: id, ...decision }] });
    await expect(decideItems(fixture.deps, bulk, user)).rejects.toMatchObject(refused);
    const byLink = answerLinkedDecision(fixture.deps, { token: linkTo(parcel), decisions: [decision] }, user);
    await expect(byLink).rejects.toMatchObject(refused);
  }
  const { items } = await getReturn(fixture.deps, { id }, worker);
  expect(items.find((item) => item.id === foreign)).toMatchObject({ state: 'on_hold', disposition: 'hold' });
  const byHouse = { id, itemId: foreign, disposition: 'dispose' as const, reason: 'nobody wants it' };
  expect((await decideItem(fixture.deps, byHouse, worker)).items).toContainEqual(
    expect.objectContaining({ id: foreign, state: 'disposed' }),
  );
});

test('K10 of goods that belong to somebody else a merchant sees how many there are, and nothing of what they are', async () => {
  const { user, id, own, foreign, photoId, merchantId } = await withForeignGoods();
  const seen = await getReturn(fixture.deps, { id }, user);
  expect(findSecrets(seen)).toEqual([]);
  expect(seen.items.find((item) => item.id === foreign)).toMatchObject({
    ...{ origin: 'foreign', quantity: 2, state: 'on_hold', sku: null, name: '', grade: null, serialNumbers: [] },
  });
  expect(seen.photos.map(({ clientPhotoId }) => clientPhotoId)).toEqual(['box']);
  expect(seen.items.find((item) => item.id === own)).toMatchObject({ sku: 'OWN', note: 'used', grade: 'C' });
  const decided = await decideItem(fixture.deps, { id, itemId: own, disposition: 'restock' }, user);
  expect(findSecrets(decided)).toEqual([]);
  expect(findSecrets(await getReturn(fixture.deps, { id }, worker))).toEqual(SECRETS);

  const getWeb = (actor = worker) => getPhoto(fixture.deps, { id: photoId, size: 'web' }, actor);
  await expect(getWeb(user)).rejects.toMatchObject({ code: 404 });
  expect(await getWeb()).toBeDefined();
  // an answer that is kept for repetitions gets no fresh link to it either
  const kept = { links: fixture.deps.photoLinks(photoId) };
  fixture.clock.now = new Date(fixture.clock.now.getTime() + 3_600_000);
  const renewed = (scope: 'staff' | string[]) =>
    inTransaction(fixture.deps.orm, scope, (em) => fixture.deps.renew!(em, kept));
  expect(await renewed([merchantId])).toEqual(kept);
  expect(await renewed('staff')).not.toEqual(kept);
  const [label] = await database.query<{ n: string }>(
    `select label_number as n from returns.return_item where id = $1`,
    [foreign],
  );
  const code = labelCode('item', BigInt(label!.n));
  expect((await lookupReturns(fixture.deps, { code }, user)).items).toMatchObject([{ sku: null, name: '' }]);
  expect((await lookupReturns(fixture.deps, { code }, worker)).items).toMatchObject([{ name: 'Rival lamp' }]);
});

test('K10 what is told to others, mails and paper among them, does not name goods that belong to somebody else', async () => {
  const { user, id, foreign } = await withForeignGoods();
  const [inspected] = await eventsAbout(database, 'returns.return-inspected.v1', id);
  expect(findSecrets(inspected)).toEqual([]);
  expect(inspected!.items).toContainEqual(
    expect.objectContaining({ itemId: foreign, foreign: true, quantity: 2, name: '', sku: null, photos: [] }),
  );
  const sendBack = { id, itemId: foreign, disposition: 'rtv' as const, reason: 'goes along' };
  const { items } = await decideItem(fixture.deps, sendBack, worker);
  const batchId = items.find((item) => item.id === foreign)!.rtvBatchId!;
  expect(findSecrets(await getBatch(fixture.deps, { id: batchId }, worker))).toEqual(SECRETS);
  const batch = await getBatch(fixture.deps, { id: batchId }, user);
  expect(findSecrets(batch)).toEqual([]);
  expect(batch.items).toMatchObject([
    { itemId: foreign, foreign: true, quantity: 2, name: '', photos: 0, photo: null },
  ]);
  await closeBatch(fixture.deps, { id: batchId }, worker);
  const list = await fixture.deps.store.read((await getPackingList(fixture.deps, { id: batchId }, user)).objectKey);
  if (hasPdftotext) {
    expect(textOf(list)).toContain('Ware, die nicht Ihnen gehört');
    expect(findSecrets(textOf(list))).toEqual([]);
  }
  const shipment = { carrier: 'DHL', trackingNumber: '00340', parcels: 1, weightGrams: 800 };
  await dispatchBatch(fixture.deps, { id: batchId, ...shipment }, worker);
  const told = await database.query<{ payload: object }>(
    `select payload from messaging.event where type = 'returns.batch-dispatched.v1' and payload ->> 'batchId' = $1`,
    [batchId],
  );
  expect(told).toHaveLength(1);
  expect(findSecrets(told)).toEqual([]);
});
