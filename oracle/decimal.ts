/** The oracle's own exact arithmetic: every decimal is a bigint of millionths. */
export const ONE = 1_000_000n;

/** @throws Error when the text is no plain decimal with at most six places */
export function decimal(text: string): bigint {
  const parts = /^(-?)(\d+)(?:\.(\d{1,6}))?$/.exec(text);
  if (!parts) throw new Error(`"${text}" is not a decimal with at most six places`);
  const value = BigInt(`${parts[2]}${(parts[3] ?? '').padEnd(6, '0')}`);
  return parts[1] ? -value : value;
}

/** Shortest form: `1.5`, `44`, `-0.000001`. */
export function decimalText(value: bigint): string {
  const digits = String(value < 0n ? -value : value).padStart(7, '0');
  const places = digits.slice(-6).replace(/0+$/, '');
  return (value < 0n ? '-' : '') + digits.slice(0, -6) + (places === '' ? '' : `.${places}`);
}

/** Divides and rounds half away from zero. The divisor is positive. */
export function roundedQuotient(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  const rest = dividend % divisor;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  if (twice < divisor) return quotient;
  return dividend < 0n ? quotient - 1n : quotient + 1n;
}

/** Cents of quantity × unit price ÷ base quantity, all in millionths, rounded once. */
export const netCents = (quantity: bigint, unitPrice: bigint, base: bigint): bigint =>
  roundedQuotient(quantity * unitPrice * 100n, base * ONE);

/** Cents as an amount: `1250.00`. */
export function amountText(cents: bigint): string {
  const digits = String(cents < 0n ? -cents : cents).padStart(3, '0');
  return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** A price with at least two places: `4.29`, `0.385`, `69.00`. */
export function priceText(value: bigint): string {
  const [whole, places = ''] = decimalText(value).split('.');
  return `${whole}.${places.padEnd(2, '0')}`;
}
