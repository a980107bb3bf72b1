import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createOrder } from '../../../services/orders/use-cases/create-order.ts';
import {
  changePackaging,
  createPackaging,
  listPackagings,
} from '../../../services/orders/use-cases/packagings/keep-packagings.ts';
import { shipOrder } from '../../../services/orders/use-cases/ship-order.ts';
import { parseInput } from '../../../shared/moleculer/actions.ts';
import { ordersActions } from '../../../shared/protocol/orders/actions.ts';
import type { OrderView, PackagingView } from '../../../shared/protocol/orders/views.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { merchantSnapshot, newId, ordersFixture, staff, userOf, type OrdersFixture } from '../../support/orders.ts';

let database: TestDatabase;
let fixture: OrdersFixture;
const merchant = merchantSnapshot();
let count = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await ordersFixture(database);
  fixture.merchants.push(merchant);
});
afterAll(async () => {
  await fixture.close();
  await database.drop();
});

const enter = (packaging: Record<string, unknown>): Promise<PackagingView> =>
  createPackaging(
    fixture.deps,
    parseInput(ordersActions.createPackaging, { name: 'Karton', ...packaging }) as never,
    staff,
  );
const change = (id: string, changes: Record<string, unknown>, ifMatch?: number): Promise<PackagingView> =>
  changePackaging(
    fixture.deps,
    parseInput(ordersActions.changePackaging, { id, ...changes }) as never,
    ifMatch === undefined ? staff : { ...staff, ifMatch },
  );
const order = (): Promise<OrderView> =>
  createOrder(
    fixture.deps,
    parseInput(ordersActions.createOrder, {
      ...{ merchantId: merchant.merchantId, channel: 'shop', externalNumber: `P-${(count += 1)}`, country: 'DE' },
      lines: [{ sku: 'A', name: 'Tasse', quantity: 3 }],
    }) as never,
    staff,
  );
const ship = async (packaging: unknown, { id }: { id: string }, more: object = {}): Promise<OrderView> =>
  shipOrder(
    fixture.deps,
    parseInput(ordersActions.shipOrder, { id, weightGrams: 500, parcels: 2, packaging, ...more }) as never,
    staff,
  );
const shippedWith = async ({ id }: { id: string }) =>
  (
    await database.query<{ packaging: unknown }>(
      `select payload -> 'packaging' as packaging from messaging.event where type = 'orders.order-shipped.v1' and payload->>'orderId' = $1`,
      [id],
    )
  ).map(({ packaging }) => packaging);

test('D9 what is scanned at packing, by code or EAN, is kept per parcel and announced by code', async () => {
  await enter({ code: 'BOX-M', ean: '4006381333931' });
  await enter({ code: 'TAPE' });
  const one = await order();
  const { shipments } = await ship(
    [
      { code: 'TAPE', quantity: 4 },
      { code: 'BOX-M', quantity: 1, parcel: 1 },
      // the same as a scanner reads it, with a leading zero
      { code: '04006381333931', quantity: 1, parcel: 2 },
    ],
    one,
  );
  expect(shipments[0]!.packaging).toEqual([
    { code: 'TAPE', quantity: 4, parcel: null },
    { code: 'BOX-M', quantity: 1, parcel: 1 },
    { code: 'BOX-M', quantity: 1, parcel: 2 },
  ]);
  expect(await shippedWith(one)).toEqual([
    [
      { code: 'BOX-M', quantity: 2 },
      { code: 'TAPE', quantity: 4 },
    ],
  ]);
});

test('D9 the same shipment again is the same, with other packaging it is another one', async () => {
  await enter({ code: 'BAG' });
  const one = await order();
  const body = { shipmentId: newId(), shippedAt: '2026-10-15T08:00:00Z' };
  await ship([{ code: 'BAG', quantity: 1 }], one, body);
  await ship([{ code: 'BAG', quantity: 1 }], one, body);
  expect(await shippedWith(one)).toHaveLength(1);
  await expect(ship([{ code: 'BAG', quantity: 2 }], one, body)).rejects.toMatchObject({ type: 'SHIPMENT_EXISTS' });
  await expect(ship(undefined, one, body)).rejects.toMatchObject({ type: 'SHIPMENT_EXISTS' });
});

test('D9 an unknown, retired or impossible packaging is refused by its field, and nothing is shipped', async () => {
  const old = await enter({ code: 'OLD' });
  await change(old.id, { active: false });
  await enter({ code: 'NEW' });
  const one = await order();
  const refused = async (packaging: unknown, ...paths: string[]) =>
    expect((async () => ship(packaging, one))()).rejects.toMatchObject({
      code: 422,
      data: { errors: paths.map((path) => expect.objectContaining({ path })) },
    });
  await refused(
    [
      { code: 'NEW', quantity: 1 },
      { code: 'NOPE', quantity: 1 },
    ],
    'packaging.1.code',
  );
  await refused([{ code: 'OLD', quantity: 1 }], 'packaging.0.code');
  await refused([{ code: 'NOPE', quantity: 1, parcel: 3 }], 'packaging.0.code', 'packaging.0.parcel');
  await refused([{ code: 'NEW', quantity: 0 }], 'packaging.0.quantity');
  await refused([{ code: 'NEW', quantity: 1, parcel: 0 }], 'packaging.0.parcel');
  expect(await shippedWith(one)).toEqual([]);
});

test('a packaging is entered once, changed under its version, and no EAN means two', async () => {
  const made = await enter({ code: 'ONE', ean: '96385074' });
  expect(await enter({ code: 'ONE', ean: '96385074' })).toEqual(made);
  await expect(enter({ code: 'ONE', ean: '96385074', name: 'Anders' })).rejects.toMatchObject({
    type: 'PACKAGING_EXISTS',
  });
  await expect(enter({ code: 'TWO', ean: '96385074' })).rejects.toMatchObject({
    type: 'EAN_TAKEN',
    data: { errors: [expect.objectContaining({ path: 'ean' })] },
  });
  const two = await enter({ code: 'TWO' });
  await expect(change(two.id, { ean: '96385074' })).rejects.toMatchObject({ type: 'EAN_TAKEN' });
  await expect(change(two.id, { name: 'Neu' }, 7)).rejects.toMatchObject({ code: 412 });
  expect(await change(two.id, { name: 'Neu' }, 1)).toMatchObject({ name: 'Neu', version: 2 });
  await change(made.id, { active: false });
  expect(await change(two.id, { ean: '96385074' })).toMatchObject({ ean: '96385074', version: 3 });
  await expect(change(newId(), { name: 'x' })).rejects.toMatchObject({ code: 404 });
});

test('packagings are listed by code, page by page; a key of a merchant sees none', async () => {
  await enter({ code: 'Z-1' });
  const codes: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await listPackagings(fixture.deps, { limit: 2, ...(cursor ? { cursor } : {}) }, staff);
    codes.push(...page.items.map(({ code }) => code));
    cursor = page.nextCursor;
  } while (cursor);
  expect(codes).toEqual([...new Set(codes)].toSorted());
  expect(codes).toContain('Z-1');
  const active = await listPackagings(fixture.deps, { limit: 200, active: 'false' }, staff);
  expect(active.items.every((packaging) => !packaging.active)).toBe(true);
  await expect(listPackagings(fixture.deps, { limit: 2 }, userOf(merchant.merchantId))).rejects.toMatchObject({
    code: 403,
  });
});
