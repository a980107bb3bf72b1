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
