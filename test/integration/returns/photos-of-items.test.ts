import { expect, test } from '@jest/globals';
import { completeReturn } from '../../../services/returns/use-cases/complete-return.ts';
import { decideItem } from '../../../services/returns/use-cases/decide-item.ts';
import { getReturn } from '../../../services/returns/use-cases/find-returns.ts';
import { inspectItem } from '../../../services/returns/use-cases/inspect-item.ts';
import { addPhoto } from '../../../services/returns/use-cases/photos.ts';
import { receiveReturn } from '../../../services/returns/use-cases/receive-return.ts';
import { splitReturn } from '../../../services/returns/use-cases/split-return.ts';
import { returnPolicy } from '../../../shared/protocol/merchants/return-policy.ts';
import { returnsActions as actions } from '../../../shared/protocol/returns/actions.ts';
import { countRows, inputOf, photo, worker } from '../../support/returns.ts';
import { returnsWorld } from '../../support/returns-world.ts';

const { database, fixture, desk } = returnsWorld();

const send = async (id: string, clientPhotoId: string, itemId?: string, colour = '#808080') =>
  addPhoto(
    fixture.deps,
    { id, clientPhotoId, ...(itemId ? { itemId } : {}), file: await fixture.upload(await photo(colour)) },
    worker,
  );
const inspect = (id: string, itemId: string, note = 'broken') =>
  inspectItem(fixture.deps, inputOf(actions.inspectItem, { id, itemId, quantity: 1, grade: 'D', note }), worker);

async function received(merchantId: string, count: number) {
  const items = Array.from({ length: count }, (_, index) => ({ sku: `SKU-${index}`, quantity: 1 }));
  const { id, items: expected } = await desk.create({ merchantId, items });
  await receiveReturn(fixture.deps, { id }, worker);
  return { id, items: expected.map((item) => item.id) };
}

test('B2 a return with more damaged items than any fixed number of photos allows can be completed', async () => {
  const merchantId = await fixture.merchant({
    returnPolicy: returnPolicy.parse({ photoRules: [{ grades: ['D'], minPhotos: 2 }] }),
  });
  const { id, items } = await received(merchantId, 21);
  for (const itemId of items) {
    await send(id, `${itemId}-1`, itemId);
    await send(id, `${itemId}-2`, itemId);
    await inspect(id, itemId);
  }
  const done = await completeReturn(fixture.deps, { id }, worker);
  expect(done.photos).toHaveLength(42);
  expect(await countRows(database, 'returns.return', 'id = $1 and photo_count = 42', [id])).toBe(1);
}, 120_000);

test('B4 one item takes no more than 40 photos, however many come at once, and the parcel has room of its own', async () => {
  const { id, items } = await received(await fixture.merchant(), 2);
  for (let sent = 0; sent < 38; sent += 1) await send(id, `p-${sent}`, items[0]);
  const rest = await Promise.allSettled(['a', 'b', 'c', 'd', 'e'].map((name) => send(id, name, items[0])));
  expect(rest.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  for (const one of rest)
    if (one.status === 'rejected') expect(one.reason).toMatchObject({ type: 'TOO_MANY_PHOTOS', code: 409 });
  expect(await countRows(database, 'returns.photo', 'item_id = $1', [items[0]])).toBe(40);
  await send(id, 'other', items[1]);
  await send(id, 'box');
}, 120_000);

test('B4 a photo follows its item to the return it was split off to, and the same photo again is the same photo', async () => {
  const { id, items } = await received(await fixture.merchant(), 2);
  const [, itemId] = items as [string, string];
  await inspect(id, itemId);
  const before = await send(id, 'before', itemId);
  const child = await splitReturn(
    fixture.deps,
    inputOf(actions.splitReturn, { id, items: [{ itemId, quantity: 1 }] }),
    worker,
  );
  expect(await send(id, 'before', itemId)).toMatchObject({ id: before.id, returnId: child.id, itemId });
  await expect(send(id, 'before', itemId, '#f00')).rejects.toMatchObject({ type: 'PHOTO_EXISTS' });
  const after = await send(id, 'after', itemId, '#00f');
  expect(after).toMatchObject({ returnId: child.id, itemId });
  expect(await send(id, 'after', itemId, '#00f')).toMatchObject({ id: after.id });
  const shown = await getReturn(fixture.deps, { id: child.id }, worker);
  expect(shown.photos.map((one) => one.id)).toEqual([before.id, after.id]);
  const counts = 'id = $1 and photo_count = (select count(*) from returns.photo p where p.return_id = $1)';
  for (const one of [id, child.id]) expect(await countRows(database, 'returns.return', counts, [one])).toBe(1);
  // an item of a return that was not made of this one stays unknown
  const stranger = await received(await fixture.merchant(), 1);
  await expect(send(stranger.id, 'x', itemId)).rejects.toMatchObject({ code: 404 });
  await expect(send(child.id, 'x', items[0])).rejects.toMatchObject({ code: 404 });
});

test('B4 a photo that is being kept while its item is split off ends with the item, and nothing fails', async () => {
  const merchantId = await fixture.merchant();
  for (let round = 0; round < 6; round += 1) {
    const { id, items } = await received(merchantId, 2);
    const itemId = items[1]!;
    await inspect(id, itemId);
    const splitting = splitReturn(
      fixture.deps,
      inputOf(actions.splitReturn, { id, items: [{ itemId, quantity: 1 }] }),
      worker,
    );
    const [child, ...photos] = await Promise.all([
      splitting,
      ...['#f00', '#0f0', '#00f', '#ff0'].map((colour) => send(id, colour, itemId, colour)),
    ]);
    expect(photos).toHaveLength(4);
    expect(await countRows(database, 'returns.photo', 'return_id = $1 and item_id = $2', [child.id, itemId])).toBe(4);
    expect(await countRows(database, 'returns.return', 'id = $1 and photo_count = 4', [child.id])).toBe(1);
  }
}, 60_000);

test('B9 a long note with signs of two units each is kept whole as far as a reason goes', async () => {
  const { id, items } = await received(await fixture.merchant(), 1);
  await send(id, 'box');
  // one unit first, so that the 200th unit is the first half of a sign
  const note = `x${'😀'.repeat(300)}`;
  const finding = { id, itemId: items[0]!, quantity: 1, grade: 'A' as const, note, disposition: 'hold' as const };
  const inspected = await inspectItem(fixture.deps, inputOf(actions.inspectItem, finding), worker);
  expect(inspected.items[0]!.dispositionReason).toBe(`x${'😀'.repeat(199)}`);
  const decision = { id, itemId: items[0]!, disposition: 'dispose' as const };
  const decided = await decideItem(fixture.deps, decision, worker);
  expect(decided.items[0]!.dispositionReason).toBe(`x${'😀'.repeat(199)}`);
});
