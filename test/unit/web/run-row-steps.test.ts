import { expect, test } from '@jest/globals';
import {
  isApprovable,
  isFinalizable,
  isRedraftable,
  isResumable,
  type RunRow,
} from '../../../web/src/finance/runs/row-states.ts';

const rowOf = (state: RunRow['state'], wanted: RunRow['wanted'] = null) => ({ state, wanted, findings: [] });
const can = (row: Pick<RunRow, 'state' | 'wanted' | 'findings'>) => ({
  ...{ approve: isApprovable(row), finalize: isFinalizable(row) },
  ...{ redraft: isRedraftable(row), resume: isResumable(row) },
});
const NOTHING = { approve: false, finalize: false, redraft: false, resume: false };

test.each<[RunRow['state'], Partial<typeof NOTHING>]>([
  ['scheduled', { redraft: true }],
  ['parked', { redraft: true }],
  ['draft', { redraft: true, approve: true }],
  ['approved', { finalize: true }],
  ['finalized', {}],
  ['delivered', {}],
  ['skipped', { resume: true }],
  ['cancelled', { resume: true }],
])('what can be done with a row that is %s', (state, steps) => {
  expect(can(rowOf(state))).toEqual({ ...NOTHING, ...steps });
});

test.each<RunRow['state']>(['skipped', 'cancelled'])('a row that is %s and already taken up is left alone', (state) => {
  expect(can(rowOf(state, 'draft'))).toEqual(NOTHING);
});
