import { expect, test } from '@jest/globals';
import {
  creditAmounts,
  type Creditable,
  type CreditableLine,
  type CreditRequest,
} from '../../../services/billing/domain/corrections/credit-amounts.ts';

type Left = Partial<CreditableLine>;
const S = { category: 'S', rateBasisPoints: 1900 } as const;
const lineOf = (id: string, position: number, quantity: string, unitPrice: string, netMinor: number, left: Left = {}) =>
  ({
    ...{ ...S, id, position, quantity, unitPrice, baseQuantity: '1', netMinor },
    ...{ remainingNetMinor: netMinor, remainingQuantity: quantity, hasAmounts: false, ...left },
  }) satisfies CreditableLine;

const of = (lines: CreditableLine[], remainingVatMinor?: number): Creditable => {
  const remainingBasisMinor = lines.reduce((sum, { remainingNetMinor }) => sum + remainingNetMinor, 0);
  const tax = remainingVatMinor ?? Math.round(remainingBasisMinor * 0.19);
  return {
    lines,
    vat: [{ ...S, remainingBasisMinor, remainingVatMinor: tax }],
    remainingGrossMinor: remainingBasisMinor + tax,
  };
};
/** 100 pieces at EUR 0.45, and a discount of EUR 5.00. */
const TWO = [lineOf('a', 1, '100', '0.45', 4500), lineOf('b', 2, '1', '-5', -500)];
const THIRDS = lineOf('a', 1, '3', '0.333', 100);
const taken = (by: Left): CreditableLine => ({ ...THIRDS, ...by });

test.each<[string, Creditable, CreditRequest[], [quantity: string, price: string, net: number][], vat: number]>([
  ['a quantity at the price of its line', of(TWO), [{ lineId: 'a', quantity: '10' }], [['-10', '0.45', -450]], -86],
  ['an amount', of(TWO), [{ lineId: 'a', netMinor: 333 }], [['-1', '3.33', -333]], -63],
  [
    'all of it, the discount with it',
    of(TWO),
    [
      { lineId: 'a', quantity: '100' },
      { lineId: 'b', quantity: '1' },
    ],
    [
      ['-100', '0.45', -4500],
      ['-1', '-5', 500],
    ],
    -760,
  ],
  ['the first third of a line that rounds', of([THIRDS]), [{ lineId: 'a', quantity: '1' }], [['-1', '0.333', -33]], -6],
  [
    'the last third, which is the rest to the cent',
    of([taken({ remainingQuantity: '1', remainingNetMinor: 34 })], 7),
    [{ lineId: 'a', quantity: '1' }],
    [['-1', '0.34', -34]],
    -7,
  ],
  [
    'what is left of an amount, by amount',
    of([taken({ remainingNetMinor: 7, hasAmounts: true })], 1),
    [{ lineId: 'a', netMinor: 7 }],
    [['-1', '0.07', -7]],
    -1,
  ],
  // 19 % of 33 are 6.27, and of three times 33 and one 18.81 and 0.19: what earlier ones left is 7
  [
    'the rest of the tax, which the rate misses',
    of([taken({ remainingNetMinor: 34 })], 7),
    [{ lineId: 'a', netMinor: 34 }],
    [['-1', '0.34', -34]],
    -7,
  ],
  // 19 % of 3 round up to 1, and none is left
  [
    'no more tax than is left',
    of([taken({ remainingNetMinor: 90 })], 0),
    [{ lineId: 'a', netMinor: 3 }],
    [['-1', '0.03', -3]],
    0,
  ],
  [
    'millionths of a unit',
    of([lineOf('a', 1, '0.5', '9.99', 500)]),
    [{ lineId: 'a', quantity: '0.333333' }],
    [['-0.333333', '9.99', -333]],
    -63,
  ],
])('H6 credited is %s', (_title, creditable, asked, lines, vat) => {
  const credit = creditAmounts(creditable, asked);
  expect(credit.lines.map(({ quantity, unitPrice, netMinor }) => [quantity, unitPrice, netMinor])).toEqual(lines);
  const net = lines.reduce((sum, [, , cents]) => sum + cents, 0);
  expect(credit).toMatchObject({ netMinor: net, vatMinor: vat, grossMinor: net + vat });
});

test('H6 a tax that is not what the rate makes says so, and no other', () => {
  const last = creditAmounts(of([taken({ remainingNetMinor: 34 })], 7), [{ lineId: 'a', netMinor: 34 }]);
  const off = creditAmounts(of([taken({ remainingNetMinor: 34 })], 8), [{ lineId: 'a', netMinor: 34 }]);
  const first = creditAmounts(of([THIRDS], 21), [{ lineId: 'a', netMinor: 66 }]);
  expect([last, off, first].map(({ vat }) => vat[0]!.remainder ?? false)).toEqual([true, true, false]);
});

test.each<[string, CreditRequest[], string, string]>([
  [
    'more of a quantity than the line has',
    [{ lineId: 'a', quantity: '100.000001' }],
    'lines.0.quantity',
    'CREDIT_EXCEEDS_LINE',
  ],
  ['more of an amount', [{ lineId: 'a', netMinor: 4501 }], 'lines.0.netMinor', 'CREDIT_EXCEEDS_LINE'],
  ['the other sign', [{ lineId: 'a', quantity: '-1' }], 'lines.0.quantity', 'NOTHING_CREDITED'],
  ['a positive part of a discount', [{ lineId: 'b', netMinor: 100 }], 'lines.0.netMinor', 'NOTHING_CREDITED'],
  ['nothing', [{ lineId: 'a', netMinor: 0 }], 'lines.0.netMinor', 'NOTHING_CREDITED'],
  ['no piece', [{ lineId: 'a', quantity: '0' }], 'lines.0.quantity', 'NOTHING_CREDITED'],
  ['a discount alone, which asks for money', [{ lineId: 'b', netMinor: -100 }], 'lines', 'CREDIT_EXCEEDS_INVOICE'],
  [
    'more than the discount leaves of the invoice',
    [{ lineId: 'a', netMinor: 4001 }],
    'lines',
    'CREDIT_EXCEEDS_INVOICE',
  ],
  ['another line', [{ lineId: 'c', netMinor: 1 }], 'lines.0.lineId', 'LINE_NOT_FOUND'],
  [
    'a line twice',
    [
      { lineId: 'a', netMinor: 1 },
      { lineId: 'a', netMinor: 1 },
    ],
    'lines.1.lineId',
    'LINE_TWICE',
  ],
  ['both', [{ lineId: 'a', netMinor: 1, quantity: '1' }], 'lines.0', 'QUANTITY_OR_AMOUNT'],
  ['neither', [{ lineId: 'a' }], 'lines.0', 'QUANTITY_OR_AMOUNT'],
])('H6 not credited is %s', (_title, asked, path, code) => {
  const refused = () => creditAmounts(of(TWO), asked);
  expect(refused).toThrow(
    expect.objectContaining({ code: 422, data: { errors: [expect.objectContaining({ path, code })] } }),
  );
});

test('H6 pieces of a line whose amount is credited as a whole are refused by a code of their own', () => {
  // 5 pieces at EUR 0.005 are 3 cents, and each piece by itself is one
  const left = (pieces: string, remainingNetMinor: number) =>
    of([
      lineOf('a', 1, '5', '0.005', 3, { remainingQuantity: pieces, remainingNetMinor }),
      lineOf('b', 2, '1', '1', 100),
    ]);
  const one = [{ lineId: 'a', quantity: '1' }];
  for (const [pieces, cents] of [
    ['5', 3],
    ['4', 2],
    ['3', 1],
  ] as const)
    expect(creditAmounts(left(pieces, cents), one).lines).toMatchObject([{ quantity: '-1', netMinor: -1 }]);
  const refused = (pieces: string, cents: number, quantity: string) => {
    try {
      return creditAmounts(left(pieces, cents), [{ lineId: 'a', quantity }]);
    } catch (error) {
      return (error as { data: { errors: object[] } }).data.errors;
    }
  };
  const nothing = { path: 'lines.0.quantity', code: 'NOTHING_LEFT_OF_LINE' };
  expect(refused('2', 0, '1')).toMatchObject([nothing]);
  expect(refused('1', 0, '1')).toMatchObject([nothing]);
  expect(refused('4', 1, '3')).toMatchObject([
    { code: 'CREDIT_EXCEEDS_LINE', message: '1 of the amount of the line are left' },
  ]);
});
