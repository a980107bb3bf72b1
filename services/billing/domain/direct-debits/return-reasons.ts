/**
 * Reasons by which every further collection would come back as well (ISO 20022 ExternalReturnReason1Code): account
 * wrong, closed, blocked or not for direct debits, no mandate or a wrong one, debtor dead, creditor barred.
 */
const BLOCKING: ReadonlySet<string> = new Set([
  ...['AC01', 'AC04', 'AC06', 'AC13', 'AG01', 'BE05', 'MD01', 'MD02', 'MD07', 'SL01'],
]);

/** Whether the mandate must not be used again until somebody looked at it. */
export const blocksMandate = (reason: string): boolean => BLOCKING.has(reason);
