import { addDays, instantOf, localDateOf, type LocalDate } from '../../../shared/kernel/dates.ts';

/** When a day's digest is made, in the zone of the warehouse. */
export const DIGEST_TIME = '17:00';

/** The last day whose digest is due. */
export function lastDigestDay(now: Date, zone: string): LocalDate {
  const today = localDateOf(now, zone);
  return now >= instantOf(today, DIGEST_TIME, zone) ? today : addDays(today, -1);
}

/** The day whose digest tells what comes now: today's until it is made, then tomorrow's. */
export const nextDigestDay = (now: Date, zone: string): LocalDate => addDays(lastDigestDay(now, zone), 1);
