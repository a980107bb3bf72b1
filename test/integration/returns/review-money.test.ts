import { expect, test } from '@jest/globals';
import { addItem } from '../../../services/returns/use-cases/add-item.ts';
import { completeReturn } from '../../../services/returns/use-cases/complete-return.ts';
import { decideItem } from '../../../services/returns/use-cases/decide-item.ts';
import { inspectItem } from '../../../services/returns/use-cases/inspect-item.ts';
import { receiveReturn } from '../../../services/returns/use-cases/receive-return.ts';
import { reopenReturn } from '../../../services/returns/use-cases/reopen-return.ts';
import { splitReturn } from '../../../services/returns/use-cases/split-return.ts';
import { returnPolicy } from '../../../shared/protocol/merchants/return-policy.ts';
import { returnsActions as actions } from '../../../shared/protocol/returns/actions.ts';
import { askingMerchant, eventsAbout, inspectedReturn } from '../../support/questions.ts';
import { inputOf, newId, worker } from '../../support/returns.ts';
import { returnsWorld } from '../../support/returns-world.ts';

const { database, fixture, desk } = returnsWorld();

const decide = (id: string, itemId: string, disposition: 'restock' | 'hold' | 'dispose') =>
  decideItem(fixture.deps, { id, itemId, disposition, reason: 'as the merchant said' }, worker);
const reopen = (id: string) => reopenReturn(fixture.deps, { id, reason: 'looked again' }, worker);
const complete = (id: string) => completeReturn(fixture.deps, { id }, worker);
const inspect = (id: string, itemId: string, more: object = {}) =>
  inspectItem(
    fixture.deps,
    inputOf(actions.inspectItem, { id, itemId, quantity: 1, grade: 'B', note: 'used', ...more }),
    worker,
  );
const inspections = (id: string) => eventsAbout(database, 'returns.return-inspected.v1', id);
const settled = (id: string) => eventsAbout(database, 'returns.item-settled.v1', id);

test('D11 goods whose end was told once and that are split off afterwards come to their end again, in their new return', async () => {
  const [first, other] = [await askingMerchant(fixture), await fixture.merchant()];
  const { id, items } = await inspectedReturn(fixture, desk, first, 'C', 'A');
  const itemId = items[0]!.id;
  await decide(id, itemId, 'restock');
  expect(await settled(id)).toMatchObject([{ itemId, revision: 0, merchantId: first }]);
  await reopen(id);
  const split = { id, items: [{ itemId, quantity: 1 }], merchantId: other };
  const child = await splitReturn(fixture.deps, inputOf(actions.splitReturn, split), worker);
  await desk.sendPhoto(child.id, 'p2', desk.photo);
  await inspect(child.id, itemId, { disposition: 'hold' });
  await complete(child.id);
  await decide(child.id, itemId, 'restock');
  const [first_] = await inspections(child.id);
  expect(first_).toMatchObject({ items: [{ itemId, chargedBefore: false }] });
  expect(await settled(child.id)).toMatchObject([{ itemId, merchantId: other, chargedBefore: false }]);
});

test('D11 goods that are split off are charged as one parcel, however many their first return came in', async () => {
  const [first, other] = [await fixture.merchant(), await fixture.merchant()];
  const parcel = await desk.create({ merchantId: first, items: [{ sku: 'MUG', quantity: 1 }] });
  const { id } = parcel;
  for (const trackingNumber of ['T-1', 'T-2']) await receiveReturn(fixture.deps, { id, trackingNumber }, worker);
  await desk.sendPhoto(id, 'p1', desk.photo);
  const lamp = newId();
  await addItem(
    fixture.deps,
    inputOf(actions.addItem, { id, itemId: lamp, origin: 'foreign', name: 'lamp', quantity: 1 }),
    worker,
  );
  const split = { id, items: [{ itemId: lamp, quantity: 1 }], merchantId: other };
  const child = await splitReturn(fixture.deps, inputOf(actions.splitReturn, split), worker);
  await desk.sendPhoto(child.id, 'p1', desk.photo);
  await inspect(child.id, lamp);
  await complete(child.id);
  await inspect(id, parcel.items[0]!.id);
  await complete(id);
  expect(await inspections(child.id)).toMatchObject([{ parcels: 1 }]);
  expect(await inspections(id)).toMatchObject([{ parcels: 2 }]);
});

test('A6 what came in a further parcel is told as not inspected before, and what is known as charged', async () => {
  const merchantId = await fixture.merchant({ returnPolicy: returnPolicy.parse({ reopenedCharges: 'keep' }) });
  const parcel = await desk.create({
    merchantId,
    items: [
      { sku: 'MUG', quantity: 1 },
      { sku: 'LAMP', quantity: 1 },
    ],
  });
  const { id, items } = parcel;
  await receiveReturn(fixture.deps, { id, trackingNumber: 'K-1' }, worker);
  await desk.sendPhoto(id, 'p1', desk.photo);
  await inspect(id, items[0]!.id, { grade: 'A' });
  await complete(id);
  await receiveReturn(fixture.deps, { id, trackingNumber: 'K-2' }, worker);
  await inspect(id, items[1]!.id, { grade: 'A' });
  await complete(id);
  expect(await inspections(id)).toMatchObject([
    { revision: 0, parcels: 1, parcelsBefore: 0, items: [{ inspectedBefore: false }] },
    {
      ...{ revision: 1, parcels: 2, parcelsBefore: 1 },
      items: [
        { itemId: items[0]!.id, inspectedBefore: true, chargedBefore: true },
        { itemId: items[1]!.id, inspectedBefore: false, chargedBefore: false },
      ],
    },
  ]);
});
