import { describe, expect, test } from '@jest/globals';
import { placeIn } from '../../../web/src/merchant/decisions/question-place.ts';

const questions = (...ids: string[]) => ids.map((itemId) => ({ itemId }));

describe('the question that is shown', () => {
  test.each([
    ['stays when one before it was answered by somebody else', ['b', 'c'], { index: 1, itemId: 'b' }, 0],
    ['stays when a more urgent one comes before it', ['x', 'a', 'b'], { index: 0, itemId: 'a' }, 1],
    ['makes way for the next once it is answered', ['a', 'c'], { index: 1, itemId: 'b' }, 1],
    ['makes way for the last that is left', ['a'], { index: 1, itemId: 'b' }, 0],
  ])('%s', (_, ids, at, index) => {
    expect(placeIn(questions(...ids), at)).toEqual({ index, itemId: ids[index] });
  });
});
