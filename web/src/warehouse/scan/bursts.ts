/** A scanner that types is told from a person by its speed: the longest pause between two of its keys. */
export const BURST_GAP_MS = 60;
/** Shorter codes do not exist; two keys in quick succession do. */
const SHORTEST_CODE = 4;

export interface KeyPress {
  key: string;
  /** Milliseconds, as `event.timeStamp`. */
  at: number;
}

/** Listens to single keys. */
export interface BurstListener {
  /**
   * @returns the code when this key ends one; `typing` while keys come as fast as from a scanner, so that the page can
   *          keep them away from where they would do harm
   */
  press: (press: KeyPress) => { code: string } | 'typing' | undefined;
}

/** Puts the keys of a keyboard-wedge scanner together; it ends a code with Enter or Tab. */
export function createBurstListener(): BurstListener {
  let keys: KeyPress[] = [];
  return {
    press({ key, at }) {
      const fast = keys.length > 0 && at - keys.at(-1)!.at <= BURST_GAP_MS;
      if (!fast) keys = [];
      if (key === 'Enter' || key === 'Tab') {
        const code = keys
          .map((press) => press.key)
          .join('')
          .trim();
        keys = [];
        return code.length >= SHORTEST_CODE ? { code } : undefined;
      }
      if ([...key].length !== 1) return keys.length ? 'typing' : undefined;
      keys.push({ key, at });
      return fast ? 'typing' : undefined;
    },
  };
}
