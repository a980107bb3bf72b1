/**
 * Whether a text names a number of ours, as people and banks write it: in any case, with other signs or blanks between
 * its parts or none, without leading zeros, or in full and cut anywhere by the end of a line of the bank.
 * @param said    as {@link asSaid} makes it
 * @param number  as on the document, such as `RE-2026-00012`
 */
export function namesNumber(said: string, number: string): boolean {
  return patternOf(number).test(said);
}

/** What is compared: capitals without accents, on one line. */
export const asSaid = (...texts: readonly (string | null)[]): string =>
  texts
    .filter((text) => text !== null)
    .join(' ')
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toUpperCase();

/** A name without signs and legal form, as banks shorten and people write it. */
export const wordsOf = (name: string | null): string =>
  asSaid(name)
    .replaceAll(/[^A-Z0-9]+/g, ' ')
    .replaceAll(/\b(GMBH|UG|AG|KG|OHG|GBR|EK|E K|CO|HAFTUNGSBESCHRANKT)\b/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

const patterns = new Map<string, RegExp>();
const MOST_PATTERNS = 20_000;
/** What may stand between the parts of a number, and within one that is cut. */
const [BETWEEN, CUT] = ['[^A-Z0-9]{0,3}', '[^A-Z0-9]{0,3}'];

function patternOf(number: string): RegExp {
  let pattern = patterns.get(number);
  if (!pattern) {
    if (patterns.size >= MOST_PATTERNS) patterns.clear();
    const parts = asSaid(number).match(/[A-Z]+|\d+/g) ?? ['(?!)'];
    const withoutZeros = parts.map((part) => (/^\d/.test(part) ? `0{0,9}${part.replace(/^0+(?=.)/, '')}` : part));
    const inFull = [...parts.join('')].join(CUT);
    // neither the end of a longer word nor the beginning of a longer number; a number cut at its end has all its digits
    pattern = new RegExp(`(?<![A-Z0-9])(?:${withoutZeros.join(BETWEEN)}|${inFull})(?!\\d)`);
    patterns.set(number, pattern);
  }
  return pattern;
}
