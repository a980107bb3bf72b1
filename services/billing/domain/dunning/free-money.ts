/**
 * The invoices that what a merchant has with the house would pay: in full the first ones first, as far as it goes. What
 * is left then would pay a part of each of the others, so a letter about one of them would demand too much.
 * @param freeMinor  unallocated payments, credit balance and open credit notes together
 */
export function touchedBy(
  freeMinor: number,
  invoices: readonly { invoiceId: string; openMinor: number }[],
): ReadonlySet<string> {
  const touched = new Set<string>();
  let left = freeMinor;
  for (const { invoiceId, openMinor } of invoices)
    if (openMinor <= left) {
      touched.add(invoiceId);
      left -= openMinor;
    }
  return left > 0 ? new Set(invoices.map(({ invoiceId }) => invoiceId)) : touched;
}
