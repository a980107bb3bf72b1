import { europeanUnion, type EuCountry } from './countries.ts';

/** Patterns behind the prefix, as the European Commission lists them for VIES. */
const PATTERNS: Record<EuCountry, RegExp> = {
  AT: /^U\d{8}$/,
  BE: /^[01]\d{9}$/,
  BG: /^\d{9,10}$/,
  CY: /^\d{8}[A-Z]$/,
  CZ: /^\d{8,10}$/,
  DE: /^\d{9}$/,
  DK: /^\d{8}$/,
  EE: /^\d{9}$/,
  ES: /^([A-Z]\d{7}[A-Z0-9]|\d{8}[A-Z])$/,
  FI: /^\d{8}$/,
  FR: /^[A-HJ-NP-Z0-9]{2}\d{9}$/,
  GR: /^\d{9}$/,
  HR: /^\d{11}$/,
  HU: /^\d{8}$/,
  IE: /^(\d[A-Z0-9+*]\d{5}[A-Z]|\d{7}[A-W][A-I])$/,
  IT: /^\d{11}$/,
  LT: /^(\d{9}|\d{12})$/,
  LU: /^\d{8}$/,
  LV: /^\d{11}$/,
  MT: /^\d{8}$/,
  NL: /^\d{9}B\d{2}$/,
  PL: /^\d{10}$/,
  PT: /^\d{9}$/,
  RO: /^[1-9]\d{1,9}$/,
  SE: /^\d{10}01$/,
  SI: /^[1-9]\d{7}$/,
  SK: /^\d{10}$/,
};

/** Greece's prefix is not its ISO code. */
const PREFIX_OF: Partial<Record<EuCountry, string>> = { GR: 'EL' };
const COUNTRY_BY_PREFIX = new Map(europeanUnion.map((country) => [PREFIX_OF[country] ?? country, country]));

/** Identifiers of other countries differ too much to check more than their characters (`CHE-136.695.976 MWST`). */
const FOREIGN = /^[A-Z]{2,3}[A-Z0-9 ./-]{2,17}$/;

export type VatIdFinding =
  { kind: 'valid'; country: EuCountry | null } | { kind: 'invalid'; country: EuCountry | null; message: string };

/**
 * Checks a VAT id without asking anybody: prefix, pattern, and for Germany its check digit.
 * @returns the country of the union it belongs to, `null` for an identifier of another country
 */
export function checkVatId(vatId: string): VatIdFinding {
  const country = COUNTRY_BY_PREFIX.get(vatId.slice(0, 2));
  if (vatId.startsWith('GR')) return { kind: 'invalid', country: 'GR', message: 'Greek VAT ids begin with EL' };
  if (!country)
    return FOREIGN.test(vatId)
      ? { kind: 'valid', country: null }
      : { kind: 'invalid', country: null, message: 'A VAT id is its country prefix and capitals, digits or signs' };
  const rest = vatId.slice(2);
  if (!PATTERNS[country].test(rest))
    return { kind: 'invalid', country, message: `This is not the form of a VAT id of ${country}; no spaces or dots` };
  if (country === 'DE' && !germanCheckDigitFits(rest))
    return { kind: 'invalid', country, message: 'The check digit of this VAT id is wrong' };
  return { kind: 'valid', country };
}

/** ISO/IEC 7064, MOD 11,10: the ninth digit checks the eight before. */
function germanCheckDigitFits(digits: string): boolean {
  let product = 10;
  for (const digit of digits.slice(0, 8)) {
    const sum = (Number(digit) + product) % 10 || 10;
    product = (2 * sum) % 11;
  }
  return (11 - product) % 10 === Number(digits[8]);
}
