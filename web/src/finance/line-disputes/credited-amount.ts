/**
 * Whether an amount can be credited.
 * @param amount     in major units, as it is typed
 * @param leftMinor  what is left of the line, in minor units
 */
export function isWithin(amount: number | null, leftMinor: number): boolean {
  if (amount === null) return false;
  const minor = Math.round(amount * 100);
  // what has parts of cents is not rounded silently
  return Math.abs(amount * 100 - minor) < 1e-6 && minor > 0 && minor <= leftMinor;
}
