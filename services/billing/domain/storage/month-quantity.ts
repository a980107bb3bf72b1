import { daysInMonth, monthOf, type LocalDate } from '../../../../shared/kernel/dates.ts';
import { divideRounded } from '../../../../shared/kernel/decimal.ts';
import type { StorageMethod } from './storage-day.ts';

/** The 15th begins the second half. */
const SECOND_HALF = '15';

/** A recorded day that counts, as its share of the month's quantity: `weight` ÷ `of`. */
export interface CountedDay {
  day: LocalDate;
  weight: bigint;
}

/**
 * Which recorded days make the quantity of a month, and with what weight. A part of a month is charged by its days
 * under contract: their number ÷ days of the month.
 *
 * - `monthEnd`: the last day under contract.
 * - `monthAverage`: every day, those without contract as empty.
 * - `halfMonth`: the two usual record days of the trade, the 1st for the first half and the 15th for the second, half
 *   a month each; a half that begins later takes its first day under contract.
 * - `monthPeak`: the day with the most.
 * @param active  days under contract in the month, ascending, at least one
 */
export function countedDays(method: StorageMethod, active: readonly LocalDate[]): { days: CountedDay[]; of: bigint } {
  const month = monthOf(active[0]!);
  const length = BigInt(daysInMonth(month));
  switch (method) {
    case 'monthEnd':
      return { days: [{ day: active.at(-1)!, weight: BigInt(active.length) }], of: length };
    case 'halfMonth': {
      const halves = [active.filter((day) => !isSecondHalf(day)), active.filter(isSecondHalf)] as const;
      const lengths = [14n, length - 14n] as const;
      const days = halves.flatMap((half, index) =>
        half[0] === undefined ? [] : [{ day: half[0], weight: BigInt(half.length) * lengths[1 - index]! }],
      );
      return { days, of: 2n * lengths[0] * lengths[1] };
    }
    default:
      return { days: active.map((day) => ({ day, weight: 1n })), of: length };
  }
}

const isSecondHalf = (day: LocalDate): boolean => day.slice(8) >= SECOND_HALF;

/**
 * The quantity of a month in millionths, rounded once, half away from zero.
 * @param amountOn  millionths on a day
 */
export function monthQuantity(
  method: StorageMethod,
  active: readonly LocalDate[],
  amountOn: (day: LocalDate) => bigint,
): bigint {
  const { days, of } = countedDays(method, active);
  const amounts = days.map(({ day, weight }) => ({ amount: amountOn(day), weight }));
  if (method === 'monthPeak') {
    const peak = amounts.reduce((most, { amount }) => (amount > most ? amount : most), 0n);
    return divideRounded(peak * BigInt(active.length), of);
  }
  return divideRounded(
    amounts.reduce((sum, { amount, weight }) => sum + amount * weight, 0n),
    of,
  );
}

/**
 * What each day that counts has of the month's quantity, in lowest terms, for people to add up by; of a peak the first
 * day that has it.
 */
export function weightsOf(
  method: StorageMethod,
  active: readonly LocalDate[],
  amountOn: (day: LocalDate) => bigint,
): Map<LocalDate, { weight: bigint; of: bigint }> {
  const { days, of } = countedDays(method, active);
  const [peak] = active.toSorted((a, b) => (amountOn(a) === amountOn(b) ? 0 : amountOn(a) > amountOn(b) ? -1 : 1));
  const counted = method === 'monthPeak' ? [{ day: peak!, weight: BigInt(active.length) }] : days;
  return new Map(
    counted.map(({ day, weight }) => {
      const common = commonDivisor(weight, of);
      return [day, { weight: weight / common, of: of / common }];
    }),
  );
}

const commonDivisor = (a: bigint, b: bigint): bigint => (b === 0n ? a : commonDivisor(b, a % b));
