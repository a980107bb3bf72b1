import { expect, test } from '@jest/globals';
import { knowArticles } from '../../../services/returns/persistence/articles.ts';
import { addItem } from '../../../services/returns/use-cases/add-item.ts';
import { inspectItem } from '../../../services/returns/use-cases/inspect-item.ts';
import { linkItem } from '../../../services/returns/use-cases/link-item.ts';
import { receiveReturn } from '../../../services/returns/use-cases/receive-return.ts';
import { splitReturn } from '../../../services/returns/use-cases/split-return.ts';
import { inTransaction } from '../../../shared/persistence/transaction.ts';
import type { CallInputOf } from '../../../shared/protocol/define.ts';
import { returnsActions as actions } from '../../../shared/protocol/returns/actions.ts';
import { articleSnapshot } from '../../support/articles.ts';
import { inputOf, newId, worker } from '../../support/returns.ts';
import { returnsWorld } from '../../support/returns-world.ts';

const { fixture, desk } = returnsWorld();

const MORE = { code: 422, data: { errors: [expect.objectContaining({ path: 'reason', code: 'MORE_THAN_SHIPPED' })] } };

/** A received return in which something was found and inspected. */
async function found(
  input: CallInputOf<typeof actions.createReturn>,
  item: { sku?: string; name?: string; quantity: number },
) {
  const { id } = await desk.create(input);
  await receiveReturn(fixture.deps, { id }, worker);
  const itemId = newId();
  await addItem(fixture.deps, inputOf(actions.addItem, { id, itemId, ...item }), worker);
  const finding = { id, itemId, quantity: item.quantity, grade: 'B' as const, note: 'scratched' };
  await inspectItem(fixture.deps, inputOf(actions.inspectItem, finding), worker);
  return { id, itemId };
}
const split = (input: CallInputOf<typeof actions.splitReturn>) =>
  splitReturn(fixture.deps, inputOf(actions.splitReturn, input), worker);

test('A14 goods that are split off are counted against their order, and a reason lets more of them go', async () => {
  const merchantId = await fixture.merchant();
  const orderId = await fixture.shipped(merchantId, 'O-1', [{ sku: 'MUG', quantity: 2 }]);
  await found({ merchantId, orderId }, { sku: 'MUG', quantity: 1 });
  const blind = await found({ merchantId }, { sku: 'MUG', quantity: 3 });
  await addItem(fixture.deps, inputOf(actions.addItem, { id: blind.id, name: 'stays', quantity: 1 }), worker);
  const items = [{ itemId: blind.itemId, quantity: 2, partId: newId() }];
  await expect(split({ id: blind.id, items, orderId })).rejects.toMatchObject(MORE);
  const one = await split({ id: blind.id, items: [{ ...items[0]!, quantity: 1 }], orderId });
  expect(one.items).toMatchObject([{ quantity: 1, overReturnReason: null }]);
  const more = { id: blind.id, items: [{ itemId: blind.itemId, quantity: 1, partId: newId() }], orderId };
  await expect(split(more)).rejects.toMatchObject(MORE);
  const explained = await split({ ...more, reason: 'the shop sent one too many' });
  expect(explained.items).toMatchObject([{ quantity: 1, overReturnReason: 'the shop sent one too many' }]);
});

test('A14 goods that are split off within their order are counted once', async () => {
  const merchantId = await fixture.merchant();
  const orderId = await fixture.shipped(merchantId, 'O-2', [{ sku: 'MUG', quantity: 2 }]);
  const { id, itemId } = await found({ merchantId, orderId }, { sku: 'MUG', quantity: 2 });
  const child = await split({ id, items: [{ itemId, quantity: 1, partId: newId() }], orderId });
  expect(child.items).toMatchObject([{ quantity: 1, overReturnReason: null }]);
});

test('A14 an item that is linked to its article is counted against the order, and a reason lets it be more', async () => {
  const merchantId = await fixture.merchant();
  await inTransaction(fixture.deps.orm, 'staff', (em) =>
    knowArticles(em, [{ ...articleSnapshot(merchantId), sku: 'MUG', name: 'Mug', eans: [] }]),
  );
  const orderId = await fixture.shipped(merchantId, 'O-3', [{ sku: 'MUG', quantity: 2 }]);
  await found({ merchantId, orderId }, { sku: 'MUG', quantity: 1 });
  const { id, itemId } = await found({ merchantId, orderId }, { name: 'some mugs', quantity: 2 });
  const link = (reason?: string) =>
    linkItem(
      fixture.deps,
      inputOf(actions.linkItem, { id, itemId, sku: 'MUG', ...(reason ? { reason } : {}) }),
      worker,
    );
  await expect(link()).rejects.toMatchObject(MORE);
  const linked = await link('the consumer had two orders');
  expect(linked.items).toMatchObject([{ sku: 'MUG', overReturnReason: 'the consumer had two orders' }]);
  expect(await link()).toMatchObject({ version: linked.version });
  const fits = await found({ merchantId, orderId }, { name: 'one mug', quantity: 1 });
  const fitting = inputOf(actions.linkItem, { id: fits.id, itemId: fits.itemId, sku: 'MUG' });
  expect((await linkItem(fixture.deps, fitting, worker)).items).toMatchObject([{ sku: 'MUG', overReturnReason: null }]);
});
