import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { shareVat } from '../../../services/billing/domain/exports/share-vat.ts';
import { vatMinor } from '../../../shared/kernel/money.ts';

const months = (...nets: number[]) => nets.map((netMinor, index) => ({ month: `2026-0${index + 1}`, netMinor }));

test.each<[nets: number[], rate: number, vat: number, shares: number[]]>([
  [[100], 1900, 19, [19]],
  // 0.95 and 0.76: both are cut to 0 and both get one of the two cents
  [[5, 4], 1900, 2, [1, 1]],
  // 0.57 each are 1.71, so 2: the later of equal months goes without
  [[3, 3, 3], 1900, 2, [1, 1, 0]],
  [[-3, -3, -3], 1900, -2, [-1, -1, 0]],
  // 0.19, 0.38 and 0.57 are 1.14, so 1, for the largest part
  [[1, 2, 3], 1900, 1, [0, 0, 1]],
  [[1000, -500], 1900, 95, [190, -95]],
  // months that take each other away leave no VAT
  [[10, -10], 1900, 0, [2, -2]],
  [[-10, 10], 1900, 0, [-2, 2]],
  [[0, 100], 700, 7, [0, 7]],
  [[12345, 6789], 0, 0, [0, 0]],
  [[], 1900, 0, []],
])('I5 VAT on nets of %j at %i is %i, shared as %j', (nets, rate, vat, shares) =>
  expect(shareVat(vat, rate, months(...nets))).toEqual(shares),
);

test('I5 the shares add up to the VAT of the document, no month is a cent away, and turned signs give turned shares', () => {
  const nets = fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(nets, fc.constantFrom(0, 500, 700, 1600, 1900), (found, rate) => {
      const total = found.reduce((sum, net) => sum + net, 0);
      const vat = vatMinor(total, rate);
      const shares = shareVat(vat, rate, months(...found));
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(vat);
      shares.forEach((share, index) => expect(Math.abs(share - (found[index]! * rate) / 10_000)).toBeLessThan(1));
      const turned = shareVat(vatMinor(-total, rate), rate, months(...found.map((net) => -net)));
      expect(turned.map((share) => -share + 0)).toEqual(shares);
    }),
    { seed: 26, numRuns: 400 },
  );
});

test.each<[nets: number[], vat: number, shares: number[]]>([
  // what is left of 3.85 on 20.26 after 1.92 on 10.13, of which 19 % are 1.92
  [[-1013], -193, [-193]],
  [[-1013], -191, [-191]],
  // the cent goes to the larger month, of equal ones to the earlier
  [[-500, -513], -193, [-95, -98]],
  [[-500, -500], -191, [-96, -95]],
  // months that take each other away may leave a cent of tax all the same
  [[10, -10], -1, [1, -2]],
  // what is no rest at all stays as it is
  [[-5, -4], -2, [-1, -1]],
])('I5 of the rest of a tax, nets of %j and a VAT of %i are shared as %j', (nets, vat, shares) =>
  expect(shareVat(vat, 1900, months(...nets), true)).toEqual(shares),
);

test('I5 VAT that is not that of its months is refused', () =>
  expect(() => shareVat(20, 1900, months(100))).toThrow(RangeError));
