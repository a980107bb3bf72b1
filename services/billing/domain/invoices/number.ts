const COUNTER = /\{number(?::(\d{1,2}))?\}/;

/** Whether a pattern has exactly one counter and a year, so that numbers are unique over series. */
export const isNumberPattern = (pattern: string): boolean =>
  pattern.length <= 40 &&
  pattern.split('{number').length === 2 &&
  COUNTER.test(pattern) &&
  pattern.includes('{year}') &&
  /^[A-Za-z0-9/-]*$/.test(pattern.replace(COUNTER, '').replace('{year}', ''));

/** The printed invoice number: `RE-{year}-{number:5}` gives `RE-2026-00042`. */
export function formatNumber(pattern: string, year: number, number: number): string {
  return pattern
    .replace('{year}', String(year))
    .replace(COUNTER, (_, width: string | undefined) => String(number).padStart(Number(width ?? 0), '0'));
}

/** Counter, year and the digits beside them could be any digits. */
const ANY_DIGITS = /\d*(?:\{(?:year|number(?::\d{1,2})?)\}\d*)+/g;
const isAny = (part: string): boolean => part.includes('#');

/** A pattern as runs of digits, `#` where they are counted, and what stands between them. */
const partsOf = (pattern: string): string[] =>
  pattern
    .replace(ANY_DIGITS, '#')
    .toLowerCase()
    .match(/[\d#]+|[^\d#]+/g) ?? [];

/** Whether two patterns can give the same number, whatever year and counter; capital letters make no difference. */
export function canGiveSameNumber(one: string, other: string): boolean {
  const [parts, others] = [partsOf(one), partsOf(other)];
  const fits = (part: string, index: number) => {
    const another = others[index]!;
    return part === another || (/[\d#]/.test(part) && /[\d#]/.test(another) && (isAny(part) || isAny(another)));
  };
  return parts.length === others.length && parts.every(fits);
}

/** A regular expression for all numbers that a pattern can give. */
export const numbersOf = (pattern: string): string =>
  `^${partsOf(pattern)
    .map((part) => (isAny(part) ? '[0-9]+' : part.replaceAll('.', '[.]')))
    .join('')}$`;

/**
 * Reads the numbers of one pattern back: there is one counter, and the year has four digits, so that all else stands where
 * it stands.
 */
export interface NumberReader {
  /** Captures the digits of the year and those of the counter. */
  expression: string;
  /** Which of both comes first, from 1. */
  yearAt: 1 | 2;
  counterAt: 1 | 2;
  /** Fewest digits of the counter; more of them have no zero in front. */
  width: number;
}

/** How numbers of a pattern are read. */
export function readerOf(pattern: string): NumberReader {
  const isYearFirst = pattern.indexOf('{year}') < pattern.indexOf('{number');
  const body = pattern.replaceAll('.', '[.]').replace('{year}', '([0-9]{4})').replace(COUNTER, '([0-9]+)');
  return {
    expression: `^${body}$`,
    ...(isYearFirst ? ({ yearAt: 1, counterAt: 2 } as const) : ({ yearAt: 2, counterAt: 1 } as const)),
    width: Number(COUNTER.exec(pattern)?.[1] ?? 1),
  };
}
