import { expect, test } from '@jest/globals';
import { InvalidInput } from '../../../shared/kernel/errors.ts';
import { ATTEMPT_WINDOW_MS, lockedForSeconds } from '../../../services/identity/domain/lifetimes.ts';
import { assertKeyRights, assertUserRights, scopeOf, type Rights } from '../../../services/identity/domain/rights.ts';

const codes = (check: () => void): string[] => {
  try {
    check();
    return [];
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return (error.data['errors'] as { path: string; code: string }[]).map(({ path, code }) => `${path} ${code}`);
  }
};
const one = ['m1'];

const USERS: [roles: Rights['roles'], merchantIds: string[], expected: string[]][] = [
  [['worker'], [], []],
  [['finance', 'admin'], [], []],
  [['merchantViewer'], one, []],
  [['merchantViewer', 'merchantDecider'], ['m1', 'm2'], []],
  [['worker'], one, ['merchantIds STAFF_HAS_NO_MERCHANTS']],
  [['merchantViewer'], [], ['merchantIds MERCHANT_MISSING']],
  [['admin', 'merchantViewer'], one, ['roles ROLES_MIXED', 'merchantIds STAFF_HAS_NO_MERCHANTS']],
  [['admin', 'merchantViewer'], [], ['roles ROLES_MIXED']],
  [['api'], [], ['roles ROLE_FOR_KEYS_ONLY']],
  [['worker', 'worker'], [], ['roles DUPLICATE']],
  [['merchantViewer'], ['m1', 'm1'], ['merchantIds DUPLICATE']],
];
test.each(USERS)('K10 a user with %j for %j: %j', (roles, merchantIds, expected) =>
  expect(codes(() => assertUserRights({ roles, merchantIds }))).toEqual(expected),
);

const KEYS: typeof USERS = [
  [['api'], [], []],
  [['api', 'finance'], [], []],
  [['api'], one, []],
  [['api', 'merchantViewer'], one, []],
  [['api', 'admin'], one, ['roles ROLES_MIXED']],
  [['merchantViewer'], [], ['merchantIds MERCHANT_MISSING']],
];
test.each(KEYS)('K10 a key with %j for %j: %j', (roles, merchantIds, expected) =>
  expect(codes(() => assertKeyRights({ roles, merchantIds }))).toEqual(expected),
);

test('no merchants is the whole house, some are just those', () => {
  expect(scopeOf([])).toBe('staff');
  expect(scopeOf(['m1', 'm2'])).toEqual(['m1', 'm2']);
});

const at = (seconds: number) => new Date(Date.UTC(2026, 9, 15, 10, 0, seconds));
const attempts = (count: number, everySeconds: number) =>
  Array.from({ length: count }, (_, index) => at(index * everySeconds));
test.each([
  [attempts(9, 1), at(20), 0],
  [attempts(10, 1), at(20), 880],
  [attempts(10, 1), new Date(at(0).getTime() + ATTEMPT_WINDOW_MS - 1), 1],
  [attempts(10, 1), new Date(at(0).getTime() + ATTEMPT_WINDOW_MS), 0],
  [attempts(12, 10), at(120), 800],
  [[], at(0), 0],
])('%# ten attempts within 15 minutes lock until the tenth last leaves the window', (made, now, seconds) => {
  expect(lockedForSeconds(made, now)).toBe(seconds);
  expect(lockedForSeconds(made.toReversed(), now)).toBe(seconds);
});
