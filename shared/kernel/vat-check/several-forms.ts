import { digitsOf, luhnFits, remainder, weighted } from './digits.ts';

/** Legal persons have nine digits; natural persons, foreigners and others ten. */
export function bulgarianFits(rest: string): boolean {
  const last = Number(rest.at(-1));
  if (rest.length === 9) {
    const first = weighted(rest, [1, 2, 3, 4, 5, 6, 7, 8]) % 11;
    return (first === 10 ? weighted(rest, [3, 4, 5, 6, 7, 8, 9, 10]) % 11 : first) % 10 === last;
  }
  return (
    (weighted(rest, [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11) % 10 === last ||
    weighted(rest, [21, 19, 17, 13, 11, 9, 7, 3, 1]) % 10 === last ||
    (11 - (weighted(rest, [4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11 === last
  );
}

/**
 * Legal persons have eight digits, natural persons their birth number of ten, or of nine without a check digit if they
 * were born before 1954; of nine that begin with 6 are others.
 */
export function czechFits(rest: string): boolean {
  const weights = [8, 7, 6, 5, 4, 3, 2];
  if (rest.length === 8) return rest[0] !== '9' && (11 - (weighted(rest, weights) % 11)) % 10 === Number(rest[7]);
  if (rest.length === 10)
    return remainder(rest, 11) === 0 || (remainder(rest.slice(0, 9), 11) === 10 && rest[9] === '0');
  if (rest[0] !== '6') return true;
  // a difference of 1 to 11 to the next multiple of eleven stands for 8 to 0, 9 and 8
  return (18 - (10 - (weighted(rest.slice(1), weights) % 11))) % 10 === Number(rest[8]);
}

const SPANISH_LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE';

/** Natural persons, foreigners (X, Y, Z), those without a number (K, L, M), and legal persons with digit or letter. */
export function spanishFits(rest: string): boolean {
  const letterFits = (number: string) => SPANISH_LETTERS[Number(number) % 23] === rest[8];
  if (/^\d/.test(rest)) return letterFits(rest.slice(0, 8));
  if ('XYZ'.includes(rest[0]!)) return letterFits(`${'XYZ'.indexOf(rest[0]!)}${rest.slice(1, 8)}`);
  if ('KLM'.includes(rest[0]!)) return letterFits(rest.slice(1, 8));
  const sum = digitsOf(rest.slice(1, 8)).reduce((total, digit, index) => {
    const counted = index % 2 ? digit : 2 * digit;
    return total + (counted > 9 ? counted - 9 : counted);
  }, 0);
  const check = (10 - (sum % 10)) % 10;
  return rest[8] === String(check) || rest[8] === 'JABCDEFGHI'[check];
}

const FRENCH_SIGNS = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** A key of two signs before the SIREN: digits in the old style, with a letter in the new one. Monaco has no SIREN. */
export function frenchFits(rest: string): boolean {
  const [key, siren] = [rest.slice(0, 2), rest.slice(2)];
  if (/^\d\d$/.test(key))
    return remainder(`${siren}12`, 97) === Number(key) && (siren.startsWith('000') || luhnFits(siren));
  const [first, second] = [FRENCH_SIGNS.indexOf(key[0]!), FRENCH_SIGNS.indexOf(key[1]!)];
  const check = first < 10 ? first * 24 + second - 10 : first * 34 + second - 100;
  return (Number(siren) + 1 + Math.floor(check / 11)) % 11 === check % 11;
}

const IRISH_LETTERS = 'WABCDEFGHIJKLMNOPQRSTUV';

/** Seven digits and a check letter, since 2013 with one more; ids of old have a letter or sign in second place. */
export function irishFits(rest: string): boolean {
  const isOld = !/^\d{7}/.test(rest);
  const digits = isOld ? `0${rest.slice(2, 7)}${rest[0]}` : rest.slice(0, 7);
  const extra = rest.length === 9 ? 9 * IRISH_LETTERS.indexOf(rest[8]!) : 0;
  return IRISH_LETTERS[(weighted(digits, [8, 7, 6, 5, 4, 3, 2]) + extra) % 23] === rest[7];
}

/** Legal persons begin with 4 or more; persons have their personal code, which since 2017 begins with 32 unchecked. */
export function latvianFits(rest: string): boolean {
  if (rest[0]! > '3') return weighted(rest, [9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1]) % 11 === 3;
  if (rest.startsWith('32')) return true;
  return ((1 + weighted(rest, [10, 5, 8, 4, 2, 1, 6, 3, 7, 9])) % 11) % 10 === Number(rest[10]);
}
