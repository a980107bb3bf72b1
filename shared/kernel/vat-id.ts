import { europeanUnion, type EuCountry } from './european-union.ts';
import { CHECK_DIGITS } from './vat-check/check-digits.ts';

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

/** Northern Ireland, for goods only: its ids are looked at like those of member states, but belong to none. */
const NORTHERN_IRELAND = /^(\d{9}|\d{12}|GD[0-4]\d{2}|HA[5-9]\d{2})$/;

/** Greece's prefix is not its ISO code. */
const PREFIX_OF: Partial<Record<EuCountry, string>> = { GR: 'EL' };
const COUNTRY_BY_PREFIX = new Map(europeanUnion.map((country) => [PREFIX_OF[country] ?? country, country]));

/** Identifiers of other countries differ too much to check more than their characters (`CHE-136.695.976 MWST`). */
const FOREIGN = /^[A-Z]{2,3}[A-Z0-9 ./-]{2,17}$/;

export type VatIdFinding =
  { kind: 'valid'; country: EuCountry | null } | { kind: 'invalid'; country: EuCountry | null; message: string };

/**
 * Checks a VAT id without asking anybody: prefix, pattern and check digits.
 * @returns the country of the union it belongs to, `null` for an identifier of another country
 */
export function checkVatId(vatId: string): VatIdFinding {
  const prefix = vatId.slice(0, 2);
  const rest = vatId.slice(2);
  if (prefix === 'GR') return { kind: 'invalid', country: 'GR', message: 'Greek VAT ids begin with EL' };
  if (prefix === 'XI') return checked(null, 'XI', NORTHERN_IRELAND, rest);
  const country = COUNTRY_BY_PREFIX.get(prefix);
  if (country) return checked(country, country, PATTERNS[country], rest);
  return FOREIGN.test(vatId)
    ? { kind: 'valid', country: null }
    : { kind: 'invalid', country: null, message: 'A VAT id is its country prefix and capitals, digits or signs' };
}

function checked(country: EuCountry | null, rule: EuCountry | 'XI', pattern: RegExp, rest: string): VatIdFinding {
  if (!pattern.test(rest))
    return { kind: 'invalid', country, message: `This is not the form of a VAT id of ${rule}; no spaces or dots` };
  if (!CHECK_DIGITS[rule](rest))
    return { kind: 'invalid', country, message: 'The check digit of this VAT id is wrong' };
  return { kind: 'valid', country };
}
