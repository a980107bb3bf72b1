import type { LocalMonth } from '../../../../shared/kernel/dates.ts';
import { divideRounded } from '../../../../shared/kernel/decimal.ts';

export interface MonthNet {
  month: LocalMonth;
  netMinor: number;
}

const BASIS_POINTS = 10_000n;

/**
 * Divides the VAT of a document over the months in which was supplied what it is for, by largest remainder: each month
 * gets the VAT on its net cut to whole cents, and the cents that are left go to the months whose cut-off part was the
 * largest, of equal ones to the earlier month. Rounding each month by itself would differ from the document by cents;
 * here the shares add up to its VAT, and no month is a cent or more away from the VAT on its own net.
 * A document with turned signs is divided into the same shares with turned signs, so that a cancellation takes back
 * what was posted to the cent. What a credit note takes more or less than its rate says, because it takes the rest of
 * the tax of its original, goes to the month with the largest net, of equal ones to the earlier.
 * @param vatMinor         of the document, for one category and rate
 * @param rateBasisPoints  hundredths of a percent
 * @param months           net per month of supply; they add up to the basis of the VAT
 * @param takesRest        whether the VAT is what was left of another document's (`invoice_vat.remainder`)
 * @returns minor units, in the order of the months
 * @throws RangeError when the VAT is not that of the months, rounded, and is no rest
 */
export function shareVat(
  vatMinor: number,
  rateBasisPoints: number,
  months: readonly MonthNet[],
  takesRest = false,
): number[] {
  const owed = months.reduce((total, { netMinor }) => total + BigInt(netMinor) * BigInt(rateBasisPoints), 0n);
  const rounded = Number(divideRounded(owed, BASIS_POINTS));
  if (rounded !== vatMinor && !takesRest)
    throw new RangeError(`VAT of ${vatMinor} is not that of its months at ${rateBasisPoints}`);
  const largest = largestOf(months);
  return divided(rounded, rateBasisPoints, months).map((share, index) =>
    index === largest ? share + vatMinor - rounded : share,
  );
}

/** @returns its place */
function largestOf(months: readonly MonthNet[]): number | undefined {
  const size = ({ netMinor }: MonthNet) => Math.abs(netMinor);
  return [...months.keys()].toSorted(
    (a, b) => size(months[b]!) - size(months[a]!) || months[a]!.month.localeCompare(months[b]!.month),
  )[0];
}

/** @param vatMinor  that of the months, rounded */
function divided(vatMinor: number, rateBasisPoints: number, months: readonly MonthNet[]): number[] {
  const first = months.toSorted((a, b) => a.month.localeCompare(b.month)).find(({ netMinor }) => netMinor !== 0);
  const sign = (Math.sign(vatMinor) || Math.sign(first?.netMinor ?? 1)) < 0 ? -1 : 1;
  const exact = months.map(({ netMinor }) => BigInt(sign * netMinor) * BigInt(rateBasisPoints));
  const shares = exact.map((value) => floorDivide(value));
  const left = sign * vatMinor - shares.reduce((total, share) => total + share, 0);
  const byRemainder = months
    .map(({ month }, index) => ({ month, index, remainder: exact[index]! - BigInt(shares[index]!) * BASIS_POINTS }))
    .toSorted((a, b) => Number(b.remainder - a.remainder) || a.month.localeCompare(b.month));
  for (const { index } of byRemainder.slice(0, left)) shares[index]! += 1;
  return shares.map((share) => sign * share + 0);
}

/** Towards minus infinity. */
function floorDivide(value: bigint): number {
  const quotient = value / BASIS_POINTS;
  return Number(value < 0n && value % BASIS_POINTS !== 0n ? quotient - 1n : quotient);
}
