/** States of the European Economic Area by the country of their IBANs. */
const EEA: ReadonlySet<string> = new Set([
  ...['AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU', 'IE', 'IS', 'IT', 'LI'],
  ...['LT', 'LU', 'LV', 'MT', 'NL', 'NO', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK'],
]);

/**
 * Whether an account is within the EEA. Of others, such as Swiss or British ones, a direct debit names the bank and the
 * address of the debtor (EPC130-08, EPC131-08).
 */
export const isInEea = (iban: string): boolean => EEA.has(iban.slice(0, 2));
