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

/** @param random  0 to 1, so that devices do not all come back at the same moment */
export function createPauses(now: () => number, random: () => number): Pauses {
  const pauses = new Map<string, { until: number; failures: number }>();
  return {
    until: (key) => pauses.get(key)?.until ?? 0,
    after: (key, retryAfterMs) => {
      const failures = (pauses.get(key)?.failures ?? 0) + 1;
      const growing = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 10));
      pauses.set(key, { failures, until: now() + (retryAfterMs ?? growing * (0.75 + random() / 2)) });
    },
    over: (key) => void pauses.delete(key),
    allOver: () => pauses.clear(),
  };
}
