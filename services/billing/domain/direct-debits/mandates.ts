import { addDays, addMonths, lastDayOf, monthOf, type LocalDate } from '../../../../shared/kernel/dates.ts';
import { targetDayFrom } from './target-days.ts';

export type Sequence = 'FRST' | 'RCUR' | 'OOFF' | 'FNAL';

/** A mandate that is not used for so many months lapses (EPC016-06, 4.1; the same for B2B in EPC222-07). */
const UNUSED_MONTHS = 36;

/** The last day on which a mandate may be used: 36 months after its latest collection, or after it was signed. */
export function usableUntil({
  signedOn,
  lastUsedOn,
}: {
  signedOn: LocalDate;
  lastUsedOn: LocalDate | null;
}): LocalDate {
  const from = lastUsedOn ?? signedOn;
  const month = addMonths(monthOf(from), UNUSED_MONTHS);
  const sameDay = `${month}-${from.slice(8)}`;
  return sameDay <= lastDayOf(month) ? sameDay : lastDayOf(month);
}

/**
 * The sequence type of a collection. The first one of a recurrent mandate says so, which banks need no more since
 * November 2016 and still take; the last one of a mandate that was made final ends it.
 */
export function sequenceOf(use: { kind: 'recurrent' | 'oneOff'; first: boolean; last: boolean }): Sequence {
  if (use.kind === 'oneOff') return 'OOFF';
  if (use.last) return 'FNAL';
  return use.first ? 'FRST' : 'RCUR';
}

/**
 * The day an invoice is collected: when it is due, but with the days of notice between, and on a day on which payments
 * are settled.
 * @param notice  days that the house promises, and fewer where the mandate agrees to it
 */
export function collectionDay(
  { issueDate, dueDate }: { issueDate: LocalDate; dueDate: LocalDate },
  notice: { house: number; agreed: number | null },
): LocalDate {
  const earliest = addDays(issueDate, notice.agreed ?? notice.house);
  return targetDayFrom(dueDate > earliest ? dueDate : earliest);
}

/** What a merchant was told of a collection. */
export interface Announcement {
  /** The day that it knows with the amount, `null` once its collection came back or more is open. */
  announcedOn: LocalDate | null;
  /** The day on the invoice. */
  statedOn: LocalDate;
  /** Days. */
  notice: number;
}

/**
 * The day on which a debit is collected that may have been announced before: the day announced while the bank can still
 * reach it, otherwise a day of which the merchant is told anew, with the notice counted from today and not before that of
 * the invoice.
 */
export function dayToCollect(
  { announcedOn, statedOn, notice }: Announcement,
  today: LocalDate,
): { collectOn: LocalDate; isAnnounced: boolean } {
  if (announcedOn !== null && reachableDay(announcedOn, today) === targetDayFrom(announcedOn))
    return { collectOn: targetDayFrom(announcedOn), isAnnounced: true };
  const noticed = addDays(today, notice);
  return { collectOn: reachableDay(noticed > statedOn ? noticed : statedOn, today), isAnnounced: false };
}

/**
 * The day that can still be asked for: banks take a file until the settlement day before (D-1 for CORE and B2B).
 * @param today  day on which the file is made
 */
export function reachableDay(announced: LocalDate, today: LocalDate): LocalDate {
  const first = targetDayFrom(addDays(targetDayFrom(today), 1));
  return announced > first ? targetDayFrom(announced) : first;
}
