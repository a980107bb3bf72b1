import { expect, test } from '@jest/globals';
import { compute } from '../../../oracle/oracle.ts';
import type { RateCard } from '../../../oracle/rate-card.ts';

const label = { de: 'L', en: 'L' };
const CARD: RateCard = {
  ...{ code: 'card', name: 'card', currency: 'EUR' },
  versions: [
    {
      ...{ version: 1, validFrom: '2027-01-01' },
      rules: [
        {
          ...{ key: 'pack', chargeType: 'pack', priority: 100, label, unit: 'parcel' },
          model: { type: 'perUnit', unitPrice: '1' },
        },
      ],
      minimums: [{ key: 'minimum', label, amount: '100.00' }],
    },
  ],
};
type Pack = readonly [serviceDate: string, quantity: number, knownOn?: string];

const billed = async (packs: readonly Pack[], to: string) => {
  const { invoices } = await compute({
    rateCard: CARD,
    merchants: [{ number: 'M', taxTreatment: 'domestic', softwareFee: false }],
    facts: {
      events: packs.map(([serviceDate, quantity, knownOn = serviceDate], index) => ({
        ...{ merchant: 'M', reference: String(index), chargeType: 'pack', serviceDate, knownOn },
        quantity: String(quantity),
      })),
    },
    ...{ from: '2027-02-01', to },
  });
  return invoices.map(({ cutOff, state, lines }) => [
    cutOff,
    state,
    ...lines.map(({ serviceMonth, ruleKey, net }) => `${serviceMonth} ${ruleKey} ${Number(net)}`).toSorted(),
  ]);
};

test('a month end asks for what a correction on a 15th left open, once', async () => {
  const packs: Pack[] = [
    ['2027-02-05', 110],
    ['2027-02-06', -30, '2027-03-10'],
    ['2027-03-10', 200],
  ];
  expect(await billed(packs, '2027-04-30')).toEqual([
    ['2027-02-15', 'issued', '2027-02 pack 11000'],
    ['2027-03-15', 'issued', '2027-02 pack -3000', '2027-03 pack 20000'],
    ['2027-03-31', 'issued', '2027-02 minimum 2000'],
    ['2027-04-30', 'issued', '2027-04 minimum 10000'],
  ]);
});

test('the minimum of a month whose invoice was carried comes with the next month end', async () => {
  const packs: Pack[] = [
    ['2027-02-10', 300],
    ['2027-02-20', -200, '2027-03-20'],
    ['2027-04-20', 250],
  ];
  expect(await billed(packs, '2027-04-30')).toEqual([
    ['2027-02-15', 'issued', '2027-02 pack 30000'],
    ['2027-03-31', 'carried', '2027-02 pack -20000', '2027-03 minimum 10000'],
    ['2027-04-15', 'carried', '2027-02 pack -20000'],
    ['2027-04-30', 'issued', '2027-02 pack -20000', '2027-03 minimum 10000', '2027-04 pack 25000'],
  ]);
});
