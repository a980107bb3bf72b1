import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compute } from '../../../oracle/oracle.ts';
import type { RateCard } from '../../../oracle/rate-card.ts';
import { addStoragePolicy } from '../../../services/billing/use-cases/storage/storage-policies.ts';
import { addDays, eachDay, lastDayOf } from '../../../shared/kernel/dates.ts';
import { FINANCE } from '../../support/billing-world.ts';
import { oracleLines } from '../../support/oracle-lines.ts';
import { storageWorld, type StorageWorld } from '../../support/random-storage.ts';
import {
  createScenarioWorld,
  perUnit,
  rule,
  tiers,
  type Rule,
  type ScenarioWorld,
} from '../../support/scenario-world.ts';

/** Stock by chance, charged by every method, with age bands, shared and emptied bins: the oracle must say the same. */
let world: ScenarioWorld;
beforeAll(async () => {
  world = await createScenarioWorld();
});
afterAll(() => world.close());

const DAYS: [unit: string, model: Rule['model']][] = [
  ['bin_day', perUnit('7.53', { perDaysOfMonth: true })],
  ['pallet_day', perUnit('0.4275')],
  ['m3_day', perUnit('31.77', { perDaysOfMonth: true })],
  ['piece_day', tiers('graduated', ['150', '0.0213'], ['600', '0.0178'], [null, '0.0099'])],
];
const MONTHS: [unit: string, model: Rule['model']][] = [
  ['bin_month', perUnit('7.5')],
  ['pallet_month', perUnit('11.905')],
  ['m3_month', perUnit('29.95')],
  ['piece_month', tiers('volume', ['20', '0.31'], [null, '0.2875'])],
];
const RULES: Rule[] = [
  ...[...DAYS, ...MONTHS].map(([unit, model]) => rule('storage', model, { key: unit, unit })),
  ...DAYS.flatMap(([unit]) => [
    rule('storage', perUnit('0'), { key: `${unit}-free`, unit, priority: 200, conditions: { ageDaysUpTo: 5 } }),
    rule('storage', perUnit('0.0555'), { key: `${unit}-old`, unit, priority: 200, conditions: { ageDaysOver: 10 } }),
  ]),
];

/** Each world has two months of its own, because how bins are counted is said for the whole house. */
let next = 0;
const MONTHS_IN_A_ROW = Array.from({ length: 48 }, (_, index) =>
  new Date(Date.UTC(2024, index, 1)).toISOString().slice(0, 10),
);

test('F1 F2 F3 F4 F5 random stock is charged to the cent as the oracle says, by every method', async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(fc.integer(), fc.constantFrom('at once', 'at once', 'day by day'), async (seed, told) => {
      const months = [MONTHS_IN_A_ROW[next % 48]!, MONTHS_IN_A_ROW[(next + 1) % 48]!] as const;
      next += 2;
      const [given] = fc.sample(storageWorld(months), { numRuns: 1, seed });
      const { billed, asked } = await bothOf(given!, months, told);
      expect(billed).toEqual(asked);
      compared += Object.values(billed).flat().length;
    }),
    { numRuns: Number(process.env['KONTOR_RANDOM_WORLDS'] ?? 12), endOnFailure: true },
  );
  expect(compared).toBeGreaterThan(24);
}, 180_000);

test.each(['main first', 'north first'])(
  'F2 a second warehouse that opens within the month counts from then on, for both alike, %s',
  async (order) => {
    const first = order === 'main first' ? '2022-10-01' : '2022-12-01';
    const month = first.slice(0, 7);
    const lines = [{ bin: 'A', sku: 'S-1', quantity: '31' }];
    const main = eachDay(first, `${month}-31`).map((day) => ({ day, lines }));
    const north = main.slice(15).map((day) => ({ ...day, warehouse: 'north' }));
    const contract = { startsOn: first, endsOn: null, storageAgeBands: [] };
    const given: StorageWorld = {
      policy: { sharedBins: 'whole', emptiedBins: 'counts' },
      merchants: [
        {
          contracts: [{ ...contract, storageMethod: 'monthAverage', storageMeasure: 'piece' }],
          stock: order === 'main first' ? [...main, ...north] : [...north, ...main],
        },
        { contracts: [{ ...contract, storageMethod: null, storageMeasure: null }], stock: [] },
      ],
    };
    const { billed, asked } = await bothOf(given, [first, addDays(`${month}-31`, 1)]);
    // 31 all month and 31 × 16 ÷ 31 from the 16th: 47 × 0.2875 = 13.5125
    expect(Object.values(billed)).toEqual([[`${month} piece_month 47 0.2875 1351`]]);
    expect(asked).toEqual(billed);
  },
);

test.each([
  ['somebody comes into a bin', 2023, 'at once'],
  ['day after day is told', 2021, 'day by day'],
] as const)('F2 a month that ended with its contract stays as it is when afterwards %s', async (_what, year, told) => {
  const [may, june] = [`${year}-05-01`, `${year}-06-01`] as const;
  const [until, from, joins] = [`${year}-06-12`, `${year}-06-13`, `${year}-06-21`] as const;
  const days = (first: string, quantity: string) =>
    eachDay(first, `${year}-06-30`).map((day) => ({ day, lines: [{ bin: 'A', sku: 'S-1', quantity, m3: '0.1' }] }));
  const terms = { storageMeasure: 'piece' as const, storageAgeBands: [] };
  const given: StorageWorld = {
    policy: { sharedBins: 'firstOwner', emptiedBins: 'counts' },
    merchants: [
      {
        contracts: [
          { startsOn: june, endsOn: until, storageMethod: 'monthAverage', ...terms },
          { startsOn: from, endsOn: null, storageMethod: 'binDay', ...terms },
        ],
        stock: days(june, '50'),
      },
      // told of last, and with it the days from then on of who was there first
      { contracts: [{ startsOn: may, endsOn: null, storageMethod: 'binDay', ...terms }], stock: days(joins, '7') },
    ],
  };
  const { billed, asked } = await bothOf(given, [may, june], told);
  // 50 on 12 of 30 days: 20 × 0.31
  expect(Object.values(billed).flat()).toContain(`${year}-06 piece_month 20 0.31 620`);
  expect(billed).toEqual(asked);
});

async function bothOf(
  given: StorageWorld,
  months: readonly [string, string],
  told: 'at once' | 'day by day' = 'at once',
) {
  await addStoragePolicy(world.deps, { validFrom: months[0], ...given.policy }, FINANCE);
  const merchants = [];
  for (const one of given.merchants) {
    const merchant = await world.merchant({ versions: [{ rules: RULES }], contracts: one.contracts });
    merchants.push({ ...one, merchant });
  }
  // warehouses of its own for each world, shared by its two merchants, told of one after the other
  for (const { merchant, stock } of merchants)
    for (const [warehouse, days] of Map.groupBy(stock, (day) => `${months[0]} ${day.warehouse ?? 'main'}`))
      for (const part of told === 'at once' ? [days] : days.map((day) => [day]))
        await merchant.stock(...part.map((day) => ({ ...day, warehouse })));
  const cutoffs = months.map((month) => lastDayOf(month.slice(0, 7)));
  const billed: Record<string, string[]> = {};
  for (const cutoff of cutoffs)
    for (const { merchant } of merchants) {
      const lines = await merchant.bill(cutoff, { accept: ['ABOVE_USUAL'] });
      const worth = lines.filter(([, , , , net]) => net !== 0).map((line) => line.join(' '));
      if (worth.length) billed[`${merchant.id} ${cutoff}`] = worth.toSorted();
    }
  return { billed, asked: await ask(given, merchants, months) };
}

async function ask(
  { policy }: StorageWorld,
  merchants: (StorageWorld['merchants'][number] & { merchant: { id: string } })[],
  [first, second]: readonly [string, string],
) {
  // of equal owners of a bin the lower id comes first
  const inOrder = merchants.toSorted((a, b) => (a.merchant.id < b.merchant.id ? -1 : 1));
  const { invoices } = await compute({
    rateCard: {
      ...{ code: 'card', name: 'card', currency: 'EUR' },
      versions: [{ version: 1, validFrom: '2020-01-01', rules: RULES }],
    } as unknown as RateCard,
    merchants: inOrder.map(({ merchant: { id } }) => ({ number: id, taxTreatment: 'domestic', softwareFee: false })),
    facts: {
      contracts: inOrder.flatMap(({ merchant: { id }, contracts }) =>
        contracts.map((contract) => ({ merchant: id, ...contract, storageAgeBands: [...contract.storageAgeBands] })),
      ),
      storagePolicies: [{ validFrom: first, ...policy }],
      storageSnapshots: inOrder.flatMap(({ merchant: { id }, stock }) =>
        stock.map(({ day, warehouse = 'main', lines }) => ({
          ...{ merchant: id, warehouse, date: day },
          lines: lines.map(({ bin, sku, type, quantity, m3 }) => ({
            ...{ bin, sku: sku!, quantity: quantity! },
            ...(type ? { type } : {}),
            ...(m3 ? { volumeM3: m3 } : {}),
          })),
        })),
      ),
    },
    from: first,
    to: lastDayOf(second.slice(0, 7)),
  });
  return Object.fromEntries(
    invoices
      .filter(({ state }) => state === 'issued')
      .map((one) => [`${one.merchant} ${one.cutOff}`, oracleLines(one)] as const)
      .filter(([, lines]) => lines.length > 0),
  );
}
