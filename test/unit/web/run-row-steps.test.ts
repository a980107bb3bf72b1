import { expect, test } from '@jest/globals';
import {
  carriedCredit,
  isApprovable,
  isFinalizable,
  isRebillable,
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

test.each([
  ['cancelled', ['cancelled', 'finalized'], true],
  ['cancelled', ['finalized'], false],
  ['cancelled', [], false],
  ['finalized', ['cancelled', 'finalized'], false],
] as const)('H5 a row that is %s with documents that are %j is billed anew: %s', (state, documents, isBilledAnew) => {
  const invoices = documents.map((one) => ({ state: one })) as never as RunRow['invoices'];
  expect(isRebillable({ state, wanted: null, invoices })).toBe(isBilledAnew);
});

test.each([
  ['skipped', -345, false, -345],
  ['draft', -345, false, -345],
  ['skipped', 0, false, null],
  ['skipped', -345, true, null],
  ['approved', -345, false, null],
] as const)(
  'H7 of a row that is %s with %i carried over, asked for: %s, a credit is issued: %s',
  (state, grossMinor, issueCredit, credit) => {
    const findings = [{ code: 'CARRIED_FORWARD', blocks: false, message: '', data: { grossMinor } }];
    expect(carriedCredit({ state, wanted: null, issueCredit, findings })).toBe(credit);
  },
);
