import { expect, test } from '@jest/globals';
import type { ChargeEvent, OracleMerchant } from '../../../oracle/facts.ts';
import { compute } from '../../../oracle/oracle.ts';
import type { RateCard } from '../../../oracle/rate-card.ts';

const label = { de: 'L', en: 'L' };
const CARD: RateCard = {
  ...{ code: 'card', name: 'card', currency: 'EUR' },
  versions: [
    {
      ...{ version: 1, validFrom: '2026-01-01' },
      rules: ['pack', 'return_item', 'software_fee'].map((chargeType) => ({
        ...{ key: chargeType, chargeType, priority: 100, label, unit: 'piece' },
        model: { type: 'perUnit' as const, unitPrice: '1' },
      })),
      adjustments: [
        {
          ...{ key: 'plus', kind: 'surcharge', label, chargeTypes: ['pack'], maximumPerMonth: '5.00' },
          value: { type: 'percent', percent: '10' },
        },
      ],
      minimums: [{ key: 'minimum', label, amount: '100.00' }],
    },
  ],
};
const event = (chargeType: string, serviceDate: string, quantity: number, knownOn = serviceDate): ChargeEvent => ({
  ...{ merchant: 'M', reference: `${chargeType} ${serviceDate}`, chargeType, serviceDate, knownOn },
  quantity: String(quantity),
});
const ask = (events: ChargeEvent[], terms: Partial<OracleMerchant> = {}, to = '2026-03-31') =>
  compute({
    rateCard: CARD,
    merchants: [{ number: 'M', taxTreatment: 'domestic', softwareFee: false, ...terms }],
    ...{ facts: { events }, from: '2026-03-01', to, withAccounts: true },
  });
const netsOf = ({ accounts }: Awaited<ReturnType<typeof ask>>) =>
  accounts.map(({ cutOff, when, upTo, net }) => [cutOff, when, upTo, Number(net)]);

test('a running account holds what is known up to the end of the month, and no minimum', async () => {
  // 40 packs and 10 % of them; items of the whole month wait for its end
  const result = await ask([event('pack', '2026-03-05', 40), event('return_item', '2026-03-10', 7)], {
    softwareFee: true,
  });
  expect(netsOf(result)).toEqual([
    ['2026-03-15', 'before', '2026-03-31', 5_100],
    ['2026-03-15', 'after', '2026-03-31', 700],
    // the fee is there when the month is over
    ['2026-03-31', 'before', '2026-03-31', 700],
    ['2026-03-31', 'after', '2026-04-30', 0],
  ]);
  expect(result.invoices.map(({ net }) => Number(net))).toEqual([4_400, 5_600]);
});

test('it tells what late charges use up of a minimum that was paid', async () => {
  const late = event('pack', '2026-03-20', 30, '2026-04-03');
  const result = await ask([event('pack', '2026-03-05', 10), late], {}, '2026-04-15');
  expect(result.invoices.map(({ net }) => Number(net))).toEqual([1_100, 8_900, 0]);
  expect(netsOf(result).slice(-2)).toEqual([
    ['2026-04-15', 'before', '2026-04-30', 0],
    ['2026-04-15', 'after', '2026-04-30', 0],
  ]);
  const lines = result.accounts.find(({ cutOff, when }) => cutOff === '2026-04-15' && when === 'before')!.lines;
  expect(lines.map(({ kind, net }) => [kind, Number(net)])).toEqual([
    ['minimum', -3_300],
    ['charges', 3_000],
    ['surcharge', 300],
  ]);
});

test('a surcharge that its maximum leaves nothing of stands with 0', async () => {
  const { invoices } = await ask([event('pack', '2026-03-05', 80), event('pack', '2026-03-20', 20)]);
  const surcharges = invoices.map(({ lines }) => lines.filter(({ kind }) => kind === 'surcharge'));
  expect(surcharges.map((some) => some.map(({ net }) => Number(net)))).toEqual([[500], [0]]);
});

test.each([
  ['semiMonthly', ['pack 2026-04-15', 'return_item 2026-04-30']],
  ['monthly', ['pack 2026-04-30', 'return_item 2026-04-30']],
] as const)('what is too old is held by the cut-off that would bill it, billed %s', async (cadence, waiting) => {
  // 91 and 90 days before the 15th
  const events = [event('pack', '2026-01-14', 3, '2026-04-14'), event('return_item', '2026-01-15', 2, '2026-04-14')];
  const { held, accounts } = await ask(events, { cadence }, '2026-04-30');
  expect(held.map(({ chargeType, cutOff }) => `${chargeType} ${cutOff}`)).toEqual(waiting);
  expect(accounts.slice(-4).map(({ cutOff, when, net }) => [cutOff, when, Number(net)])).toEqual([
    ['2026-04-15', 'before', 0],
    ['2026-04-15', 'after', 0],
    ['2026-04-30', 'before', 0],
    ['2026-04-30', 'after', 0],
  ]);
});

test.each([
  // 83 days before the 15th, 98 before the 30th
  ['semiMonthly', [330, 0]],
  ['monthly', [0, 0]],
] as const)('what the run that bills it will hold is left out, billed %s', async (cadence, nets) => {
  const events = [event('pack', '2026-01-22', 3, '2026-04-14'), event('return_item', '2026-01-30', 2, '2026-04-14')];
  const { held, accounts } = await ask(events, { cadence }, '2026-04-15');
  expect(held).toEqual([]);
  expect(accounts.slice(-2).map(({ net }) => Number(net))).toEqual(nets.map((net) => net + 200));
});
