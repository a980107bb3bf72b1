import { expect, test } from '@jest/globals';
import type { Facts } from '../../../oracle/facts.ts';
import type { RateModel, RateRule } from '../../../oracle/rate-card.ts';
import { billed, card, perUnit, rule, shipment, shown, version } from './card-fixture.ts';

const SPRING: [string, string] = ['2026-01-01', '2026-03-31'];
const bill = async (facts: Facts, ...rules: RateRule[]) => {
  const { invoices, unrated } = await billed(card(version(1, '2020-01-01', ...rules)), facts, SPRING);
  return { bills: invoices.map((one) => [one.cutOff, one.state, shown(one)]), unrated };
};

test('D2 lines and weight of picks are charged where the card prices them', async () => {
  const facts = { shipments: [{ ...shipment('2026-01-05', 5, { weightGrams: 12_345 }), lines: 2, parcels: 2 }] };
  expect((await bill(facts)).unrated).toEqual([]);
  const priced = [rule('pick_line', perUnit('0.20')), rule('pick_weight', perUnit('0.10'), { unit: 'kg' })];
  expect((await bill(facts, ...priced)).bills).toEqual([
    [
      '2026-01-15',
      'issued',
      ['pick_line · 2026-01 · v1: 2 piece × 0.20 = 0.40', 'pick_weight · 2026-01 · v1: 12.345 kg × 0.10 = 1.23'],
    ],
  ]);
});

test('D9 packaging stands in place of material, each code once, and has to have its price', async () => {
  const packaging = [
    { code: 'BOX', quantity: 1 },
    { code: 'TAPE', quantity: 2 },
    { code: 'BOX', quantity: 2 },
  ];
  const facts = { shipments: [{ ...shipment('2026-01-05', 1), packaging }] };
  const box = rule('packaging', { type: 'flat', amount: '0.60' }, { key: 'box', conditions: { codes: ['BOX'] } });
  const rules = [box, rule('material', perUnit('9.99'))];
  expect((await bill(facts, ...rules)).unrated.map(({ chargeType }) => chargeType)).toEqual(['packaging']);
  const tape = rule('packaging', perUnit('0.05'), { key: 'tape', conditions: { codes: ['TAPE'] } });
  expect((await bill(facts, ...rules, tape)).bills[0]).toEqual([
    '2026-01-15',
    'issued',
    ['packaging · 2026-01 · v1: 1 piece × 0.60 = 0.60', 'packaging · 2026-01 · v1: 2 piece × 0.05 = 0.10'],
  ]);
});

test('D3 D4 what is called back is taken back with its day, and the next shipment becomes the first of its order', async () => {
  const first = { ...shipment('2026-01-05', 3), order: 'O', cancelled: { on: '2026-01-16', knownOn: '2026-01-20' } };
  const second = { ...shipment('2026-01-08', 4), order: 'O' };
  const other = shipment('2026-01-21', 41);
  const rules = [
    rule('pick_first', perUnit('1.35')),
    rule('pick_further', perUnit('0.35')),
    rule('cancel_after_pick', perUnit('1.50')),
  ];
  expect((await bill({ shipments: [first, second, other] }, ...rules)).bills).toEqual([
    [
      '2026-01-15',
      'issued',
      ['pick_first · 2026-01 · v1: 1 piece × 1.35 = 1.35', 'pick_further · 2026-01 · v1: 6 piece × 0.35 = 2.10'],
    ],
    [
      '2026-01-31',
      'issued',
      [
        'cancel_after_pick · 2026-01 · v1: 1 piece × 1.50 = 1.50',
        // the first of the other order alone: one is taken back, and the second shipment has one in its place
        'pick_first · 2026-01 · v1: 1 piece × 1.35 = 1.35',
        'pick_further · 2026-01 · v1: 37 piece × 0.35 = 12.95',
      ],
    ],
  ]);
});

const MARGIN: RateModel = { type: 'costPlus', percent: '10', minimumMargin: '0.50' };
const oneLine = (trackingNumber: string, amount: number, kind = 'oversize') => ({ trackingNumber, amount, kind });

test('a line of a carrier waits for the shipment that alone has its number, and comes with the day of that one', async () => {
  const shipments = [
    { ...shipment('2026-01-05', 1), trackingNumber: 'T1' },
    { ...shipment('2026-01-06', 1), reference: 'back', trackingNumber: 'T2', cancelled: { on: '2026-02-03' } },
    { ...shipment('2026-01-07', 1), trackingNumber: 't-2' },
    { ...shipment('2026-02-18', 1), trackingNumber: 'T3' },
  ];
  const carrierInvoices = [
    {
      ...{ carrier: 'DHL', number: '77', knownOn: '2026-01-20' },
      lines: [oneLine('T 1', 1_255), oneLine('T2', 200), oneLine('T3', -200), oneLine('T4', 5_000)],
    },
  ];
  const rules = [rule('carrier_surcharge', MARGIN, { conditions: { carriers: ['DHL'], codes: ['oversize'] } })];
  expect((await bill({ shipments, carrierInvoices }, ...rules)).bills.filter(([, , lines]) => lines!.length)).toEqual([
    ['2026-01-31', 'issued', ['carrier_surcharge · 2026-01 · v1: 1 piece × 13.805 = 13.81']],
    ['2026-02-15', 'issued', ['carrier_surcharge · 2026-01 · v1: 1 piece × 2.50 = 2.50']],
    ['2026-02-28', 'carried', ['carrier_surcharge · 2026-02 · v1: -1 piece × 2.50 = -2.50']],
    ['2026-03-15', 'carried', ['carrier_surcharge · 2026-02 · v1: -1 piece × 2.50 = -2.50']],
    ['2026-03-31', 'carried', ['carrier_surcharge · 2026-02 · v1: -1 piece × 2.50 = -2.50']],
  ]);
  const hand = [{ ...oneLine('unreadable', 100), settled: { shipment: '2026-01-05 1', on: '2026-03-02' } }];
  const byHand = { shipments, carrierInvoices: [{ ...carrierInvoices[0]!, lines: hand }] };
  expect((await bill(byHand, ...rules)).bills.at(-1)).toEqual([
    '2026-03-15',
    'issued',
    ['carrier_surcharge · 2026-01 · v1: 1 piece × 1.50 = 1.50'],
  ]);
});

test('G12 what a carrier gives back waits with a surcharge of the same parcel and kind that came too late', async () => {
  const invoice = (number: string, knownOn: string, ...lines: ReturnType<typeof oneLine>[]) => ({
    ...{ carrier: 'DHL', number, knownOn, lines },
  });
  const shipments = [
    { ...shipment('2025-12-01', 1), trackingNumber: 'OLD' },
    { ...shipment('2026-01-02', 1), trackingNumber: 'NEW' },
  ];
  // OLD is 120 days old at the first cut-off that could bill it; of its toll nothing waits that could be given back
  const carrierInvoices = [
    invoice('1', '2026-01-08', oneLine('NEW', 900), oneLine('NEW', 400, 'toll')),
    invoice('2', '2026-03-18', oneLine('OLD', 1_000)),
    invoice('3', '2026-03-28', oneLine('OLD', -1_000), oneLine('OLD', -100, 'toll'), oneLine('NEW', 2_000)),
  ];
  const { invoices, held } = await billed(
    card(version(1, '2020-01-01', rule('carrier_surcharge', perUnit('5.00')))),
    { shipments, carrierInvoices },
    SPRING,
  );
  expect(held.map(({ serviceDate, cutOff }) => [serviceDate, cutOff])).toEqual([
    ['2025-12-01', '2026-03-31'],
    ['2025-12-01', '2026-03-31'],
  ]);
  expect(invoices.map((one) => [one.cutOff, one.state, shown(one)])).toEqual([
    ['2026-01-15', 'issued', ['carrier_surcharge · 2026-01 · v1: 2 piece × 5.00 = 10.00']],
    [
      ...['2026-03-31', 'carried'],
      [
        'carrier_surcharge · 2025-12 · v1: -1 piece × 5.00 = -5.00',
        'carrier_surcharge · 2026-01 · v1: 1 piece × 5.00 = 5.00',
      ],
    ],
  ]);
});

test('D7 a delivery is charged in the ways that are priced, corrected, and blocks when there is none', async () => {
  const counted = { pallets: 3, cartons: 14, pieces: 260, minutes: 95 };
  const delivery = { merchant: 'M', reference: 'GI', closedOn: '2026-01-05', ...counted };
  const corrected = { ...delivery, corrections: [{ ...counted, pallets: 2, tags: ['bulky'], knownOn: '2026-02-03' }] };
  const rules = [
    rule('goods_in_pallet', perUnit('6.80'), { unit: 'pallet' }),
    rule('goods_in_pallet', perUnit('9.00'), {
      key: 'b',
      unit: 'pallet',
      priority: 200,
      conditions: { tags: ['bulky'] },
    }),
    rule('goods_in_hour', perUnit('42.00'), { unit: 'hour' }),
  ];
  expect((await bill({ deliveries: [delivery] }, ...rules)).bills).toEqual([
    [
      '2026-01-31',
      'issued',
      [
        'goods_in_hour · 2026-01 · v1: 1.583333 hour × 42.00 = 66.50',
        'goods_in_pallet · 2026-01 · v1: 3 pallet × 6.80 = 20.40',
      ],
    ],
  ]);
  expect((await bill({ deliveries: [corrected] }, ...rules)).bills[1]).toEqual([
    '2026-02-28',
    'carried',
    expect.arrayContaining([
      'goods_in_pallet · 2026-01 · v1: 2 pallet × 9.00 = 18.00',
      'goods_in_pallet · 2026-01 · v1: -3 pallet × 6.80 = -20.40',
    ]),
  ]);
  const { bills, unrated } = await bill({ deliveries: [delivery] });
  expect(bills.map(([cutOff, state]) => [cutOff, state])[0]).toEqual(['2026-01-31', 'blocked']);
  expect(unrated.map(({ chargeType }) => chargeType)).toEqual(
    ['receipt', 'pallet', 'carton', 'item', 'hour'].map((way) => `goods_in_${way}`),
  );
});

test('D8 a job is charged by its last quantity once it is signed off, in its own unit', async () => {
  const job = { merchant: 'M', reference: 'J', signedOffOn: '2026-01-10', quantity: '50', unit: 'minute' as const };
  const specialJobs = [
    { ...job, corrections: [{ quantity: '95', knownOn: '2026-02-05' }] },
    { ...job, corrections: [{ quantity: '0', knownOn: '2026-01-12' }] },
    { merchant: 'M', reference: 'waits', quantity: '900', unit: 'minute' as const },
    { ...job, signedOffOn: '2026-02-01', unit: 'piece' as const, code: 'tagging', quantity: '300' },
  ];
  const rules = [
    rule('special_job', perUnit('42.00', { baseQuantity: '60' }), { unit: 'minute' }),
    rule('special_job', perUnit('0.125'), { key: 'tags', unit: 'piece', conditions: { codes: ['tagging'] } }),
  ];
  expect((await bill({ specialJobs }, ...rules)).bills).toEqual([
    ['2026-01-31', 'issued', ['special_job · 2026-01 · v1: 50 minute × 42.00 ÷ 60 = 35.00']],
    [
      '2026-02-28',
      'issued',
      [
        'special_job · 2026-01 · v1: 45 minute × 42.00 ÷ 60 = 31.50',
        'special_job · 2026-02 · v1: 300 piece × 0.125 = 37.50',
      ],
    ],
  ]);
});

test('a card with a condition that is not known here is refused', async () => {
  const rules = [rule('pack', perUnit('1'), { conditions: { grades: ['A'] } as object })];
  await expect(billed(card(version(1, '2020-01-01', ...rules)), {}, SPRING)).rejects.toThrow('grades of pack');
});
