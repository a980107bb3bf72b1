import { invalidField } from '../../../shared/kernel/errors.ts';

const DAY_MS = 86_400_000;
const EARLIEST = Date.UTC(2000, 0, 2);

/**
 * The instant a client names, as long as it can be meant: since 2000, and at most a day ahead, because clocks of
 * other systems differ.
 * @throws InvalidInput `TOO_EARLY` or `IN_THE_FUTURE`
 */
export function plausibleTime(text: string, path: string, now: Date): Date {
  const at = new Date(text);
  if (at.getTime() < EARLIEST) throw invalidField(path, 'TOO_EARLY', 'Must not lie before the year 2000');
  if (at.getTime() > now.getTime() + DAY_MS)
    throw invalidField(path, 'IN_THE_FUTURE', 'Must not lie more than a day in the future');
  return at;
}
