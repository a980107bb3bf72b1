import { expect, test } from '@jest/globals';
import { areApart, type StatementSpan } from '../../../services/billing/domain/payments/statements-apart.ts';

const span = (from: string | null, to: string | null, opening: number | null, closing: number | null) =>
  ({ fromDate: from, toDate: to, openingMinor: opening, closingMinor: closing }) satisfies StatementSpan;
const DAY = span('2026-11-10', '2026-11-10', 1_000, 1_200);

test.each<[string, StatementSpan, boolean]>([
  ['the day after', span('2026-11-11', '2026-11-11', null, null), true],
  ['the rest of the day, by its balance', span('2026-11-10', '2026-11-10', 1_200, 1_500), true],
  ['the same day once more', DAY, false],
  ['the same day with another balance', span('2026-11-10', '2026-11-10', 1_100, 1_500), false],
  ['a week that begins with the balance of its second day', span('2026-11-09', '2026-11-13', 1_200, 1_500), false],
  ['a rest in which nothing moved in all', span('2026-11-10', '2026-11-10', 1_200, 1_200), false],
  ['one without balances', span('2026-11-10', '2026-11-10', null, null), false],
  ['one without days', span(null, null, 1_200, 1_500), false],
])('I2 a statement and %s have surely nothing in common: %#', (_, other, apart) => {
  expect([areApart(DAY, other), areApart(other, DAY)]).toEqual([apart, apart]);
});
