import { dayNumber } from './days.ts';

/** What came in of one article or bin, and how much of it there was on each recorded day. */
export interface StockCurve {
  /** recorded days ascending, with what was more than the recorded day before */
  arrivals: { day: string; amount: bigint }[];
}

/** A part of a day's stock that came in together. */
export interface Arrival {
  /** article or bin */
  key: string;
  since: string;
  /** 1 on the first recorded day */
  age: number;
  amount: bigint;
}

/** The arrivals of everything that was ever recorded. Days whose stock is not known change nothing. */
export function yearsOfStock(
  amounts: ReadonlyMap<string, ReadonlyMap<string, bigint> | null>,
): Map<string, StockCurve> {
  const curves = new Map<string, StockCurve>();
  let before: ReadonlyMap<string, bigint> = new Map();
  for (const [day, goods] of [...amounts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (goods === null) continue;
    for (const [key, amount] of goods) {
      const more = amount - (before.get(key) ?? 0n);
      const curve = curves.get(key) ?? { arrivals: [] };
      if (more > 0n) curve.arrivals.push({ day, amount: more });
      curves.set(key, curve);
    }
    before = goods;
  }
  return curves;
}

/**
 * How old the stock of a day is. First in, first out: what is left is what came in last, so it is found by going back
 * through the arrivals until they make up the stock.
 */
export function arrivalsIn(
  curves: ReadonlyMap<string, StockCurve>,
  goods: ReadonlyMap<string, bigint>,
  day: string,
): Arrival[] {
  const found: Arrival[] = [];
  for (const [key, amount] of goods) {
    let left = amount;
    for (const arrival of curves
      .get(key)!
      .arrivals.filter((one) => one.day <= day)
      .reverse()) {
      if (left === 0n) break;
      const part = arrival.amount < left ? arrival.amount : left;
      found.push({ key, since: arrival.day, age: dayNumber(day) - dayNumber(arrival.day) + 1, amount: part });
      left -= part;
    }
  }
  return found;
}
