import { expect, test } from '@jest/globals';
import type { CrashPoint } from '../../../shared/messaging/crash-points.ts';
import { crashAt } from '../../support/crash-at.ts';

const kills = (text: string, ...reached: [CrashPoint, string][]): number[] => {
  const at: number[] = [];
  let step = 0;
  const listen = crashAt(text, () => at.push(step));
  for (const [point, of] of reached) {
    step += 1;
    listen(point, of);
  }
  return at;
};

test('a process ends the first time it comes to the point, and by then it is over', () =>
  expect(kills('number.taken', ['draft.priced', 'a'], ['number.taken', 'a'], ['number.taken', 'b'])).toEqual([2]));

test('the work and how often it comes there can be named', () => {
  const steps: [CrashPoint, string][] = ['draft', 'approve', 'draft', 'approve'].map((of) => ['step.worked', of]);
  expect(kills('step.worked@approve', ...steps)).toEqual([2]);
  expect(kills('step.worked@approve:2', ...steps)).toEqual([4]);
  expect(kills('step.worked:3', ...steps)).toEqual([3]);
});

test.each(['', 'nowhere', 'step.worked@', 'step.worked:x'])('%j is no point', (text) =>
  expect(() => crashAt(text)).toThrow('CRASH_AT knows no point'),
);
