import { dayNumber } from './days.ts';
import type { DayOfCharges } from './pricing.ts';

const HOLD_AFTER_DAYS = 90;

/**
 * Whether finance must look at charges before this cut-off may bill them: they cost the merchant something and are too
 * old. What is in the merchant's favour never waits, unless it only takes back what was not billed to it.
 */
export function isHeld({ serviceDate, quantity, takesBackOf }: DayOfCharges, cutOff: string): boolean {
  const isCredit = quantity < 0n && takesBackOf?.isBilled !== false;
  return !isCredit && dayNumber(cutOff) - dayNumber(serviceDate) > HOLD_AFTER_DAYS;
}
