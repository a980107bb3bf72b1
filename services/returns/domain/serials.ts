/**
 * Whether some of the serial numbers that came back were not shipped (A11). Spaces and case differ between scanners
 * and people, so they are not compared.
 * @param shipped  with the order; none says that none were noted, not that what came back is wrong
 */
export function isMismatch(returned: readonly string[], shipped: readonly string[]): boolean {
  const known = new Set(shipped.map(comparable));
  return known.size > 0 && returned.some((serial) => !known.has(comparable(serial)));
}

const comparable = (serial: string): string => serial.replaceAll(/\s/g, '').toUpperCase();
