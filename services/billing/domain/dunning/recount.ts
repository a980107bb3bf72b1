import type { LocalDate } from '../../../../shared/kernel/dates.ts';
import { interestUpTo, wasPaidInTime, type Debt } from './claims.ts';
import type { BaseRate } from './interest.ts';

/** A claim that is open, with the day up to which its letter counted. */
export interface LetterClaim {
  id: string;
  kind: 'interest' | 'lumpSum' | 'fee';
  amountMinor: number;
  /** The invoice it is for; the fee is for all of its letter. */
  invoiceIds: readonly string[];
  asOf: LocalDate;
}

/** An invoice that was dunned, by what is known of it now. */
export interface DunnedDebt extends Debt {
  invoiceId: string;
  /** Up to when interest was claimed, `null` where none was. */
  claimedUpTo: LocalDate | null;
}

/**
 * The open claims that money which came before, and was booked after its letter, shows never to have been owed: all
 * open interest on an invoice that bore less than was claimed, so that the next letter claims what is left of it; the
 * lump sum of one that was paid in time, and the fee of a letter about no other.
 */
export function neverOwed(
  claims: readonly LetterClaim[],
  debts: readonly DunnedDebt[],
  rates: readonly BaseRate[],
): LetterClaim[] {
  const byId = new Map(debts.map((debt) => [debt.invoiceId, debt]));
  return claims.filter(({ kind, invoiceIds, asOf }) =>
    invoiceIds.every((invoiceId) => {
      const debt = byId.get(invoiceId)!;
      return kind === 'interest' ? boreLess(debt, rates) : wasPaidInTime(asItWas(debt, asOf), asOf);
    }),
  );
}

function boreLess(debt: DunnedDebt, rates: readonly BaseRate[]): boolean {
  const upTo = debt.claimedUpTo;
  return upTo !== null && interestUpTo(asItWas(debt, upTo), upTo, rates) < debt.interestClaimedMinor;
}

/** A direct debit that came back after the letter says nothing about the delay before it. */
const asItWas = (debt: DunnedDebt, asOf: LocalDate): DunnedDebt =>
  debt.returnedOn !== null && debt.returnedOn > asOf ? { ...debt, returnedOn: null } : debt;
