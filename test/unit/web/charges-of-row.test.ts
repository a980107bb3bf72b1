import { expect, test } from '@jest/globals';
import { chargesOfRow } from '../../../web/src/finance/runs/charges-of-row.ts';

test.each([
  ['2027-03-15', false, { to: '2027-03-15', stream: 'fulfilment' }],
  ['2027-03-31', false, { to: '2027-03-31' }],
  ['2027-02-28', false, { to: '2027-02-28' }],
  // the fee of a month bears its last day, also when the contract ends before
  ['2027-03-20', true, { to: '2027-03-31' }],
  ['2027-03-15', true, { to: '2027-03-31' }],
])(
  'a finding of the row of %s, the last bill: %p, leads to the charges that the row collects',
  (cutoff, final, filters) => {
    expect(chargesOfRow({ merchantId: 'm', cutoff, final })).toEqual({ merchantId: 'm', ...filters });
  },
);
