/** The oracle's own calendar. Days are `YYYY-MM-DD`, months `YYYY-MM`. */

const pad = (value: number): string => String(value).padStart(2, '0');
const leap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

export const monthOf = (day: string): string => day.slice(0, 7);

export function daysOfMonth(month: string): number {
  const [year, index] = month.split('-').map(Number) as [number, number];
  if (index === 2) return leap(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(index) ? 30 : 31;
}

export const lastDayOf = (month: string): string => `${month}-${pad(daysOfMonth(month))}`;

export function monthAfter(month: string, count = 1): string {
  const [year, index] = month.split('-').map(Number) as [number, number];
  const months = year * 12 + index - 1 + count;
  return `${Math.floor(months / 12)}-${pad((months % 12) + 1)}`;
}

export const monthsBetween = (from: string, to: string): number =>
  (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7));

/** Days since 1970-01-01. */
export const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000;

export function dayAfter(day: string): string {
  const next = Number(day.slice(8)) + 1;
  return next > daysOfMonth(monthOf(day)) ? `${monthAfter(monthOf(day))}-01` : `${monthOf(day)}-${pad(next)}`;
}

/** The same day of another month, or that month's last day when it is shorter. */
export function shiftMonths(day: string, count: number): string {
  const month = monthAfter(monthOf(day), count);
  return `${month}-${pad(Math.min(Number(day.slice(8)), daysOfMonth(month)))}`;
}

/** The days of a month on which one of the contracts is in force, ascending; without any contract all of them. */
export function activeDays(
  contracts: readonly { startsOn: string; endsOn?: string | null }[],
  month: string,
): string[] {
  const days = Array.from({ length: daysOfMonth(month) }, (_, index) => `${month}-${pad(index + 1)}`);
  if (contracts.length === 0) return days;
  return days.filter((day) => contracts.some(({ startsOn, endsOn }) => startsOn <= day && day <= (endsOn ?? day)));
}

/** Every 15th and every last day of a month from `from` to `to`, both included. */
export function cutOffs(from: string, to: string): string[] {
  const found: string[] = [];
  for (let month = monthOf(from); month <= monthOf(to); month = monthAfter(month)) {
    found.push(`${month}-15`, lastDayOf(month));
  }
  return found.filter((day) => day >= from && day <= to);
}
