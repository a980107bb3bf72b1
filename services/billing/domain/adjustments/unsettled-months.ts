import { lastDayOf, monthOf, type LocalDate, type LocalMonth } from '../../../../shared/kernel/dates.ts';
import type { AllocationGroup } from '../invoices/invoice-draft.ts';

/** A month whose end a run of the merchant came to, also one that was parked, skipped or given up. */
export interface MonthEnd {
  month: LocalMonth;
  /** A document that was approved set it against its minimum: all that was due in it was billed by then. */
  settled: boolean;
  /** Documents that settled no month, those of a 15th above all, billed something of it since. */
  touched: boolean;
  /** It was settled by other days under contract than it has now: a contract was ended, or entered, afterwards. */
  moved: boolean;
}

/**
 * The earlier months that a month end sets against their minimum: those that no other did, those of which a 15th or
 * a part of a run billed something since, those whose days under contract changed since, and those that have something
 * late on this document. A month that no run has come to was never set against its minimum, and is not now.
 * @param late  months that this document bills something late of
 */
export const unsettledMonths = (
  ends: readonly MonthEnd[],
  month: LocalMonth,
  late: readonly LocalMonth[],
): LocalMonth[] =>
  ends
    .filter((end) => end.month < month && (!end.settled || end.touched || end.moved || late.includes(end.month)))
    .map((end) => end.month);

/** The months that a draft touches after they were billed: what comes late, also on a 15th that is made up for. */
export const lateMonths = (
  groups: readonly AllocationGroup[],
  cutoff: LocalDate,
  ends: readonly MonthEnd[],
): LocalMonth[] => {
  const settled = new Set(ends.filter((end) => end.settled).map(({ month }) => month));
  const months = new Set(groups.map(({ serviceMonth }) => serviceMonth));
  return [...months].filter((month) => lastDayOf(month) < cutoff || (settled.has(month) && month === monthOf(cutoff)));
};
