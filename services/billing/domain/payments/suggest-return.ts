import { MOST_CHARGE, returnCharge } from './return-charge.ts';
import { debitsNamed, debitsOfMandate } from './named-debits.ts';
import { partsOfReturn, type CollectedDebit } from './returned-parts.ts';
import type { EarlierPayment, Found, ToldEntry } from './suggest.ts';

/** A payment of somebody; of what is nobody's no return is known. */
type OwnedPayment = EarlierPayment & { merchantId: string };

/** A payment that an entry may take back, and by what it is known. */
interface Taken {
  payment: OwnedPayment;
  reason: 'endToEndId' | 'mandate' | 'iban';
  named?: CollectedDebit | undefined;
  /** It is one of several that fit: somebody has to tell which. */
  oneOfSeveral?: boolean;
}

/**
 * Payments that an entry of money that went out may take back: by the reference that we sent along; where the bank tells
 * none of a return, by its mandate, or by account and amount.
 */
export function returnsFound(entry: ToldEntry, payments: readonly EarlierPayment[]): Found[] {
  const live = payments.filter(isOwned).filter((one) => one.amountMinor > 0 && one.leftMinor > 0);
  const taken = entry.endToEndId === null ? unnamed(entry, live) : byReference(entry, live);
  return taken.filter((one) => amountOf(entry, one) <= one.payment.leftMinor).map((one) => asReturn(entry, one));
}

/** What of the entry is the bank's own charge. */
const chargeOf = (entry: ToldEntry, { payment, named }: Taken): number =>
  returnCharge(entry, named?.amountMinor ?? payment.leftMinor);

/** What of the entry is the money of the payment. */
const amountOf = (entry: ToldEntry, taken: Taken): number => -entry.amountMinor - chargeOf(entry, taken);

const isOwned = (payment: EarlierPayment): payment is OwnedPayment => payment.merchantId !== null;

const byReference = (entry: ToldEntry, payments: readonly OwnedPayment[]): Taken[] =>
  payments
    .filter(
      ({ endToEndId, collected }) =>
        endToEndId === entry.endToEndId || collected.some((one) => one.endToEndId === entry.endToEndId),
    )
    .map((payment) => ({ payment, reason: 'endToEndId', named: debitsNamed(entry, payment)[0] }));

function unnamed(entry: ToldEntry, payments: readonly OwnedPayment[]): Taken[] {
  if (entry.returnReason === null && !entry.reversal) return [];
  const isOf = (minor: number) => -entry.amountMinor >= minor && -entry.amountMinor - minor <= MOST_CHARGE;
  const collected = payments.flatMap((payment) => payment.collected.map((one) => ({ ...one, payment })));
  const ofMandate = debitsOfMandate(entry, collected);
  if (ofMandate.length)
    return ofMandate.map(({ payment, ...named }) => ({
      ...{ payment, reason: 'mandate', named, oneOfSeveral: ofMandate.length > 1 },
    }));
  return payments
    .filter(({ payerIban, leftMinor }) => payerIban !== null && payerIban === entry.counterpartyIban && isOf(leftMinor))
    .map((payment) => ({ payment, reason: 'iban' }));
}

function asReturn(entry: ToldEntry, taken: Taken): Found {
  const { payment, reason, named, oneOfSeveral = false } = taken;
  const { id, merchantId, leftMinor, allocations: pays } = payment;
  const { allocations } = partsOfReturn(amountOf(entry, taken), { leftMinor, pays, collected: [] }, named, [])!;
  const paid = new Map(pays.map((one) => [one.invoiceId, one]));
  return {
    ...{
      confidence: reason === 'iban' || oneOfSeveral ? 'possible' : 'likely',
      reasons: ['returned', reason],
      merchantId,
      paymentId: id,
      chargeMinor: chargeOf(entry, taken),
    },
    allocations: allocations.map((one) => {
      const { number, amountMinor: openMinor } = paid.get(one.invoiceId)!;
      return { ...one, number, openMinor };
    }),
  };
}
