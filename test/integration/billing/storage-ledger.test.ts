import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { importStorageSnapshots } from '../../../services/billing/use-cases/storage/import-storage-snapshots.ts';
import { recordLedgerDays } from '../../../services/billing/use-cases/storage/ledger-snapshots.ts';
import { listStorageGaps } from '../../../services/billing/use-cases/storage/list-storage-gaps.ts';
import { reconstructStorageSnapshots } from '../../../services/billing/use-cases/storage/reconstruct-storage-snapshots.ts';
import { recordStorageSnapshots } from '../../../services/billing/use-cases/storage/record-storage-snapshots.ts';
import { bookStock } from '../../../services/orders/use-cases/book-stock.ts';
import { importOrders } from '../../../services/orders/use-cases/import-orders.ts';
import { restockReturnedGoods } from '../../../services/orders/use-cases/restock-returned-goods.ts';
import { getStockAt } from '../../../services/orders/use-cases/stock-moves.ts';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import { parseInput } from '../../../shared/moleculer/actions.ts';
import { transact } from '../../../shared/messaging/transact.ts';
import { pricingActions } from '../../../shared/protocol/billing/pricing-actions.ts';
import type { ActionDefinition } from '../../../shared/protocol/define.ts';
import { ordersActions } from '../../../shared/protocol/orders/actions.ts';
import { merchantChangedV1 } from '../../../shared/protocol/merchants/events.ts';
import { returnInspectedV1 } from '../../../shared/protocol/returns/events.ts';
import { contract, inspection, merchant } from '../../support/billing-events.ts';
import { createPricingWorld, FINANCE, merchantUser, type PricingWorld } from '../../support/pricing-world.ts';
import { ordersFixture, staff, type OrdersFixture } from '../../support/orders.ts';

let world: PricingWorld;
let orders: OrdersFixture;
beforeEach(async () => {
  // 03:30 local on the day after summer time ended
  world = await createPricingWorld('2026-10-26T02:30:00Z');
  orders = await ordersFixture(world.database, '2026-10-26T02:30:00Z');
  await world.database.query(
    `insert into billing.issuer (id, profile, number_pattern, billing_starts_on) values (gen_random_uuid(), '{}', 'x', '2026-10-23')`,
  );
  const { call } = world.deps;
  Object.assign(world.deps, {
    call: (definition: ActionDefinition, input: { merchantId: string; day: string }) =>
      definition.name === 'orders.getStockAt'
        ? getStockAt(orders.deps, input, staff)
        : call(definition as never, input as never, FINANCE),
  });
});
afterEach(async () => {
  await orders.close();
  await world.close();
});

const known = async (
  storageMethod: 'pieceDay' | 'cubicMetreDay' = 'pieceDay',
  storageSource: 'ledger' | 'external' = 'ledger',
) => {
  const snapshot = merchant({ contracts: [contract({ storageMethod, storageSource, softwareFee: false })] });
  orders.merchants.push(snapshot);
  await world.addMerchant(snapshot);
  return snapshot.merchantId;
};
/** The contract of a merchant says from now on, also of earlier days, where its stock comes from. */
const changeSource = async (merchantId: string, storageSource: 'ledger' | 'external') => {
  const before = orders.merchants.find((one) => one.merchantId === merchantId)!;
  const contracts = before.contracts.map((one) => ({ ...one, storageSource }));
  const after = { ...before, version: before.version + 1, contracts };
  orders.merchants.splice(orders.merchants.indexOf(before), 1, after);
  await world.tell(merchantChangedV1, after);
};
const record = (...snapshots: object[]) =>
  recordStorageSnapshots(
    world.deps,
    parseInput(pricingActions.recordStorageSnapshots, { snapshots }) as never,
    FINANCE,
  );
const shelf = (merchantId: string, warehouse: string, day: string, quantity = '9') => ({
  ...{ merchantId, warehouse, day },
  lines: [{ bin: 'A', sku: 'S', quantity }],
});
const importCsv = (text: string, warehouse: string) => {
  const store = { read: async () => Buffer.from(text), remove: async () => undefined };
  const file = { uploadKey: 'incoming/x', sha256: '', bytes: text.length, filename: 'x.csv' };
  return importStorageSnapshots({ ...world.deps, store } as never, { file, warehouse }, FINANCE);
};
/** Days that block a run, with the warehouse that is asked for them. */
const gaps = async (merchantId: string) =>
  (await listStorageGaps(world.deps, { merchantId, from: '2026-10-23', to: '2026-10-26' }, FINANCE)).gaps.map(
    ({ day, warehouse }) => `${day} ${warehouse}`,
  );
const book = (merchantId: string, booking: object, actor = staff) =>
  bookStock(
    orders.deps,
    parseInput(ordersActions.bookStock, {
      merchantId,
      sku: 'S',
      kind: 'goods_in',
      reference: 'LS 1',
      ...booking,
    }) as never,
    actor,
  );
const ship = (merchantId: string, shippedAt: string, quantity: number) =>
  importOrders(
    orders.deps,
    {
      dryRun: false,
      orders: [
        {
          ...{ orderId: uuidv7(new Date()), shipmentId: uuidv7(new Date()), merchantId, channel: 'shop' },
          ...{ externalNumber: `B-${shippedAt}`, country: 'DE', currency: 'EUR', orderedAt: shippedAt, shippedAt },
          ...{ weightGrams: 100, carrier: 'DHL', contentHash: shippedAt },
          lines: [{ ordinal: 1, sku: 'S', name: 'Article', quantity, unitPrice: '1' }],
        },
      ],
    } as never,
    staff,
  );
const days = (merchantId: string) =>
  world.database.query(
    `select to_char(h.day, 'MM-DD') as day, h.source, l.sku, trim_scale(l.quantity)::text as quantity, trim_scale(l.volume_m3)::text as volume
     from billing.storage_header h left join billing.storage_line l on l.header_id = h.id where h.merchant_id = $1 order by h.day, l.sku`,
    [merchantId],
  );

test('F9 the ledger makes the snapshot of each day: goods-in, shipped, restocked, sent back, disposed, corrected', async () => {
  const merchantId = await known();
  await book(merchantId, { quantity: 20, bookedOn: '2026-10-22' });
  // 23:30 local on the 23rd, and 00:30 on the 24th
  await ship(merchantId, '2026-10-23T21:30:00Z', 3);
  await ship(merchantId, '2026-10-23T22:30:00Z', 2);
  await book(merchantId, { kind: 'disposed', quantity: -1, bookedOn: '2026-10-24' });
  await book(merchantId, { kind: 'rtv', quantity: -4, bookedOn: '2026-10-25' });
  await book(merchantId, { kind: 'correction', quantity: 5, bookedOn: '2026-10-25', sku: 'T' });
  const payload = inspection({ merchantId, inspectedOn: '2026-10-25', inspectedAt: '2026-10-25T10:00:00Z' });
  payload.items[0]!.sku = 'S';
  const envelope = { id: 'e', type: returnInspectedV1.type, merchantId, occurredAt: new Date(), payload };
  await transact(orders.deps, staff, (em, announce, audit) =>
    restockReturnedGoods({ em, announce, audit } as never, [envelope], orders.clock.now),
  );
  expect(await recordLedgerDays(world.deps)).toBe(4);
  expect((await days(merchantId)).map(({ day, source, sku, quantity }) => [day, source, sku, quantity])).toEqual([
    ['10-23', 'ledger', 'S', '20'],
    ['10-24', 'ledger', 'S', '17'],
    ['10-25', 'ledger', 'S', '14'],
    ['10-26', 'ledger', 'S', '12'],
    ['10-26', 'ledger', 'T', '5'],
  ]);
  expect(await recordLedgerDays(world.deps)).toBe(0);
  expect((await world.charges(merchantId)).map(({ serviceDate }) => serviceDate)).toEqual([
    ...['2026-10-23', '2026-10-24', '2026-10-25', '2026-10-26'],
  ]);
});

test('F9 the day is recorded after 3 o’clock, and what came from elsewhere stays', async () => {
  const merchantId = await known('pieceDay', 'external');
  await book(merchantId, { quantity: 2, bookedOn: '2026-10-20' });
  const elsewhere = shelf(merchantId, 'main', '2026-10-24');
  await record(elsewhere);
  await changeSource(merchantId, 'ledger');
  world.at('2026-10-26T01:59:00Z');
  expect(await recordLedgerDays(world.deps)).toBe(2);
  expect((await days(merchantId)).map(({ day, source }) => [day, source])).toEqual([
    ['10-23', 'ledger'],
    ['10-24', 'api'],
    ['10-25', 'ledger'],
  ]);
  await expect(record({ ...elsewhere, day: '2026-10-25' })).rejects.toMatchObject({
    type: 'SNAPSHOT_DIFFERS',
    data: { source: 'ledger' },
  });
});

test('F9 a day of the ledger is refused from every other source, whatever the warehouse is called', async () => {
  const merchantId = await known();
  const { number } = orders.merchants[0]!;
  await book(merchantId, { quantity: 5, bookedOn: '2026-10-22' });
  const refused = { code: 409, type: 'SNAPSHOT_OF_OTHER_SOURCE', data: { source: 'ledger' } };
  const refuseAll = async () => {
    for (const warehouse of ['main', 'nord'])
      for (const attempt of [
        () => record({ merchantId, warehouse, day: '2026-10-26', lines: [] }),
        () => record(shelf(merchantId, warehouse, '2026-10-26')),
        () =>
          importCsv(`merchant,day,bin,sku,storageType,quantity,volumeM3\n${number},2026-10-26,A,S,bin,9,\n`, warehouse),
        () =>
          reconstructStorageSnapshots(
            world.deps,
            { merchantId, warehouse, from: '2026-10-26', to: '2026-10-26' },
            FINANCE,
          ),
      ])
        await expect(attempt()).rejects.toMatchObject(refused);
  };
  await refuseAll();
  // the ledger has told of all days but the last
  world.at('2026-10-26T01:59:00Z');
  expect(await recordLedgerDays(world.deps)).toBe(3);
  await refuseAll();
  await expect(record(shelf(merchantId, 'nord', '2026-10-24'))).rejects.toMatchObject(refused);
  // the same again is the same
  world.at('2026-10-26T02:30:00Z');
  expect(await recordLedgerDays(world.deps)).toBe(1);
  const told = { bin: 'ledger', sku: 'S', storageType: 'bin', quantity: '5' };
  expect(await record({ merchantId, day: '2026-10-26', lines: [told] })).toEqual({ recorded: 0, unchanged: 1 });
  expect((await days(merchantId)).map(({ day, source, quantity }) => [day, source, quantity])).toEqual(
    ['10-23', '10-24', '10-25', '10-26'].map((day) => [day, 'ledger', '5']),
  );
});

test('F9 days recorded before the contract goes over to the ledger keep their source, and their warehouses fall silent', async () => {
  const merchantId = await known('pieceDay', 'external');
  await book(merchantId, { quantity: 5, bookedOn: '2026-10-22' });
  await record(
    ...[shelf(merchantId, 'nord', '2026-10-23'), shelf(merchantId, 'sued', '2026-10-23')],
    shelf(merchantId, 'nord', '2026-10-24'),
  );
  await changeSource(merchantId, 'ledger');
  // the second of the two warehouses is asked for the day that the other told of, and can tell of it
  expect(await gaps(merchantId)).toEqual(['2026-10-24 sued', '2026-10-25 null', '2026-10-26 null']);
  expect(await record(shelf(merchantId, 'sued', '2026-10-24'))).toMatchObject({ recorded: 1 });
  expect(await recordLedgerDays(world.deps)).toBe(2);
  expect(await gaps(merchantId)).toEqual([]);
  expect((await days(merchantId)).map(({ day, source, quantity }) => [day, source, quantity])).toEqual([
    ...['10-23', '10-23', '10-24', '10-24'].map((day) => [day, 'api', '9']),
    ...['10-25', '10-26'].map((day) => [day, 'ledger', '5']),
  ]);
});

test('F9 a contract that leaves the ledger keeps its days, and no warehouse of the ledger is asked for the others', async () => {
  const merchantId = await known();
  await book(merchantId, { quantity: 5, bookedOn: '2026-10-22' });
  world.at('2026-10-24T02:30:00Z');
  expect(await recordLedgerDays(world.deps)).toBe(2);
  await changeSource(merchantId, 'external');
  world.at('2026-10-26T02:30:00Z');
  expect(await recordLedgerDays(world.deps)).toBe(0);
  await expect(record(shelf(merchantId, 'nord', '2026-10-24'))).rejects.toMatchObject({
    ...{ code: 409, type: 'SNAPSHOT_OF_OTHER_SOURCE', data: { source: 'ledger' } },
  });
  await record(shelf(merchantId, 'nord', '2026-10-25'), shelf(merchantId, 'nord', '2026-10-26'));
  expect(await gaps(merchantId)).toEqual([]);
});

test('F9 a ledger that holds less than nothing leaves a gap until it is corrected; volumes come from the article', async () => {
  const merchantId = await known('cubicMetreDay');
  await ship(merchantId, '2026-10-24T10:00:00Z', 3);
  await world.database.query(
    `update orders.article set length_mm = 100, width_mm = 100, height_mm = 125 where merchant_id = $1`,
    [merchantId],
  );
  expect(await recordLedgerDays(world.deps)).toBe(2);
  await book(merchantId, { kind: 'correction', quantity: 11, bookedOn: '2026-10-24', reason: 'Stocktake' });
  expect(await recordLedgerDays(world.deps)).toBe(2);
  expect((await days(merchantId)).map(({ day, quantity, volume }) => [day, quantity, volume])).toEqual([
    ...[
      ['10-23', null, null],
      ['10-24', null, null],
    ],
    ...[
      ['10-25', '8', '0.01'],
      ['10-26', '8', '0.01'],
    ],
  ]);
});

test('F9 bookings are the house’s, once, with the sign of their kind', async () => {
  const merchantId = await known();
  const id = uuidv7(new Date());
  const booked = await book(merchantId, { id, quantity: 3 });
  expect(booked).toMatchObject({ kind: 'goods_in', source: 'booking', quantity: 3, serviceDate: '2026-10-26' });
  expect(await book(merchantId, { id, quantity: 3 })).toEqual(booked);
  await expect(book(merchantId, { id, quantity: 4 })).rejects.toMatchObject({ code: 409, type: 'STOCK_BOOKED' });
  const key = { ...merchantUser(merchantId), kind: 'apiKey' as const, roles: ['api' as const] };
  await expect(book(merchantId, { quantity: 3 }, key)).rejects.toMatchObject({ code: 403 });
  for (const [wrong, path] of [
    [{ kind: 'rtv', quantity: 3 }, 'quantity'],
    [{ kind: 'goods_in', quantity: -3 }, 'quantity'],
    [{ quantity: 0 }, 'quantity'],
    [{ quantity: 1, bookedOn: '2026-10-27' }, 'bookedOn'],
    [{ quantity: 1, merchantId: uuidv7(new Date()) }, 'merchantId'],
  ] as const)
    await expect((async () => book(merchantId, wrong))()).rejects.toMatchObject({
      code: 422,
      data: { errors: [expect.objectContaining({ path })] },
    });
  expect(await world.database.query('select 1 from orders.stock_movement')).toHaveLength(1);
});
