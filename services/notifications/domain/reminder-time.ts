const DAY_MS = 86_400_000;
/** Nobody needs a reminder of what was asked a few hours ago. */
const LEAST_MS = 12 * 3_600_000;

/**
 * When a merchant is reminded of an open decision: 24 hours before the deadline.
 * @returns `null` when that is less than 12 hours after the question
 */
export function reminderAt(requestedAt: Date, dueAt: Date): Date | null {
  const at = dueAt.getTime() - DAY_MS;
  return at - requestedAt.getTime() < LEAST_MS ? null : new Date(at);
}
