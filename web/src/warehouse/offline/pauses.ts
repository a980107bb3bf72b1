/** Until when something that failed is left alone. */
export interface Pauses {
  until: (key: string) => number;
  /** @param retryAfterMs  what the server asked for; else the pause doubles with every failure, up to a minute */
  after: (key: string, retryAfterMs?: number) => void;
  over: (key: string) => void;
  allOver: () => void;
}

const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;

/**
 * A clock that was set back ends a pause, else it would last until the old time comes again.
 * @param random  0 to 1, so that devices do not all come back at the same moment
 */
export function createPauses(now: () => number, random: () => number): Pauses {
  const pauses = new Map<string, { from: number; until: number; failures: number }>();
  return {
    until: (key) => {
      const pause = pauses.get(key);
      return !pause || now() < pause.from ? 0 : pause.until;
    },
    after: (key, retryAfterMs) => {
      const failures = (pauses.get(key)?.failures ?? 0) + 1;
      const growing = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 10));
      pauses.set(key, { failures, from: now(), until: now() + (retryAfterMs ?? growing * (0.75 + random() / 2)) });
    },
    over: (key) => void pauses.delete(key),
    allOver: () => pauses.clear(),
  };
}
