/** Numbers that look random and are the same in every run, so that two demos of a month can be compared. */
export interface Chance {
  /** From 0, below 1. */
  next: () => number;
  /** A whole number, both included. */
  whole: (from: number, to: number) => number;
  pick: <Item>(items: readonly Item[]) => Item;
}

/** @param name  the same name gives the same numbers */
export function chanceOf(name: string): Chance {
  let state = [...name].reduce((hash, sign) => Math.imul(hash ^ sign.codePointAt(0)!, 16_777_619), 2_166_136_261);
  // mulberry32: small, and good enough to choose among findings
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return { next, whole, pick: (items) => items[whole(0, items.length - 1)]! };
}
