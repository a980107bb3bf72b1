import { expect, test } from '@jest/globals';
import { knowArticles } from '../../../services/returns/persistence/articles.ts';
import { returnsActions as actions } from '../../../shared/protocol/returns/actions.ts';
import { addItem } from '../../../services/returns/use-cases/add-item.ts';
import { cancelReturn } from '../../../services/returns/use-cases/cancel-return.ts';
import { changeReturn } from '../../../services/returns/use-cases/change-return.ts';
import { completeReturn } from '../../../services/returns/use-cases/complete-return.ts';
import { getBatch, listBatches } from '../../../services/returns/use-cases/find-batches.ts';
import { getReturn, listReturns, lookupReturns } from '../../../services/returns/use-cases/find-returns.ts';
import { getPhoto } from '../../../services/returns/use-cases/photos.ts';
import { receiveReturn } from '../../../services/returns/use-cases/receive-return.ts';
import { inTransaction } from '../../../shared/persistence/transaction.ts';
import { putChecklists, putPhrases } from '../../../services/returns/use-cases/return-settings.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import { articleSnapshot } from '../../support/articles.ts';
import { countRows, inputOf, newId, userOf, worker } from '../../support/returns.ts';
import { returnsWorld } from '../../support/returns-world.ts';

const NOTHING = { returns: [], orders: [], articles: [], items: [], batches: [] };
const { database, fixture, desk } = returnsWorld();
const count = (table: string, where: string, ...values: unknown[]) => countRows(database, table, where, values);

test("someone else's returns, photos and batches look as if they did not exist", async () => {
  const merchantId = await fixture.merchant();
  const stranger = userOf(await fixture.merchant());
  const parcel = await desk.readyToComplete(merchantId);
  const { items, photos } = await completeReturn(fixture.deps, { id: parcel.id }, worker);
  const batchId = items[0]!.rtvBatchId!;
  const notFound = { code: 404 };
  await expect(getReturn(fixture.deps, { id: parcel.id }, stranger)).rejects.toMatchObject(notFound);
  await expect(cancelReturn(fixture.deps, { id: parcel.id }, stranger)).rejects.toMatchObject(notFound);
  await expect(getPhoto(fixture.deps, { id: photos[0]!.id, size: 'full' }, stranger)).rejects.toMatchObject(notFound);
  await expect(getBatch(fixture.deps, { id: batchId }, stranger)).rejects.toMatchObject(notFound);
  await expect(desk.create({ merchantId }, stranger)).rejects.toMatchObject(notFound);
  const lists = inputOf(actions.listReturns, { merchantId });
  await expect(listReturns(fixture.deps, lists, stranger)).rejects.toMatchObject(notFound);
  expect(await lookupReturns(fixture.deps, { code: parcel.number }, stranger)).toEqual(NOTHING);
  expect(await desk.create({ id: parcel.id }, stranger).catch((error: { type: string }) => error.type)).toBe(
    'RETURN_EXISTS',
  );
  expect((await listReturns(fixture.deps, inputOf(actions.listReturns, {}), stranger)).items).toEqual([]);
});

test('row security: nothing without scope, own rows only, rows without merchant for the staff alone', async () => {
  const merchantId = await fixture.merchant();
  const parcel = await desk.readyToComplete(merchantId);
  await completeReturn(fixture.deps, { id: parcel.id }, worker);
  const unknown = await desk.create({});
  await receiveReturn(fixture.deps, { id: unknown.id }, worker);
  await addItem(fixture.deps, inputOf(actions.addItem, { id: unknown.id, name: 'a box', quantity: 1 }), worker);
  await fixture.shipped(merchantId, 'rls-1', [{ sku: 'X', quantity: 1, serialNumbers: ['SN-1'] }]);
  await inTransaction(fixture.deps.orm, 'staff', (em) =>
    knowArticles(em, [articleSnapshot(merchantId, { components: [{ sku: 'PART', quantity: 1 }] })]),
  );
  const lead = { ...worker, roles: ['lead' as const] };
  await putPhrases(fixture.deps, { merchantId, phrases: [{ id: 'p', de: 'Befund', en: 'Finding' }] }, lead);
  await putChecklists(fixture.deps, { merchantId, checklists: [] }, lead);
  await database.query(
    `insert into returns.decision_answer select id, 0, merchant_id, 'hash', '[]', now() from returns.return where id = $1`,
    [parcel.id],
  );
  const tables = await database.query<{ table_name: string }>(
    `select table_name from information_schema.columns where table_schema = 'returns' and column_name = 'merchant_id'`,
  );
  expect(tables.length).toBeGreaterThanOrEqual(11);
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
    const own = (await count(`returns.${table}`, 'merchant_id = $1', merchantId)) ? [merchantId] : [];
    expect([table, ...new Set(await seen([merchantId]))]).toEqual([table, ...own]);
    expect(await seen('staff')).toHaveLength(await count(`returns.${table}`, 'true'));
  }
  const steal = inTransaction(fixture.deps.orm, [merchantId], (em) =>
    rows(em, sql`update returns.return set merchant_id = ${newId()} where id = ${parcel.id}`),
  );
  await expect(steal).rejects.toThrow(/row-level security/);
});

test('items and photos cannot belong to another merchant than their return', async () => {
  const parcel = await desk.readyToComplete(await fixture.merchant());
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
  const parcel = await desk.create({ ...input, items: [{ sku: 'SKU-5', quantity: 1 }] });
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
  expect(await lookupReturns(fixture.deps, { code: "' or 1=1 --" }, worker)).toEqual(NOTHING);
});

test('lists page through everything once, forwards and backwards', async () => {
  const merchantId = await fixture.merchant();
  for (let index = 0; index < 5; index += 1) await desk.create({ merchantId, note: String(index) });
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
  const parcel = await desk.create({ merchantId }, userOf(merchantId));
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
