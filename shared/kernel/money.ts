import { divideRounded, MICROS } from './decimal.ts';
import { hasType, RuleViolation } from './errors.ts';

/** An amount as it crosses every border: integer minor units (cents) and an ISO 4217 code. */
export interface Money {
  amountMinor: number;
  currency: string;
}

const MINOR_PER_MAJOR = 100n;

/**
 * Net amount of one invoice line: quantity × unit price ÷ base quantity, rounded once, half away from zero.
 * @param quantityMicros      millionths of the unit; negative for a correction
 * @param unitPriceMicros     millionths of the major currency unit, per `baseQuantity` units
 * @param baseQuantityMicros  millionths; 31 days are 31_000_000n (BT-149)
 * @returns minor units
 * @throws RangeError when the base quantity is not positive
 * @throws RuleViolation `AMOUNT_OUT_OF_RANGE` when the result is no safe integer: quantities and prices are typed by people
 */
export function lineNetMinor(
  quantityMicros: bigint,
  unitPriceMicros: bigint,
  baseQuantityMicros: bigint = MICROS,
): number {
  return safeMinor(divideRounded(quantityMicros * unitPriceMicros * MINOR_PER_MAJOR, baseQuantityMicros * MICROS));
}

/**
 * VAT on the summed nets of one category and rate.
 * @param netMinor         minor units
 * @param rateBasisPoints  hundredths of a percent: 19 % is 1900
 * @returns minor units, rounded once, half away from zero
 */
export function vatMinor(netMinor: number, rateBasisPoints: number): number {
  return safeMinor(divideRounded(BigInt(netMinor) * BigInt(rateBasisPoints), 10_000n));
}

/** Minor units added up. @throws RuleViolation as {@link lineNetMinor} */
export const sumMinor = (amounts: readonly number[]): number =>
  safeMinor(amounts.reduce((total, amount) => total + BigInt(amount), 0n));

function safeMinor(amount: bigint): number {
  const value = Number(amount);
  if (!Number.isSafeInteger(value))
    throw new RuleViolation('AMOUNT_OUT_OF_RANGE', `The amount ${amount} is larger than any that can be billed`);
  return value;
}

/** What `amount` comes to, `null` where it is larger than any that can be billed: what is wrong must still be seen. */
export function amountOrNull(amount: () => number): number | null {
  try {
    return amount();
  } catch (error) {
    if (hasType(error, 'AMOUNT_OUT_OF_RANGE')) return null;
    throw error;
  }
}
