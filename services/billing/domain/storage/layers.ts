import { daysBetween, lastDayOf, monthOf, type LocalDate } from '../../../../shared/kernel/dates.ts';
import type { Amounts } from './storage-day.ts';

/** Goods that came in together, as far as recorded days tell. */
export interface Layer {
  /** The first recorded day that shows them; they came in on the day before. */
  since: LocalDate;
  micros: bigint;
}
/** Layers by bin or SKU, oldest first. */
export type Layers = ReadonlyMap<string, readonly Layer[]>;

/**
 * Carries layers on to the next recorded day, first in first out (F5): what is more than before is a new layer, what
 * is less was taken from the oldest. What is gone altogether is young again when it comes back.
 */
export function carryLayers(before: Layers, day: LocalDate, amounts: Amounts): Layers {
  const after = new Map<string, readonly Layer[]>();
  for (const [key, amount] of amounts) {
    const layers = before.get(key) ?? [];
    const known = layers.reduce((sum, { micros }) => sum + micros, 0n);
    if (amount > known) after.set(key, [...layers, { since: day, micros: amount - known }]);
    else after.set(key, takeOldest(layers, known - amount));
  }
  return after;
}

function takeOldest(layers: readonly Layer[], taken: bigint): Layer[] {
  let left = taken;
  return layers.flatMap((layer) => {
    const cut = left < layer.micros ? left : layer.micros;
    left -= cut;
    return layer.micros > cut ? [{ ...layer, micros: layer.micros - cut }] : [];
  });
}

/** Days since goods-in: 1 on the first recorded day that shows them, so 30 free days are thirty recorded days. */
export const ageOf = ({ since }: Pick<Layer, 'since'>, day: LocalDate): number => daysBetween(since, day) + 1;

/**
 * The band an age falls in.
 * @param bands  last day of each band, ascending; the one beyond is open
 */
export function bandOf(age: number, bands: readonly number[]): number {
  const index = bands.findIndex((last) => age <= last);
  return index < 0 ? bands.length : index;
}

/**
 * Whether a month since goods-in begins on the day: on the first recorded day and on the same day of every month, or
 * on a month's last day where it has no such day.
 */
export function isAnniversary({ since }: Pick<Layer, 'since'>, day: LocalDate): boolean {
  if (day < since) return false;
  return day.slice(8) === since.slice(8) || (since.slice(8) > day.slice(8) && day === lastDayOf(monthOf(day)));
}
