export interface KeyPress {
  key: string;
  /** Milliseconds, as `event.timeStamp`. */
  at: number;
  /** Somebody may be writing there. */
  inField: boolean;
}

/** Listens to single keys. */
export interface BurstListener {
  /**
   * @returns the code when this key ends one; `typing` while keys come as fast as from a scanner, so that the page can
   *          keep them away from where they would do harm
   */
  press: (press: KeyPress) => { code: string } | 'typing' | undefined;
}

/** In a field a scanner is told from a person by its speed; nobody types a sentence like that. */
const IN_FIELD = { gapMs: 70, length: 6 };
/** Outside of fields letters have no other meaning, so a slow radio scanner or a hand may take their time. */
const ELSEWHERE = { gapMs: 1_000, length: 4 };

/** Puts the keys of a keyboard-wedge scanner together; it ends a code with Enter or Tab. */
export function createBurstListener(): BurstListener {
  let keys: KeyPress[] = [];
  return {
    press(press) {
      const { key, at, inField } = press;
      const { gapMs, length } = inField ? IN_FIELD : ELSEWHERE;
      const goesOn = keys.length > 0 && at - keys.at(-1)!.at <= gapMs;
      if (!goesOn) keys = [];
      if (key === 'Enter' || key === 'Tab') {
        const code = keys
          .map((one) => one.key)
          .join('')
          .trim();
        keys = [];
        return code.length >= length ? { code } : undefined;
      }
      if ([...key].length !== 1) return keys.length ? 'typing' : undefined;
      keys.push(press);
      return goesOn ? 'typing' : undefined;
    },
  };
}
