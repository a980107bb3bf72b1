import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { billedReturns, type BilledReturns, type Charging } from '../../support/billed-returns.ts';

let at: BilledReturns;
beforeAll(async () => {
  at = await billedReturns();
});
afterAll(() => at.close());

const POLICIES: readonly [Charging][] = [['reverse'], ['keep']];

/** One parcel, one expected piece that is restocked and two of somebody else that are held, all inspected once. */
async function withForeignGoods(merchantId: string) {
  const id = await at.received(merchantId);
  const lamp = await at.found(id, 'foreign', 2);
  const mug = (await at.view(id)).items.find((item) => item.id !== lamp)!.id;
  await at.inspect(id, mug, 1, 'restock');
  await at.inspect(id, lamp, 2, 'hold');
  await at.complete(id);
  return { id, lamp, mug };
}
const ALONE = { return_item: 1, return_parcel: 1, return_photo: 1, return_restock: 1 };

test.each(POLICIES)(
  'D11 held goods that go to another return after the inspection are paid there, once: %s',
  async (policy) => {
    const merchantId = await at.merchant(policy);
    const { id, lamp } = await withForeignGoods(merchantId);
    expect(await at.paid(merchantId)).toEqual({ ...ALONE, return_item: 3 });
    const child = await at.split(id, lamp, 2, merchantId);
    expect(await at.paidFor(id)).toEqual(ALONE);
    await at.photograph(child);
    await at.complete(child);
    expect(await at.paidFor(id)).toEqual(ALONE);
    expect(await at.paidFor(child)).toMatchObject({ return_item: 2, return_photo: 1 });
    expect(await at.paid(merchantId)).toMatchObject({ return_item: 3, return_parcel: 1, return_photo: 2 });
  },
);

test.each(POLICIES)(
  'A5 goods charged to one merchant that are another’s are taken back there and charged here: %s',
  async (policy) => {
    const [first, other] = [await at.merchant(policy), await at.merchant(policy)];
    const { id, lamp } = await withForeignGoods(first);
    const child = await at.split(id, lamp, 2, other);
    await at.photograph(child);
    await at.complete(child);
    expect(await at.paid(first)).toEqual(ALONE);
    expect(await at.paid(other)).toMatchObject({ return_item: 2, return_parcel: 1, return_photo: 1 });
  },
);

test('D11 a part of what was charged leaves: the rest stays charged, and opening the first return again changes neither', async () => {
  const [first, other] = [await at.merchant('keep'), await at.merchant('reverse')];
  const { id, lamp } = await withForeignGoods(first);
  const child = await at.split(id, lamp, 1, other);
  await at.photograph(child);
  await at.complete(child);
  const [mine, theirs] = [{ ...ALONE, return_item: 2 }, await at.paid(other)];
  expect(await at.paid(first)).toEqual(mine);
  expect(theirs).toMatchObject({ return_item: 1, return_parcel: 1, return_photo: 1 });
  for (const policy of ['keep', 'reverse'] as const) {
    await at.merchant(policy, first);
    await at.reopen(id);
    await at.complete(id);
    expect({ [policy]: await at.paid(first) }).toMatchObject({
      [policy]: { return_item: 2, return_parcel: 1, return_photo: 1 },
    });
    expect(await at.paid(other)).toEqual(theirs);
  }
});

test.each(POLICIES)(
  'D11 goods that leave a reopened inspection are taken back at once, with their restocking: %s',
  async (policy) => {
    const [first, other] = [await at.merchant(policy), await at.merchant('reverse')];
    const { id, lamp, mug } = await withForeignGoods(first);
    await at.decide(id, lamp, 'restock');
    expect(await at.paid(first)).toEqual({ ...ALONE, return_item: 3, return_restock: 3 });
    await at.reopen(id);
    const child = await at.split(id, lamp, 2, other);
    expect(await at.paid(first)).toEqual(ALONE);
    await at.photograph(child);
    await at.inspect(child, lamp, 2, 'hold');
    await at.complete(child);
    await at.decide(child, lamp, 'restock');
    await at.inspect(id, mug, 1, 'restock');
    await at.complete(id);
    expect(await at.paid(first)).toEqual(ALONE);
    expect(await at.paid(other)).toEqual({ ...ALONE, return_item: 2, return_restock: 2 });
  },
);

test('C3 goods that leave do not change the revision that the links of open questions name', async () => {
  const merchantId = await at.merchant('reverse');
  const { id, lamp } = await withForeignGoods(merchantId);
  const { revision } = await at.view(id);
  await at.split(id, lamp, 2, merchantId);
  expect(await at.view(id)).toMatchObject({ revision });
});

test.each([['parent'], ['child']])(
  'D11 one parcel, goods of one merchant in two returns: its intake is paid once, the %s first',
  async (who) => {
    const merchantId = await at.merchant('reverse');
    const id = await at.received(merchantId, 2);
    const [mug] = (await at.view(id)).items;
    await at.inspect(id, mug!.id, 2, 'restock');
    const child = await at.split(id, mug!.id, 1, merchantId);
    await at.photograph(child);
    for (const one of who === 'parent' ? [id, child] : [child, id]) await at.complete(one);
    expect(await at.paid(merchantId)).toMatchObject({ return_item: 2, return_parcel: 1 });
    await at.furtherParcel(child);
    await at.complete(child);
    expect(await at.paid(merchantId)).toMatchObject({ return_item: 2, return_parcel: 2 });
  },
);

test('D11 goods of another merchant in one parcel cost that merchant one intake, in however many returns', async () => {
  const [first, other] = [await at.merchant('reverse'), await at.merchant('keep')];
  const id = await at.received(first, 3);
  const [mug] = (await at.view(id)).items;
  await at.inspect(id, mug!.id, 3, 'restock');
  const children = [await at.split(id, mug!.id, 1, other), await at.split(id, mug!.id, 1, other)];
  for (const child of children) await at.photograph(child);
  await Promise.all([...children, id].map((one) => at.complete(one)));
  expect(await at.paid(first)).toMatchObject({ return_item: 1, return_parcel: 1 });
  expect(await at.paid(other)).toMatchObject({ return_item: 2, return_parcel: 1 });
});

test('D11 goods of another order in an undeliverable parcel are inspected for money, its intake is not paid again', async () => {
  const merchantId = await at.merchant('reverse');
  const id = await at.received(merchantId, 2, 'undeliverable');
  const [mug] = (await at.view(id)).items;
  const child = await at.split(id, mug!.id, 1, merchantId);
  await at.photograph(child);
  await at.inspect(child, (await at.view(child)).items[0]!.id, 1, 'restock');
  await at.complete(child);
  await at.complete(id);
  const paid = await at.paid(merchantId);
  expect(paid).toMatchObject({ return_undeliverable: 1, return_item: 1 });
  expect(paid).not.toHaveProperty('return_parcel');
});

test.each(POLICIES)(
  'B13 the photos of an undeliverable parcel that is opened later are charged, once: %s',
  async (policy) => {
    const merchantId = await at.merchant(policy);
    const id = await at.received(merchantId, 1, 'undeliverable', false);
    await at.complete(id);
    expect(await at.paid(merchantId)).toEqual({ return_undeliverable: 1, return_restock: 1 });
    for (const time of [1, 2]) {
      await at.reopen(id);
      await at.photograph(id);
      await at.complete(id);
      expect({ time, ...(await at.paid(merchantId)) }).toMatchObject({
        time,
        return_undeliverable: 1,
        return_photo: 1,
      });
    }
  },
);
