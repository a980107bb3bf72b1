import { expect, test } from '@jest/globals';
import { getBatchLabel, getItemLabel, getReturnLabels } from '../../../services/returns/use-cases/labels.ts';
import { completeReturn } from '../../../services/returns/use-cases/complete-return.ts';
import { lookupReturns } from '../../../services/returns/use-cases/find-returns.ts';
import { returnsActions as actions } from '../../../shared/protocol/returns/actions.ts';
import { inputOf, newId, userOf, worker } from '../../support/returns.ts';
import { hasPdftoppm, printed, scanned } from '../../support/scan.ts';
import { returnsWorld } from '../../support/returns-world.ts';

const { database, fixture, desk } = returnsWorld();

const lookUp = (code: string, actor = worker) => lookupReturns(fixture.deps, { code }, actor);
const read = async ({ objectKey }: { objectKey: string }) => fixture.deps.store.read(objectKey);
const itemLabel = (itemId: string, format: '62x29' | 'a6' = '62x29') =>
  getItemLabel(fixture.deps, inputOf(actions.getItemLabel, { itemId, format }), worker);
const returnLabels = (id: string, itemIds?: string) =>
  getReturnLabels(fixture.deps, inputOf(actions.getReturnLabels, { id, itemIds }), worker);

(hasPdftoppm ? test : test.skip)('A15 a label is scanned, and what it says opens the item and the batch', async () => {
  const merchantId = await fixture.merchant({ name: 'Töpferei', number: '10023' });
  const ready = await desk.readyToComplete(merchantId);
  const itemId = ready.items[0]!.id;
  const batchId = (await completeReturn(fixture.deps, { id: ready.id }, worker)).items[0]!.rtvBatchId!;
  for (const format of ['62x29', 'a6'] as const) {
    const [page] = printed(await read(await itemLabel(itemId, format)), 203);
    const [bars, square] = await scanned(page!);
    expect(square!.text).toBe(bars!.text);
    const { items, batches } = await lookUp(bars!.text);
    expect(items).toEqual([
      expect.objectContaining({ itemId, returnId: ready.id, labelCode: bars!.text, rtvBatchId: batchId, sku: 'X' }),
    ]);
    expect(batches).toEqual([]);
  }
  const label = await getBatchLabel(fixture.deps, inputOf(actions.getBatchLabel, { id: batchId }), worker);
  const [box] = await scanned(printed(await read(label), 203)[0]!);
  expect(box!.text).toMatch(/^KB-/);
  expect(await lookUp(box!.text.toLowerCase())).toMatchObject({
    items: [],
    batches: [{ id: batchId, merchantId, pieces: 1, state: 'open' }],
  });
});

test('A15 a merchant sees its own labels by their code and nothing of others', async () => {
  const [own, other] = [await fixture.merchant(), await fixture.merchant()];
  const { id } = await desk.readyToComplete(own);
  await completeReturn(fixture.deps, { id }, worker);
  const [{ number } = { number: '' }] = await database.query<{ number: string }>(
    'select label_number as number from returns.return_item where return_id = $1',
    [id],
  );
  const { labelCode } = await import('../../../services/returns/domain/label-code.ts');
  const code = labelCode('item', BigInt(number));
  expect((await lookUp(code, userOf(own))).items).toHaveLength(1);
  expect((await lookUp(code, userOf(other))).items).toEqual([]);
});

test('A15 the labels of a return are a page for each item in the house, or for those named', async () => {
  const merchantId = await fixture.merchant();
  const parcel = await desk.readyToComplete(merchantId);
  const announced = await desk.create({ merchantId, items: [{ sku: 'Y', quantity: 1 }] });
  const empty = await desk.create({ merchantId });
  await expect(returnLabels(empty.id)).rejects.toMatchObject({ code: 409, type: 'RETURN_NOTHING_TO_LABEL' });
  const one = await returnLabels(parcel.id);
  expect(one).toMatchObject({ contentType: 'application/pdf', filename: expect.stringMatching(/^Etikett-KI-/) });
  const expected = await returnLabels(announced.id);
  expect((await returnLabels(announced.id, announced.items[0]!.id)).objectKey).toBe(expected.objectKey);
  await expect(returnLabels(parcel.id, announced.items[0]!.id)).rejects.toMatchObject({ code: 404 });
  await expect(itemLabel(newId())).rejects.toMatchObject({ code: 404, type: 'ITEM_NOT_FOUND' });
});

test('A15 parts of an item have labels of their own, and no code is given twice', async () => {
  const merchantId = await fixture.merchant();
  for (let made = 0; made < 3; made += 1)
    await desk.create({
      merchantId,
      items: [
        { sku: 'X', quantity: 1 },
        { name: 'Tasse', quantity: 2 },
      ],
    });
  const [found] = await database.query<{ items: string; codes: string }>(
    `select count(*) as items, count(distinct label_number) as codes from returns.return_item`,
  );
  expect(found!.codes).toBe(found!.items);
});
