import type { Clock } from '../kernel/clock.ts';
import { systemClock } from '../kernel/clock.ts';

/** Business time that starts at `start` and runs on with the system's; the system clock without `start`. */
export function clockFrom(start: string | undefined): Clock {
  if (start === undefined) return systemClock;
  const shiftMs = Date.parse(start) - Date.now();
  return () => new Date(Date.now() + shiftMs);
}
