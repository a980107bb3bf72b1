import { expect, test } from '@jest/globals';
import { piecesIn, placesOf } from '../../../web/src/merchant/announce/elsewhere.ts';

type Returns = Parameters<typeof placesOf>[0];
const item = (sku: string | null, quantity: number, state = 'expected', origin = 'expected') => ({
  sku,
  quantity,
  state,
  origin,
});
const RETURNS = [
  { id: 'r1', number: 'RT-1', state: 'announced', items: [item('V', 1), item('V', 1), item('W', 2)] },
  {
    id: 'r2',
    number: 'RT-2',
    state: 'inspecting',
    items: [item('V', 1, 'received'), item('V', 1, 'missing'), item('V', 4, 'graded', 'foreign'), item(null, 1)],
  },
  { id: 'r3', number: 'RT-3', state: 'cancelled', items: [item('V', 9)] },
] as unknown as Returns;

test('C12 what of an order is announced or back already is told return by return', () => {
  const places = placesOf(RETURNS);
  expect(places.get('V')).toEqual([
    { returnId: 'r1', number: 'RT-1', pieces: 2, kind: 'announced' },
    { returnId: 'r2', number: 'RT-2', pieces: 1, kind: 'back' },
  ]);
  expect([piecesIn(places.get('V'), 'announced'), piecesIn(places.get('V'), 'back')]).toEqual([2, 1]);
  expect(places.get('W')).toHaveLength(1);
  expect(piecesIn(places.get('X'), 'announced')).toBe(0);
});
