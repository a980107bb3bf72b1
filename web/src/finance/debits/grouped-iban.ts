/** An IBAN in groups of four, as on paper; what is too narrow for it breaks between them. */
export const groupedIban = (iban: string): string => iban.replaceAll(/(.{4})(?=.)/g, '$1 ');
