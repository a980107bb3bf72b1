import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { getCharge, listCharges } from '../../../services/billing/use-cases/charges/read-charges.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import { explainedCharge } from '../../../shared/protocol/billing/charge-explanation.ts';
import { FINANCE } from '../../support/billing-world.ts';
import { createScenarioWorld, perUnit, rule, tiers, type ScenarioWorld } from '../../support/scenario-world.ts';

let world: ScenarioWorld;
beforeAll(async () => {
  world = await createScenarioWorld();
});
afterAll(() => world.close());

const explain = async (id: string, actor: Actor = FINANCE) => {
  const charge = await getCharge(world.deps, { id }, actor);
  // what leaves the service is cut to its schema
  return explainedCharge.parse(charge).explanation;
};
const chargesOf = async (merchantId: string) =>
  (await listCharges(world.deps, { limit: 50, merchantId }, FINANCE)).items.toReversed();

test('X1 a charge names its event, its rule, why the others were not taken, and how its amount came about', async () => {
  const merchant = await world.merchant({
    versions: [
      {
        rules: [
          rule('freight', perUnit('4.35'), { key: 'all' }),
          rule('freight', perUnit('3.90', { baseQuantity: '10' }), {
            key: 'de',
            priority: 200,
            conditions: { countries: ['DE'] },
          }),
          rule('freight', perUnit('9.00'), { key: 'at', priority: 300, conditions: { countries: ['AT', 'CH'] } }),
          rule('freight', perUnit('9.90'), {
            key: 'heavy',
            priority: 301,
            conditions: { weightGramsOver: 5_000, weightGramsUpTo: 31_500 },
          }),
          rule('freight', perUnit('9.95'), { key: 'dhl', priority: 302, conditions: { carriers: ['DHL'] } }),
        ],
        adjustments: [
          {
            key: 'fuel',
            kind: 'surcharge',
            label: { de: 'Diesel', en: 'Fuel' },
            groups: ['freight'],
            from: '2027-03-01',
            value: { type: 'percent', percent: '3.5' },
          },
          {
            key: 'ended',
            kind: 'discount',
            label: { de: 'Alt', en: 'Old' },
            to: '2027-02-28',
            value: { type: 'percent', percent: '5' },
          },
        ],
      },
    ],
  });
  await merchant.happen({
    day: '2027-03-05',
    type: 'freight',
    quantity: '3',
    attributes: { country: 'DE', weightGrams: 900 },
  });
  const [charge] = await chargesOf(merchant.id);
  const explanation = await explain(charge!.id);
  expect(explanation).toMatchObject({
    event: { source: 'test', revision: 0, serviceDate: '2027-03-05', kind: 'shipment', number: 'B-1', takesBack: null },
    rule: { key: 'de', version: 1, validFrom: '2020-01-01', priority: 200, conditions: { countries: ['DE'] } },
    unrated: null,
    month: null,
    lines: [],
    adjustments: [{ key: 'fuel', kind: 'surcharge', value: { type: 'percent', percent: '3.5' } }],
  });
  expect(explanation.rejected).toHaveLength(1);
  expect(
    Object.fromEntries(explanation.rejected[0]!.rules.map(({ key, code, reason }) => [key, [code, reason.de]])),
  ).toEqual({
    all: ['PRIORITY', 'Passt auch, aber de hat den höheren Rang (200 statt 100)'],
    at: ['COUNTRY', 'Land: verlangt wird AT, CH; hier ist es DE'],
    heavy: ['WEIGHT', 'Gewicht: verlangt wird mehr als 5 und höchstens 31,5 kg; hier ist es 0,9 kg'],
    dhl: ['CARRIER', 'Versanddienst: verlangt wird DHL; hier ist nichts angegeben'],
  });
  expect(explanation.price).toMatchObject({
    ...{ measured: '3', quantity: '3', unit: 'parcel' },
    parts: [{ quantity: '3', unitPrice: '3.9', baseQuantity: '10', netMinor: 117 }],
    calculation: [{ de: '3 Pakete × 3,90 € ÷ 10 Pakete = 1,17 €', en: '3 parcels × €3.90 ÷ 10 parcels = €1.17' }],
  });
  expect(explanation.price!.rounding.en).toContain('Each invoice line rounds once');
});

test('X1 a price that counts the month says where the charge stands in it, and once billed on which lines', async () => {
  const merchant = await world.merchant({
    versions: [{ rules: [rule('pick_further', tiers('graduated', ['100', '0.35'], [null, '0.20']))] }],
  });
  await merchant.happen(
    { day: '2027-03-05', type: 'pick_further', quantity: '90' },
    { day: '2027-03-06', type: 'pick_further', quantity: '30' },
    { day: '2027-03-07', type: 'pick_further', quantity: '5' },
  );
  const second = (await chargesOf(merchant.id)).find(({ quantity }) => quantity === '30');
  const before = await explain(second!.id);
  expect(before.month).toEqual({ month: '2027-03', from: '90', to: '120', total: '125' });
  const parts = [
    { quantity: '10', unitPrice: '0.35', tierFrom: '0', tierTo: '100', netMinor: 350 },
    { quantity: '20', unitPrice: '0.2', tierFrom: '100', tierTo: null, netMinor: 400 },
  ];
  expect(before.price!.parts).toMatchObject(parts);
  await merchant.bill('2027-03-15');
  const after = await explain(second!.id);
  expect(after.month).toBeNull();
  expect(after.price!.parts).toMatchObject(parts);
  expect(after.lines).toMatchObject([
    { quantity: '10', netMinor: 3_500, charges: 2, invoiceNumber: expect.stringMatching(/^RE-/) },
    { quantity: '20', netMinor: 500, charges: 2 },
  ]);
});

test('X1 a charge without a price says why in words; a rule for another unit is told apart; merchants read their own', async () => {
  const merchant = await world.merchant({
    versions: [{ rules: [rule('special_job', perUnit('42.00'), { unit: 'hour' })] }],
  });
  await merchant.happen({ day: '2027-03-05', type: 'special_job', quantity: '50', unit: 'minute' });
  const [charge] = await chargesOf(merchant.id);
  const user: Actor = { ...FINANCE, id: 'u', roles: ['merchantViewer'], scope: [merchant.id] };
  const explanation = await explain(charge!.id, user);
  expect(explanation).toMatchObject({
    rule: null,
    price: null,
    unrated: { code: 'NO_RULE', reason: { de: 'Keine Regel der Preislisten passt' } },
    rejected: [
      {
        rules: [
          {
            key: 'special_job',
            code: 'UNIT',
            reason: { de: 'Die Regel rechnet in „Stunde“, der Vorgang nennt „Min.“' },
          },
        ],
      },
    ],
  });
  const stranger: Actor = { ...user, scope: ['018f0000-0000-7000-8000-000000000001'] };
  await expect(getCharge(world.deps, { id: charge!.id }, stranger)).rejects.toMatchObject({ code: 404 });
});

test('why finance held a charge is not shown to its merchant', async () => {
  const merchant = await world.merchant({ versions: [{ rules: [rule('freight', perUnit('4.35'), { key: 'all' })] }] });
  await merchant.happen({ day: '2027-03-05', type: 'freight' });
  const [{ id } = { id: '' }] = await chargesOf(merchant.id);
  await world.database.query(
    `update billing.charge set state = 'held', state_reason = 'they owe us money' where id = $1`,
    [id],
  );
  const own: Actor = { ...FINANCE, roles: ['merchantViewer'], scope: [merchant.id] };
  expect(await getCharge(world.deps, { id }, FINANCE)).toMatchObject({
    state: 'held',
    stateReason: 'they owe us money',
  });
  expect(await getCharge(world.deps, { id }, own)).toMatchObject({ state: 'held', stateReason: null });
  const { items } = await listCharges(world.deps, { limit: 50 }, own);
  expect(items.map(({ state, stateReason }) => [state, stateReason])).toEqual(
    items.map(() => [expect.any(String), null]),
  );
});
