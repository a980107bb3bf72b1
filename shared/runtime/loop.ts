import type { Logger } from './log.ts';

/** A loop that takes up work: at a wake-up, else after a pause. */
export interface Loop {
  name: string;
  wake: () => void;
  /** Lets the round that is running end and starts no other. */
  stop: () => Promise<void>;
  status: () => LoopStatus;
}

export interface LoopStatus {
  name: string;
  lastRoundAt: Date | null;
  lastError: string | null;
  /** False when a round failed, or when there was no sign of life for far longer than the pause. */
  ok: boolean;
}

/** @param beat  the sign of life of a round that takes long: call it whenever the work has come further */
export type Round = (beat: () => void) => Promise<number>;

export interface LoopOptions {
  name: string;
  /** Pause between rounds when there is nothing to do. */
  everyMs: number;
  /**
   * Least time from the start of one round to the next. Whoever wakes a loop that rested is served at once; under load
   * a round takes up all that came in the meantime, instead of one round each. Default 0.
   */
  gatherMs?: number;
  /** One round. Returns how much it did; anything above 0 means the next round comes at once. */
  round: Round;
  log: Logger;
}

const PAUSE_AFTER_ERROR_MS = 1_000;
const STALE_MS = 120_000;

/** Starts a loop. A failing round is logged and tried again; the loop itself never ends by an error. */
export function startLoop({ name, everyMs, gatherMs = 0, round, log }: LoopOptions): Loop {
  const stopping = new AbortController();
  const isStopping = (): boolean => stopping.signal.aborted;
  let woken = false;
  let wakeUp: () => void = () => undefined;
  let lastRoundAt: Date | null = null;
  let lastError: string | null = null;
  let aliveAt = Date.now();
  const beat = (): void => void (aliveAt = Date.now());

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      if (woken || isStopping()) return resolve();
      const timer = setTimeout(resolve, ms);
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  /** Only the end of the loop cuts it short. */
  const gather = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      if (ms <= 0 || isStopping()) return resolve();
      const timer = setTimeout(resolve, ms);
      wakeUp = () => {
        if (!isStopping()) return;
        clearTimeout(timer);
        resolve();
      };
    });

  const run = async (): Promise<void> => {
    while (!isStopping()) {
      const begunAt = Date.now();
      woken = false;
      let done = 0;
      try {
        done = await round(beat);
        lastError = null;
      } catch (error) {
        lastError = error instanceof Error ? error.message : String(error);
        log.error({ loop: name, err: error }, 'round failed');
      }
      lastRoundAt = new Date();
      beat();
      if (lastError !== null) await pause(PAUSE_AFTER_ERROR_MS);
      // jitter keeps the loops of many processes apart
      else if (done === 0) await pause(everyMs * (0.9 + Math.random() / 5));
      await gather(begunAt + gatherMs - Date.now());
    }
  };
  const ended = run();

  return {
    name,
    wake: () => {
      woken = true;
      wakeUp();
    },
    stop: () => {
      stopping.abort();
      wakeUp();
      return ended;
    },
    status: () => ({
      name,
      lastRoundAt,
      lastError,
      ok: lastError === null && Date.now() - aliveAt < Math.max(STALE_MS, 3 * everyMs),
    }),
  };
}
