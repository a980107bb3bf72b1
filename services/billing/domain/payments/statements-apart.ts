import type { LocalDate } from '../../../../shared/kernel/dates.ts';

/** What a statement says of the time it is about. */
export interface StatementSpan {
  fromDate: LocalDate | null;
  toDate: LocalDate | null;
  openingMinor: number | null;
  closingMinor: number | null;
}

/**
 * Whether two statements of an account surely have no movement in common: their days do not meet, or one of them begins
 * with the balance that the other ends with. Balances say nothing where one is not told, or is the same at both ends.
 */
export const areApart = (one: StatementSpan, other: StatementSpan): boolean =>
  endsBefore(one, other) || endsBefore(other, one) || isFollowedBy(one, other) || isFollowedBy(other, one);

const endsBefore = ({ toDate }: StatementSpan, { fromDate }: StatementSpan): boolean =>
  toDate !== null && fromDate !== null && toDate < fromDate;

function isFollowedBy(first: StatementSpan, next: StatementSpan): boolean {
  const inOrder = reaches(first.fromDate, next.fromDate) && reaches(first.toDate, next.toDate);
  return inOrder && moved(first) && moved(next) && first.closingMinor === next.openingMinor;
}

const reaches = (day: LocalDate | null, other: LocalDate | null): boolean =>
  day !== null && other !== null && day <= other;

const moved = ({ openingMinor, closingMinor }: StatementSpan): boolean =>
  openingMinor !== null && closingMinor !== null && openingMinor !== closingMinor;
