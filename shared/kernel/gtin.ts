/** Codes printed on goods (GS1 General Specifications): GTIN-8, GTIN-12 (UPC-A), GTIN-13 (EAN) and GTIN-14. */

const GTIN = /^(\d{8}|\d{12,14})$/;
const DIGITS = /^\d{1,14}$/;

/**
 * Whether a code that has the form of a GTIN ends in the right check digit (GS1 General Specifications, 7.9). Codes of
 * any other form have none and are right as they are.
 */
export function hasRightCheckDigit(code: string): boolean {
  if (!GTIN.test(code)) return true;
  const digits = [...code].map(Number);
  const last = digits.pop()!;
  const sum = digits.reverse().reduce((total, digit, index) => total + digit * (index % 2 ? 1 : 3), 0);
  return (10 - (sum % 10)) % 10 === last;
}

/**
 * The form in which codes are compared: numbers with leading zeros to 14 digits, since scanners and shops add and drop
 * them at will (a UPC-A is the EAN that begins with 0); anything else as it is.
 */
export const comparableCode = (code: string): string => (DIGITS.test(code) ? code.padStart(14, '0') : code);
