import { expect, test } from '@jest/globals';
import { readCredit, restOf, type Taken } from '../../../web/src/finance/invoices/credit-draft.ts';

const fee = { id: 'fee', remainingNetMinor: 4500, remainingQuantity: '3' };
const discount = { id: 'discount', remainingNetMinor: -500, remainingQuantity: '-2.5' };
const read = (...taken: [string, Taken][]) => readCredit([fee, discount], new Map(taken));

test('H6 what is chosen is sent with the sign of its line', () => {
  expect(read(['fee', { by: 'amount', value: 1250 }], ['discount', { by: 'quantity', value: '0.000001' }])).toEqual({
    lines: [
      { lineId: 'fee', netMinor: 1250 },
      { lineId: 'discount', quantity: '-0.000001' },
    ],
    unclear: [],
  });
  expect(read(['fee', { by: 'nothing' }], ['discount', { by: 'amount', value: 500 }]).lines).toEqual([
    { lineId: 'discount', netMinor: -500 },
  ]);
});

test('H6 a line that is chosen without a figure is named, not left out', () => {
  const taken: [string, Taken][] = [
    ['fee', { by: 'amount', value: undefined }],
    ['discount', { by: 'quantity', value: { unreadable: '1.250' } }],
  ];
  expect(read(...taken)).toEqual({ lines: [], unclear: [fee, discount] });
});

test('H6 everything that is left is what the line says, in its own places', () => {
  expect(restOf(discount, 'quantity')).toEqual({ by: 'quantity', value: '2.5' });
  expect(restOf(discount, 'amount')).toEqual({ by: 'amount', value: 500 });
});
