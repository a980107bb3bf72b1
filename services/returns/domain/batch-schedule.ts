import type { z } from 'zod';
import { addDays, instantOf, localDateOf, type LocalDate } from '../../../shared/kernel/dates.ts';
import type { rtvSchedule } from '../../../shared/protocol/merchants/events.ts';

export type RtvSchedule = z.output<typeof rtvSchedule>;

/** When the work in the warehouse begins, local time. */
const CLOSES_AT = '06:00';
const LONGEST_GAP_DAYS = 32;

/** Whether a batch closes by its schedule on this day. */
const CLOSES_ON: Record<RtvSchedule, (day: LocalDate) => boolean> = {
  manual: () => false,
  /** Mondays, so that a week's goods leave in the days after. */
  weekly: (day) => new Date(`${day}T00:00:00Z`).getUTCDay() === 1,
  semiMonthly: (day) => day.endsWith('-01') || day.endsWith('-16'),
  monthly: (day) => day.endsWith('-01'),
};

/** The first closing after an instant, at 06:00 in the zone; `undefined` for a merchant whose batches close by hand. */
export const nextClosing = (schedule: RtvSchedule, after: Date, zone: string): Date | undefined =>
  find(schedule, zone, localDateOf(after, zone), 1, (at) => at > after);

/** The last closing that was due at an instant, or at it; what was filled before has been due since. */
export const lastClosing = (schedule: RtvSchedule, now: Date, zone: string): Date | undefined =>
  find(schedule, zone, localDateOf(now, zone), -1, (at) => at <= now);

function find(
  schedule: RtvSchedule,
  zone: string,
  from: LocalDate,
  step: 1 | -1,
  fits: (at: Date) => boolean,
): Date | undefined {
  for (let days = 0; days <= LONGEST_GAP_DAYS; days += 1) {
    const day = addDays(from, days * step);
    if (!CLOSES_ON[schedule](day)) continue;
    const at = instantOf(day, CLOSES_AT, zone);
    if (fits(at)) return at;
  }
  return undefined;
}
