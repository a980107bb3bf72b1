import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { localDateOf } from '../../../shared/kernel/dates.ts';
import type { MerchantSnapshot } from '../../../shared/protocol/merchants/events.ts';
import { createScenarioWorld, perUnit, rule, type ScenarioWorld } from '../../support/scenario-world.ts';

let world: ScenarioWorld;
beforeAll(async () => {
  world = await createScenarioWorld();
});
afterAll(() => world.close());

const CENTS = [rule('pack', perUnit('0.01')), rule('return_parcel', perUnit('0.01'))];

test.each<[treatment: MerchantSnapshot['taxTreatment'], cents: number, vat: string, gross: number]>([
  ['domestic', 1, 'S 1900: 1 → 0', 1],
  ['domestic', 2, 'S 1900: 2 → 0', 2],
  ['domestic', 3, 'S 1900: 3 → 1', 4],
  ['domestic', 50, 'S 1900: 50 → 10', 60],
  ['domestic', 101, 'S 1900: 101 → 19', 120],
  ['domestic', 250, 'S 1900: 250 → 48', 298],
  ['domestic', 750, 'S 1900: 750 → 143', 893],
  ['domestic', 10_000, 'S 1900: 10000 → 1900', 11_900],
  ['domestic', 123_457, 'S 1900: 123457 → 23457', 146_914],
  ['reverseCharge', 10_001, 'AE 0: 10001 → 0', 10_001],
  ['thirdCountry', 10_001, 'O 0: 10001 → 0', 10_001],
  ['exempt', 10_001, 'E 0: 10001 → 0', 10_001],
])('G1 %s: a net of %i cents', async (taxTreatment, cents, vat, gross) => {
  const merchant = await world.merchant({
    versions: [{ rules: CENTS }],
    merchant: { taxTreatment, vatId: 'ATU12345675' },
  });
  await merchant.happen({ day: '2027-03-05', type: 'pack', quantity: String(cents) });
  await merchant.bill('2027-03-15');
  expect(await merchant.documents('2027-03-15')).toMatchObject([{ net: cents, gross, vat: [vat] }]);
});

test('H8 each month is taxed as it was then: what is late of February as February, beside March', async () => {
  const merchant = await world.merchant({
    versions: [{ rules: CENTS }],
    merchant: {
      taxTreatment: 'reverseCharge',
      taxBefore: [{ before: '2027-03-01', treatment: 'domestic' }],
      vatId: 'ATU12345675',
    },
  });
  await merchant.happen({ day: '2027-02-25', type: 'pack', quantity: '1000' });
  await merchant.bill('2027-02-28');
  expect(await merchant.documents('2027-02-28')).toMatchObject([{ vat: ['S 1900: 1000 → 190'] }]);
  await merchant.happen(
    { day: '2027-02-26', type: 'pack', quantity: '300' },
    { day: '2027-03-05', type: 'pack', quantity: '500' },
  );
  await merchant.bill('2027-03-15');
  const [document] = await merchant.documents('2027-03-15');
  expect(document!.vat.toSorted()).toEqual(['AE 0: 500 → 0', 'S 1900: 300 → 57']);
});

test.each([
  ['one', [{ split: 'all', net: 500, gross: 595, vat: ['S 1900: 500 → 95'] }]],
  // 2.50 × 19 % are 0.475, rounded on each document
  [
    'two',
    [
      { split: 'fulfilment', net: 250, gross: 298, vat: ['S 1900: 250 → 48'] },
      { split: 'monthly', net: 250, gross: 298, vat: ['S 1900: 250 → 48'] },
    ],
  ],
] as const)('G1 month end in %s document(s) rounds its VAT there', async (monthEndDocuments, documents) => {
  const merchant = await world.merchant({ versions: [{ rules: CENTS }], contracts: [{ monthEndDocuments }] });
  await merchant.happen(
    { day: '2027-03-20', type: 'pack', quantity: '250' },
    { day: '2027-03-20', type: 'return_parcel', quantity: '250' },
  );
  await merchant.bill('2027-03-31');
  const found = await merchant.documents('2027-03-31');
  expect(found.toSorted((a, b) => a.split.localeCompare(b.split))).toMatchObject(documents);
});

test('G1 VAT is of the summed lines, not of each', async () => {
  const merchant = await world.merchant({
    versions: [{ rules: ['pack', 'material', 'freight'].map((type) => rule(type, perUnit('0.02'))) }],
  });
  await merchant.happen(...['pack', 'material', 'freight'].map((type) => ({ day: '2027-03-05', type })));
  await merchant.bill('2027-03-15');
  // three times 0.02 have no VAT each; 0.06 have 0.0114
  expect(await merchant.documents('2027-03-15')).toMatchObject([{ net: 6, gross: 7, vat: ['S 1900: 6 → 1'] }]);
});

test('G11 a negative total is carried, and set off in the next run', async () => {
  const merchant = await world.merchant({ versions: [{ rules: CENTS }] });
  await merchant.happen({ day: '2027-03-05', type: 'pack', quantity: '-300' });
  expect(await merchant.bill('2027-03-15')).toEqual([]);
  expect(await merchant.row('2027-03-15')).toMatchObject({ state: 'skipped' });
  await merchant.happen({ day: '2027-03-20', type: 'pack', quantity: '800' });
  expect(await merchant.bill('2027-03-31')).toEqual([['2027-03', 'pack', '500', '0.01', 500]]);
});

test('G11 a total of zero issues nothing and carries its charges', async () => {
  const merchant = await world.merchant({ versions: [{ rules: CENTS }] });
  await merchant.happen(
    { day: '2027-03-05', type: 'pack', quantity: '7' },
    { day: '2027-03-06', type: 'pack', quantity: '-7' },
  );
  expect(await merchant.bill('2027-03-15')).toEqual([]);
  await merchant.happen({ day: '2027-03-31', type: 'return_parcel' });
  expect(await merchant.bill('2027-03-31')).toEqual([
    ['2027-03', 'pack', '0', '0.01', 0],
    ['2027-03', 'return_parcel', '1', '0.01', 1],
  ]);
});

test('G1 numbers follow the year of the invoice date, not of the services', async () => {
  const merchant = await world.merchant({ versions: [{ rules: CENTS }] });
  await merchant.happen(
    { day: '2026-12-31', type: 'pack', quantity: '10' },
    { day: '2027-01-01', type: 'pack', quantity: '20' },
  );
  // half past midnight in Berlin, still the old year in UTC
  world.at('2026-12-31T23:30:00Z');
  expect(await merchant.bill('2026-12-31')).toEqual([['2026-12', 'pack', '10', '0.01', 10]]);
  const [december] = await merchant.documents('2026-12-31');
  expect(december).toMatchObject({ invoiceDate: '2027-01-01', number: 'RE-2027-00001' });
  world.at('2027-01-16T08:00:00Z');
  expect(await merchant.bill('2027-01-15')).toEqual([['2027-01', 'pack', '20', '0.01', 20]]);
  expect(await merchant.documents('2027-01-15')).toMatchObject([
    { invoiceDate: '2027-01-16', number: 'RE-2027-00002' },
  ]);
  world.at('2028-01-10T08:00:00Z');
});

test.each([
  ['2026-07-15T21:59:59Z', '2026-07-15'],
  ['2026-07-15T22:00:00Z', '2026-07-16'],
  ['2026-01-15T22:59:59Z', '2026-01-15'],
  ['2026-01-15T23:00:00Z', '2026-01-16'],
  ['2026-12-31T23:30:00Z', '2027-01-01'],
  ['2026-12-31T22:59:59Z', '2026-12-31'],
  ['2026-03-28T22:59:59Z', '2026-03-28'],
  ['2026-03-28T23:00:00Z', '2026-03-29'],
  ['2026-03-29T21:59:59Z', '2026-03-29'],
  ['2026-03-29T22:00:00Z', '2026-03-30'],
  ['2026-10-24T22:00:00Z', '2026-10-25'],
  ['2026-10-25T22:59:59Z', '2026-10-25'],
  ['2026-10-25T23:00:00Z', '2026-10-26'],
  ['2028-02-28T23:00:00Z', '2028-02-29'],
  ['2028-02-29T22:59:59Z', '2028-02-29'],
  ['2028-02-29T23:00:00Z', '2028-03-01'],
])('G1 what happens at %s counts for %s', (instant, day) => {
  expect(localDateOf(new Date(instant), 'Europe/Berlin')).toBe(day);
});
