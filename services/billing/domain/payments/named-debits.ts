import { returnCharge } from './return-charge.ts';
import type { CollectedDebit, ReturnedPayment } from './returned-parts.ts';

/** What an entry of money that went out says about the direct debit that it takes back. */
export interface NamingEntry {
  /** Negative. */
  amountMinor: number;
  /** What the bank charged, `null` where it does not tell that apart. */
  chargeMinor: number | null;
  endToEndId: string | null;
  mandateId: string | null;
}

/**
 * The direct debits of a payment that a return may name: by what we sent along, else by the mandate. Several where more
 * than one of the mandate fits; none where all that is left of the payment comes back.
 */
export function debitsNamed(
  entry: NamingEntry,
  { leftMinor, collected }: Pick<ReturnedPayment, 'leftMinor' | 'collected'>,
): CollectedDebit[] {
  if (-entry.amountMinor === leftMinor) return [];
  if (entry.endToEndId === null)
    return debitsOfMandate(entry, collected).filter(({ amountMinor }) => amountMinor !== leftMinor);
  const named = collected.find(({ endToEndId }) => endToEndId === entry.endToEndId);
  return named ? [named] : [];
}

/**
 * Direct debits of the mandate of an entry that it is the money of, to the cent once the charge of the bank is off. Where
 * no charge is told, one of just the amount of the entry goes before all that a charge would have to explain.
 */
export function debitsOfMandate<Debit extends CollectedDebit>(
  { mandateId, amountMinor, chargeMinor }: NamingEntry,
  collected: readonly Debit[],
): Debit[] {
  const fitting = collected.filter(
    (one) =>
      one.mandateReference === mandateId &&
      -amountMinor - returnCharge({ amountMinor, chargeMinor }, one.amountMinor) === one.amountMinor,
  );
  const exact = chargeMinor === null ? fitting.filter((one) => one.amountMinor === -amountMinor) : [];
  return exact.length ? exact : fitting;
}
