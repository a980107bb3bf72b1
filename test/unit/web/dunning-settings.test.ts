import { expect, test } from '@jest/globals';
import { basisPointsOf } from '../../../web/src/finance/dunning/basis-points.ts';
import { bodyOf, draftOf, minorOf, type Settings } from '../../../web/src/finance/dunning/settings-draft.ts';

const stored: Settings['settings'] = {
  levels: [5, 14, 28, 42].map((daysAfterDue, level) => ({ daysAfterDue, payWithinDays: 7, feeMinor: level && 250 })),
  minimumMinor: 500,
  ...{ interest: true, lumpSum: false },
};

test('what is stored is sent as it was when nothing is typed', () => {
  expect(bodyOf(draftOf({ settings: stored, version: 3 }))).toEqual(stored);
});

test('an empty day is sent as none, and not as one', () => {
  const draft = draftOf({ settings: stored, version: 3 });
  const levels = draft.levels.map((terms, level) => (level === 2 ? { ...terms, daysAfterDue: null } : terms));
  expect(bodyOf({ ...draft, levels }).levels[2]).toEqual({ daysAfterDue: null, payWithinDays: 7, feeMinor: 250 });
});

test.each([
  [undefined, 0],
  ['0.00', 0],
  ['2.5', 250],
  ['2.50', 250],
  ['12', 1_200],
  ['2.505', null],
  ['-1', null],
  ['viel', null],
])('%p is %p cents', (decimal, minor) => {
  expect(minorOf(decimal)).toBe(minor);
});

test.each([
  ['1.27', 127],
  ['-0.88', -88],
  ['0', 0],
  ['-0', 0],
  ['3.6', 360],
  ['1.275', undefined],
  ['127', undefined],
  ['', undefined],
  [undefined, undefined],
])('%p percent is %p basis points', (decimal, points) => {
  expect(basisPointsOf(decimal)).toBe(points);
});
