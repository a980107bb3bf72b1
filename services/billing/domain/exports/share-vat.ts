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
 * what was posted to the cent.
 * @param vatMinor         of the document, for one category and rate
 * @param rateBasisPoints  hundredths of a percent
 * @param months           net per month of supply; they add up to the basis of the VAT
 * @returns minor units, in the order of the months
 * @throws RangeError when the VAT is not that of the months, rounded
 */
export function shareVat(vatMinor: number, rateBasisPoints: number, months: readonly MonthNet[]): number[] {
  const first = months.toSorted((a, b) => a.month.localeCompare(b.month)).find(({ netMinor }) => netMinor !== 0);
  const sign = (Math.sign(vatMinor) || Math.sign(first?.netMinor ?? 1)) < 0 ? -1 : 1;
  const exact = months.map(({ netMinor }) => BigInt(sign * netMinor) * BigInt(rateBasisPoints));
  const shares = exact.map((value) => floorDivide(value));
  const left = sign * vatMinor - shares.reduce((total, share) => total + share, 0);
  const owed = exact.reduce((total, value) => total + value, 0n);
  if (divideRounded(owed, BASIS_POINTS) !== BigInt(sign * vatMinor))
    throw new RangeError(`VAT of ${vatMinor} is not that of its months at ${rateBasisPoints}`);
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
