import { expect, test } from '@jest/globals';
import { knowArticles } from '../../../services/returns/persistence/articles.ts';
import { addItem } from '../../../services/returns/use-cases/add-item.ts';
import { completeReturn } from '../../../services/returns/use-cases/complete-return.ts';
import { getReturn, listReturns, lookupReturns } from '../../../services/returns/use-cases/find-returns.ts';
import { inspectItem } from '../../../services/returns/use-cases/inspect-item.ts';
import { linkItem } from '../../../services/returns/use-cases/link-item.ts';
import { matchReturn } from '../../../services/returns/use-cases/match-return.ts';
import { addPhoto, getPhoto } from '../../../services/returns/use-cases/photos.ts';
import { receiveReturn } from '../../../services/returns/use-cases/receive-return.ts';
import { splitReturn } from '../../../services/returns/use-cases/split-return.ts';
import { unbundleItem } from '../../../services/returns/use-cases/unbundle-item.ts';
import { inTransaction } from '../../../shared/persistence/transaction.ts';
import type { CallInputOf } from '../../../shared/protocol/define.ts';
import { returnsActions as actions } from '../../../shared/protocol/returns/actions.ts';
import { articleSnapshot } from '../../support/articles.ts';
import { inputOf, newId, photo, userOf, worker } from '../../support/returns.ts';
import { returnsWorld } from '../../support/returns-world.ts';

const { database, fixture, desk } = returnsWorld();

const find = (input: CallInputOf<typeof actions.addItem>) =>
  addItem(fixture.deps, inputOf(actions.addItem, input), worker);
const inspect = (id: string, itemId: string, quantity = 1) =>
  inspectItem(
    fixture.deps,
    inputOf(actions.inspectItem, { id, itemId, quantity, grade: 'B', note: 'scratched' }),
    worker,
  );
const split = (input: CallInputOf<typeof actions.splitReturn>) =>
  splitReturn(fixture.deps, inputOf(actions.splitReturn, input), worker);
const take = async (
  id: string,
  clientPhotoId: string,
  more: { itemId?: string; kind?: 'label' | 'parcel' },
  colour: string,
) => addPhoto(fixture.deps, { id, clientPhotoId, ...more, file: await fixture.upload(await photo(colour)) }, worker);
const get = (id: string, actor = worker) => getReturn(fixture.deps, { id }, actor);
const received = async (input: CallInputOf<typeof actions.createReturn>) => {
  const { id } = await desk.create(input);
  return receiveReturn(fixture.deps, inputOf(actions.receiveReturn, { id }), worker);
};

test('A3 free text with a photo is linked to its article later, and what was written down stays', async () => {
  const merchantId = await fixture.merchant();
  const stranger = await fixture.merchant();
  await inTransaction(fixture.deps.orm, 'staff', (em) =>
    knowArticles(em, [
      { ...articleSnapshot(merchantId), sku: 'MUG-BLUE', name: 'Becher blau', eans: [] },
      { ...articleSnapshot(stranger), sku: 'FOREIGN', name: 'Of someone else', eans: [] },
    ]),
  );
  const { id } = await received({ merchantId });
  const itemId = newId();
  await find({ id, itemId, name: 'blue mug, no label', quantity: 1 });
  const shown = await take(id, 'mug', { itemId }, '#00c');
  await inspect(id, itemId);
  const link = (sku: string) => linkItem(fixture.deps, { id, itemId, sku }, worker);
  for (const sku of ['NEVER-HEARD-OF', 'FOREIGN']) await expect(link(sku)).rejects.toMatchObject({ code: 422 });
  const linked = await link('MUG-BLUE');
  const after = {
    sku: 'MUG-BLUE',
    name: 'Becher blau',
    recordedAs: 'blue mug, no label',
    grade: 'B',
    note: 'scratched',
  };
  expect(linked.items).toMatchObject([after]);
  expect(linked.photos).toMatchObject([{ id: shown.id, itemId }]);
  expect(await link('MUG-BLUE')).toMatchObject({ version: linked.version });
  expect((await find({ id, itemId, name: 'blue mug, no label', quantity: 1 })).items).toHaveLength(1);
  await completeReturn(fixture.deps, { id }, worker);
  const [event] = await database.query<{ payload: { items: unknown[] } }>(
    `select payload from messaging.event where type = 'returns.return-inspected.v1' and payload ->> 'returnId' = $1`,
    [id],
  );
  expect(event!.payload.items).toMatchObject([{ sku: 'MUG-BLUE' }]);
});

test('A3 whose articles are meant must be known first', async () => {
  const { id } = await received({});
  const { items } = await find({ id, name: 'a lamp', quantity: 1 });
  const link = linkItem(fixture.deps, { id, itemId: items[0]!.id, sku: 'X' }, worker);
  await expect(link).rejects.toMatchObject({ type: 'RETURN_MERCHANT_UNKNOWN' });
});

test('A4 nobody but the house ever sees a parcel of an unknown merchant', async () => {
  const { id, number } = await received({ trackingNumber: 'UNKNOWN-1' });
  const user = userOf(await fixture.merchant());
  await expect(get(id, user)).rejects.toMatchObject({ code: 404 });
  expect((await lookupReturns(fixture.deps, { code: number }, user)).returns).toEqual([]);
  expect(actions.matchReturn.access).toEqual(['worker', 'lead', 'admin']);
});

test('A5 goods of another merchant become a return of their own, with their photos and findings, found by the number of their parcel', async () => {
  const [merchantId, other] = [await fixture.merchant(), await fixture.merchant()];
  const orderId = await fixture.shipped(other, 'O-77', [{ sku: 'LAMP', quantity: 2 }]);
  const parent = await received({ merchantId, trackingNumber: 'SHARED-1', items: [{ sku: 'MUG', quantity: 1 }] });
  const [lamp, bulbs] = [newId(), newId()];
  await find({ id: parent.id, itemId: lamp, origin: 'foreign', sku: 'LAMP', quantity: 1 });
  await find({ id: parent.id, itemId: bulbs, origin: 'foreign', name: 'bulbs', quantity: 3 });
  await inspect(parent.id, lamp);
  const shown = await take(parent.id, 'lamp', { itemId: lamp }, '#0c0');
  await take(parent.id, 'box', {}, '#c00');
  await take(parent.id, 'label', { kind: 'label' }, '#cc0');
  const input = {
    id: parent.id,
    returnId: newId(),
    items: [
      { itemId: lamp, quantity: 1 },
      { itemId: bulbs, quantity: 2, partId: newId() },
    ],
    orderId,
    reason: 'two customers in one box',
  };
  const child = await split(input);
  expect(child).toMatchObject({
    ...{ id: input.returnId, parentId: parent.id, merchantId: other, matchState: 'matched', orderNumber: 'O-77' },
    ...{ state: 'inspecting', receivedAt: parent.receivedAt, version: 1, number: expect.stringMatching(/^RT-/) },
    ...{ parcels: [], trackingNumber: null },
    items: [
      { id: lamp, origin: 'unexpected', grade: 'B', note: 'scratched', state: 'graded', disposition: null },
      { splitFrom: bulbs, origin: 'unexpected', name: 'bulbs', quantity: 2, state: 'received' },
    ],
  });
  // a label shows the first merchant's consumer
  expect(child.photos.map(({ kind, sha256 }) => [kind, sha256])).toEqual([['item', shown.sha256]]);
  const rest = await get(parent.id);
  expect(rest.items.map(({ id, quantity }) => [id, quantity])).toEqual(
    expect.arrayContaining([
      [bulbs, 1],
      [parent.items[0]!.id, 1],
    ]),
  );
  expect(rest.items).toHaveLength(2);
  expect(rest.photos.map(({ clientPhotoId }) => clientPhotoId)).toEqual(['box', 'label']);
  const again = await split(input);
  expect(again).toMatchObject({ id: child.id, version: 1, items: { length: 2 } });
  expect((await get(parent.id)).version).toBe(rest.version);
  await expect(split({ ...input, merchantId: other })).rejects.toMatchObject({ type: 'RETURN_EXISTS' });

  expect(await getPhoto(fixture.deps, { id: shown.id, size: 'web' }, userOf(other))).toBeDefined();
  await expect(getPhoto(fixture.deps, { id: shown.id, size: 'web' }, userOf(merchantId))).rejects.toMatchObject({
    code: 404,
  });
  await expect(get(child.id, userOf(merchantId))).rejects.toMatchObject({ code: 404 });
  const children = await listReturns(fixture.deps, inputOf(actions.listReturns, { parentId: parent.id }), worker);
  expect(children.items.map(({ id }) => id)).toEqual([child.id]);
  expect((await lookupReturns(fixture.deps, { code: 'SHARED-1' }, worker)).returns).toHaveLength(2);
  const counts = await database.query<{ ok: boolean }>(
    `select photo_count = (select count(*) from returns.photo p where p.return_id = r.id) as ok from returns.return r where id = any($1)`,
    [[parent.id, child.id]],
  );
  expect(counts).toEqual([{ ok: true }, { ok: true }]);
  const trail = await database.query(
    `select entity_id, action from messaging.audit_entry where reason = $1 order by action`,
    [input.reason],
  );
  expect(trail).toEqual([
    { entity_id: parent.id, action: 'return.split' },
    { entity_id: child.id, action: 'return.split-off' },
  ]);
  await inspect(child.id, child.items[1]!.id, 2);
  expect(await completeReturn(fixture.deps, { id: child.id }, worker)).toMatchObject({
    state: 'processing',
    merchantId: other,
  });
});

test('A5 goods that were held as foreign leave for their own return later, and the first return comes to its end', async () => {
  const [merchantId, other] = [await fixture.merchant(), await fixture.merchant()];
  const { id, items } = await received({ merchantId, items: [{ sku: 'MUG', quantity: 1 }] });
  const foreign = newId();
  await find({ id, itemId: foreign, origin: 'foreign', name: 'a lamp', quantity: 1 });
  const finding = { id, itemId: items[0]!.id, quantity: 1, grade: 'A' as const, note: 'new' };
  await inspectItem(fixture.deps, inputOf(actions.inspectItem, finding), worker);
  await inspect(id, foreign);
  await desk.sendPhoto(id, 'p', desk.photo);
  expect(await completeReturn(fixture.deps, { id }, worker)).toMatchObject({ state: 'processing' });
  await expect(split({ id, items: [{ itemId: items[0]!.id, quantity: 1 }] })).rejects.toMatchObject({
    type: 'ITEM_NOT_TO_SPLIT',
  });
  const unknown = await split({ id, items: [{ itemId: foreign, quantity: 1 }], merchantId: null });
  expect(unknown).toMatchObject({ merchantId: null, matchState: 'unknown_merchant', state: 'inspecting' });
  expect(await get(id)).toMatchObject({ state: 'completed', items: { length: 1 } });
  await matchReturn(fixture.deps, { id: unknown.id, merchantId: other, reason: undefined, orderId: undefined }, worker);
  expect(await get(unknown.id, userOf(other))).toMatchObject({ items: [{ grade: 'B' }] });
});

test.each([
  ['everything', { quantity: 2 }, 'SPLIT_TAKES_ALL'],
  ['more than there is', { quantity: 3 }, 'INVALID_INPUT'],
])('A5 a split of %s is refused and changes nothing', async (_what, { quantity }, type) => {
  const { id, items } = await received({ merchantId: await fixture.merchant(), items: [{ sku: 'X', quantity: 2 }] });
  const before = await get(id);
  await expect(split({ id, items: [{ itemId: items[0]!.id, quantity }] })).rejects.toMatchObject({ type });
  const order = { orderId: newId(), items: [{ itemId: items[0]!.id, quantity: 1 }] };
  await expect(split({ id, ...order })).rejects.toMatchObject({ code: 422 });
  expect(await get(id)).toEqual({ ...before, photos: [] });
});

test('A7 the difference of each line is shown: missing, wrong and extra', async () => {
  const { id, items } = await received({ merchantId: await fixture.merchant(), items: [{ sku: 'RED', quantity: 3 }] });
  await inspect(id, items[0]!.id, 2);
  const wrong = await find({ id, sku: 'BLUE', quantity: 1, insteadOf: items[0]!.id });
  expect(wrong.lines[0]).toMatchObject({
    sku: 'RED',
    expected: 3,
    received: 2,
    open: 1,
    missing: 0,
    wrong: 1,
    extra: 0,
  });
  await find({ id, name: 'a screw', quantity: 4 });
  for (const item of (await get(id)).items.filter(({ origin }) => origin === 'unexpected'))
    await inspect(id, item.id, item.quantity);
  await desk.sendPhoto(id, 'p', desk.photo);
  const { lines } = await completeReturn(fixture.deps, { id }, worker);
  expect(
    lines.map(({ sku, expected, received: came, missing, wrong: instead, extra }) => [
      sku,
      expected,
      came,
      missing,
      instead,
      extra,
    ]),
  ).toEqual([
    ['RED', 3, 2, 1, 1, 0],
    ['BLUE', 0, 1, 0, 0, 1],
    [null, 0, 4, 0, 0, 4],
  ]);
});

test('A12 a bundle comes back by component: what is in the box is inspected, the rest is missing', async () => {
  const merchantId = await fixture.merchant();
  const article = (sku: string, components: { sku: string; quantity: number }[] = []) =>
    articleSnapshot(merchantId, { sku, name: `Article ${sku}`, eans: [], components });
  await inTransaction(fixture.deps.orm, 'staff', (em) =>
    knowArticles(em, [
      article('SET', [
        { sku: 'CUP', quantity: 2 },
        { sku: 'POT', quantity: 1 },
      ]),
      article('CUP'),
    ]),
  );
  await fixture.shipped(merchantId, 'SET-1', [{ sku: 'SET', quantity: 1 }]);
  const { id, items } = await received({ merchantId, orderNumber: 'SET-1', items: [{ sku: 'SET', quantity: 1 }] });
  const itemId = items[0]!.id;
  const apart = (quantity: number) =>
    unbundleItem(fixture.deps, { id, itemId, components: [{ sku: 'CUP', quantity }] }, worker);
  await expect(apart(3)).rejects.toMatchObject({ code: 422 });
  const taken = await apart(2);
  expect(taken.items).toMatchObject([
    {
      id: itemId,
      sku: 'CUP',
      name: 'Article CUP',
      quantity: 2,
      state: 'received',
      recordedAs: '1 × SET',
      bundleOf: itemId,
    },
    { sku: 'POT', quantity: 1, state: 'expected', bundleOf: itemId },
  ]);
  expect(await apart(2)).toMatchObject({ version: taken.version });
  await inspect(id, itemId, 2);
  await desk.sendPhoto(id, 'p', desk.photo);
  expect(await completeReturn(fixture.deps, { id }, worker)).toMatchObject({
    pieces: { expected: 3, received: 2, missing: 1 },
    items: [
      { sku: 'CUP', overReturnReason: null },
      { sku: 'POT', state: 'missing' },
    ],
  });
});
