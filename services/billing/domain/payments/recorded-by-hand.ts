import { daysBetween } from '../../../../shared/kernel/dates.ts';
import { MOST_CHARGE } from './return-charge.ts';
import type { EarlierPayment, Found, Known, ToldEntry } from './suggest.ts';

/** A payment recorded by hand is in the statement of about the same day. */
const DAYS_APART = 10;

/**
 * Money recorded by hand that an entry of the bank may be: first of all what has its reference.
 * @returns `isCertain` where it has the same reference and is of about the same day, so that the entry is nothing else
 */
export function recordedByHand(
  entry: ToldEntry,
  known: Known,
): { payments: readonly EarlierPayment[]; isCertain: boolean } {
  const named = namedByHand(entry, known);
  return {
    payments: named.length ? named : ofAmountByHand(entry, known),
    isCertain: named.some((payment) => isOfAboutThen(payment, entry)),
  };
}

/** Recorded with the reference that the bank tells, nearest day first; a return may cost a charge of the bank as well. */
const namedByHand = ({ amountMinor, endToEndId, valueDate }: ToldEntry, { payments }: Known): EarlierPayment[] =>
  payments
    .filter((one) => one.byHand && endToEndId !== null && one.endToEndId === endToEndId)
    .filter((one) => one.amountMinor === amountMinor || isReturnWithCharge(one.amountMinor, amountMinor))
    .toSorted((a, b) => daysApart(a.valueDate, valueDate) - daysApart(b.valueDate, valueDate));

/** Recorded with the amount and on about the day that the bank tells, and with no other reference. */
const ofAmountByHand = (entry: ToldEntry, { payments }: Known): EarlierPayment[] =>
  payments
    .filter((one) => one.byHand && one.amountMinor === entry.amountMinor && isOfAboutThen(one, entry))
    .filter((one) => entry.endToEndId === null || one.endToEndId === null);

/**
 * An entry as the payment that was recorded by hand.
 * @param told  whose the entry seems to be, for a payment of which nobody said that; nothing is suggested without either
 */
export function asRecorded(entry: ToldEntry, payment: EarlierPayment, told: string | undefined): Found[] {
  const { id, endToEndId, amountMinor } = payment;
  const whose = payment.merchantId ?? told;
  if (whose === undefined) return [];
  const reasons: Found['reasons'] = [
    'recorded',
    ...(endToEndId !== null && endToEndId === entry.endToEndId ? (['endToEndId'] as const) : []),
    ...(amountMinor === entry.amountMinor ? (['amount'] as const) : []),
  ];
  return [{ confidence: 'likely', reasons, merchantId: whose, allocations: [], paymentId: id }];
}

const daysApart = (a: string, b: string): number => Math.abs(daysBetween(a, b));
const isOfAboutThen = (payment: EarlierPayment, { valueDate }: ToldEntry): boolean =>
  daysApart(payment.valueDate, valueDate) <= DAYS_APART;
const isReturnWithCharge = (returned: number, amountMinor: number): boolean =>
  returned < 0 && amountMinor < returned && returned - amountMinor <= MOST_CHARGE;
