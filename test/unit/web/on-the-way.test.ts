import { expect, test } from '@jest/globals';
import { BATCH_STATES } from '../../../shared/protocol/returns/batch-views.ts';
import { isOnTheWay } from '../../../web/src/merchant/batches/on-the-way.ts';

test('on its way to the merchant is what nothing is put into any more and that is not there yet', () => {
  const coming = BATCH_STATES.filter((state) => isOnTheWay({ state, pieces: 3 }));
  expect(coming).toEqual(['closing', 'packed', 'dispatched']);
  expect(BATCH_STATES.filter((state) => isOnTheWay({ state, pieces: 0 }))).toEqual([]);
});
