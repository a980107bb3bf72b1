import { addDays, type LocalDate } from '../../../../shared/kernel/dates.ts';
import type { DunningSettings } from '../../../../shared/protocol/billing/dunning-views.ts';
import {
  interestMinor,
  interestPeriods,
  LUMP_SUM_MINOR,
  type BaseRate,
  type InterestPeriod,
  type Principal,
} from './interest.ts';
import { workingDayFrom } from './working-days.ts';

/** What decides from when on an invoice is late. */
export interface Term {
  dueDate: LocalDate;
  /** The day a direct debit of it came back first: before that it was the house that had to fetch the money. */
  returnedOn: LocalDate | null;
  /** It was announced to be collected by a mandate that is gone, and never was. */
  uncollected: boolean;
  /** Until when the first letter that arrived gave time for a transfer. */
  firstPayBy: LocalDate | null;
}

/** What decides about the interest on an invoice. */
export interface Debt extends Term {
  /** Gross less all that corrections took back, whenever they did: it was never owed. */
  claimMinor: number;
  settled: readonly { day: LocalDate; minor: number }[];
  interestClaimedMinor: number;
  lumpSumClaimed: boolean;
}

/**
 * The first day of delay: the day after the due date that the terms of payment make by the calendar (§ 286 Abs. 2 Nr. 1
 * and 2 BGB), which is no Saturday, Sunday or holiday (§ 193 BGB). What the house was to fetch by direct debit is late
 * from the day after it came back first. What was announced and then not fetched is no fault of the debtor (§ 286 Abs. 4 BGB)
 * until a letter has asked for a transfer and its time is over; `null` until there is one.
 */
export function delayedFrom({ dueDate, returnedOn, uncollected, firstPayBy }: Term): LocalDate | null {
  const due = workingDayFrom(dueDate);
  if (uncollected) return firstPayBy && addDays(latest(due, workingDayFrom(firstPayBy)), 1);
  return addDays(returnedOn === null ? due : latest(due, returnedOn), 1);
}

const latest = (one: LocalDate, other: LocalDate): LocalDate => (one > other ? one : other);

/** What was owed from which day on: money counts from the day after it came, whose own day still bears interest. */
export function principalOf({ claimMinor, dueDate, settled }: Debt): Principal[] {
  const before = settled.filter(({ day }) => day <= dueDate).reduce((sum, { minor }) => sum + minor, 0);
  const steps = [{ from: addDays(dueDate, 1), minor: claimMinor - before }];
  for (const { day, minor } of settled.filter((move) => move.day > dueDate))
    steps.push({ from: addDays(day, 1), minor: steps.at(-1)!.minor - minor });
  return steps;
}

/** Interest on an invoice from the first day of delay to a day, whatever of it was claimed before. */
export function interestUpTo(debt: Debt, to: LocalDate, rates: readonly BaseRate[]): number {
  const from = delayedFrom(debt);
  return from === null ? 0 : interestMinor(principalOf(debt), { from, to }, rates);
}

/** Whether an invoice was late by a day, and yet nothing of it was owed then: the money had come in time. */
export function wasPaidInTime(debt: Debt, by: LocalDate): boolean {
  const from = delayedFrom(debt);
  if (from === null || from > by) return false;
  return principalOf(debt).every(({ from: since, minor }, index, steps) => {
    const next = steps[index + 1]?.from;
    return minor <= 0 || since > by || (next !== undefined && next <= from);
  });
}

/** By which rates, and when, invoices bear interest: from the first of them that is late. */
export function periodsOf(debts: readonly Term[], to: LocalDate, rates: readonly BaseRate[]): InterestPeriod[] {
  const from = debts.flatMap((debt) => delayedFrom(debt) ?? []).toSorted()[0];
  return from === undefined ? [] : interestPeriods({ from, to }, rates);
}

/**
 * What a letter adds to what was claimed before. A friendly reminder claims nothing; interest that was claimed once is
 * not claimed again, also when it was waived.
 */
export function newClaims(
  debt: Debt,
  level: number,
  { settings, asOf, rates }: { settings: DunningSettings; asOf: LocalDate; rates: readonly BaseRate[] },
): { interestMinor: number; lumpSumMinor: number } {
  const from = delayedFrom(debt);
  if (level === 0 || from === null || from > asOf) return { interestMinor: 0, lumpSumMinor: 0 };
  const total = settings.interest ? interestUpTo(debt, asOf, rates) : 0;
  return {
    interestMinor: Math.max(0, total - debt.interestClaimedMinor),
    lumpSumMinor: settings.lumpSum && !debt.lumpSumClaimed ? LUMP_SUM_MINOR : 0,
  };
}

/** A fee that an earlier letter claimed for all its invoices. */
export interface LetterFee {
  amountMinor: number;
  invoiceIds: readonly string[];
}

/**
 * The lump sums of a letter less the fees that were paid for earlier letters about their invoices (§ 288 Abs. 5 Satz 3
 * BGB). A letter cost its fee once, whatever it was about, so that counts towards the first of its invoices; what is more
 * than the lump sum of that towards the next.
 */
export function lessFees<Dunned extends { invoiceId: string; lumpSumMinor: number }>(
  dunned: readonly Dunned[],
  paid: readonly LetterFee[],
): Dunned[] {
  const left = paid.map(({ amountMinor }) => amountMinor);
  return dunned.map((invoice) => {
    let { lumpSumMinor } = invoice;
    for (const [index, { invoiceIds }] of paid.entries()) {
      if (!invoiceIds.includes(invoice.invoiceId)) continue;
      const counted = Math.min(left[index]!, lumpSumMinor);
      left[index]! -= counted;
      lumpSumMinor -= counted;
    }
    return { ...invoice, lumpSumMinor };
  });
}

/**
 * The fee of a letter. The lump sum counts towards all that pursuing the claim costs (§ 288 Abs. 5 Satz 3 BGB), so a
 * letter about an invoice that the lump sum was ever claimed for costs nothing more.
 */
export const feeOf = (
  feeMinor: number,
  dunned: readonly { lumpSumClaimed: boolean; lumpSumMinor: number }[],
): number => (dunned.some(({ lumpSumClaimed, lumpSumMinor }) => lumpSumClaimed || lumpSumMinor > 0) ? 0 : feeMinor);
