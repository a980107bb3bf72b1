import type { EuCountry } from '../european-union.ts';
import { digitsOf, luhnFits, mod1110Fits, mod97Fits, remainder, weighted } from './digits.ts';
import { bulgarianFits, czechFits, frenchFits, irishFits, latvianFits, spanishFits } from './several-forms.ts';

/**
 * Whether the check digits of a VAT id fit, for each member state and Northern Ireland (XI), of what stands behind the
 * prefix and has the form of its country.
 *
 * Source: the tax administrations' own descriptions, as the European Commission collects them ("VAT numbers algorithms"
 * for VIES); for the Dutch ids of sole traders the notice of the Belastingdienst of 2020.
 */
export const CHECK_DIGITS: Record<EuCountry | 'XI', (rest: string) => boolean> = {
  AT: (rest) => {
    const sum = [1, 2, 1, 2, 1, 2, 1].reduce((total, weight, index) => {
      const product = weight * Number(rest[index + 1]);
      return total + (product > 9 ? product - 9 : product);
    }, 4);
    return (10 - (sum % 10)) % 10 === last(rest);
  },
  BE: (rest) => 97 - remainder(rest.slice(0, 8), 97) === Number(rest.slice(8)),
  BG: bulgarianFits,
  CY: (rest) => {
    const odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];
    const sum = digitsOf(rest.slice(0, 8)).reduce((t, digit, index) => t + (index % 2 ? digit : odd[digit]!), 0);
    return String.fromCodePoint(65 + (sum % 26)) === rest[8] && !rest.startsWith('12');
  },
  CZ: czechFits,
  DE: mod1110Fits,
  DK: (rest) => weighted(rest, [2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0,
  EE: (rest) => weighted(rest, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 === 0,
  ES: spanishFits,
  FI: (rest) => weighted(rest, [7, 9, 10, 5, 8, 4, 2, 1]) % 11 === 0,
  FR: frenchFits,
  GR: (rest) => (weighted(rest, [256, 128, 64, 32, 16, 8, 4, 2]) % 11) % 10 === last(rest),
  HR: mod1110Fits,
  HU: (rest) => weighted(rest, [9, 7, 3, 1, 9, 7, 3, 1]) % 10 === 0,
  IE: irishFits,
  IT: luhnFits,
  LT: (rest) => {
    const length = rest.length - 1;
    const from = (start: number) => Array.from({ length }, (_, index) => ((start - 1 + index) % 9) + 1);
    const first = weighted(rest, from(1)) % 11;
    return (first === 10 ? weighted(rest, from(3)) % 11 : first) % 10 === last(rest) && rest.at(-2) === '1';
  },
  LU: (rest) => remainder(rest.slice(0, 6), 89) === Number(rest.slice(6)),
  LV: latvianFits,
  MT: (rest) => weighted(rest, [3, 4, 6, 7, 8, 9, 10, 1]) % 37 === 0,
  // companies are checked by their number; sole traders' ids, which hide it, as a whole
  NL: (rest) => weighted(rest, [9, 8, 7, 6, 5, 4, 3, 2]) % 11 === Number(rest[8]) || mod97Fits(`NL${rest}`),
  PL: (rest) => weighted(rest, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 === last(rest),
  PT: (rest) => {
    const check = 11 - (weighted(rest, [9, 8, 7, 6, 5, 4, 3, 2]) % 11);
    return (check > 9 ? 0 : check) === last(rest) && rest[0] !== '0';
  },
  RO: (rest) => ((10 * weighted(rest.padStart(10, '0'), [7, 5, 3, 2, 1, 7, 5, 3, 2])) % 11) % 10 === last(rest),
  SE: (rest) => luhnFits(rest.slice(0, 10)),
  SI: (rest) => {
    const check = 11 - (weighted(rest, [8, 7, 6, 5, 4, 3, 2]) % 11);
    return check !== 11 && check % 10 === last(rest);
  },
  SK: (rest) => remainder(rest, 11) === 0,
  XI: (rest) => {
    if (rest.length === 5) return true; // government departments and health authorities have no check digits
    const sum = weighted(rest, [8, 7, 6, 5, 4, 3, 2]) + Number(rest.slice(7, 9));
    return sum % 97 === 0 || (sum + 55) % 97 === 0;
  },
};

const last = (rest: string): number => Number(rest.at(-1));
