import { expect, test } from '@jest/globals';
import { deviation } from '../../../web/src/warehouse/parts/deviation.ts';

test('B9 where the merchant is asked, goods can be held by hand', () => {
  expect(deviation('ask', undefined, 'hold')).toEqual({ disposition: 'hold' });
});

test('B9 the disposition of the rule, and a second tap, are no decision', () => {
  const none = { disposition: undefined, overrideReason: '' };
  expect(deviation('rtv', 'dispose', 'rtv')).toEqual(none);
  expect(deviation('ask', 'hold', 'hold')).toEqual(none);
  expect(deviation('rtv', undefined, 'dispose')).toEqual({ disposition: 'dispose' });
});
