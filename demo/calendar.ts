import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone.js';
import utc from 'dayjs/plugin/utc.js';
import { lastDayOf } from '../oracle/days.ts';

dayjs.extend(utc);
dayjs.extend(timezone);

/** The zone of the demo's warehouse. The oracle works in it too. */
export const ZONE = 'Europe/Berlin';

/** The last month that is over. @returns `YYYY-MM` */
export function lastFullMonth(now: Date): string {
  const first = `${dayjs(now).tz(ZONE).format('YYYY-MM')}-01`;
  return new Date(Date.parse(first) - 86_400_000).toISOString().slice(0, 7);
}

/** A day of a month, `YYYY-MM-DD`. */
export const dayOf = (month: string, day: number): string => `${month}-${String(day).padStart(2, '0')}`;

export const nextDay = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/** A day in the warehouse some days before an instant. */
export const dayBefore = (now: Date, days: number): string =>
  new Date(Date.parse(`${dayjs(now).tz(ZONE).format('YYYY-MM-DD')}T00:00:00Z`) - days * 86_400_000)
    .toISOString()
    .slice(0, 10);

/** When a clock on the wall of the warehouse shows this time. */
export const instantAt = (day: string, time: string): Date => dayjs.tz(`${day} ${time}`, ZONE).toDate();

/** Days of a month on which the warehouse works: Monday to Friday, or every day of a stretch without any. */
export function workingDays(month: string, from: number, to: number): string[] {
  const days = Array.from({ length: to - from + 1 }, (_, index) => dayOf(month, from + index));
  const working = days.filter((day) => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()));
  return working.length ? working : days;
}

export const daysOf = (month: string): string[] =>
  Array.from({ length: Number(lastDayOf(month).slice(-2)) }, (_, index) => dayOf(month, index + 1));

/** Business time that the demo moves; between two moves it runs on with the system's. */
export interface MovableClock {
  now: () => Date;
  moveTo: (day: string, time: string) => void;
  /** The same, but never back and never past the system's; without a day to the system's. */
  moveOn: (day?: string, time?: string) => void;
}

export function movableClock(start: Date, system: () => number = Date.now): MovableClock {
  let shiftMs = start.getTime() - system();
  const moveTo = (day: string, time: string) => void (shiftMs = instantAt(day, time).getTime() - system());
  return {
    now: () => new Date(system() + shiftMs),
    moveTo,
    moveOn: (day, time) => {
      const wantedMs = day !== undefined && time !== undefined ? instantAt(day, time).getTime() - system() : 0;
      shiftMs = Math.max(shiftMs, Math.min(wantedMs, 0));
    },
  };
}
