import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { getMerchantAccount } from '../../../services/billing/use-cases/charges/get-merchant-account.ts';
import { recordStorageSnapshots } from '../../../services/billing/use-cases/storage/record-storage-snapshots.ts';
import type { ChangeNotice } from '../../../shared/protocol/live.ts';
import { FINANCE } from '../../support/billing-world.ts';
import { daysFrom } from '../../support/scenario-steps.ts';
import {
  createScenarioWorld,
  perUnit,
  rule,
  type ScenarioMerchant,
  type ScenarioWorld,
  type Version,
} from '../../support/scenario-world.ts';

let world: ScenarioWorld;
beforeAll(async () => {
  world = await createScenarioWorld();
});
afterAll(() => world.close());

type Terms = NonNullable<Parameters<ScenarioWorld['merchant']>[0]['contracts']>;
const storing = (contracts: Terms, unitPrice = '0.10', more: Partial<Version> = {}) => {
  world.at('2027-10-20T08:00:00Z');
  const rules = [
    rule('storage', perUnit(unitPrice), { unit: 'piece_month' }),
    rule('storage', perUnit('0.10'), { unit: 'bin_day', key: 'bins' }),
  ];
  return world.merchant({ versions: [{ rules, ...more }], contracts });
};
const pieces = (quantity: number, from: string, to: string, warehouse = 'W1') =>
  daysFrom(from, to).map((day) => ({ day, warehouse, lines: [{ bin: 'A', quantity: String(quantity) }] }));
const expectedOf = async ({ id }: ScenarioMerchant) =>
  (await getMerchantAccount(world.deps, { id }, FINANCE)).expected.sections.map(
    ({ section, expectedMinor, method }) => [section, expectedMinor, method],
  );
const chargesOf = ({ id }: ScenarioMerchant) =>
  world.database.query('select 1 from billing.charge where merchant_id = $1', [id]);

// 1,000 pieces for ten days and 400 for the rest, at EUR 0.10 per piece and month
test.each([
  ['monthEnd', 4_000],
  // (10 × 1,000 + 21 × 400) ÷ 31 = 593.548387
  ['monthAverage', 5_935],
  ['monthPeak', 10_000],
  ['halfMonth', 7_000],
] as const)(
  'X4 %s is expected with the stock last recorded, and that is billed when it stays',
  async (storageMethod, cents) => {
    const merchant = await storing([{ startsOn: '2027-10-01', storageMethod, storageMeasure: 'piece' }]);
    expect(await expectedOf(merchant)).toEqual([]);
    await merchant.stock(...pieces(1_000, '2027-10-01', '2027-10-10'), ...pieces(400, '2027-10-11', '2027-10-20'));
    expect(await expectedOf(merchant)).toEqual([['storage', cents, 'lastStock']]);
    expect(await chargesOf(merchant)).toEqual([]);
    world.at('2027-11-01T08:00:00Z');
    await merchant.stock(...pieces(400, '2027-10-21', '2027-10-31'));
    world.at('2027-10-31T20:00:00Z');
    expect(await expectedOf(merchant)).toEqual([['storage', cents, 'lastStock']]);
    world.at('2027-11-01T08:00:00Z');
    expect((await merchant.bill('2027-10-31')).map(([month, key, , , net]) => [month, key, net])).toEqual([
      ['2027-10', 'storage', cents],
    ]);
  },
);

test('X4 a price per month from goods-in is charged once: nothing is made of its days', async () => {
  const terms = { storageMethod: 'anniversary', storageMeasure: 'piece' } as const;
  const merchant = await storing([{ startsOn: '2027-10-01', ...terms }], '0.30');
  world.at('2027-10-03T08:00:00Z');
  await merchant.stock(...pieces(100, '2027-10-01', '2027-10-03'));
  expect(await expectedOf(merchant)).toEqual([['storage', 3_000, 'asIs']]);
});

test('X4 a warehouse that opens, a part of a month, a surcharge and a minimum are expected as they will be billed', async () => {
  const average = { storageMethod: 'monthAverage', storageMeasure: 'piece' } as const;
  const label = { de: 'L', en: 'L' };
  const two = await storing([{ startsOn: '2027-10-01', ...average }], '1.00', {
    adjustments: [{ key: 'plus', kind: 'surcharge', label, value: { type: 'percent', percent: '10' } }],
    minimums: [{ key: 'minimum', label, amount: '60' }],
  });
  // the second one is open for 16 of the 31 days; the first has not told of today
  await two.stock(...pieces(31, '2027-10-01', '2027-10-19'), ...pieces(31, '2027-10-16', '2027-10-20', 'W2'));
  expect(await expectedOf(two)).toEqual([['storage', 4_700 + 470, 'lastStock']]);
  const { expected } = await getMerchantAccount(world.deps, { id: two.id }, FINANCE);
  expect([expected.minimumMinor, expected.netMinor]).toEqual([830, 6_000]);

  // 16 of 31 days with 310 pieces, after bins by the day whose days are all recorded
  const changed = await storing([
    { startsOn: '2027-10-01', endsOn: '2027-10-15', storageMethod: 'binDay' },
    { startsOn: '2027-10-16', storageMethod: 'monthEnd', storageMeasure: 'piece' },
  ]);
  await changed.stock(...pieces(310, '2027-10-01', '2027-10-20'));
  expect(await expectedOf(changed)).toEqual([['storage', 150 + 1_600, 'elapsedDays']]);
});

test('X4 K24 recorded stock is told to each of its merchants, whose accounts it moves', async () => {
  const terms = [{ startsOn: '2027-10-01', storageMethod: 'monthEnd', storageMeasure: 'piece' }] as const;
  const [one, other] = [await storing([...terms]), await storing([...terms])];
  const heard: ChangeNotice[] = [];
  const deps = { ...world.deps, tell: (notices: readonly ChangeNotice[]) => void heard.push(...notices) };
  const day = (merchant: ScenarioMerchant, on: string) => ({
    ...{ merchantId: merchant.id, warehouse: 'W1', day: on },
    lines: [{ bin: 'A', sku: 'A-1', storageType: 'bin' as const, quantity: '1', volumeM3: null }],
  });
  await recordStorageSnapshots(deps, { snapshots: [day(one, '2027-10-01'), day(other, '2027-10-01')] }, FINANCE);
  expect(heard.filter(({ topic }) => topic === 'storage-snapshots').map(({ merchantId }) => merchantId)).toEqual(
    expect.arrayContaining([one.id, other.id]),
  );
  heard.splice(0);
  await recordStorageSnapshots(deps, { snapshots: [day(one, '2027-10-02')] }, FINANCE);
  expect(heard).toEqual([{ topic: 'storage-snapshots', id: null, merchantId: one.id }]);
});
