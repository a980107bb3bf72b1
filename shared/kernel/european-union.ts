/** Member states, ISO 3166 alpha-2. Northern Ireland (XI) is none for services (Windsor Framework). */
export const europeanUnion = [
  'AT',
  'BE',
  'BG',
  'CY',
  'CZ',
  'DE',
  'DK',
  'EE',
  'ES',
  'FI',
  'FR',
  'GR',
  'HR',
  'HU',
  'IE',
  'IT',
  'LT',
  'LU',
  'LV',
  'MT',
  'NL',
  'PL',
  'PT',
  'RO',
  'SE',
  'SI',
  'SK',
] as const;
export type EuCountry = (typeof europeanUnion)[number];

export const isInEuropeanUnion = (country: string): boolean => (europeanUnion as readonly string[]).includes(country);

/** Where the issuer of the invoices sits. */
export const HOME = 'DE';
