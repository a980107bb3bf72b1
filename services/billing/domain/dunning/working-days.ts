import { addDays, type LocalDate } from '../../../../shared/kernel/dates.ts';
import { easterSunday } from '../direct-debits/target-days.ts';

/** New Year, Labour Day, Day of German Unity, Christmas. */
const FIXED = new Set(['01-01', '05-01', '10-03', '12-25', '12-26']);
/** From Easter Sunday on: Good Friday, Easter Monday, Ascension Day, Whit Monday. */
const OF_EASTER = [-2, 1, 39, 50];
const SATURDAY = 6;

/**
 * Whether something that falls due on a day is due on it (§ 193 BGB): no Saturday, Sunday or holiday of the whole of
 * Germany. What is a holiday in one of its Länder only, such as Epiphany or Corpus Christi, counts as a working day:
 * which one applies depends on where the debtor is, and nothing here knows the Land of a merchant.
 */
export function isWorkingDay(day: LocalDate): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  if (weekday === 0 || weekday === SATURDAY || FIXED.has(day.slice(5))) return false;
  const easter = easterSunday(Number(day.slice(0, 4)));
  return !OF_EASTER.some((days) => addDays(easter, days) === day);
}

/** The day itself or the next working day. */
export function workingDayFrom(day: LocalDate): LocalDate {
  let found = day;
  while (!isWorkingDay(found)) found = addDays(found, 1);
  return found;
}
