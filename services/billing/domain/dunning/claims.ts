import { addDays, type LocalDate } from '../../../../shared/kernel/dates.ts';
import type { DunningSettings } from '../../../../shared/protocol/billing/dunning-views.ts';
import { interestMinor, LUMP_SUM_MINOR, type BaseRate, type Principal } from './interest.ts';

/** What decides about the interest on an invoice. */
export interface Debt {
  grossMinor: number;
  dueDate: LocalDate;
  returnedOn: LocalDate | null;
  settled: readonly { day: LocalDate; minor: number }[];
  interestClaimedMinor: number;
  lumpSumClaimed: boolean;
}

/**
 * The first day of delay: the day after the due date that the terms of payment make by the calendar (§ 286 Abs. 2 Nr. 1
 * and 2 BGB). What the house was to fetch by direct debit is late from the day after it came back.
 */
export const delayedFrom = ({ dueDate, returnedOn }: Pick<Debt, 'dueDate' | 'returnedOn'>): LocalDate =>
  addDays(returnedOn !== null && returnedOn > dueDate ? returnedOn : dueDate, 1);

/** What was owed from which day on: money counts from the day after it came, whose own day still bears interest. */
export function principalOf({ grossMinor, dueDate, settled }: Debt): Principal[] {
  const before = settled.filter(({ day }) => day <= dueDate).reduce((sum, { minor }) => sum + minor, 0);
  const steps = [{ from: addDays(dueDate, 1), minor: grossMinor - before }];
  for (const { day, minor } of settled.filter((move) => move.day > dueDate))
    steps.push({ from: addDays(day, 1), minor: steps.at(-1)!.minor - minor });
  return steps;
}

/** Interest on an invoice from the first day of delay to a day, whatever of it was claimed before. */
export const interestUpTo = (debt: Debt, to: LocalDate, rates: readonly BaseRate[]): number =>
  interestMinor(principalOf(debt), { from: delayedFrom(debt), to }, rates);

/**
 * What a letter adds to what was claimed before. A friendly reminder claims nothing; interest that was claimed once is
 * not claimed again, also when it was waived.
 */
export function newClaims(
  debt: Debt,
  level: number,
  { settings, asOf, rates }: { settings: DunningSettings; asOf: LocalDate; rates: readonly BaseRate[] },
): { interestMinor: number; lumpSumMinor: number } {
  if (level === 0) return { interestMinor: 0, lumpSumMinor: 0 };
  const total = settings.interest ? interestUpTo(debt, asOf, rates) : 0;
  return {
    interestMinor: Math.max(0, total - debt.interestClaimedMinor),
    lumpSumMinor: settings.lumpSum && !debt.lumpSumClaimed ? LUMP_SUM_MINOR : 0,
  };
}
