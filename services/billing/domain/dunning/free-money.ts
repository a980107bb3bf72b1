/**
 * The invoices that what a merchant has with the house would pay in full: the first ones first, as far as it goes.
 * @param freeMinor  unallocated payments, credit balance and open credit notes together
 */
export function coveredBy(
  freeMinor: number,
  invoices: readonly { invoiceId: string; openMinor: number }[],
): ReadonlySet<string> {
  const covered = new Set<string>();
  let left = freeMinor;
  for (const { invoiceId, openMinor } of invoices)
    if (openMinor <= left) {
      covered.add(invoiceId);
      left -= openMinor;
    }
  return covered;
}
