import { describe, expect, test } from '@jest/globals';
import type { Facts } from '../../../oracle/facts.ts';
import { billed, card, graduated, MERCHANT, perUnit, rule, shipment, shown, version } from './card-fixture.ts';

const JANUARY: [string, string] = ['2026-01-01', '2026-01-31'];
const TIERS = graduated(['1000', '0.35'], ['5000', '0.29'], [null, '0.245']);

test('a tier crossed in the second half goes on from the first half', async () => {
  const facts = { shipments: [shipment('2026-01-05', 801), shipment('2026-01-16', 501), shipment('2026-01-20', 4701)] };
  const { invoices } = await billed(card(version(1, '2020-01-01', rule('pick_further', TIERS))), facts, JANUARY);
  expect(invoices.map(shown)).toEqual([
    ['pick_further · 2026-01 · v1 · tier over 0 up to 1000: 800 piece × 0.35 = 280.00'],
    [
      'pick_further · 2026-01 · v1 · tier over 0 up to 1000: 200 piece × 0.35 = 70.00',
      'pick_further · 2026-01 · v1 · tier over 1000 up to 5000: 4000 piece × 0.29 = 1160.00',
      'pick_further · 2026-01 · v1 · tier over 5000: 1000 piece × 0.245 = 245.00',
    ],
  ]);
  // 280.00 × 19 % = 53.20; 1475.00 × 19 % = 280.25
  expect(invoices.map(({ net, vat, gross }) => [net, vat, gross])).toEqual([
    [28000n, 5320n, 33320n],
    [147500n, 28025n, 175525n],
  ]);
});

test('a new price on the 10th prices what comes after it and the tiers count on', async () => {
  const old = version(1, '2020-01-01', rule('pick_further', graduated(['100', '0.50'], [null, '0.40'])));
  const dearer = version(2, '2026-01-10', rule('pick_further', graduated(['100', '0.60'], [null, '0.45'])));
  const facts = { shipments: [shipment('2026-01-09', 61), shipment('2026-01-10', 61)] };
  const [invoice] = (await billed(card(old, dearer), facts, JANUARY)).invoices;
  expect(shown(invoice)).toEqual([
    'pick_further · 2026-01 · v1 · tier over 0 up to 100: 60 piece × 0.50 = 30.00',
    'pick_further · 2026-01 · v2 · tier over 0 up to 100: 40 piece × 0.60 = 24.00',
    'pick_further · 2026-01 · v2 · tier over 100: 20 piece × 0.45 = 9.00',
  ]);
});

test.each([
  ['0.385', 1, 39n],
  ['0.385', 3, 116n],
  ['0.005', 1, 1n],
  ['0.004999', 1, 0n],
  ['0.000001', 5000, 1n],
  ['0.000001', 4999, 0n],
  ['1.35', 169, 22815n],
])('unit price %s for %i parcels rounds once to %s cents', async (price, count, cents) => {
  const shipments = Array.from({ length: count }, (_, index) => ({
    ...shipment('2026-01-05', 1),
    reference: String(index),
  }));
  const [invoice] = (await billed(card(version(1, '2020-01-01', rule('pack', perUnit(price)))), { shipments }, JANUARY))
    .invoices;
  expect(invoice?.net).toBe(cents);
});

test('VAT is rounded once, on the sum of the lines, half away from zero', async () => {
  const rules = [rule('pack', perUnit('50.25')), rule('material', perUnit('50.25'))];
  const facts = { shipments: [shipment('2026-01-05', 1)] };
  const vatOf = async (taxTreatment: 'domestic' | 'reverseCharge' | 'thirdCountry') => {
    const [invoice] = (
      await billed(card(version(1, '2020-01-01', ...rules)), facts, JANUARY, { ...MERCHANT, taxTreatment })
    ).invoices;
    return [invoice?.net, invoice?.taxes[0]?.category, invoice?.vat, invoice?.gross];
  };
  // 100.50 × 19 % = 19.095
  expect(await vatOf('domestic')).toEqual([10050n, 'S', 1910n, 11960n]);
  expect(await vatOf('reverseCharge')).toEqual([10050n, 'AE', 0n, 10050n]);
  expect(await vatOf('thirdCountry')).toEqual([10050n, 'O', 0n, 10050n]);
});

describe('H8 storage in an area that is let bears German VAT', () => {
  const rules = [rule('pack', perUnit('10')), rule('storage', perUnit('20'))];
  const stored = (date: string, quantity: string, knownOn?: string) => ({
    ...{ merchant: 'M', date, quantity },
    ...(knownOn ? { knownOn } : {}),
  });
  const told = async (taxTreatment: 'domestic' | 'reverseCharge' | 'thirdCountry', facts: Facts) => {
    const { invoices } = await billed(card(version(1, '2020-01-01', ...rules)), facts, JANUARY, {
      ...MERCHANT,
      ...{ taxTreatment, cadence: 'monthly' },
    });
    return invoices.map(({ state, gross, taxes }) => {
      const of = taxes.map(({ category, net, vat }) => `${category} ${net} → ${vat}`).toSorted();
      return `${state} ${gross}: ${of.join(', ')}`;
    });
  };
  const contract = { merchant: 'M', startsOn: '2025-01-01', storageIsLandRelated: true };
  const shipments = [shipment('2026-01-20', 1)];
  const storageSnapshots = [stored('2026-01-20', '2')];
  test.each([
    ['domestic', ['issued 5950: S 5000 → 950']],
    ['reverseCharge', ['issued 5760: AE 1000 → 0, S 4000 → 760']],
    ['thirdCountry', ['issued 1000: O 1000 → 0', 'issued 4760: S 4000 → 760']],
  ] as const)('%s', async (treatment, expected) =>
    expect(await told(treatment, { contracts: [contract], shipments, storageSnapshots })).toEqual(expected),
  );
  test('by the contract of its month', async () => {
    const contracts = [
      { ...contract, storageIsLandRelated: false },
      { ...contract, startsOn: '2026-01-21' },
    ];
    const late = [...storageSnapshots, stored('2025-12-31', '1')];
    expect(await told('reverseCharge', { contracts, storageSnapshots: late })).toEqual([
      'issued 6760: AE 2000 → 0, S 4000 → 760',
    ]);
  });
  test('of two documents one may wait', async () => {
    const takenBack = { merchant: 'M', reference: 'x', chargeType: 'pack', serviceDate: '2026-01-20', quantity: '-3' };
    expect(
      await told('thirdCountry', { contracts: [contract], shipments, storageSnapshots, events: [takenBack] }),
    ).toEqual(['issued 4760: S 4000 → 760', 'carried -2000: O -2000 → 0']);
  });
});

test.each([
  ['2026-06', '44.00'],
  ['2026-07', '42.58'],
])('44 m³-days at 30.00 per m³ and month in %s are %s', async (month, amount) => {
  const storageSnapshots = Array.from({ length: 30 }, (_, index) => ({
    merchant: 'M',
    date: `${month}-${String(index + 1).padStart(2, '0')}`,
    quantity: index < 10 ? '2.4' : '1.0',
  }));
  const rules = rule('storage', perUnit('30.00', { perDaysOfMonth: true }), { unit: 'm3_day' });
  const [invoice] = (
    await billed(card(version(1, '2020-01-01', rules)), { storageSnapshots }, [`${month}-01`, `${month}-31`])
  ).invoices;
  expect(shown(invoice)).toEqual([
    `storage · ${month} · v1: 44 m3_day × 30.00 ÷ ${month === '2026-06' ? 30 : 31} = ${amount}`,
  ]);
});

test.each([
  [{ startsOn: '2026-01-20' }, '0.387097', 1897n],
  [{ startsOn: '2020-01-01' }, '1', 4900n],
  [{ startsOn: '2020-01-01', endsOn: '2026-01-01' }, '0.032258', 158n],
])('the software fee of a contract %j is %s months', async (contract, months, cents) => {
  const facts = { contracts: [{ merchant: 'M', ...contract }] };
  const rules = rule('software_fee', perUnit('49.00'));
  const result = await billed(card(version(1, '2020-01-01', rules)), facts, JANUARY, {
    number: 'M',
    taxTreatment: 'domestic',
  });
  expect(result.charges).toEqual([{ merchant: 'M', chargeType: 'software_fee', count: 1, quantity: months }]);
  expect(result.invoices.map(({ cutOff, net }) => [cutOff, net])).toEqual([['2026-01-31', cents]]);
});

test.each([
  { type: 'flat', amount: '49.00' },
  { type: 'package', unitPrice: '49.00', size: '1' },
] as const)('a software fee that does not go by the days is no card: %o', (model) =>
  expect(
    billed(card(version(1, '2020-01-01', rule('software_fee', model))), {}, JANUARY, {
      ...{ number: 'M', taxTreatment: 'domestic' },
    }),
  ).rejects.toThrow('does not go by the days'),
);

test('no software fee accrues before the contract begins', async () => {
  const facts = { contracts: [{ merchant: 'M', startsOn: '2026-02-01' }] };
  const rules = rule('software_fee', perUnit('49.00'));
  const result = await billed(card(version(1, '2020-01-01', rules)), facts, JANUARY, {
    number: 'M',
    taxTreatment: 'domestic',
  });
  expect(result.invoices).toEqual([]);
});

test('returns, batches and special jobs are billed at month end by their own days', async () => {
  const parcel = { merchant: 'M', receivedOn: '2026-01-03', hasPhotos: true, restocked: 2, disposed: 1 };
  const facts: Facts = {
    returns: [
      { ...parcel, reference: 'a', kind: 'standard', inspectedOn: '2026-01-04', pieces: 5 },
      { ...parcel, reference: 'b', kind: 'standard', pieces: 5 },
      { ...parcel, reference: 'c', kind: 'standard', inspectedOn: '2026-02-01', pieces: 5 },
      { ...parcel, reference: 'd', kind: 'undeliverable', pieces: 0, hasPhotos: false, restocked: 0, disposed: 0 },
    ],
    rtvBatches: [{ merchant: 'M', reference: 'e', dispatchedOn: '2026-01-31', pieces: 7, parcels: 2 }],
    specialJobs: [{ merchant: 'M', reference: 'f', signedOffOn: '2026-01-10', quantity: '50' }],
  };
  const rules = [
    rule('return_parcel', perUnit('2.90')),
    rule('return_item', perUnit('0.65')),
    rule('return_photo', { type: 'flat', amount: '0.50' }),
    rule('return_restock', perUnit('0.45')),
    rule('return_disposal', perUnit('0.80')),
    rule('return_undeliverable', { type: 'flat', amount: '3.50' }),
    rule('rtv_handling', perUnit('0.25')),
    rule('rtv_freight', perUnit('12.90')),
    rule('special_job', perUnit('42.00', { baseQuantity: '60' }), { unit: 'minute' }),
  ];
  const { invoices } = await billed(card(version(1, '2020-01-01', ...rules)), facts, JANUARY);
  expect(invoices).toHaveLength(1);
  expect(shown(invoices[0])).toEqual([
    'return_disposal · 2026-01 · v1: 1 piece × 0.80 = 0.80',
    'return_item · 2026-01 · v1: 5 piece × 0.65 = 3.25',
    'return_parcel · 2026-01 · v1: 1 piece × 2.90 = 2.90',
    'return_photo · 2026-01 · v1: 1 piece × 0.50 = 0.50',
    'return_restock · 2026-01 · v1: 2 piece × 0.45 = 0.90',
    'return_undeliverable · 2026-01 · v1: 1 piece × 3.50 = 3.50',
    'rtv_freight · 2026-01 · v1: 2 piece × 12.90 = 25.80',
    'rtv_handling · 2026-01 · v1: 7 piece × 0.25 = 1.75',
    'special_job · 2026-01 · v1: 50 minute × 42.00 ÷ 60 = 35.00',
  ]);
  expect(invoices[0]).toMatchObject({
    sectionNet: { fulfilment: 0n, monthly: 7440n },
    net: 7440n,
    vat: 1414n,
    gross: 8854n,
  });
});

test('a shipment of the 14th that became known on the 17th is billed at month end', async () => {
  const facts = { shipments: [shipment('2026-01-14', 1, { knownOn: '2026-01-17' })] };
  const { invoices } = await billed(card(version(1, '2020-01-01', rule('pack', perUnit('1')))), facts, JANUARY);
  expect(invoices.map(({ cutOff, net }) => [cutOff, net])).toEqual([['2026-01-31', 100n]]);
});

test('what is older than 90 days at the cut-off waits for finance', async () => {
  const facts = { shipments: [shipment('2025-10-17', 1), shipment('2025-10-16', 1)] };
  const result = await billed(card(version(1, '2020-01-01', rule('pack', perUnit('1')))), facts, JANUARY);
  expect(result.invoices.map(({ cutOff, net }) => [cutOff, net])).toEqual([['2026-01-15', 100n]]);
  expect(new Set(result.held.map(({ serviceDate }) => serviceDate))).toEqual(new Set(['2025-10-16']));
});

test('what takes back something billed is never too old; what takes back something that waits, waits with it', async () => {
  const job = (reference: string, quantity: string, more: object = {}) => ({
    ...{ merchant: 'M', reference, signedOffOn: '2026-01-10', quantity, ...more },
  });
  const facts: Facts = {
    specialJobs: [
      job('billed', '8', { corrections: [{ quantity: '3', knownOn: '2026-04-20' }] }),
      job('late', '50', { knownOn: '2026-05-02', corrections: [{ quantity: '0', knownOn: '2026-06-02' }] }),
      { ...job('other', '40'), signedOffOn: '2026-06-10' },
    ],
  };
  const rules = rule('special_job', perUnit('1'), { unit: 'piece' });
  const result = await billed(card(version(1, '2020-01-01', rules)), facts, ['2026-01-01', '2026-06-30']);
  expect(result.invoices.map(({ cutOff, state, net }) => [cutOff, state, Number(net)])).toEqual([
    ['2026-01-31', 'issued', 800],
    ['2026-04-30', 'carried', -800],
    ['2026-05-31', 'carried', -800],
    ['2026-06-30', 'issued', 3_200],
  ]);
  // what is charged anew, what came late, and what takes that back
  expect(result.held.map(({ cutOff }) => cutOff)).toEqual(['2026-04-30', '2026-05-31', '2026-06-30']);
});

test('a charge without a rule blocks the invoice; a total of zero is carried', async () => {
  const facts = {
    shipments: [shipment('2026-01-05', 1)],
    rtvBatches: [{ merchant: 'M', reference: 'e', dispatchedOn: '2026-01-20', pieces: 7, parcels: 1 }],
  };
  const { invoices, unrated } = await billed(card(version(1, '2020-01-01')), facts, JANUARY);
  expect(invoices.map(({ cutOff, state }) => [cutOff, state])).toEqual([
    ['2026-01-15', 'carried'],
    ['2026-01-31', 'blocked'],
  ]);
  expect(unrated.map(({ chargeType }) => chargeType)).toEqual(['rtv_handling', 'rtv_freight']);
});

test.each([
  ['DE', 2000, 429n],
  ['DE', 2001, 549n],
  ['AT', 2000, 1190n],
  ['US', 2001, 2250n],
])('freight to %s with %i g costs %s cents', async (country, weightGrams, cents) => {
  const band = (price: string, heavy: boolean, countries?: string[], priority = 100) =>
    rule('freight', perUnit(price), {
      key: `freight-${price}`,
      priority,
      conditions: {
        ...(countries && { countries }),
        ...(heavy ? { weightGramsOver: 2000 } : { weightGramsUpTo: 2000 }),
      },
    });
  const rules = [
    band('4.29', false, ['DE'], 300),
    band('5.49', true, ['DE'], 300),
    band('11.90', false, ['AT'], 200),
    band('22.50', true),
    band('15.90', false),
  ];
  const facts = { shipments: [shipment('2026-01-05', 1, { country, weightGrams })] };
  expect((await billed(card(version(1, '2020-01-01', ...rules)), facts, JANUARY)).invoices[0]?.net).toBe(cents);
});

test('two rules of the same priority are refused', async () => {
  const rules = [rule('pack', perUnit('1')), rule('pack', perUnit('2'), { key: 'pack-2' })];
  await expect(
    billed(card(version(1, '2020-01-01', ...rules)), { shipments: [shipment('2026-01-05', 1)] }, JANUARY),
  ).rejects.toThrow(/same priority/);
});
