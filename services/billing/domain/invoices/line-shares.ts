import { divideRounded, parseMicros } from '../../../../shared/kernel/decimal.ts';

/**
 * What each charge contributes to its line's net. A line is rounded once, charges carry no cents of their own: each
 * takes what the line's net up to it, rounded, is more than up to the one before, so that they add up to the line.
 * @param lineNet     minor units
 * @param quantities  of the charges, decimals
 * @returns minor units, one for each charge
 */
export function sharesMinor(lineNet: number, quantities: readonly string[], lineQuantity: string): number[] {
  const whole = parseMicros(lineQuantity);
  if (whole === 0n) return quantities.map(() => 0);
  const size = whole < 0n ? -whole : whole;
  let counted = 0n;
  let told = 0;
  return quantities.map((quantity) => {
    counted += parseMicros(quantity);
    const upTo = Number(divideRounded(BigInt(lineNet) * counted * (whole < 0n ? -1n : 1n), size));
    const share = upTo - told;
    told = upTo;
    return share;
  });
}
