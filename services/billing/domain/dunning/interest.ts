import { addDays, daysBetween, type LocalDate } from '../../../../shared/kernel/dates.ts';
import { divideRounded } from '../../../../shared/kernel/decimal.ts';

/** The base rate from a 1 January or 1 July on, for that half of the year; basis points, -0.88 % is -88. */
export interface BaseRate {
  validFrom: LocalDate;
  rateBasisPoints: number;
}

/** What is owed from the beginning of a day on. */
export interface Principal {
  from: LocalDate;
  minor: number;
}

/** Between businesses nine percentage points above the base rate (§ 288 Abs. 2 BGB). */
const POINTS_ABOVE_BASE = 900;
/** § 288 Abs. 5 BGB: EUR 40, once per claim, where the debtor is no consumer. */
export const LUMP_SUM_MINOR = 4_000;

/** Days of a year as the divisor of interest. A leap year has no divisor of its own: its 29 February is a day like others. */
const YEAR_DAYS = 365n;

/**
 * Simple interest for delay (§ 288 Abs. 2, § 289 BGB): each day bears the rate of its half-year on what is owed at its
 * beginning, days / 365, added up exactly and rounded once.
 * @param principal  ascending; nothing is owed before the first entry
 * @param from       first day of delay: the day after the due date (§ 286 Abs. 2, § 187 Abs. 1 BGB)
 * @param to         last day that counts
 * @param rates      ascending; a day of a half-year whose rate is not known bears nothing
 * @returns minor units, half away from zero
 */
export function interestMinor(
  principal: readonly Principal[],
  { from, to }: { from: LocalDate; to: LocalDate },
  rates: readonly BaseRate[],
): number {
  let sum = 0n;
  for (const { validFrom, rateBasisPoints } of rates)
    for (const [index, { from: since, minor }] of principal.entries()) {
      const next = principal[index + 1]?.from;
      const first = latest(from, validFrom, since);
      const last = earliest(to, endOfHalfYear(validFrom), next ? addDays(next, -1) : to);
      const days = daysBetween(first, last) + 1;
      if (days > 0 && minor > 0) sum += BigInt(minor) * BigInt(rateBasisPoints + POINTS_ABOVE_BASE) * BigInt(days);
    }
  return Number(divideRounded(sum, 10_000n * YEAR_DAYS));
}

/** Days that bear interest at one rate: nine points above the base rate of their half-year. */
export interface InterestPeriod {
  from: LocalDate;
  to: LocalDate;
  rateBasisPoints: number;
}

/** The rates of the days of a period, ascending; half-years of an unknown rate are left out. */
export const interestPeriods = (
  { from, to }: { from: LocalDate; to: LocalDate },
  rates: readonly BaseRate[],
): InterestPeriod[] =>
  rates
    .map(({ validFrom, rateBasisPoints }) => ({
      from: latest(from, validFrom),
      to: earliest(to, endOfHalfYear(validFrom)),
      rateBasisPoints: rateBasisPoints + POINTS_ABOVE_BASE,
    }))
    .filter((period) => period.from <= period.to);

/** The first day of a period whose base rate is not known, `null` when all are. */
export function missingRate(rates: readonly BaseRate[], from: LocalDate, to: LocalDate): LocalDate | null {
  const known = new Set(rates.map(({ validFrom }) => validFrom));
  for (let half = halfYearOf(from); half <= to; half = addDays(endOfHalfYear(half), 1))
    if (!known.has(half)) return half;
  return null;
}

export const halfYearOf = (day: LocalDate): LocalDate =>
  `${day.slice(0, 4)}-${day.slice(5) < '07-01' ? '01' : '07'}-01`;

export const endOfHalfYear = (from: LocalDate): LocalDate =>
  from.endsWith('-01-01') ? `${from.slice(0, 4)}-06-30` : `${from.slice(0, 4)}-12-31`;

const latest = (...days: LocalDate[]): LocalDate => days.toSorted().at(-1)!;
const earliest = (...days: LocalDate[]): LocalDate => days.toSorted()[0]!;
