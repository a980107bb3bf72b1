/** Seconds an access token counts; rights are asked of identity anyway, so this bounds a stolen one only. */
export const ACCESS_TOKEN_S = 900;
/** A session ends when nobody refreshed it for this long. */
export const SESSION_IDLE_MS = 30 * 86_400_000;
/**
 * How long a used refresh token may come again: the answer with the next one may be lost on a bad network, and the
 * log-in of a day at the packing table must not end by that.
 */
export const REFRESH_GRACE_MS = 30_000;
/** Wrong passwords an account may have within {@link ATTEMPT_WINDOW_MS} (security.md, A18). */
export const ATTEMPTS_ALLOWED = 10;
export const ATTEMPT_WINDOW_MS = 15 * 60_000;

/**
 * How long an account stays locked.
 * @param attempts  instants of the attempts that count, any order
 * @returns seconds until another attempt is allowed, 0 when one is allowed now
 */
export function lockedForSeconds(attempts: readonly Date[], now: Date): number {
  const inWindow = attempts
    .map((at) => at.getTime() + ATTEMPT_WINDOW_MS)
    .filter((endsAt) => endsAt > now.getTime())
    .toSorted((one, other) => other - one);
  const freesAt = inWindow[ATTEMPTS_ALLOWED - 1];
  return freesAt === undefined ? 0 : Math.ceil((freesAt - now.getTime()) / 1_000);
}
