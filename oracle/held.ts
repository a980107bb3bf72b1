import type { Account } from './account.ts';
import { dayNumber } from './days.ts';
import type { DayOfCharges } from './pricing.ts';

const HOLD_AFTER_DAYS = 90;

/**
 * Whether finance must look at charges before this cut-off may bill them: they cost the merchant something and are too
 * old. What is in the merchant's favour never waits, unless it only takes back what was not billed: to itself, or as
 * what a carrier gives back of a surcharge that waits.
 * @param today  only what is known by then can make a credit wait
 */
export function isHeld(day: DayOfCharges, cutOff: string, account: Account, today: string): boolean {
  const { quantity, takesBackOf, surchargeOf } = day;
  if (quantity >= 0n || takesBackOf?.isBilled === false) return isTooOld(day, cutOff);
  if (takesBackOf || surchargeOf === undefined) return false;
  const isWaiting = (other: DayOfCharges) =>
    other.surchargeOf === surchargeOf && other.quantity > 0n && other.knownOn <= today && isTooOld(other, cutOff);
  return account.heldSurcharges.has(surchargeOf) || account.open.some(isWaiting);
}

const isTooOld = ({ serviceDate }: DayOfCharges, cutOff: string): boolean =>
  dayNumber(cutOff) - dayNumber(serviceDate) > HOLD_AFTER_DAYS;
