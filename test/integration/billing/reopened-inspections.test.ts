import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { itemSettledV1, returnInspectedV1 } from '../../../shared/protocol/returns/events.ts';
import { inspection, settledItem } from '../../support/billing-events.ts';
import { baseCard, createPricingWorld, type PricingWorld } from '../../support/pricing-world.ts';

let world: PricingWorld;
let merchantId: string;
beforeEach(async () => {
  world = await createPricingWorld();
  await world.addCard(baseCard());
  ({ merchantId } = await world.addMerchant());
});
afterEach(() => world.close());

const sums = async () =>
  Object.fromEntries(
    (
      await world.database.query<{ type: string; sum: string }>(
        `select charge_type as type, sum(quantity)::int as sum from billing.charge where merchant_id = $1 group by 1 order by 1`,
        [merchantId],
      )
    ).map(({ type, sum }) => [type, Number(sum)]),
  );
const item = (overrides: object) => ({ ...inspection().items[0]!, quantity: 1, ...overrides });
const held = item({ itemId: inspection().returnId, disposition: 'hold' as const });
const good = item({ itemId: settledItem().itemId, disposition: 'restock' as const });
const first = () => inspection({ merchantId, items: [good, held] });
const later = (of: ReturnType<typeof first>, overrides: object) => ({
  ...of,
  revision: 1,
  reopenedCharges: 'keep' as const,
  ...overrides,
});
const CHARGED = { return_item: 2, return_parcel: 1, return_restock: 1 };

test('B13 a reopened inspection whose charges stay takes nothing back and charges nothing again', async () => {
  const before = first();
  await world.tell(returnInspectedV1, before);
  expect(await sums()).toEqual(CHARGED);
  const again = later(before, { items: [{ ...good, chargedBefore: true }, held] });
  await world.tell(returnInspectedV1, again, again);
  expect(await sums()).toEqual(CHARGED);
  expect(await world.database.query(`select 1 from billing.charge where quantity < 0 or revision > 0`)).toEqual([]);
});

test('B13 what the reopened inspection ends for the first time is charged on top, with its own revision', async () => {
  const before = first();
  await world.tell(returnInspectedV1, before);
  const items = [
    { ...good, chargedBefore: true },
    { ...held, disposition: 'dispose' as const },
  ];
  await world.tell(returnInspectedV1, later(before, { items }));
  expect(await sums()).toEqual({ ...CHARGED, return_disposal: 1 });
  const [disposal] = await world.database.query(
    `select revision, source from billing.charge where charge_type = 'return_disposal'`,
  );
  expect(disposal).toEqual({ revision: 1, source: 'returns.inspection' });
});

test('B13 a later decision is charged once over all revisions', async () => {
  const before = first();
  const { returnId } = before;
  await world.tell(returnInspectedV1, before);
  await world.tell(itemSettledV1, settledItem({ returnId, merchantId, itemId: held.itemId, quantity: 1 }));
  expect(await sums()).toEqual({ ...CHARGED, return_restock: 2 });
  const items = [
    { ...good, disposition: 'hold' as const, chargedBefore: true },
    { ...held, chargedBefore: true },
  ];
  await world.tell(returnInspectedV1, later(before, { items }));
  const settled = { returnId, merchantId, revision: 1, quantity: 1, chargedBefore: true };
  await world.tell(
    itemSettledV1,
    settledItem({ ...settled, itemId: held.itemId }),
    settledItem({ ...settled, itemId: good.itemId }),
  );
  expect(await sums()).toEqual({ ...CHARGED, return_restock: 2 });
});

test.each([
  ['in order', [0, 1, 2]],
  ['turned round', [2, 1, 0]],
  ['the last one second', [0, 2, 1]],
])('B13 a revision that replaces comes after one that kept, %s: only it remains', async (_title, order) => {
  const zero = first();
  const kept = later(zero, {
    items: [
      { ...good, chargedBefore: true },
      { ...held, disposition: 'dispose' as const },
    ],
  });
  const two = { ...zero, revision: 2, reopenedCharges: 'reverse' as const };
  for (const revision of order) await world.tell(returnInspectedV1, [zero, kept, two][revision]!);
  const remaining = Object.fromEntries(Object.entries(await sums()).filter(([, sum]) => sum !== 0));
  expect(remaining).toEqual(CHARGED);
});

test('C2 what the merchant is asked about costs its inspection, and its end when it is decided', async () => {
  const asked = inspection({ merchantId, items: [good, { ...held, disposition: null }] });
  await world.tell(returnInspectedV1, asked);
  expect(await sums()).toEqual(CHARGED);
  const { returnId } = asked;
  await world.tell(
    itemSettledV1,
    settledItem({ returnId, merchantId, itemId: held.itemId, quantity: 1, disposition: 'dispose' }),
  );
  expect(await sums()).toEqual({ ...CHARGED, return_disposal: 1 });
});

test('A6 a further parcel and what came in it are charged, also where the charges of earlier revisions stay', async () => {
  const before = first();
  await world.tell(returnInspectedV1, before);
  const items = [
    { ...good, chargedBefore: true, inspectedBefore: true },
    { ...held, inspectedBefore: true },
    item({ itemId: before.items[0]!.itemId.replace(/.$/, '0'), inspectedBefore: false, disposition: 'rtv' as const }),
  ];
  const again = later(before, { items, parcels: 2, parcelsBefore: 1 });
  await world.tell(returnInspectedV1, again, again);
  expect(await sums()).toEqual({ return_item: 3, return_parcel: 2, return_restock: 1 });
});
