import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone.js';
import utc from 'dayjs/plugin/utc.js';

dayjs.extend(utc);
dayjs.extend(timezone);

/** A calendar day, `YYYY-MM-DD`. Text order is date order, so `<` and `<=` compare days. */
export type LocalDate = string;

/** A calendar month, `YYYY-MM`. */
export type LocalMonth = string;

/** The zone a warehouse works in unless it says otherwise (billing.md, Clock and dates). */
export const DEFAULT_ZONE = 'Europe/Berlin';

const DAY_MS = 86_400_000;
const formatters = new Map<string, Intl.DateTimeFormat>();

/** The calendar day an instant falls on in a zone. */
export function localDateOf(instant: Date, zone: string = DEFAULT_ZONE): LocalDate {
  let formatter = formatters.get(zone);
  if (!formatter) {
    // sv-SE writes ISO dates; the formatter is kept because making one costs far more than using it
    formatter = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formatters.set(zone, formatter);
  }
  return formatter.format(instant);
}

/** The instant at which a local wall-clock time occurs; in the spring gap the time after the change. */
export function instantOf(date: LocalDate, time: string = '00:00', zone: string = DEFAULT_ZONE): Date {
  return dayjs.tz(`${date} ${time}`, zone).toDate();
}

/**
 * @throws RangeError when the text is not a real day between 2000 and 2199
 */
export function parseLocalDate(text: string): LocalDate {
  if (!isLocalDate(text)) throw new RangeError(`Not a calendar day: ${text.slice(0, 40)}`);
  return text;
}

/** Whether a text is a real calendar day, `YYYY-MM-DD`, between 2000 and 2199. */
export function isLocalDate(text: string): boolean {
  if (!/^2[01]\d\d-\d\d-\d\d$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** The day `count` days later (earlier when negative). Plain calendar arithmetic: no zone, no clock change. */
export function addDays(date: LocalDate, count: number): LocalDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);
}

/** Days from `from` to `to`; 0 for the same day. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

export const monthOf = (date: LocalDate): LocalMonth => date.slice(0, 7);
export const firstDayOf = (month: LocalMonth): LocalDate => `${month}-01`;
export const lastDayOf = (month: LocalMonth): LocalDate => addDays(firstDayOf(addMonths(month, 1)), -1);
export const daysInMonth = (month: LocalMonth): number => Number(lastDayOf(month).slice(8));

/** The month `count` months later (earlier when negative). */
export function addMonths(month: LocalMonth, count: number): LocalMonth {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + count;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** Every day from `from` to `to`, both included; empty when `to` is earlier. */
export function eachDay(from: LocalDate, to: LocalDate): LocalDate[] {
  return Array.from({ length: Math.max(0, daysBetween(from, to) + 1) }, (_, index) => addDays(from, index));
}
