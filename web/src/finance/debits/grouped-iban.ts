/** An IBAN in groups of four, as on paper. */
export const groupedIban = (iban: string): string => iban.replaceAll(/(.{4})(?=.)/g, '$1\u00A0');
