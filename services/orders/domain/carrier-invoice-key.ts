/**
 * What makes two writings of a carrier, or of the number of its invoice, the same: as `orders.invoice_key` of the
 * database, which decides.
 */
export const invoiceKey = (written: string): string =>
  written
    .replaceAll(/\p{Cf}/gu, '')
    .trim()
    .toLowerCase();
