/** What a payment pays of a document now. */
export interface Paid {
  invoiceId: string;
  amountMinor: number;
}

/** A direct debit that a payment collected. */
export interface CollectedDebit extends Paid {
  id: string;
  endToEndId: string;
  mandateReference: string;
}

/** A payment that the bank takes back, as it is before that. */
export interface ReturnedPayment {
  /** What of it did not come back yet, positive. */
  leftMinor: number;
  pays: readonly Paid[];
  collected: readonly CollectedDebit[];
}

/**
 * What a return takes off documents, and which direct debits come back with it: the one that it names; or all of a payment
 * that comes back as a whole; or those whose document loses all that the payment paid.
 * @param amountMinor  what comes back, positive
 * @param named        as `debitsNamed` finds it
 * @param told         what somebody says it takes off, none for nothing said
 * @returns `undefined` when what is told is not what the payment paid
 */
export function partsOfReturn(
  amountMinor: number,
  { leftMinor, pays, collected }: ReturnedPayment,
  named: CollectedDebit | undefined,
  told: readonly Paid[],
): { allocations: Paid[]; debits: CollectedDebit[] } | undefined {
  const exact = pays.find((one) => one.amountMinor === amountMinor);
  const among = named ? pays.filter(({ invoiceId }) => invoiceId === named.invoiceId) : exact ? [exact] : pays;
  const ours = asFarAs(amountMinor, among);
  const allocations = told.length ? [...told] : ours;
  const paid = new Map((named ? among : pays).map((one) => [one.invoiceId, one.amountMinor]));
  if (sumOf(allocations) !== sumOf(ours)) return undefined;
  if (allocations.some((one) => one.amountMinor > (paid.get(one.invoiceId) ?? 0))) return undefined;
  if (named) return { allocations, debits: [named] };
  const taken = new Map(allocations.map((one) => [one.invoiceId, one.amountMinor]));
  const isWhole = amountMinor === leftMinor;
  const debits = collected.filter(({ invoiceId: id }) => isWhole || (taken.has(id) && taken.get(id) === paid.get(id)));
  return { allocations, debits };
}

/** The documents one after the other, as far as the money goes. */
function asFarAs(amountMinor: number, pays: readonly Paid[]): Paid[] {
  let rest = amountMinor;
  return pays.flatMap(({ invoiceId, amountMinor: paid }) => {
    const share = Math.min(rest, paid);
    rest -= share;
    return share > 0 ? [{ invoiceId, amountMinor: share }] : [];
  });
}

const sumOf = (parts: readonly Paid[]): number => parts.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
