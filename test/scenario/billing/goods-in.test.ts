import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { z } from 'zod';
import { chargeGoodsIn } from '../../../services/billing/use-cases/charges/charge-goods-in.ts';
import { uuidOf } from '../../../shared/kernel/ids.ts';
import { transact } from '../../../shared/messaging/transact.ts';
import { goodsInClosedV1 } from '../../../shared/protocol/orders/goods-in.ts';
import { FINANCE } from '../../support/billing-world.ts';
import { createScenarioWorld, perUnit, rule, type ScenarioWorld } from '../../support/scenario-world.ts';

let world: ScenarioWorld;
beforeAll(async () => {
  world = await createScenarioWorld();
});
afterAll(() => world.close());

type Closed = z.input<typeof goodsInClosedV1.payload>;

/** Lets billing hear of closed deliveries of a merchant; the same name is the same delivery. */
async function close(merchantId: string, ...deliveries: (Partial<Closed> & { name: string; serviceDate: string })[]) {
  const events = deliveries.map(({ name, ...closed }) => ({
    ...{ id: uuidOf(merchantId, name, closed.revision ?? 0), type: goodsInClosedV1.type, merchantId },
    occurredAt: new Date('2027-01-01T00:00:00Z'),
    payload: goodsInClosedV1.payload.parse({
      ...{ merchantId, goodsInId: uuidOf(merchantId, name), number: name, reference: `LS ${name}`, revision: 0 },
      ...{ closedAt: '2027-03-05T10:00:00Z', pallets: 0, cartons: 0, pieces: 0, minutes: 0, tags: [], lines: [] },
      ...closed,
    }),
  }));
  const service = { ...FINANCE, kind: 'service' as const };
  await transact(world.deps, service, (em) => chargeGoodsIn(world.deps, { em } as never, events));
}

const states = (merchantId: string) =>
  world.database.query<{ type: string; state: string }>(
    `select charge_type as type, state from billing.charge where merchant_id = $1 order by charge_type`,
    [merchantId],
  );

const EVERY_WAY = [
  rule('goods_in_receipt', perUnit('12.50')),
  rule('goods_in_pallet', perUnit('6.80')),
  rule('goods_in_carton', perUnit('0.95')),
  rule('goods_in_item', perUnit('0.08')),
  rule('goods_in_hour', perUnit('42.00')),
];

test('D7 a delivery is charged per delivery, pallet, carton, piece and hour at month end', async () => {
  const merchant = await world.merchant({ versions: [{ rules: EVERY_WAY }] });
  const first = { name: 'GI-1', serviceDate: '2027-03-05', pallets: 3, cartons: 14, pieces: 260, minutes: 95 };
  await close(merchant.id, first, { name: 'GI-2', serviceDate: '2027-03-31', cartons: 2, pieces: 7, minutes: 10 });
  // heard again: nothing new
  await close(merchant.id, first);
  expect(await merchant.bill('2027-03-15')).toEqual([]);
  // 95 and 10 minutes are 1.583333 and 0.166667 hours: 1.75 × 42.00
  expect(await merchant.bill('2027-03-31')).toEqual([
    ['2027-03', 'goods_in_carton', '16', '0.95', 1_520],
    ['2027-03', 'goods_in_hour', '1.75', '42', 7_350],
    ['2027-03', 'goods_in_item', '267', '0.08', 2_136],
    ['2027-03', 'goods_in_pallet', '3', '6.8', 2_040],
    ['2027-03', 'goods_in_receipt', '2', '12.5', 2_500],
  ]);
});

test('D7 a third of an hour is billed with six places and rounded once on its line', async () => {
  const merchant = await world.merchant({ versions: [{ rules: [rule('goods_in_hour', perUnit('38.40'))] }] });
  await close(merchant.id, { name: 'GI-1', serviceDate: '2027-03-05', minutes: 20 });
  // 0.333333 × 38.40 = 12.7999872
  expect(await merchant.bill('2027-03-31')).toEqual([['2027-03', 'goods_in_hour', '0.333333', '38.4', 1_280]]);
});

test('D7 a house that prices pallets only has no charges without a price for the other ways', async () => {
  const merchant = await world.merchant({ versions: [{ rules: [rule('goods_in_pallet', perUnit('6.80'))] }] });
  await close(merchant.id, {
    name: 'GI-1',
    serviceDate: '2027-03-05',
    pallets: 2,
    cartons: 9,
    pieces: 80,
    minutes: 30,
  });
  expect(await states(merchant.id)).toEqual([{ type: 'goods_in_pallet', state: 'accrued' }]);
  expect(await merchant.bill('2027-03-31')).toEqual([['2027-03', 'goods_in_pallet', '2', '6.8', 1_360]]);
});

test('D7 a delivery that is priced in no way blocks the run until one of its ways has a price', async () => {
  const merchant = await world.merchant({ versions: [{ rules: [rule('pack', perUnit('1.00'))] }] });
  await close(merchant.id, { name: 'GI-1', serviceDate: '2027-03-05', pallets: 2, pieces: 80 });
  expect(await states(merchant.id)).toEqual(
    ['goods_in_item', 'goods_in_pallet', 'goods_in_receipt'].map((type) => ({ type, state: 'unrated' })),
  );
  expect(await merchant.bill('2027-03-31')).toEqual([]);
  expect((await merchant.row('2027-03-31')).findings).toContain('UNRATED_CHARGES');

  // a version that says nothing of deliveries is no gift either
  await merchant.reprice({ version: 2, validFrom: '2027-03-01', rules: [rule('pack', perUnit('1.10'))] });
  expect((await states(merchant.id)).map(({ state }) => state)).toEqual(['unrated', 'unrated', 'unrated']);
  await merchant.reprice({ version: 3, validFrom: '2027-03-01', rules: [rule('goods_in_pallet', perUnit('6.80'))] });
  expect(await states(merchant.id)).toEqual([
    { type: 'goods_in_item', state: 'waived' },
    { type: 'goods_in_pallet', state: 'accrued' },
    { type: 'goods_in_receipt', state: 'waived' },
  ]);
  expect(await merchant.bill('2027-03-31', { accept: [] })).toEqual([
    ['2027-03', 'goods_in_pallet', '2', '6.8', 1_360],
  ]);
});

test('D7 prices by the groups of the articles', async () => {
  const bulky = rule('goods_in_pallet', perUnit('11.00'), {
    key: 'bulky',
    priority: 200,
    conditions: { tags: ['bulky'] },
  });
  const merchant = await world.merchant({ versions: [{ rules: [bulky, rule('goods_in_pallet', perUnit('6.80'))] }] });
  await close(
    merchant.id,
    { name: 'GI-1', serviceDate: '2027-03-05', pallets: 2, tags: ['bulky', 'small'] },
    { name: 'GI-2', serviceDate: '2027-03-06', pallets: 1, tags: ['small'] },
  );
  expect(await merchant.bill('2027-03-31')).toEqual([
    ['2027-03', 'bulky', '2', '11', 2_200],
    ['2027-03', 'goods_in_pallet', '1', '6.8', 680],
  ]);
});

test('D13 a billed delivery that is corrected is credited and billed anew, as a late charge of its month', async () => {
  const merchant = await world.merchant({ versions: [{ rules: EVERY_WAY }] });
  const closed = { name: 'GI-1', serviceDate: '2027-03-05', pallets: 3, pieces: 100 };
  await close(merchant.id, closed);
  expect(await merchant.bill('2027-03-31')).toEqual([
    ['2027-03', 'goods_in_item', '100', '0.08', 800],
    ['2027-03', 'goods_in_pallet', '3', '6.8', 2_040],
    ['2027-03', 'goods_in_receipt', '1', '12.5', 1_250],
  ]);
  await close(merchant.id, { ...closed, revision: 1, pallets: 4, pieces: 90, minutes: 30 });
  // the first revision once more, late: it was taken back already
  await close(merchant.id, closed);
  expect(await merchant.bill('2027-04-30')).toEqual([
    ['2027-03', 'goods_in_hour', '0.5', '42', 2_100],
    ['2027-03', 'goods_in_item', '-10', '0.08', -80],
    ['2027-03', 'goods_in_pallet', '1', '6.8', 680],
    // the flat fee is credited and billed
    ['2027-03', 'goods_in_receipt', '0', '12.5', 0],
  ]);
});

test('D13 revisions that arrive in the wrong order end in the newest', async () => {
  const merchant = await world.merchant({ versions: [{ rules: EVERY_WAY }] });
  const closed = { name: 'GI-1', serviceDate: '2027-03-05' };
  await close(merchant.id, { ...closed, revision: 1, pallets: 4 });
  await close(merchant.id, { ...closed, revision: 0, pallets: 9, cartons: 3 });
  expect(await merchant.bill('2027-03-31')).toEqual([
    ['2027-03', 'goods_in_carton', '0', '0.95', 0],
    ['2027-03', 'goods_in_pallet', '4', '6.8', 2_720],
    ['2027-03', 'goods_in_receipt', '1', '12.5', 1_250],
  ]);
});
