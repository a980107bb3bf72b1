import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { correctionsOf } from '../../support/corrections.ts';
import { findings } from '../../support/self-check.ts';
import {
  createScenarioWorld,
  perUnit,
  rule,
  tiers,
  type ScenarioMerchant,
  type ScenarioWorld,
  type Version,
} from '../../support/scenario-world.ts';
import type { MerchantSnapshot } from '../../../shared/protocol/merchants/events.ts';
import { daysFrom } from '../../support/scenario-steps.ts';

/** Whatever of a merchant is cancelled and billed again: all of it comes to the same, under new numbers. */
let world: ScenarioWorld;
let fix: ReturnType<typeof correctionsOf>;
beforeAll(async () => {
  world = await createScenarioWorld();
  fix = correctionsOf(world);
});
afterAll(() => world.close());

const label = { de: 'L', en: 'L' };
const H1 = '2027-03-15';
const END = '2027-03-31';
const APRIL = '2027-04-30';

interface Case {
  title: string;
  version: Partial<Version>;
  contract?: object;
  merchant?: Partial<MerchantSnapshot>;
  happens: (merchant: ScenarioMerchant) => Promise<unknown>;
  /** Cut-offs in the order they are billed. */
  cutoffs?: string[];
  /** Which documents are cancelled, by cut-off and, of two, by split; several in this order. */
  cancels: [cutoff: string, split?: string, which?: number][];
}

const picks =
  (...[h1, h2]: [number, number]) =>
  (merchant: ScenarioMerchant) =>
    merchant.happen(
      { day: '2027-03-05', type: 'pick_further', quantity: String(h1) },
      { day: '2027-03-20', type: 'pick_further', quantity: String(h2) },
    );
/** With something to pay in either half, whatever its picks come to. */
const picksAndPacks =
  (...halves: [number, number]) =>
  async (merchant: ScenarioMerchant) => {
    await picks(...halves)(merchant);
    for (const day of ['2027-03-06', '2027-03-21']) await merchant.happen({ day, type: 'pack', quantity: '10' });
  };
const graduated = { rules: [rule('pick_further', tiers('graduated', ['100', '0.5'], ['150', '0.4'], [null, '0.3']))] };
const volume = { rules: [rule('pick_further', tiers('volume', ['100', '0.5'], [null, '0.3']))] };
const minimums = [{ key: 'minimum', label, amount: '200.00' }];
const fuel = {
  ...{ key: 'fuel', kind: 'surcharge' as const, label, groups: ['fulfilment' as const] },
  value: { type: 'percent' as const, percent: '10' },
};

const CASES: Case[] = [
  { title: 'a graduated price, of the first half', version: graduated, happens: picks(120, 100), cancels: [[H1]] },
  { title: 'a graduated price, of the second half', version: graduated, happens: picks(120, 100), cancels: [[END]] },
  {
    title: 'a graduated price, first one half and then the other',
    version: graduated,
    happens: picks(120, 100),
    cancels: [[H1], [END]],
  },
  {
    title: 'a graduated price, the later half first',
    version: graduated,
    happens: picks(60, 100),
    cancels: [[END], [H1]],
  },
  {
    title: 'free units',
    version: { rules: [rule('pick_further', perUnit('0.5', { freeQuantity: '80' }))] },
    happens: picks(90, 70),
    cancels: [[H1]],
  },
  {
    title: 'free units, of which the second half gave some back',
    version: { rules: [rule('pick_further', perUnit('0.5', { freeQuantity: '20' })), rule('pack', perUnit('1'))] },
    happens: picksAndPacks(27, -18),
    cancels: [[H1]],
  },
  {
    title: 'free units, of which the first half gave more back than there were',
    version: { rules: [rule('pick_further', perUnit('9.99', { freeQuantity: '4' })), rule('pack', perUnit('1'))] },
    happens: picksAndPacks(-60, 28),
    cancels: [[H1]],
  },
  {
    title: 'a volume price whose tier moved, of the first half',
    version: volume,
    happens: picks(80, 70),
    cancels: [[H1]],
  },
  {
    title: 'a volume price whose tier moved, of the second half',
    version: volume,
    happens: picks(80, 70),
    cancels: [[END]],
  },
  {
    title: 'a volume price with a surcharge',
    version: { ...volume, adjustments: [fuel] },
    happens: picks(80, 70),
    cancels: [[H1], [END]],
  },
  {
    title: 'a monthly maximum of a surcharge',
    version: { ...graduated, adjustments: [{ ...fuel, maximumPerMonth: '6.00' }] },
    happens: picks(90, 90),
    cancels: [[H1]],
  },
  {
    title: 'a minimum, of the first half',
    version: { ...graduated, minimums },
    happens: picks(120, 100),
    cancels: [[H1]],
  },
  {
    title: 'a minimum, of the month end',
    version: { ...graduated, minimums },
    happens: picks(120, 100),
    cancels: [[END]],
  },
  {
    title: 'one of two documents of a month end',
    version: {
      rules: [rule('pack', perUnit('1')), rule('return_parcel', perUnit('3')), rule('software_fee', perUnit('60'))],
      minimums,
    },
    contract: { monthEndDocuments: 'two', softwareFee: true },
    happens: (merchant) =>
      merchant.happen(
        { day: '2027-03-20', type: 'pack', quantity: '10' },
        { day: '2027-03-20', type: 'return_parcel', quantity: '3' },
      ),
    cutoffs: [END],
    cancels: [[END, 'monthly']],
  },
  {
    title: 'both of two documents, one after the other',
    version: { rules: [rule('pack', perUnit('1')), rule('return_parcel', perUnit('3'))] },
    contract: { monthEndDocuments: 'two' },
    happens: (merchant) =>
      merchant.happen(
        { day: '2027-03-20', type: 'pack', quantity: '10' },
        { day: '2027-03-20', type: 'return_parcel', quantity: '3' },
      ),
    cutoffs: [END],
    cancels: [
      [END, 'fulfilment'],
      [END, 'monthly'],
    ],
  },
  {
    title: 'storage and a software fee',
    version: { rules: [rule('storage', perUnit('0.10'), { unit: 'bin_day' }), rule('software_fee', perUnit('60'))] },
    contract: { storageMethod: 'binDay', softwareFee: true, startsOn: '2027-03-01' },
    happens: (merchant) =>
      merchant.stock(
        ...daysFrom('2027-03-01', END).map((day) => ({
          day,
          lines: [
            { bin: 'A', sku: 'A-1' },
            { bin: 'B', sku: 'A-2' },
          ],
        })),
      ),
    cutoffs: [END],
    cancels: [[END]],
  },
  ...[0, 1].map((which): Case => ({
    title: `one of two documents by tax, number ${which + 1}`,
    version: { rules: [rule('pack', perUnit('1')), rule('storage', perUnit('0.10'), { unit: 'bin_day' })] },
    contract: { storageMethod: 'binDay', storageIsLandRelated: true, startsOn: '2027-03-01' },
    merchant: { taxTreatment: 'thirdCountry' },
    happens: async (merchant) => {
      await merchant.happen({ day: '2027-03-20', type: 'pack', quantity: '10' });
      await merchant.stock(...daysFrom('2027-03-01', END).map((day) => ({ day, lines: [{ bin: 'A' }] })));
    },
    cutoffs: [END],
    cancels: [[END, 'all', which]],
  })),
  {
    title: 'what was late, and so is again',
    version: graduated,
    happens: async (merchant) => {
      await merchant.happen({ day: '2027-03-20', type: 'pick_further', quantity: '110' });
      await merchant.bill(END);
      await merchant.happen(
        { day: '2027-03-05', type: 'pick_further', quantity: '60' },
        { day: '2027-04-05', type: 'pick_further', quantity: '10' },
      );
    },
    cutoffs: [APRIL],
    cancels: [[APRIL], [END]],
  },
];

test.each(CASES)(
  'H5 cancelled and billed again is the same total under a new number: $title',
  async ({ version, contract = {}, merchant: snapshot = {}, happens, cutoffs = [H1, END], cancels }) => {
    const merchant = await world.merchant({ versions: [version], contracts: [contract], merchant: snapshot });
    await happens(merchant);
    for (const cutoff of cutoffs) await merchant.bill(cutoff, { accept: ['ABOVE_USUAL'] });
    const before = await fix.standing(merchant.id);
    const texts = await lateTexts(merchant.id);
    const numbers = (await fix.live(merchant.id)).map(({ number }) => number);
    for (const [cutoff, split, which = 0] of cancels) {
      const found = (await fix.live(merchant.id, cutoff)).filter((one) => split === undefined || one.split === split)[
        which
      ];
      const cancellation = await fix.cancel(found!.id);
      expect(cancellation).toMatchObject({
        kind: 'cancellation',
        netMinor: -found!.net,
        grossMinor: -found!.gross,
        corrects: { number: found!.number },
      });
      expect(await merchant.row(cutoff)).toMatchObject({ state: 'cancelled' });
      await fix.again(merchant.id, found!.runId);
    }
    expect(await fix.standing(merchant.id)).toEqual(before);
    expect(await lateTexts(merchant.id)).toEqual(texts);
    const after = await fix.live(merchant.id);
    expect(after).toHaveLength(numbers.length);
    expect(after.filter(({ number }) => numbers.includes(number))).toHaveLength(numbers.length - cancels.length);
    const all = await fix.documents(merchant.id);
    expect(
      all
        .filter(({ kind, state }) => kind === 'cancellation' || state === 'cancelled')
        .reduce((sum, { gross }) => sum + gross, 0),
    ).toBe(0);
  },
);

const lateTexts = (merchantId: string) =>
  world.database.query(
    `select l.rule_key as rule, sum(l.late_quantity)::float as late from billing.invoice_line l join billing.invoice i on i.id = l.invoice_id and i.state = 'finalized'
     where l.merchant_id = $1 and i.corrects_id is null group by 1 order by 1`,
    [merchantId],
  );

test('H5 nothing of all that contradicts the self-check', async () => {
  const billing = await findings(world.database, world.deps.now(), ['billing']);
  const { 'I10.document': _, 'I1.caused': __, 'I1.charged': ___, ...others } = billing;
  expect(others).toEqual({});
});
