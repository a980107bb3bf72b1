import { expect, test } from '@jest/globals';
import { minutesOf } from '../../../services/orders/domain/job-timer.ts';
import {
  correct,
  signOff,
  workedQuantity,
  type JobState,
  type SignOffRequest,
} from '../../../services/orders/domain/sign-off.ts';
import { assertCanBecome, assertWorkable } from '../../../services/orders/domain/special-job-states.ts';
import { jobState, type JobStateName, type JobUnit } from '../../../shared/protocol/orders/special-jobs.ts';

const TODAY = '2026-10-15';
const open: JobState = {
  ...{ state: 'open', revision: 0, quantity: '2', description: 'Labels', unit: 'piece', serviceDate: null },
  ...{ workedMinutes: null, workedPieces: null },
};
const done: JobState = { ...open, state: 'signed_off', revision: 1, serviceDate: '2026-10-01' };

test.each<[string, JobState, SignOffRequest, object]>([
  ['as ordered, today', open, {}, { quantity: '2', serviceDate: TODAY, revision: 0 }],
  [
    'as done, on its day',
    open,
    { quantity: '1.5', signedOffOn: '2026-10-03' },
    { quantity: '1.5', serviceDate: '2026-10-03', revision: 0 },
  ],
  ['as worked', { ...open, workedPieces: 7 }, {}, { quantity: '7', serviceDate: TODAY, revision: 0 }],
  [
    'as said, whatever was worked',
    { ...open, workedPieces: 7 },
    { quantity: '5' },
    { quantity: '5', serviceDate: TODAY, revision: 0 },
  ],
  [
    'a correction keeps its day',
    done,
    { quantity: '3', reason: 'counted again' },
    { quantity: '3', serviceDate: '2026-10-01', revision: 2 },
  ],
  [
    'a correction does not go back to what was worked',
    { ...done, workedPieces: 7 },
    { reason: 'wrong day' },
    { quantity: '2', serviceDate: '2026-10-01', revision: 2 },
  ],
])('D8 sign-off: %s', (_name, job, request, expected) =>
  expect(signOff(job, request, TODAY)).toEqual({ description: 'Labels', ...expected }),
);

test.each<[string, JobState, SignOffRequest, string]>([
  ['twice without a reason', done, { quantity: '3' }, 'SPECIAL_JOB_ALREADY_SIGNED_OFF'],
  ['tomorrow', open, { signedOffOn: '2026-10-16' }, 'INVALID_INPUT'],
  ['nothing', open, { quantity: '0.000000' }, 'INVALID_INPUT'],
  ['everything taken back', { ...open, workedPieces: 0 }, {}, 'INVALID_INPUT'],
  ['before the merchant answered', { ...open, state: 'awaiting_approval' }, {}, 'SPECIAL_JOB_NOT_APPROVED'],
  ['against the merchant', { ...open, state: 'declined' }, {}, 'SPECIAL_JOB_NOT_APPROVED'],
  ['what was called off', { ...open, state: 'cancelled' }, {}, 'SPECIAL_JOB_TRANSITION_NOT_ALLOWED'],
])('D8 no sign-off: %s', (_name, job, request, type) =>
  expect(() => signOff(job, request, TODAY)).toThrow(expect.objectContaining({ type })),
);

test.each<[string, { quantity?: string; description?: string }, object]>([
  ['another quantity', { quantity: '3' }, { quantity: '3', description: 'Labels' }],
  ['other words', { description: 'Boxes' }, { quantity: '2', description: 'Boxes' }],
  ['nothing at all', { quantity: '0' }, { quantity: '0', description: 'Labels' }],
])('D8 correction to %s, on the same day', (_name, request, expected) =>
  expect(correct(done, request)).toEqual({ ...expected, serviceDate: '2026-10-01', revision: 2 }),
);
test('D8 no correction of what is open, and none that changes nothing', () => {
  expect(() => correct(open, { quantity: '3' })).toThrow(
    expect.objectContaining({ type: 'SPECIAL_JOB_NOT_SIGNED_OFF' }),
  );
  expect(() => correct(done, { quantity: '2.000000' })).toThrow(
    expect.objectContaining({ type: 'SPECIAL_JOB_UNCHANGED' }),
  );
});

test.each<[JobUnit, number | null, number | null, string | undefined]>([
  ['minute', 95, null, '95'],
  ['hour', 95, null, '1.583333'],
  ['hour', 50, null, '0.833333'],
  ['piece', 95, 12, '12'],
  ['piece', 95, null, undefined],
  ['job', 95, 12, undefined],
])('D8 by %s, %p minutes and %p pieces are %p', (unit, workedMinutes, workedPieces, quantity) =>
  expect(workedQuantity({ ...open, unit, workedMinutes, workedPieces })).toBe(quantity),
);

const ALLOWED = [
  ...[
    'open awaiting_approval',
    'open signed_off',
    'open cancelled',
    'awaiting_approval open',
    'awaiting_approval declined',
  ],
  ...['awaiting_approval cancelled', 'declined awaiting_approval', 'declined cancelled'],
];
test('D8 a job goes where it may and nowhere else', () => {
  const may = (from: JobStateName, to: JobStateName): boolean => {
    try {
      assertCanBecome(from, to);
      return true;
    } catch {
      return false;
    }
  };
  const pairs = jobState.options.flatMap((from) => jobState.options.map((to) => [from, to] as const));
  expect(
    pairs
      .filter(([from, to]) => may(from, to))
      .map((pair) => pair.join(' '))
      .toSorted(),
  ).toEqual(ALLOWED.toSorted());
});
test.each<[JobStateName, string]>([
  ['awaiting_approval', 'SPECIAL_JOB_NOT_APPROVED'],
  ['declined', 'SPECIAL_JOB_NOT_APPROVED'],
  ['signed_off', 'SPECIAL_JOB_CLOSED'],
  ['cancelled', 'SPECIAL_JOB_CLOSED'],
])('D8 nothing is worked while it is %s', (state, type) =>
  expect(() => assertWorkable(state)).toThrow(expect.objectContaining({ type })),
);

const START = new Date('2026-10-15T08:00:00Z');
test.each<[string, number | undefined, number]>([
  ['2026-10-15T08:00:00Z', undefined, 0],
  ['2026-10-15T08:00:01Z', undefined, 1],
  ['2026-10-15T08:10:00Z', undefined, 10],
  ['2026-10-16T08:00:00Z', undefined, 1_440],
  ['2026-10-17T08:00:00Z', 90, 90],
  // a clock that was put back
  ['2026-10-15T07:00:00Z', undefined, 0],
])('D8 a clock stopped at %s with %p said is %p minutes', (now, said, minutes) =>
  expect(minutesOf(START, new Date(now), said)).toBe(minutes),
);
test('D8 a clock that ran for days needs a word, and nobody says more than it ran', () => {
  expect(() => minutesOf(START, new Date('2026-10-16T08:00:01Z'))).toThrow(
    expect.objectContaining({ type: 'INVALID_INPUT' }),
  );
  expect(() => minutesOf(START, new Date('2026-10-15T08:10:00Z'), 11)).toThrow(
    expect.objectContaining({ type: 'INVALID_INPUT' }),
  );
});
