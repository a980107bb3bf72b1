import { addDays, type LocalDate } from '../../../../shared/kernel/dates.ts';

/** Closed on each 1 January, 1 May, 25 and 26 December (ECB, TARGET calendar since 2002). */
const FIXED = new Set(['01-01', '05-01', '12-25', '12-26']);
const SATURDAY = 6;

/**
 * Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher).
 * @param year  1583 or later
 */
export function easterSunday(year: number): LocalDate {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const ofCentury = year % 100;
  const epact =
    (19 * golden +
      century -
      Math.floor(century / 4) -
      Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3) +
      15) %
    30;
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(ofCentury / 4) - epact - (ofCentury % 4)) % 7;
  const correction = Math.floor((golden + 11 * epact + 22 * weekday) / 451);
  const days = epact + weekday - 7 * correction + 114;
  const two = (value: number) => String(value).padStart(2, '0');
  return `${year}-${two(Math.floor(days / 31))}-${two((days % 31) + 1)}`;
}

/** Whether payments are settled on a day: no weekend, no fixed holiday, not Good Friday and not Easter Monday. */
export function isTargetDay(day: LocalDate): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  if (weekday === 0 || weekday === SATURDAY || FIXED.has(day.slice(5))) return false;
  const easter = easterSunday(Number(day.slice(0, 4)));
  return day !== addDays(easter, -2) && day !== addDays(easter, 1);
}

/** The day itself or the next one on which payments are settled. */
export function targetDayFrom(day: LocalDate): LocalDate {
  let found = day;
  while (!isTargetDay(found)) found = addDays(found, 1);
  return found;
}
