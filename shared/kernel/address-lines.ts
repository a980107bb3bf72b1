import { filled, trimmed } from './trimmed.ts';

/** The parts of a postal address that stand below its name. */
export interface PostalAddress {
  street: string;
  extra?: string | null | undefined;
  postalCode: string;
  city: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
}

const COUNTRY_NAMES = new Intl.DisplayNames(['de'], { type: 'region' });

/** Where the post wants the town on a line of its own, above the postcode (Royal Mail, An Post, UPU S42). */
const TOWN_FIRST = ['GB', 'IE'];

/**
 * The lines of an address on a letter from Germany, without the name: at most five. The country of destination stands
 * last, in capitals and in the language of the country of dispatch (UPU S42). Blanks alone are no line.
 */
export function addressLinesOf({ extra, street, postalCode, city, country }: PostalAddress): string[] {
  const lines = [
    extra,
    street,
    ...(TOWN_FIRST.includes(country) ? [city, postalCode] : [`${trimmed(postalCode)} ${trimmed(city)}`]),
    ...(country === 'DE' ? [] : [(COUNTRY_NAMES.of(country) ?? country).toUpperCase()]),
  ];
  return lines.flatMap((line) => filled(line) ?? []);
}
