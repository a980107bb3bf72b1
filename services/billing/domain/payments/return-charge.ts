/** Minor units. Banks take a few euros for a return; what is more is money of another kind. */
export const MOST_CHARGE = 10_000;

/**
 * What of an entry that takes a payment back is the bank's own charge: what the bank tells, or what is more than the
 * payment was. Of an entry of just the amount of the payment it is none: the bank books the charge that it tells by itself.
 * @param entry      the amount that went out, negative, and the charge where it is told
 * @param paidMinor  what the payment was, positive
 */
export function returnCharge(entry: { amountMinor: number; chargeMinor: number | null }, paidMinor: number): number {
  const excess = -entry.amountMinor - paidMinor;
  const charge = excess === 0 ? 0 : (entry.chargeMinor ?? excess);
  return charge > 0 && charge <= MOST_CHARGE ? charge : 0;
}
