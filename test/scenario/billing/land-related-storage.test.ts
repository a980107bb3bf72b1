import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { compute, type OracleRequest } from '../../../oracle/oracle.ts';
import type { ContractTerms, MerchantSnapshot } from '../../../shared/protocol/merchants/events.ts';
import { correctionsOf } from '../../support/corrections.ts';
import {
  createScenarioWorld,
  perUnit,
  rule,
  type ScenarioEvent,
  type ScenarioWorld,
} from '../../support/scenario-world.ts';

let world: ScenarioWorld;
beforeAll(async () => {
  world = await createScenarioWorld();
});
afterAll(() => world.close());

type Treatment = 'domestic' | 'reverseCharge' | 'thirdCountry';
const LET = { storageIsLandRelated: true } as const;
const RULES = [
  rule('pack', perUnit('0.01')),
  rule('return_parcel', perUnit('0.01')),
  rule('storage', perUnit('0.01'), { unit: 'pallet_day' }),
];
const surcharge = (maximumPerMonth?: string) => ({
  ...{ key: 'peak', kind: 'surcharge' as const, label: { de: 'Zuschlag', en: 'Surcharge' } },
  value: { type: 'percent' as const, percent: '10' },
  ...(maximumPerMonth ? { maximumPerMonth } : {}),
});
const of = (
  taxTreatment: MerchantSnapshot['taxTreatment'],
  contract: Partial<ContractTerms> = LET,
  version: object = {},
) =>
  world.merchant({
    versions: [{ rules: RULES, ...version }],
    merchant: { taxTreatment, vatId: taxTreatment === 'reverseCharge' ? 'ATU12345675' : null },
    contracts: [contract],
  });
const stored = (quantity: string, day = '2027-03-20'): ScenarioEvent => ({
  ...{ day, type: 'storage', quantity, unit: 'pallet_day', attributes: {} },
});
const packed = (quantity: string, day = '2027-03-20'): ScenarioEvent => ({ day, type: 'pack', quantity });
const MONTH_END = '2027-03-31';

test.each<[string, MerchantSnapshot['taxTreatment'], Partial<ContractTerms>, object[]]>([
  ['German', 'domestic', LET, [{ split: 'all', net: 1251, gross: 1489, vat: ['S 1900: 1251 → 238'] }]],
  [
    ...(['of the Union', 'reverseCharge', LET] as const),
    [{ split: 'all', net: 1251, gross: 1441, vat: ['AE 0: 250 → 0', 'S 1900: 1001 → 190'] }],
  ],
  [
    ...(['of the Union, no area of its own', 'reverseCharge', {}] as const),
    [{ split: 'all', net: 1251, gross: 1251, vat: ['AE 0: 1251 → 0'] }],
  ],
  [
    ...(['of a third country', 'thirdCountry', LET] as const),
    [
      { split: 'all', net: 1001, gross: 1191, vat: ['S 1900: 1001 → 190'] },
      { split: 'all', net: 250, gross: 250, vat: ['O 0: 250 → 0'] },
    ],
  ],
  [
    ...(['of a third country, one document per stream', 'thirdCountry', { ...LET, monthEndDocuments: 'two' }] as const),
    [
      { split: 'fulfilment', net: 150, gross: 150, vat: ['O 0: 150 → 0'] },
      { split: 'monthly', net: 1001, gross: 1191, vat: ['S 1900: 1001 → 190'] },
      { split: 'monthly', net: 100, gross: 100, vat: ['O 0: 100 → 0'] },
    ],
  ],
  ['that is exempt', 'exempt', LET, [{ split: 'all', net: 1251, gross: 1251, vat: ['E 0: 1251 → 0'] }]],
])('H8 G1 a merchant %s rents an area', async (_, treatment, contract, documents) => {
  const merchant = await of(treatment, contract);
  await merchant.happen(packed('150'), { day: '2027-03-20', type: 'return_parcel', quantity: '100' }, stored('1001'));
  await merchant.bill(MONTH_END);
  expect(await merchant.documents(MONTH_END)).toMatchObject(documents);
  const sum = (key: 'net' | 'gross') =>
    (documents as { net: number; gross: number }[]).reduce((total, one) => total + one[key], 0);
  expect(await merchant.row(MONTH_END)).toMatchObject({ state: 'finalized', net: sum('net'), gross: sum('gross') });
});

test('H8 G1 a surcharge on storage is taxed like it, and a minimum like everything else', async () => {
  const minimums = [{ key: 'least', label: { de: 'Mindestumsatz', en: 'Minimum' }, amount: '20' }];
  const merchant = await of('reverseCharge', LET, { adjustments: [surcharge()], minimums });
  await merchant.happen(packed('500'), stored('1000'));
  await merchant.bill(MONTH_END);
  // 5.00 + 0.50 of work and 3.50 to the minimum of 20.00; 10.00 + 1.00 of storage
  expect(await merchant.documents(MONTH_END)).toMatchObject([
    { net: 2000, gross: 2209, vat: ['AE 0: 900 → 0', 'S 1900: 1100 → 209'] },
  ]);
});

test('H8 G11 of two documents one may be carried: its charges come along next time', async () => {
  const merchant = await of('thirdCountry');
  await merchant.happen(packed('-400'), stored('1000'));
  expect(await merchant.bill(MONTH_END)).toEqual([['2027-03', 'storage', '1000', '0.01', 1000]]);
  expect(await merchant.row(MONTH_END)).toMatchObject({ gross: 1190, findings: ['CARRIED_FORWARD'] });
  await merchant.happen(packed('1000', '2027-04-02'));
  await merchant.bill('2027-04-15');
  expect(await merchant.documents('2027-04-15')).toMatchObject([{ net: 600, gross: 600, vat: ['O 0: 600 → 0'] }]);
});

test('H8 E7 what is carried uses up nothing of a maximum that its document shares with another one', async () => {
  const merchant = await of('thirdCountry', LET, { adjustments: [surcharge('0.5')] });
  // 10 % of 10.00 are 1.00, of which 0.50 are left; with the −0.40 on what is carried it would be 0.90
  await merchant.happen(packed('-400'), stored('1000'));
  await merchant.bill(MONTH_END);
  expect(await merchant.documents(MONTH_END)).toMatchObject([{ net: 1050, gross: 1250, vat: ['S 1900: 1050 → 200'] }]);
});

test('H8 a charge that comes late is taxed by the contract of its month', async () => {
  const merchant = await of('reverseCharge', { startsOn: '2026-01-01', endsOn: '2027-02-28' });
  const letFromMarch = { ...LET, startsOn: '2027-03-01', endsOn: null };
  await merchant.agree({ startsOn: '2026-01-01', endsOn: '2027-02-28' }, letFromMarch);
  await merchant.happen(stored('100', '2027-02-27'), stored('1000'));
  await merchant.bill(MONTH_END);
  expect(await merchant.documents(MONTH_END)).toMatchObject([
    { net: 1100, gross: 1290, vat: ['AE 0: 100 → 0', 'S 1900: 1000 → 190'] },
  ]);
});

test('H8 the oracle makes the same documents', async () => {
  const facts: [Treatment, boolean, ScenarioEvent[]][] = (
    ['domestic', 'reverseCharge', 'thirdCountry'] as const
  ).flatMap((treatment) =>
    [true, false].map((isLet, index): [Treatment, boolean, ScenarioEvent[]] => [
      ...([treatment, isLet] as const),
      [packed(`${317 + index}`), packed('13', '2027-03-03'), stored('1003'), stored('77', '2027-03-07')],
    ]),
  );
  const told = [];
  for (const [treatment, storageIsLandRelated, events] of facts) {
    const merchant = await of(treatment, { storageIsLandRelated });
    await merchant.happen(...events);
    for (const cutoff of ['2027-03-15', MONTH_END]) await merchant.bill(cutoff);
    told.push({ merchant, treatment, storageIsLandRelated, events });
  }
  const { invoices } = await compute({
    rateCard: {
      ...{ code: 'card', name: 'card', currency: 'EUR' },
      versions: [{ version: 1, validFrom: '2020-01-01', rules: RULES }],
    } as unknown as OracleRequest['rateCard'],
    merchants: told.map(({ merchant, treatment }) => ({
      ...{ number: merchant.id, taxTreatment: treatment, softwareFee: false },
    })),
    facts: {
      contracts: told.map(({ merchant, storageIsLandRelated }) => ({
        ...{ merchant: merchant.id, startsOn: '2020-01-01', storageIsLandRelated },
      })),
      events: told.flatMap(({ merchant, events }) =>
        events.map(({ day, type, quantity }, index) => ({
          ...{ merchant: merchant.id, reference: `${index}`, chargeType: type, serviceDate: day, quantity: quantity! },
        })),
      ),
    },
    ...{ from: '2027-03-01', to: MONTH_END },
  });
  let compared = 0;
  for (const { merchant } of told)
    for (const cutoff of ['2027-03-15', MONTH_END]) {
      const made = (await merchant.documents(cutoff)).map(({ net, gross, vat }) => `${net} ${gross} ${vat.join(', ')}`);
      const asked = invoices
        .filter((one) => one.merchant === merchant.id && one.cutOff === cutoff && one.state === 'issued')
        .map(({ net, gross, taxes }) => {
          const said = taxes.map((tax) => `${tax.category} ${tax.percent * 100}: ${tax.net} → ${tax.vat}`).toSorted();
          return `${net} ${gross} ${said.join(', ')}`;
        });
      expect(made.toSorted()).toEqual(asked.toSorted());
      compared += made.length;
    }
  // one each, and two for the one outside the scope that rents an area
  expect(compared).toBe(13);
});

test('H5 of two documents one is cancelled and billed anew; what came for the other since is late', async () => {
  const merchant = await of('thirdCountry');
  await merchant.happen(stored('1001'), packed('250'));
  await merchant.bill(MONTH_END);
  const fix = correctionsOf(world);
  const inside = (await fix.live(merchant.id)).find(({ vat }) => vat > 0)!;
  await fix.cancel(inside.id);
  await merchant.happen(packed('40'));
  await fix.again(merchant.id, inside.runId);
  const totals = async () => (await fix.live(merchant.id)).map(({ net, vat }) => [net, vat]);
  expect(await totals()).toEqual([
    [250, 0],
    [1001, 190],
  ]);
  await merchant.bill('2027-04-15');
  expect((await totals()).at(-1)).toEqual([40, 0]);
});
