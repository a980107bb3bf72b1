/** The digits of a text, in their order. */
export const digitsOf = (text: string): number[] => Array.from(text, Number);

/** Sum of the digits, each times its weight; digits without a weight do not count. */
export const weighted = (text: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, index) => sum + weight * Number(text[index]), 0);

/** The remainder of a whole number, however it is written. */
export const remainder = (text: string, modulus: number): number =>
  digitsOf(text).reduce((rest, digit) => (rest * 10 + digit) % modulus, 0);

/** Sum of the digits of a product of one digit by one or two: 14 counts as 5. */
const crossSum = (value: number): number => (value > 9 ? value - 9 : value);

/** ISO/IEC 7812: every second digit from the right counts twice. */
export const luhnFits = (text: string): boolean =>
  digitsOf(text)
    .toReversed()
    .reduce((sum, digit, index) => sum + (index % 2 ? crossSum(2 * digit) : digit), 0) %
    10 ===
  0;

/** ISO/IEC 7064, MOD 11,10: the last digit checks those before. */
export function mod1110Fits(text: string): boolean {
  let product = 10;
  for (const digit of text.slice(0, -1)) product = (2 * ((Number(digit) + product) % 10 || 10)) % 11;
  return (11 - product) % 10 === Number(text.at(-1));
}

/** ISO/IEC 7064, MOD 97-10: letters stand for 10 to 35. */
export const mod97Fits = (text: string): boolean =>
  remainder(Array.from(text, (sign) => Number.parseInt(sign, 36)).join(''), 97) === 1;
