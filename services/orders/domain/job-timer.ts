import { invalidField } from '../../../shared/kernel/errors.ts';

const MINUTE_MS = 60_000;
const LONGEST_MINUTES = 1_440;

/**
 * Minutes of a clock, each begun one in full.
 * @param said  what it really was, where the clock ran on
 * @throws InvalidInput `CLOCK_FORGOTTEN` for more than a day that nobody vouches for, `MORE_THAN_MEASURED`
 */
export function minutesOf(startedAt: Date, now: Date, said?: number): number {
  const measured = Math.max(0, Math.ceil((now.getTime() - startedAt.getTime()) / MINUTE_MS));
  if (said === undefined && measured > LONGEST_MINUTES)
    throw invalidField('minutes', 'CLOCK_FORGOTTEN', 'The clock ran for more than a day; say how long it really was');
  if (said !== undefined && said > measured)
    throw invalidField('minutes', 'MORE_THAN_MEASURED', `The clock ran for ${measured} minutes`);
  return said ?? measured;
}
