import { expect, test } from '@jest/globals';
import { draftInvoices, type AllocationGroup } from '../../../services/billing/domain/invoices/invoice-draft.ts';
import { sharesMinor } from '../../../services/billing/domain/invoices/line-shares.ts';
import { formatNumber, isNumberPattern } from '../../../services/billing/domain/invoices/number.ts';
import { vatClassOf } from '../../../services/billing/domain/invoices/vat.ts';

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
const domestic = { treatment: 'domestic', language: 'de', separateStreams: false } as const;

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

test('nothing unbilled makes no invoice', () => expect(draftInvoices([], domestic)).toEqual([]));

test.each([
  ['domestic', '2026-10', 'S', 1900],
  ['domestic', '2020-07', 'S', 1600],
  ['domestic', '2020-12', 'S', 1600],
  ['domestic', '2021-01', 'S', 1900],
  ['domestic', '2020-06', 'S', 1900],
  ['reverseCharge', '2026-10', 'AE', 0],
  ['thirdCountry', '2026-10', 'O', 0],
  ['exempt', '2026-10', 'E', 0],
] as const)('%s in %s is category %s at %i basis points', (treatment, month, category, rateBasisPoints) =>
  expect(vatClassOf(treatment, month)).toEqual({ category, rateBasisPoints }),
);

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
