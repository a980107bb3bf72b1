import { expect, test } from '@jest/globals';
import { allocationsOf, type TypedAllocations } from '../../../web/src/finance/payments/allocations.ts';

const unreadable = { unreadable: '1.250' };

test.each<[string, TypedAllocations, number, ReturnType<typeof allocationsOf>]>([
  ['nothing typed', {}, 100, []],
  ['an amount', { a: 100, b: undefined }, 100, [{ invoiceId: 'a', amountMinor: 100 }]],
  ['more than there is', { a: 60, b: 41 }, 100, undefined],
  ['money that went out', { a: 60 }, -60, [{ invoiceId: 'a', amountMinor: 60 }]],
  ['what cannot be read', { a: 60, b: unreadable }, 100, undefined],
  ['what has no field any more', { a: 60, gone: unreadable }, 100, [{ invoiceId: 'a', amountMinor: 60 }]],
  ['what somebody else booked meanwhile', { a: 60, gone: 50 }, 100, [{ invoiceId: 'a', amountMinor: 60 }]],
])('I1 money is booked as it was typed or not at all: %s', (_, typed, mostMinor, expected) =>
  expect(allocationsOf(typed, ['a', 'b'], mostMinor)).toEqual(expected),
);
