import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { addStoragePolicy } from '../../../services/billing/use-cases/storage/storage-policies.ts';
import { recordStorageSnapshots } from '../../../services/billing/use-cases/storage/record-storage-snapshots.ts';
import { addDays, eachDay } from '../../../shared/kernel/dates.ts';
import { parseInput } from '../../../shared/moleculer/actions.ts';
import { pricingActions } from '../../../shared/protocol/billing/pricing-actions.ts';
import {
  merchantChangedV1,
  type ContractTerms,
  type MerchantSnapshot,
} from '../../../shared/protocol/merchants/events.ts';
import { billCharge } from '../../support/bill-charge.ts';
import { contract } from '../../support/billing-events.ts';
import { baseCard, createPricingWorld, FINANCE, ruleOf, type PricingWorld } from '../../support/pricing-world.ts';

let world: PricingWorld;
beforeEach(async () => {
  world = await createPricingWorld('2028-12-31T08:00:00Z');
});
afterEach(() => world.close());

type Line = { bin: string; sku?: string; quantity: string; volumeM3?: string; storageType?: 'bin' | 'pallet' };
const piece = (quantity: number, sku = 'S'): Line => ({ bin: `bin-${sku}`, sku, quantity: String(quantity) });
const record = (snapshots: object[]) =>
  recordStorageSnapshots(
    world.deps,
    parseInput(pricingActions.recordStorageSnapshots, { snapshots }) as never,
    FINANCE,
  );
const days = (merchantId: string, from: string, to: string, linesOn: (day: string) => Line[], warehouse = 'main') =>
  eachDay(from, to).map((day) => ({ merchantId, warehouse, day, lines: linesOn(day) }));
const addMerchant = (terms: Partial<ContractTerms>): Promise<MerchantSnapshot> =>
  world.addMerchant({ contracts: [contract({ startsOn: '2026-01-01', softwareFee: false, ...terms })] });

/** What is live of a merchant's storage: day, quantity and unit, twins counted against their originals. */
const live = async (merchantId: string) => {
  const found = await world.database.query(
    `select to_char(service_date, 'MM-DD') as day, unit, trim_scale(sum(quantity))::text as quantity, rule_key as rule, attributes ->> 'ageDaysOver' as over
     from billing.charge where merchant_id = $1 group by 1, 2, 4, 5, charge_type having sum(quantity) <> 0 order by 1, 5`,
    [merchantId],
  );
  return found.map(({ day, quantity, unit }) => [day, quantity, unit]);
};

test.each<[string, Partial<ContractTerms>, string]>([
  ['the last day', { storageMethod: 'monthEnd' }, '29'],
  ['the average of its days', { storageMethod: 'monthAverage' }, '15'],
  ['its peak', { storageMethod: 'monthPeak' }, '29'],
  ['the 1st and the 15th', { storageMethod: 'halfMonth' }, '8'],
])('F2 a leap February of rising stock is charged once by %s', async (_title, terms, quantity) => {
  const { merchantId } = await addMerchant({ ...terms, storageMeasure: 'piece' });
  const february = days(merchantId, '2028-02-01', '2028-02-29', (day) => [piece(Number(day.slice(8)))]);
  await record(february.slice(0, 28));
  // the 29th is a gap, which blocks the run; until then there is no month to charge
  expect(await live(merchantId)).toEqual([]);
  await record(february.slice(28));
  expect(await live(merchantId)).toEqual([['02-29', quantity, 'piece_month']]);
  expect(await record(february)).toMatchObject({ recorded: 0 });
  expect(await live(merchantId)).toHaveLength(1);
});

test('F2 days that complete a month in any order, and another warehouse told later, come to the same', async () => {
  const { merchantId } = await addMerchant({ storageMethod: 'monthAverage', storageMeasure: 'cubicMetre' });
  const all = days(merchantId, '2027-03-01', '2027-03-31', (day) => [
    { ...piece(1), volumeM3: day < '2027-03-11' ? '2.4' : '1' },
  ]);
  for (const day of [...all.slice(15), ...all.slice(0, 15)]) await record([day]);
  // (10 × 2.4 + 21 × 1.0) ÷ 31
  expect(await live(merchantId)).toEqual([['03-31', '1.451613', 'm3_month']]);
  await record(days(merchantId, '2027-03-31', '2027-03-31', () => [{ ...piece(1), volumeM3: '31' }], 'north'));
  expect(await live(merchantId)).toEqual([['03-31', '2.451613', 'm3_month']]);
});

test('F2 a month that a contract covers in part is charged by its days', async () => {
  const terms = { storageMeasure: 'piece', startsOn: '2027-04-20' } as const;
  const counts = { monthEnd: '4.033333', monthAverage: '2.2', monthPeak: '4.033333', halfMonth: '0.34375' } as const;
  for (const [storageMethod, quantity] of Object.entries(counts)) {
    const { merchantId } = await addMerchant({ ...terms, storageMethod: storageMethod as keyof typeof counts });
    await record(days(merchantId, '2027-04-20', '2027-04-30', (day) => [piece(Number(day.slice(8)) - 19)]));
    expect([storageMethod, await live(merchantId)]).toEqual([storageMethod, [['04-30', quantity, 'piece_month']]]);
  }
});

test('F2 a contract that ends earlier corrects its month, billed or not', async () => {
  const terms = contract({ storageMethod: 'monthAverage', storageMeasure: 'piece', softwareFee: false });
  const known = await world.addMerchant({ contracts: [terms] });
  const { merchantId } = known;
  await world.addCard(baseCard({ versions: [cardOf(['storage', 'piece_month', {}])] }));
  await record(days(merchantId, '2026-06-01', '2026-06-30', () => [piece(30)]));
  expect(await live(merchantId)).toEqual([['06-30', '30', 'piece_month']]);
  await billCharge(world.database, (await world.charges(merchantId))[0]!.id);
  await world.tell(merchantChangedV1, { ...known, version: 2, contracts: [{ ...terms, endsOn: '2026-06-15' }] });
  expect(await live(merchantId)).toEqual([['06-15', '15', 'piece_month']]);
});

test('F2 what is billed by the day is not billed by the month as well when the method changes', async () => {
  const terms = contract({ storageMethod: 'pieceDay', softwareFee: false });
  const known = await world.addMerchant({ contracts: [terms] });
  const { merchantId } = known;
  await world.addCard(baseCard({ versions: [cardOf(['day', 'piece_day', {}], ['month', 'piece_month', {}])] }));
  await record(days(merchantId, '2026-06-01', '2026-06-30', () => [piece(2)]));
  await billCharge(world.database, (await world.charges(merchantId))[0]!.id);
  const monthly = { ...terms, storageMethod: 'monthPeak', storageMeasure: 'piece' } as const;
  await world.tell(merchantChangedV1, { ...known, version: 2, contracts: [monthly] });
  const units = new Set((await live(merchantId)).map(([, , unit]) => unit));
  expect(units).toEqual(new Set(['piece_day']));
});

test('F2 the example of 44 m³-days, over the end of summer time, which is one day', async () => {
  const { merchantId } = await addMerchant({ storageMethod: 'cubicMetreDay' });
  await record(
    days(merchantId, '2026-10-20', '2026-11-18', (day) => [
      { ...piece(1), volumeM3: day < '2026-10-30' ? '2.4' : '1' },
    ]),
  );
  const charged = await live(merchantId);
  expect(charged).toHaveLength(30);
  expect(charged.filter(([day]) => day === '10-25')).toEqual([['10-25', '2.4', 'm3_day']]);
  expect(charged.reduce((sum, [, quantity]) => sum + Math.round(Number(quantity) * 10), 0)).toBe(440);
});

test('F2 anniversary: goods are charged as they come in and every month after, the 31st on the last day', async () => {
  const { merchantId } = await addMerchant({ storageMethod: 'anniversary', storageMeasure: 'piece' });
  await record(
    days(merchantId, '2028-01-29', '2028-03-31', (day) => [
      // 10 pieces, 4 more on 31 January, 6 of the oldest leave on 10 February
      piece(day < '2028-01-31' ? 10 : day < '2028-02-10' ? 14 : 8),
    ]),
  );
  expect(await live(merchantId)).toEqual([
    ['01-29', '10', 'piece_month'],
    ['01-31', '4', 'piece_month'],
    ['02-29', '8', 'piece_month'],
    ['03-29', '4', 'piece_month'],
    ['03-31', '4', 'piece_month'],
  ]);
});

const cardOf = (...rules: [key: string, unit: string, rest: object][]) => ({
  version: 1,
  validFrom: '2020-01-01',
  rules: rules.map(([key, unit, rest]) => ruleOf('storage', '1.00', { key, unit, ...rest })),
});
const BANDS = cardOf(
  ['free', 'piece_day', { conditions: { ageDaysUpTo: 30 }, model: { type: 'perUnit', unitPrice: '0' } }],
  ['mid', 'piece_day', { conditions: { ageDaysOver: 30, ageDaysUpTo: 90 } }],
  ['old', 'piece_day', { conditions: { ageDaysOver: 90 } }],
);

test('F5 goods are charged by the age of their layer, first in first out, thirty days free (E8)', async () => {
  const { merchantId } = await addMerchant({ storageMethod: 'pieceDay', storageAgeBands: [30, 90] });
  await world.addCard(baseCard({ versions: [BANDS] }));
  const all = days(merchantId, '2027-03-01', '2027-06-08', (day) => [
    // day 1 is 1 March: 10; day 31 is 31 March: 5 more; on 20 May 8 of the oldest leave
    piece(day < '2027-03-31' ? 10 : day < '2027-05-20' ? 15 : 7),
  ]);
  await record(all);
  const byRule = async (day: string) =>
    (
      await world.database.query(
        `select rule_key as rule, trim_scale(sum(quantity))::text as quantity from billing.charge
         where merchant_id = $1 and service_date = $2 group by 1 having sum(quantity) <> 0 order by 1`,
        [merchantId, day],
      )
    ).map(({ rule, quantity }) => `${rule as string} ${quantity as string}`);
  expect(await byRule('2027-03-30')).toEqual(['free 10']);
  expect(await byRule('2027-03-31')).toEqual(['free 5', 'mid 10']);
  expect(await byRule('2027-04-29')).toEqual(['free 5', 'mid 10']);
  expect(await byRule('2027-04-30')).toEqual(['mid 15']);
  expect(await byRule('2027-05-20')).toEqual(['mid 7']);
  expect(await byRule('2027-05-29')).toEqual(['mid 7']);
  expect(await byRule('2027-05-30')).toEqual(['mid 5', 'old 2']);
});

test('F5 E8 ages do not depend on the order in which days arrive', async () => {
  await world.addCard(baseCard({ versions: [BANDS] }));
  const stock = [10, 12, 3, 3, 9, 0, 4, 4, 8, 8, 2, 2, 2, 5];
  const totals = [];
  for (const order of ['forward', 'backward', 'even first'] as const) {
    const { merchantId } = await addMerchant({ storageMethod: 'pieceDay', storageAgeBands: [2, 4] });
    const all = stock.map((quantity, index) => ({
      ...{ merchantId, day: addDays('2027-03-01', index) },
      lines: quantity ? [piece(quantity), piece(quantity * 2, 'T')] : [],
    }));
    const even = (_: unknown, index: number) => index % 2 === 0;
    const ordered =
      order === 'forward'
        ? all
        : order === 'backward'
          ? all.toReversed()
          : [...all.filter(even), ...all.filter((_, index) => index % 2)];
    for (const day of ordered) await record([day]);
    totals.push(
      await world.database.query(
        `select to_char(service_date, 'MM-DD') as day, attributes ->> 'ageDaysOver' as over, trim_scale(sum((trace ->> 'measured')::numeric * sign(quantity)))::text as quantity
         from billing.charge where merchant_id = $1 group by 1, 2 having sum(quantity) <> 0 order by 1, 2`,
        [merchantId],
      ),
    );
  }
  expect(totals[1]).toEqual(totals[0]);
  expect(totals[2]).toEqual(totals[0]);
  expect(totals[0]!.length).toBeGreaterThan(14);
});

const policy = (sharedBins: string, emptiedBins = 'counts', validFrom = '2026-01-01') =>
  addStoragePolicy(world.deps, { validFrom, sharedBins, emptiedBins } as never, FINANCE);
const inBin = (volumeM3: string | null, bin = 'X'): Line => ({
  ...{ bin, quantity: '1' },
  ...(volumeM3 === null ? {} : { volumeM3 }),
});

test('F4 a shared bin is divided by volume to exactly one bin, whoever is told of first', async () => {
  await policy('byVolume');
  for (const order of [
    [0, 1, 2],
    [2, 1, 0],
    [1, 2, 0],
  ]) {
    const merchants = [];
    for (let index = 0; index < 3; index += 1) merchants.push((await addMerchant({})).merchantId);
    const warehouse = `hall ${order.join('')}`;
    for (const index of order)
      await record(
        days(
          merchants[index]!,
          '2027-03-01',
          '2027-03-01',
          () => [inBin(['1', '1', '4'][index]!), inBin('1', `own ${index}`)],
          warehouse,
        ),
      );
    const shares = await Promise.all(merchants.map(async (merchant) => (await live(merchant))[0]![1]));
    expect(shares.map(Number).reduce((sum, share) => sum + Math.round(share * 1e6), 0)).toBe(4_000_000);
    // 1/6, 1/6 and 4/6: the two millionths left go to the largest remainders, of equal ones to the lower id
    expect(shares[2]).toBe('1.666666');
    expect(shares.slice(0, 2).toSorted()).toEqual(['1.166667', '1.166667']);
  }
});

test('F4 a shared bin whose volumes are not all known is charged to nobody and blocks both', async () => {
  await policy('byVolume');
  const [one, two] = [(await addMerchant({})).merchantId, (await addMerchant({})).merchantId];
  await record(days(one, '2027-03-01', '2027-03-01', () => [inBin('1')]));
  await record(days(two, '2027-03-01', '2027-03-01', () => [inBin(null)]));
  for (const merchant of [one, two]) {
    const charges = await world.charges(merchant);
    expect(charges.at(merchant === one ? 1 : 0)).toMatchObject({ state: 'unrated', trace: { measured: '0' } });
  }
});

test('F4 a shared bin belongs to its first owner, also when the earlier day is told later', async () => {
  await policy('firstOwner');
  const [one, two] = [(await addMerchant({})).merchantId, (await addMerchant({})).merchantId];
  await record(days(two, '2027-03-02', '2027-03-04', () => [inBin('1')]));
  await record(days(one, '2027-03-03', '2027-03-04', () => [inBin('1')]));
  expect([(await live(one)).length, (await live(two)).length]).toEqual([0, 3]);
  await record(days(one, '2027-03-01', '2027-03-02', () => [inBin('1')]));
  expect(await live(one)).toEqual(['01', '02', '03', '04'].map((day) => [`03-${day}`, '1', 'bin_day']));
  expect(await live(two)).toEqual([]);
});

test('F4 two merchants told of at once still share one bin', async () => {
  await policy('byVolume');
  const [one, two] = [(await addMerchant({})).merchantId, (await addMerchant({})).merchantId];
  await Promise.all(
    [one, two].map((merchant) => record(days(merchant, '2027-03-01', '2027-03-05', () => [inBin('1')]))),
  );
  expect([...(await live(one)), ...(await live(two))].map(([, quantity]) => quantity)).toEqual(Array(10).fill('0.5'));
});

test('F3 a bin emptied in the course of a day counts for it, unless the house says otherwise', async () => {
  const { merchantId } = await addMerchant({});
  const [full, half] = [[inBin('1', 'A'), inBin('1', 'B')], [inBin('1', 'B')]];
  await record(days(merchantId, '2027-03-01', '2027-03-03', (day) => (day < '2027-03-03' ? full : half)));
  const counted = async () => (await live(merchantId)).map(([, quantity]) => quantity);
  expect(await counted()).toEqual(['2', '2', '1']);
  await policy('whole', 'free', '2027-03-02');
  expect(await counted()).toEqual(['2', '1', '1']);
  await record(days(merchantId, '2027-03-04', '2027-03-04', () => []));
  expect(await counted()).toEqual(['2', '1']);
});
