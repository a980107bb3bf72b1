import { beforeAll, expect, test } from '@jest/globals';
import { completeReturn } from '../../../services/returns/use-cases/complete-return.ts';
import { listDecisions } from '../../../services/returns/use-cases/decide-items.ts';
import { getReturn } from '../../../services/returns/use-cases/find-returns.ts';
import { inspectItem } from '../../../services/returns/use-cases/inspect-item.ts';
import { getLinkedDecision } from '../../../services/returns/use-cases/linked-decision.ts';
import { addPhoto } from '../../../services/returns/use-cases/photos.ts';
import { receiveReturn } from '../../../services/returns/use-cases/receive-return.ts';
import { itemsOfBatch } from '../../../services/returns/persistence/batch-contents.ts';
import { inTransaction } from '../../../shared/persistence/transaction.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import { returnsActions as actions } from '../../../shared/protocol/returns/actions.ts';
import { decisionRequestedV1 } from '../../../shared/protocol/returns/events.ts';
import { askingMerchant, eventsAbout, linkTo } from '../../support/questions.ts';
import { inputOf, newId, photo, userOf, worker } from '../../support/returns.ts';
import { returnsWorld } from '../../support/returns-world.ts';

const { database, fixture, desk } = returnsWorld();

const anonymous: Actor = { kind: 'anonymous', id: 'anonymous', roles: [], scope: [], requestId: 'request-2' };
const COLOURS = ['#f00', '#0f0', '#00f', '#ff0', '#0ff'];
/** Of a line with five pieces: photos by what they show. */
const shots = { whole: '', part: '', rest: '' };
let merchantId: string;
let returnId: string;
let part: string;
let rest: string;

const send = async (itemId: string): Promise<string> => {
  const file = await fixture.upload(await photo(COLOURS.shift()!));
  const { id } = await addPhoto(fixture.deps, { id: returnId, clientPhotoId: newId(), itemId, file }, worker);
  return id;
};
const inspect = (input: { itemId: string; quantity: number; partId?: string; grade: 'C' | 'D' }) =>
  inspectItem(fixture.deps, inputOf(actions.inspectItem, { id: returnId, note: 'as found', ...input }), worker);

/** Two pieces are used, and the merchant is asked; three are broken and photographed after those were put aside. */
beforeAll(async () => {
  merchantId = await askingMerchant(fixture, { photoRules: [{ grades: ['D'], minPhotos: 2 }] });
  const { id, items } = await desk.create({ merchantId, items: [{ sku: 'BOWL', quantity: 5 }] });
  [returnId, rest, part] = [id, items[0]!.id, newId()];
  await receiveReturn(fixture.deps, { id }, worker);
  shots.whole = await send(rest);
  await inspect({ itemId: rest, quantity: 2, partId: part, grade: 'C' });
  shots.part = await send(part);
  await inspect({ itemId: rest, quantity: 3, grade: 'D' });
  shots.rest = await send(rest);
  await completeReturn(fixture.deps, { id }, worker);
});

const shownOf = (photos: readonly { id: string }[]) => photos.map(({ id }) => id);

test('C2 the merchant decides on photos of these pieces, not of those that stayed on the line', async () => {
  const mine = [shots.whole, shots.part];
  const { items } = await listDecisions(fixture.deps, inputOf(actions.listDecisions, {}), userOf(merchantId));
  expect(items.map(({ itemId, photos }) => [itemId, shownOf(photos)])).toEqual([[part, mine]]);
  const linked = await getLinkedDecision(fixture.deps, { token: linkTo({ id: returnId, revision: 0 }) }, anonymous);
  expect(linked.items.map(({ itemId, photos }) => [itemId, shownOf(photos)])).toEqual([[part, mine]]);
});

test('C2 the mail that asks shows the same photos', async () => {
  const [asked] = await eventsAbout(database, decisionRequestedV1.type, returnId);
  const [{ photos }] = asked!.items as unknown as [{ photos: { photoId: string }[] }];
  expect(photos.map(({ photoId }) => photoId)).toEqual([shots.whole, shots.part]);
});

test('what lies in a batch is shown with its own photos', async () => {
  const view = await getReturn(fixture.deps, { id: returnId }, worker);
  const { rtvBatchId } = view.items.find(({ id }) => id === rest)!;
  const [packed] = await inTransaction(fixture.deps.orm, 'staff', (em) => itemsOfBatch(em, rtvBatchId!));
  expect(packed).toMatchObject({ itemId: rest, photoCount: 2, photo: { id: shots.whole } });
});

test('B2 photos of the pieces that stayed do not make up for those a part lacks', async () => {
  const { id, items } = await desk.create({ merchantId, items: [{ sku: 'BOWL', quantity: 3 }] });
  const [line, broken] = [items[0]!.id, newId()];
  returnId = id;
  await receiveReturn(fixture.deps, { id }, worker);
  await inspect({ itemId: line, quantity: 1, partId: broken, grade: 'D' });
  await inspect({ itemId: line, quantity: 2, grade: 'C' });
  await send(line);
  await send(line);
  await expect(completeReturn(fixture.deps, { id }, worker)).rejects.toMatchObject({
    type: 'RETURN_PHOTO_MISSING',
    data: { needed: [{ itemId: broken, needed: 2, present: 0 }] },
  });
});
