import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createScenarioWorld, perUnit, rule, tiers, type ScenarioWorld } from '../../support/scenario-world.ts';

let world: ScenarioWorld;
beforeAll(async () => {
  world = await createScenarioWorld();
});
afterAll(() => world.close());

const many = (count: number, event: { day: string; type: string; quantity?: string }) =>
  Array.from({ length: count }, () => event);

test('E2 volume: all units of the month take the price of the tier reached, and the 15th is corrected at month end', async () => {
  const merchant = await world.merchant({
    versions: [{ rules: [rule('freight', tiers('volume', ['100', '5.00'], ['200', '4.50'], [null, '4.00']))] }],
  });
  await merchant.happen({ day: '2027-03-05', type: 'freight', quantity: '90' });
  expect(await merchant.bill('2027-03-15')).toEqual([['2027-03', 'freight', '90', '5', 45_000]]);
  await merchant.happen({ day: '2027-03-20', type: 'freight', quantity: '60' });
  expect(await merchant.bill('2027-03-31')).toEqual([
    ['2027-03', 'freight volumeBack', '-90', '5', -45_000],
    ['2027-03', 'freight volumeAgain', '90', '4.5', 40_500],
    ['2027-03', 'freight', '60', '4.5', 27_000],
  ]);
  // 30 more come late and move the month to no other tier; 41 more do
  await merchant.happen({ day: '2027-03-30', type: 'freight', quantity: '30' });
  expect(await merchant.bill('2027-04-15')).toEqual([['2027-03', 'freight', '30', '4.5', 13_500]]);
  await merchant.happen({ day: '2027-03-31', type: 'freight', quantity: '41' });
  expect(await merchant.bill('2027-04-30')).toEqual([
    ['2027-03', 'freight volumeBack', '-180', '4.5', -81_000],
    ['2027-03', 'freight volumeAgain', '180', '4', 72_000],
    ['2027-03', 'freight', '41', '4', 16_400],
  ]);
});

test('E2 package: started packages are counted for each event', async () => {
  const merchant = await world.merchant({
    versions: [
      { rules: [rule('special_job', { type: 'package', size: '15', unitPrice: '12.50' }, { unit: 'minute' })] },
    ],
  });
  await merchant.happen(
    { day: '2027-03-05', type: 'special_job', quantity: '1', unit: 'minute' },
    { day: '2027-03-06', type: 'special_job', quantity: '15', unit: 'minute' },
    { day: '2027-03-07', type: 'special_job', quantity: '31', unit: 'minute' },
  );
  expect(await merchant.bill('2027-03-31')).toEqual([['2027-03', 'special_job', '5', '12.5', 6_250]]);
});

test('E8 free units come first in each month', async () => {
  const merchant = await world.merchant({
    versions: [{ rules: [rule('return_photo', perUnit('0.80', { freeQuantity: '3' }))] }],
  });
  await merchant.happen(...many(5, { day: '2027-03-05', type: 'return_photo' }));
  expect(await merchant.bill('2027-03-31')).toEqual([
    ['2027-03', 'return_photo', '3', '0', 0],
    ['2027-03', 'return_photo', '2', '0.8', 160],
  ]);
});

test('E7 E10 a surcharge and a discount are lines of their own, on their days and within their month', async () => {
  const label = { de: 'Zuschlag', en: 'Surcharge' };
  const merchant = await world.merchant({
    versions: [
      {
        rules: [rule('pack', perUnit('0.455')), rule('freight', perUnit('4.35'))],
        adjustments: [
          { key: 'fuel', kind: 'surcharge', label, groups: ['freight'], value: { type: 'percent', percent: '3.5' } },
          {
            key: 'peak',
            kind: 'surcharge',
            label,
            from: '2027-03-10',
            to: '2027-03-20',
            chargeTypes: ['freight'],
            value: { type: 'perUnit', unitPrice: '0.30' },
            maximumPerMonth: '1.00',
          },
          {
            key: 'welcome',
            kind: 'discount',
            label,
            to: '2027-03-31',
            groups: ['fulfilment'],
            value: { type: 'percent', percent: '10' },
          },
        ],
      },
    ],
  });
  await merchant.happen(
    ...many(3, { day: '2027-03-09', type: 'freight' }),
    ...many(2, { day: '2027-03-10', type: 'freight' }),
    ...many(3, { day: '2027-03-09', type: 'pack' }),
  );
  // 5 × 4.35 = 21.75, 3.5 % of it 0.76125; 3 × 0.455 = 1.365 is 1.37 on its line, 10 % of it 0.137
  expect(await merchant.bill('2027-03-15')).toEqual([
    ['2027-03', 'pack', '3', '0.455', 137],
    ['2027-03', 'freight', '5', '4.35', 2_175],
    ['2027-03', 'fuel', '1', '0.76125', 76],
    ['2027-03', 'peak', '2', '0.3', 60],
    ['2027-03', 'welcome', '1', '-0.137', -14],
  ]);
  await merchant.happen(
    ...many(2, { day: '2027-03-20', type: 'freight' }),
    ...many(2, { day: '2027-03-21', type: 'freight' }),
  );
  expect(await merchant.bill('2027-03-31')).toEqual([
    ['2027-03', 'freight', '4', '4.35', 1_740],
    ['2027-03', 'fuel', '1', '0.609', 61],
    ['2027-03', 'peak', '1', '0.4', 40],
  ]);
});

test('E6 a month is set against its minimum at month end, and what comes late uses the difference up first', async () => {
  const merchant = await world.merchant({
    versions: [
      {
        rules: [
          rule('pack', perUnit('1.00')),
          rule('freight', perUnit('4.00')),
          rule('return_parcel', perUnit('2.00')),
        ],
        minimums: [{ key: 'minimum', label: { de: 'Mindestumsatz-Ausgleich', en: 'Minimum' }, amount: '100.00' }],
      },
    ],
  });
  await merchant.happen(
    { day: '2027-03-05', type: 'pack', quantity: '20' },
    { day: '2027-03-05', type: 'freight', quantity: '20' },
  );
  expect(await merchant.bill('2027-03-15')).toHaveLength(2);
  await merchant.happen({ day: '2027-03-25', type: 'return_parcel', quantity: '10' });
  expect(await merchant.bill('2027-03-31')).toEqual([
    ['2027-03', 'return_parcel', '10', '2', 2_000],
    ['2027-03', 'minimum', '1', '60', 6_000],
  ]);
  await merchant.happen(
    { day: '2027-03-31', type: 'pack', quantity: '50' },
    { day: '2027-04-02', type: 'pack', quantity: '3' },
  );
  expect(await merchant.bill('2027-04-15')).toEqual([
    ['2027-03', 'pack', '50', '1', 5_000],
    ['2027-04', 'pack', '3', '1', 300],
    ['2027-03', 'minimum', '1', '-50', -5_000],
  ]);
  await merchant.happen({ day: '2027-03-30', type: 'pack', quantity: '25' });
  expect(await merchant.bill('2027-04-30')).toEqual([
    ['2027-03', 'pack', '25', '1', 2_500],
    ['2027-03', 'minimum', '1', '-10', -1_000],
    ['2027-04', 'minimum', '1', '97', 9_700],
  ]);
});

test('E6 a merchant who joins on the 20th owes the days of the contract', async () => {
  const merchant = await world.merchant({
    versions: [
      {
        rules: [rule('pack', perUnit('1.00'))],
        minimums: [{ key: 'minimum', label: { de: 'M', en: 'M' }, amount: '100.00' }],
      },
    ],
    contracts: [{ startsOn: '2027-03-20' }],
  });
  // 12 of 31 days: 38.7096… is 38.71
  expect(await merchant.bill('2027-03-31')).toEqual([['2027-03', 'minimum', '1', '38.71', 3_871]]);
});
