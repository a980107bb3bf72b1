import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { cancelGoodsIn, changeGoodsIn } from '../../../services/orders/use-cases/goods-in/change-goods-in.ts';
import { reopenGoodsIn } from '../../../services/orders/use-cases/goods-in/close-goods-in.ts';
import { getGoodsIn, listGoodsIn } from '../../../services/orders/use-cases/goods-in/find-goods-in.ts';
import { getStockAt } from '../../../services/orders/use-cases/stock-moves.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { dock } from '../../support/goods-in.ts';
import { merchantSnapshot, newId, ordersFixture, staff, userOf, type OrdersFixture } from '../../support/orders.ts';

let database: TestDatabase;
let fixture: OrdersFixture;
let desk: ReturnType<typeof dock>;
const merchant = merchantSnapshot();
const foreign = merchantSnapshot({ number: '200' });
const { merchantId } = merchant;
const decider: Actor = { ...userOf(merchantId), roles: ['merchantDecider'] };
const stranger: Actor = { ...userOf(foreign.merchantId), roles: ['merchantDecider'] };

beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await ordersFixture(database);
  fixture.merchants.push(merchant, foreign);
  desk = dock(fixture.deps);
});
afterAll(async () => {
  await fixture.close();
  await database.drop();
});

const movements = async (id: string) =>
  (
    await database.query<{ sku: string; quantity: number; kind: string; revision: number; day: string }>(
      `select sku, quantity, kind, revision, service_date::text as day from orders.stock_movement
       where source = 'goods_in' and source_id = $1 order by revision, sku`,
      [id],
    )
  ).map(({ sku, quantity, kind, revision, day }) => [sku, quantity, kind, revision, day]);
const told = (id: string) =>
  database.query<{ payload: Record<string, unknown> }>(
    `select payload from messaging.event where type = 'orders.goods-in-closed.v1' and payload ->> 'goodsInId' = $1
     order by (payload ->> 'revision')::int`,
    [id],
  );

test('D13 a merchant announces, the house counts what is short, surplus and damaged, puts it away and closes', async () => {
  const lines = [
    { sku: 'A', name: 'Tasse', quantity: 10 },
    { sku: 'B', name: 'Teller', quantity: 5 },
  ];
  const announced = await desk.announce({ merchantId, expectedPallets: 2, lines }, decider);
  const { id } = announced;
  expect(announced).toMatchObject({ state: 'announced', announced: true, expectedPieces: 15, receivedPieces: 0 });
  expect(announced.number).toMatch(/^GI-\d+$/);
  const received = await desk.receive(id);
  expect(received).toMatchObject({ state: 'received', receivedAt: '2026-10-15T10:00:00.000Z' });
  await desk.count(id, [{ sku: 'A', receivedQuantity: 3 }]);
  await expect(desk.close(id)).rejects.toMatchObject({ type: 'GOODS_IN_NOT_COUNTED', data: { skus: ['B'] } });
  const counted = await desk.count(id, [
    {
      sku: 'A',
      receivedQuantity: 8,
      damagedQuantity: 1,
      putAway: [
        { bin: 'R1-02', quantity: 4 },
        { bin: 'R1-03', quantity: 3 },
      ],
    },
    { sku: 'B', receivedQuantity: 6 },
    { sku: 'C', name: 'Löffel', receivedQuantity: 2, damagedQuantity: 2 },
  ]);
  expect(counted).toMatchObject({ receivedPieces: 16, damagedPieces: 3, shortPieces: 2, surplusPieces: 3 });
  expect(counted.lines.map(({ sku, difference }) => [sku, difference])).toEqual([
    ['A', -2],
    ['B', 1],
    ['C', 2],
  ]);
  expect(await movements(id)).toEqual([]);

  const closed = await desk.close(id, { pallets: 2, cartons: 0, minutes: 95 });
  expect(closed).toMatchObject({ state: 'closed', serviceDate: '2026-10-15', pallets: 2, cartons: 0, minutes: 95 });
  // 8 less 1 damaged, 6, and nothing of the spoons
  expect(await movements(id)).toEqual([
    ['A', 7, 'goods_in', 0, '2026-10-15'],
    ['B', 6, 'goods_in', 0, '2026-10-15'],
  ]);
  expect((await told(id)).map(({ payload }) => payload)).toMatchObject([
    { merchantId, revision: 0, serviceDate: '2026-10-15', pallets: 2, cartons: 0, pieces: 16, minutes: 95, tags: [] },
  ]);
  const { stock } = await getStockAt(fixture.deps, { merchantId, day: '2026-10-16' }, staff);
  expect(stock).toMatchObject([
    { sku: 'A', quantity: 7 },
    { sku: 'B', quantity: 6 },
  ]);
  expect(
    await database.query(`select sku, origin from orders.article where merchant_id = $1 order by sku`, [merchantId]),
  ).toEqual(['A', 'B', 'C'].map((sku) => ({ sku, origin: 'goods_in' })));
  const seen = await getGoodsIn(fixture.deps, { id }, decider);
  expect(seen.lines[0]!.putAway).toEqual([
    { bin: 'R1-02', quantity: 4 },
    { bin: 'R1-03', quantity: 3 },
  ]);
});

test('D13 a delivery nobody announced is taken in at the dock; a merchant cannot say that it is there', async () => {
  const arrived = { merchantId, arrived: true, expectedOn: undefined, lines: [] };
  const { id, ...taken } = await desk.announce(arrived);
  expect(taken).toMatchObject({ state: 'received', announced: false, expectedOn: '2026-10-15' });
  await expect(desk.close(id)).rejects.toMatchObject({ type: 'GOODS_IN_NOT_COUNTED' });
  await desk.count(id, [{ sku: 'A', receivedQuantity: 1 }]);
  expect(await desk.close(id)).toMatchObject({ surplusPieces: 1, state: 'closed' });
  await expect(desk.announce(arrived, decider)).rejects.toMatchObject({ code: 403, type: 'HOUSE_ONLY' });
});

test('D13 the service date is the local day of closing, not the day it was received', async () => {
  fixture.clock.now = new Date('2026-10-31T20:00:00Z');
  const { id } = await desk.counted(merchantId, [{ sku: 'A', receivedQuantity: 10 }]);
  // half past midnight of 1 November in Berlin
  fixture.clock.now = new Date('2026-10-31T23:30:00Z');
  expect(await desk.close(id)).toMatchObject({ serviceDate: '2026-11-01', receivedAt: '2026-10-31T20:00:00.000Z' });
  expect(await movements(id)).toEqual([['A', 10, 'goods_in', 0, '2026-11-01']]);
  fixture.clock.now = new Date('2026-10-15T10:00:00Z');
});

test('D13 closing twice, one after the other or at once, is one event and one booking', async () => {
  const { id } = await desk.counted(merchantId, [{ sku: 'A', receivedQuantity: 10 }]);
  const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => desk.close(id)));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const outcome of outcomes)
    if (outcome.status === 'rejected')
      expect(outcome.reason).toMatchObject({ code: 409, type: 'GOODS_IN_TRANSITION_NOT_ALLOWED' });
  await expect(desk.close(id)).rejects.toMatchObject({ type: 'GOODS_IN_TRANSITION_NOT_ALLOWED' });
  expect(await told(id)).toHaveLength(1);
  expect(await movements(id)).toHaveLength(1);
  const key = { key: 'again', action: 'orders.closeGoodsIn', requestHash: 'same' };
  const other = await desk.counted(merchantId, [{ sku: 'A', receivedQuantity: 10 }]);
  const first = await desk.close(other.id, {}, { ...staff, idempotency: key });
  expect(await desk.close(other.id, {}, { ...staff, idempotency: key })).toEqual(first);
  expect(await told(other.id)).toHaveLength(1);
});

test('D13 counting and closing at once end in one of the two orders', async () => {
  const { id } = await desk.counted(merchantId, [{ sku: 'A', receivedQuantity: 10 }]);
  const [counted, closed] = await Promise.allSettled([
    desk.count(id, [{ sku: 'A', receivedQuantity: 7 }]),
    desk.close(id),
  ]);
  expect(closed.status).toBe('fulfilled');
  const [[, booked]] = (await movements(id)) as [[string, number]];
  expect(booked).toBe(counted.status === 'fulfilled' ? 7 : 10);
  expect((await getGoodsIn(fixture.deps, { id }, staff)).receivedPieces).toBe(booked);
});

test('D13 a closed delivery is not edited; opened again it books and tells the difference with a revision of its own', async () => {
  const { id } = await desk.counted(merchantId, [
    { sku: 'A', receivedQuantity: 10 },
    { sku: 'B', receivedQuantity: 4 },
  ]);
  await desk.close(id);
  await expect(desk.count(id, [{ sku: 'A', receivedQuantity: 9 }])).rejects.toMatchObject({ type: 'GOODS_IN_STATE' });
  await expect(
    database.query(`update orders.goods_in_line set received_quantity = 9 where goods_in_id = $1`, [id]),
  ).rejects.toThrow(/never changed/);
  await expect(database.query(`update orders.goods_in set minutes = 1 where id = $1`, [id])).rejects.toThrow(/never/);

  fixture.clock.now = new Date('2026-10-20T10:00:00Z');
  await expect(desk.receive(id)).rejects.toMatchObject({ type: 'GOODS_IN_STATE' });
  const opened = await reopenGoodsIn(fixture.deps, { id, reason: 'counted again' }, staff);
  expect(opened).toMatchObject({ state: 'received', revision: 1, serviceDate: '2026-10-15' });
  await desk.count(id, [
    { sku: 'A', receivedQuantity: 9 },
    { sku: 'D', receivedQuantity: 2 },
  ]);
  expect(await desk.close(id, { pallets: 3 })).toMatchObject({ revision: 1, serviceDate: '2026-10-15', pallets: 3 });
  fixture.clock.now = new Date('2026-10-15T10:00:00Z');
  expect(await movements(id)).toEqual([
    ['A', 10, 'goods_in', 0, '2026-10-15'],
    ['B', 4, 'goods_in', 0, '2026-10-15'],
    ['A', -1, 'correction', 1, '2026-10-20'],
    ['D', 2, 'correction', 1, '2026-10-20'],
  ]);
  expect(
    (await told(id)).map(({ payload }) => [payload['revision'], payload['pieces'], payload['serviceDate']]),
  ).toEqual([
    [0, 14, '2026-10-15'],
    [1, 15, '2026-10-15'],
  ]);
});

test('D13 an announcement changes and is called off until it arrives', async () => {
  const { id, version } = await desk.announce({ merchantId }, decider);
  const lines = [{ sku: 'X', name: '', quantity: 3 }];
  const changed = await changeGoodsIn(
    fixture.deps,
    { id, expectedOn: '2026-10-19', lines },
    { ...decider, ifMatch: version },
  );
  expect(changed).toMatchObject({
    expectedOn: '2026-10-19',
    reference: 'LS-1',
    expectedPieces: 3,
    version: version + 1,
  });
  await expect(changeGoodsIn(fixture.deps, { id, note: 'x' }, { ...decider, ifMatch: version })).rejects.toMatchObject({
    code: 412,
  });
  await desk.receive(id);
  await expect(changeGoodsIn(fixture.deps, { id, note: 'x' }, decider)).rejects.toMatchObject({
    type: 'GOODS_IN_STATE',
  });
  await expect(cancelGoodsIn(fixture.deps, { id }, decider)).rejects.toMatchObject({
    code: 409,
    type: 'GOODS_IN_TRANSITION_NOT_ALLOWED',
  });
  const other = await desk.announce({ merchantId }, decider);
  expect(await cancelGoodsIn(fixture.deps, { id: other.id, reason: 'late' }, decider)).toMatchObject({
    state: 'cancelled',
  });
  await expect(desk.receive(other.id)).rejects.toMatchObject({ type: 'GOODS_IN_STATE' });
});

test('D13 the same announcement with the same id is one delivery; other content is refused', async () => {
  const id = newId();
  const first = await desk.announce({ merchantId, id });
  expect(await desk.announce({ merchantId, id })).toEqual(first);
  await expect(desk.announce({ merchantId, id, reference: 'LS-2' })).rejects.toMatchObject({ type: 'GOODS_IN_EXISTS' });
  await expect(desk.announce({ merchantId: foreign.merchantId, id }, stranger)).rejects.toMatchObject({ code: 409 });
});

test('D13 a merchant sees and changes its own only, and never writes what it is billed by', async () => {
  const { id } = await desk.announce({ merchantId }, decider);
  await expect(getGoodsIn(fixture.deps, { id }, stranger)).rejects.toMatchObject({ code: 404 });
  await expect(changeGoodsIn(fixture.deps, { id, note: 'mine' }, stranger)).rejects.toMatchObject({ code: 404 });
  await expect(cancelGoodsIn(fixture.deps, { id }, stranger)).rejects.toMatchObject({ code: 404 });
  await expect(desk.announce({ merchantId }, stranger)).rejects.toMatchObject({ code: 404 });
  expect((await listGoodsIn(fixture.deps, { limit: 50, sort: 'expectedOn' }, stranger)).items).toEqual([]);
  const key: Actor = { ...userOf(merchantId), kind: 'apiKey', roles: ['api'] };
  const house = { code: 403, type: 'HOUSE_ONLY' };
  await expect(desk.receive(id, key)).rejects.toMatchObject(house);
  await desk.receive(id);
  await expect(desk.count(id, [{ sku: 'A', receivedQuantity: 1 }], key)).rejects.toMatchObject(house);
  await expect(desk.close(id, {}, key)).rejects.toMatchObject(house);
  await expect(reopenGoodsIn(fixture.deps, { id, reason: 'x' }, key)).rejects.toMatchObject(house);
});

test.each([
  [{ receivedQuantity: 5, damagedQuantity: 6 }, 'lines.0.damagedQuantity'],
  [{ receivedQuantity: 5, damagedQuantity: 1, putAway: [{ bin: 'R1', quantity: 5 }] }, 'lines.0.putAway'],
  [{ receivedQuantity: -1 }, 'lines.0.receivedQuantity'],
  [{ receivedQuantity: 0.5 }, 'lines.0.receivedQuantity'],
  [{ receivedQuantity: 1, putAway: [{ bin: '', quantity: 1 }] }, 'lines.0.putAway.0.bin'],
])('D13 a count of %j is refused at %s and changes nothing', async (count, path) => {
  const { id } = await desk.announce({ merchantId });
  const { version } = await desk.receive(id);
  const attempt = Promise.resolve().then(() => desk.count(id, [{ sku: 'A', ...count }]));
  await expect(attempt).rejects.toMatchObject({ code: 422, data: { errors: [expect.objectContaining({ path })] } });
  expect(await getGoodsIn(fixture.deps, { id }, staff)).toMatchObject({ version, lines: [{ receivedQuantity: null }] });
});

test('D13 an announcement without a day, or with an article twice, is refused with the field', async () => {
  const at = (path: string) => ({ code: 422, data: { errors: [expect.objectContaining({ path })] } });
  await expect(desk.announce({ merchantId, expectedOn: undefined })).rejects.toMatchObject(at('expectedOn'));
  const twice = ['A', 'B', 'A'].map((sku) => ({ sku, quantity: 1 }));
  await expect(desk.announce({ merchantId, lines: twice })).rejects.toMatchObject(at('lines.2.sku'));
});

test('D13 the list goes by the expected day, in pages, with the differences of each delivery', async () => {
  const of = foreign.merchantId;
  const days = ['2026-10-16', '2026-10-16', '2026-10-14'];
  for (const expectedOn of days) await desk.announce({ merchantId: of, expectedOn });
  await desk.counted(of, [{ sku: 'A', receivedQuantity: 8, damagedQuantity: 1 }], { expectedOn: '2026-10-13' });
  const first = await listGoodsIn(fixture.deps, { limit: 2, sort: 'expectedOn' }, stranger);
  const second = await listGoodsIn(fixture.deps, { limit: 2, sort: 'expectedOn', cursor: first.nextCursor! }, stranger);
  const items = [...first.items, ...second.items];
  expect(items.map(({ expectedOn }) => expectedOn)).toEqual(['2026-10-13', '2026-10-14', '2026-10-16', '2026-10-16']);
  expect(new Set(items.map(({ id }) => id)).size).toBe(4);
  expect(second.nextCursor).toBeNull();
  expect(items[0]).toMatchObject({ shortPieces: 2, surplusPieces: 0, damagedPieces: 1, uncountedLines: 0, lines: 1 });
  const announced = await listGoodsIn(
    fixture.deps,
    { limit: 9, sort: '-expectedOn', state: 'announced', merchantId: of },
    staff,
  );
  expect(announced.items.map(({ expectedOn }) => expectedOn)).toEqual(['2026-10-16', '2026-10-16', '2026-10-14']);
});
