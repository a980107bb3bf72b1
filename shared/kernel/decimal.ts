/**
 * Exact decimals with six places, held as a bigint of millionths ("micros").
 * Prices are micros of the major currency unit, quantities micros of their unit (billing.md, Lines).
 * Floats never touch either.
 */
export const MICROS = 1_000_000n;

const DECIMAL = /^(-?)(\d{1,15})(?:\.(\d{1,6}))?$/;

/**
 * Reads a plain decimal string such as `12.5` or `-0.000001`.
 * @returns millionths
 * @throws RangeError when the text is not a decimal with at most 15 integer digits and 6 places
 */
export function parseMicros(text: string): bigint {
  const match = DECIMAL.exec(text);
  if (!match) throw new RangeError(`Not a decimal with at most 6 places: ${text.slice(0, 40)}`);
  const [, sign, whole = '0', fraction = ''] = match;
  const magnitude = BigInt(whole) * MICROS + BigInt(fraction.padEnd(6, '0'));
  return sign === '-' ? -magnitude : magnitude;
}

/** Writes millionths as the shortest plain decimal: `1500000n` → `1.5`. */
export function formatMicros(micros: bigint): string {
  const magnitude = micros < 0n ? -micros : micros;
  const fraction = (magnitude % MICROS).toString().padStart(6, '0').replace(/0+$/, '');
  return `${micros < 0n ? '-' : ''}${magnitude / MICROS}${fraction && `.${fraction}`}`;
}

/**
 * Integer division rounded half away from zero, the only rounding money knows here (billing.md, Lines).
 * @throws RangeError when the denominator is not positive
 */
export function divideRounded(numerator: bigint, denominator: bigint): bigint {
  if (denominator <= 0n) throw new RangeError('The denominator must be positive');
  const magnitude = numerator < 0n ? -numerator : numerator;
  const rounded = (2n * magnitude + denominator) / (2n * denominator);
  return numerator < 0n ? -rounded : rounded;
}
