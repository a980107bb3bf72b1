/**
 * Reads one value of the query of an address for the router. A long code of digits is text: as a number it would lose
 * its last digits, and so is whatever a number would be written differently from, such as `1e5` or `1.50`.
 * @throws Error for what stays text
 */
export function searchValue(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (typeof value === 'number' && String(value) !== text) throw new Error('Stays text');
  return value;
}
