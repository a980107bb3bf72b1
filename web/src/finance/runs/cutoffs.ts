import {
  addDays,
  addMonths,
  firstDayOf,
  lastDayOf,
  localDateOf,
  monthOf,
  type LocalDate,
  type LocalMonth,
} from '../../../../shared/kernel/dates.ts';
import { HOUSE_ZONE } from '../../app/i18n/formats.ts';

/** The day it is in the warehouse. */
export const houseToday = (): LocalDate => localDateOf(new Date(), HOUSE_ZONE);

/** The two cut-offs of a month: the 15th and the last day (billing.md, Streams). */
export const cutoffsOf = (month: LocalMonth): [LocalDate, LocalDate] => [`${month}-15`, lastDayOf(month)];

/** The first cut-off on or after a day. */
export function nextCutoff(day: LocalDate): LocalDate {
  const [half, end] = cutoffsOf(monthOf(day));
  return day <= half ? half : end;
}

/** Cut-offs up to a day, the latest first. */
export function latestCutoffs(day: LocalDate, count: number): LocalDate[] {
  const found: LocalDate[] = [];
  for (let month = monthOf(day); found.length < count; month = addMonths(month, -1))
    found.push(
      ...cutoffsOf(month)
        .filter((one) => one <= day)
        .reverse(),
    );
  return found.slice(0, count);
}

/** The cut-off of the month before that bills the same streams. */
export function comparableCutoff(cutoff: LocalDate): LocalDate {
  const before = addMonths(monthOf(cutoff), -1);
  return cutoff.endsWith('-15') ? `${before}-15` : lastDayOf(before);
}

/** The first day of the half of the month that a cut-off ends. */
export const halfOf = (cutoff: LocalDate): LocalDate =>
  cutoff.endsWith('-15') ? firstDayOf(monthOf(cutoff)) : addDays(firstDayOf(monthOf(cutoff)), 15);

/** Months from the latest to the earliest of some days, without gaps. */
export function monthsDown(days: readonly LocalDate[]): LocalMonth[] {
  const months = days.map(monthOf).toSorted();
  const [first, last] = [months[0], months.at(-1)];
  if (!first || !last) return [];
  const found: LocalMonth[] = [];
  for (let month = last; month >= first; month = addMonths(month, -1)) found.push(month);
  return found;
}
