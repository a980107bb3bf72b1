import type { TaxTreatment } from '../../../shared/protocol/merchants/events.ts';
import { describe, expect, test } from '@jest/globals';
import { draftInvoices, type AllocationGroup } from '../../../services/billing/domain/invoices/invoice-draft.ts';
import { sharesMinor } from '../../../services/billing/domain/invoices/line-shares.ts';
import { formatNumber, isNumberPattern } from '../../../services/billing/domain/invoices/number.ts';
import { isStorageLandRelated, vatClassOf } from '../../../services/billing/domain/invoices/vat.ts';

const group = (overrides: Partial<AllocationGroup> = {}): AllocationGroup => ({
  kind: 'charges',
  ownCharge: null,
  ownReference: null,
  stream: 'fulfilment',
  section: 'fulfilment',
  chargeType: 'pack',
  versionId: 'v1',
  ruleKey: 'pack',
  tierFrom: null,
  tierTo: null,
  unitPrice: '0.5',
  baseQuantity: '1',
  serviceMonth: '2026-10',
  unit: 'parcel',
  label: { de: 'Verpacken', en: 'Packing' },
  quantity: '3',
  chargeCount: 3,
  lateQuantity: '0',
  lateFrom: null,
  lateTo: null,
  ...overrides,
});
const taxed = (taxTreatment: TaxTreatment) => ({ taxes: { taxTreatment, taxBefore: [] } });
const domestic = { ...taxed('domestic'), language: 'de', contracts: [], separateStreams: false } as const;
const letFrom = (...starts: [startsOn: string, storageIsLandRelated: boolean][]) =>
  starts.map(([startsOn, storageIsLandRelated]) => ({ startsOn, storageIsLandRelated }));

test('a line is rounded once, VAT once per rate, and the totals add up', () => {
  const [draft] = draftInvoices(
    [
      group({ quantity: '1', unitPrice: '0.005' }),
      group({ ruleKey: 'b', quantity: '1', unitPrice: '0.005' }),
      group({ section: 'storage', stream: 'monthly', quantity: '44', unitPrice: '30', baseQuantity: '30' }),
    ],
    domestic,
  );
  expect(draft!.lines.map(({ netMinor }) => netMinor)).toEqual([1, 1, 4400]);
  expect(draft).toMatchObject({
    split: 'all',
    netMinor: 4402,
    vatMinor: 836,
    grossMinor: 5238,
    vat: [{ category: 'S', rateBasisPoints: 1900, basisMinor: 4402, vatMinor: 836 }],
  });
});

test('lines stand by section, month, work order and tier', () => {
  const [draft] = draftInvoices(
    [
      group({ section: 'returns', chargeType: 'return_item' }),
      group({ chargeType: 'freight' }),
      group({ chargeType: 'pick_further', tierFrom: '1000' }),
      group({ chargeType: 'pick_further', tierFrom: '0' }),
      group({ chargeType: 'freight', serviceMonth: '2026-09' }),
      group({ chargeType: 'pick_first' }),
    ],
    domestic,
  );
  expect(
    draft!.lines.map(({ position, section, chargeType, serviceMonth, tierFrom }) => [
      position,
      section,
      serviceMonth,
      chargeType,
      tierFrom,
    ]),
  ).toEqual([
    [1, 'fulfilment', '2026-09', 'freight', null],
    [2, 'fulfilment', '2026-10', 'pick_first', null],
    [3, 'fulfilment', '2026-10', 'pick_further', '0'],
    [4, 'fulfilment', '2026-10', 'pick_further', '1000'],
    [5, 'fulfilment', '2026-10', 'freight', null],
    [6, 'returns', '2026-10', 'return_item', null],
  ]);
});

test('two documents at month end where the contract says so', () => {
  const drafts = draftInvoices([group(), group({ stream: 'monthly', section: 'storage' })], {
    ...domestic,
    separateStreams: true,
  });
  expect(drafts.map(({ split, lines }) => [split, lines.length])).toEqual([
    ['fulfilment', 1],
    ['monthly', 1],
  ]);
});

const storage = (overrides: Partial<AllocationGroup> = {}) =>
  group({ stream: 'monthly', section: 'storage', chargeType: 'storage', unitPrice: '10', ...overrides });
const onStorage = (kind: 'surcharge' | 'discount') =>
  storage({ kind, chargeType: kind, unitPrice: '-1', quantity: '1', detail: { group: 'storage' } });
const minimum = storage({ kind: 'minimum', section: 'adjustments', chargeType: 'minimum', quantity: '1' });

describe('H8 storage in an area that is let is taxed where the warehouse is', () => {
  const work = [group({ quantity: '3', unitPrice: '5' }), storage(), onStorage('discount'), minimum];
  test.each([
    // what it comes to: 15.00 of work, 30.00 − 1.00 of storage, 10.00 of minimum
    ['domestic', true, false, ['all inside: S 1900 5400 → 1026']],
    ['reverseCharge', false, false, ['all inside: AE 0 5400 → 0']],
    ['reverseCharge', true, false, ['all inside: AE 0 2500 → 0, S 1900 2900 → 551']],
    ['thirdCountry', false, false, ['all outside: O 0 5400 → 0']],
    ['thirdCountry', true, false, ['all outside: O 0 2500 → 0', 'all inside: S 1900 2900 → 551']],
    ['exempt', true, false, ['all inside: E 0 5400 → 0']],
    [
      ...(['thirdCountry', true, true] as const),
      ['fulfilment outside: O 0 1500 → 0', 'monthly inside: S 1900 2900 → 551', 'monthly outside: O 0 1000 → 0'],
    ],
  ] as const)('%s, let %j, two documents %j: %j', (treatment, isLet, separateStreams, expected) => {
    const contracts = letFrom(['2026-01-01', isLet]);
    const drafts = draftInvoices(work, { ...taxed(treatment), contracts, separateStreams, language: 'de' });
    const said = drafts.map(({ split, taxGroup, vat }) => {
      const rates = vat.map((one) => `${one.category} ${one.rateBasisPoints} ${one.basisMinor} → ${one.vatMinor}`);
      return `${split} ${taxGroup}: ${rates.toSorted().join(', ')}`;
    });
    expect(said).toEqual(expected);
    for (const { lines } of drafts)
      expect(lines.map(({ position }) => position)).toEqual(lines.map((_, index) => index + 1));
  });

  test('quarantine is no area that is let, and freight and software neither', () => {
    const others = [
      group({ stream: 'monthly', section: 'returns', chargeType: 'quarantine_storage' }),
      group({ chargeType: 'freight' }),
      group({ stream: 'monthly', section: 'software', chargeType: 'software_fee' }),
    ];
    const terms = { ...domestic, ...taxed('reverseCharge'), contracts: letFrom(['2026-01-01', true]) } as const;
    expect(draftInvoices(others, terms).flatMap(({ vat }) => vat.map(({ category }) => category))).toEqual(['AE']);
  });

  test.each([
    ['2026-08', [], false],
    ['2026-08', letFrom(['2026-08-31', true]), true],
    ['2026-08', letFrom(['2026-09-01', true]), false],
    // the month is a part of the service, supplied when it ends
    ['2026-08', letFrom(['2026-01-01', false], ['2026-08-20', true]), true],
    ['2026-08', letFrom(['2026-08-20', false], ['2026-01-01', true]), false],
    // what comes late is taxed by the contract of its month
    ['2026-07', letFrom(['2026-01-01', false], ['2026-08-20', true]), false],
  ])('%s by %j: %j', (month, contracts, expected) => expect(isStorageLandRelated(contracts, month)).toBe(expected));
});

test('nothing unbilled makes no invoice', () => expect(draftInvoices([], domestic)).toEqual([]));

test.each([
  ['domestic', '2026-10', 'S', 1900],
  ['domestic', '2020-07', 'S', 1600],
  ['domestic', '2020-12', 'S', 1600],
  ['domestic', '2021-01', 'S', 1900],
  ['domestic', '2020-06', 'S', 1900],
  ['domestic', '2007-01', 'S', 1900],
  ['reverseCharge', '2026-10', 'AE', 0],
  ['thirdCountry', '2026-10', 'O', 0],
  ['exempt', '2026-10', 'E', 0],
] as const)('%s in %s is category %s at %i basis points', (treatment, month, category, rateBasisPoints) =>
  expect(vatClassOf(treatment, month)).toEqual({ category, rateBasisPoints }),
);

test.each([
  ['2020-06', 1900],
  ['2020-07', 1600],
  ['2020-12', 1600],
  ['2021-01', 1900],
])('H8 what is let in %s bears %i basis points whoever rents it', (month, rateBasisPoints) => {
  for (const treatment of ['domestic', 'reverseCharge', 'thirdCountry'] as const)
    expect(vatClassOf(treatment, month, { landRelated: true })).toEqual({ category: 'S', rateBasisPoints });
});
test('H8 months before 2007 have no rate here', () =>
  expect(() => vatClassOf('domestic', '2006-12')).toThrow(RangeError));
test('H8 a bill over the change of a rate has both, each rounded once', () => {
  const groups = [
    group({ serviceMonth: '2020-06', unitPrice: '0.03' }),
    group({ serviceMonth: '2020-07', unitPrice: '0.03' }),
  ];
  expect(draftInvoices(groups, domestic)).toMatchObject([
    {
      ...{ netMinor: 18, vatMinor: 3, grossMinor: 21 },
      vat: [
        { category: 'S', rateBasisPoints: 1900, basisMinor: 9, vatMinor: 2 },
        { category: 'S', rateBasisPoints: 1600, basisMinor: 9, vatMinor: 1 },
      ],
    },
  ]);
});

test.each([
  ['RE-{year}-{number:5}', 2026, 42, 'RE-2026-00042'],
  ['{year}/{number}', 2027, 123456, '2027/123456'],
  ['R{year}{number:3}', 2026, 1234, 'R20261234'],
])('%s of %i and %i is %s', (pattern, year, number, expected) => {
  expect(isNumberPattern(pattern)).toBe(true);
  expect(formatNumber(pattern, year, number)).toBe(expected);
});
test.each(['RE-{number}', 'RE-{year}', '{year}{number}{number}', 'RE {year} {number}', '{year}-{number:5}-<b>'])(
  '%s is no pattern',
  (pattern) => expect(isNumberPattern(pattern)).toBe(false),
);

test.each([
  [1000, ['1', '1', '1'], '3', [333, 334, 333]],
  [-1000, ['1', '1', '1'], '3', [-333, -334, -333]],
  [1000, ['3'], '3', [1000]],
  [1000, ['4', '-1'], '3', [1333, -333]],
  [-1000, ['-4', '1'], '-3', [-1333, 333]],
  [116, ['1', '1', '1'], '3', [39, 38, 39]],
  [0, ['1', '-1'], '0', [0, 0]],
])('X2 %i cents go to charges of %j of %s as %j and add up', (net, parts, whole, shares) => {
  expect(sharesMinor(net, parts, whole)).toEqual(shares);
  expect(shares.reduce((sum, share) => sum + share, 0)).toBe(net);
});
