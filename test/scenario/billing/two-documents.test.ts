import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createScenarioWorld, perUnit, rule, type ScenarioWorld } from '../../support/scenario-world.ts';

/** A month end with two documents, of which one comes to nothing and is carried over. */
let world: ScenarioWorld;
beforeAll(async () => {
  world = await createScenarioWorld();
});
afterAll(() => world.close());

const label = { de: 'Zuschlag', en: 'Surcharge' };
const ACCEPT = { accept: ['ABOVE_USUAL'] };

test.each([
  ['surcharge', 1],
  ['discount', -1],
] as const)('E7 E10 the monthly maximum of a %s holds for what is issued', async (kind, sign) => {
  const extra = { key: 'extra', kind, label, maximumPerMonth: '12.00' };
  const merchant = await world.merchant({
    versions: [
      {
        rules: [rule('pack', perUnit('1')), rule('return_parcel', perUnit('3'))],
        adjustments: [{ ...extra, value: { type: 'percent', percent: '10' } }],
      },
    ],
    contracts: [{ monthEndDocuments: 'two' }],
  });
  const taken = (euros: string, cents: number, month = '2027-03') => [month, 'extra', '1', euros, cents];
  const signed = (euros: number) => String(sign * euros);
  await merchant.happen({ day: '2027-03-04', type: 'pack', quantity: '100', event: 'parcels' });
  expect(await merchant.bill('2027-03-15')).toEqual([
    ['2027-03', 'pack', '100', '1', 10_000],
    taken(signed(10), sign * 1_000),
  ]);
  // the ten parcels less are carried over, so what they give back is not there to be used up by the returns
  await merchant.correct('parcels', 1, { day: '2027-03-04', type: 'pack', quantity: '90' });
  await merchant.happen({ day: '2027-03-20', type: 'return_parcel', quantity: '50' });
  expect(await merchant.bill('2027-03-31', ACCEPT)).toEqual([
    ['2027-03', 'return_parcel', '50', '3', 15_000],
    taken(signed(2), sign * 200),
  ]);
  expect((await merchant.row('2027-03-31')).findings).toContain('CARRIED_FORWARD');
  await merchant.happen({ day: '2027-03-25', type: 'pack', quantity: '50' });
  const april = await merchant.bill('2027-04-30', ACCEPT);
  expect(april.filter(([, key]) => key === 'pack')).toEqual([['2027-03', 'pack', '40', '1', 4_000]]);
  const [all] = await world.database.query(
    `select sum(net_minor)::int as net from billing.invoice_line where merchant_id = $1 and rule_key = 'extra'`,
    [merchant.id],
  );
  expect(all).toEqual({ net: sign * 1_200 });
});
