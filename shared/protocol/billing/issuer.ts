import { z } from 'zod';
import { email, filledLine, knownCountry, line } from '../schemas.ts';

/** Length of an IBAN per country of the SEPA area (ISO 13616 registry). */
const IBAN_LENGTHS: Record<string, number> = {
  ...{ AD: 24, AL: 28, AT: 20, BE: 16, BG: 22, CH: 21, CY: 28, CZ: 24, DE: 22, DK: 18, EE: 20, ES: 24, FI: 18 },
  ...{ FR: 27, GB: 22, GI: 23, GR: 27, HR: 21, HU: 28, IE: 22, IS: 26, IT: 27, LI: 21, LT: 20, LU: 20, LV: 21 },
  ...{ MC: 27, MD: 24, ME: 22, MK: 19, MT: 31, NL: 18, NO: 15, PL: 28, PT: 25, RO: 24, RS: 22, SE: 24, SI: 19 },
  ...{ SK: 24, SM: 27, VA: 22 },
};

/**
 * Whether a text is an IBAN without blanks: known country, its length, check digits by ISO 7064 MOD 97-10.
 * An IBAN on an invoice sends money, so a typing error must not pass.
 */
export function isIban(text: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text) || text.length !== IBAN_LENGTHS[text.slice(0, 2)]) return false;
  return isCheckedBy97(text.slice(4) + text.slice(0, 4));
}

/**
 * Whether a text is the identifier of a creditor of SEPA direct debits: country, check digits by ISO 7064 MOD 97-10,
 * business code, national part. The three signs of the business code are left out of the check (EPC262-08).
 */
export const isCreditorId = (text: string): boolean =>
  /^[A-Z]{2}\d{2}[A-Z0-9]{3}[A-Z0-9]{1,28}$/.test(text) &&
  (!text.startsWith('DE') || text.length === 18) &&
  isCheckedBy97(text.slice(7) + text.slice(0, 4));

/** ISO 7064 MOD 97-10 of digits and capital letters, the check digits last. */
function isCheckedBy97(text: string): boolean {
  const digits = [...text].map((sign) => parseInt(sign, 36)).join('');
  return [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1;
}

export const iban = z
  .string()
  .refine(isIban, { message: 'Must be a valid IBAN without blanks', params: { code: 'IBAN_INVALID' } })
  .meta({ example: 'DE02120300000000202051' });

/** @param words  a line of text, as it is kept or as it is entered */
const profileOf = (words: (max: number) => z.ZodType<string, string>) =>
  z
    .strictObject({
      name: words(120),
      address: z.strictObject({
        extra: words(120).optional(),
        street: words(120),
        postalCode: words(20),
        city: words(80),
        country: knownCountry,
      }),
      vatId: z
        .string()
        .regex(/^[A-Z]{2}[A-Z0-9+*]{2,13}$/, 'Must be a VAT id with its country prefix, without blanks')
        .optional(),
      taxNumber: words(30).optional(),
      registerCourt: words(80).optional(),
      registerNumber: words(40).optional(),
      managingDirectors: z.array(words(80)).max(8).default([]),
      sepaCreditorId: z
        .string()
        .refine(isCreditorId, 'Must be a creditor identifier of SEPA direct debits without blanks')
        .optional()
        .meta({ example: 'DE98ZZZ09999999999', description: 'Without it nothing is collected by direct debit' }),
      contactName: words(80).optional().meta({ description: 'Whom to ask about invoices; a department will do' }),
      phone: words(40).optional(),
      email: email.optional(),
      web: words(120).optional(),
      bank: z.strictObject({
        name: words(80),
        iban,
        bic: z.string().regex(/^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/, 'Must be a BIC of 8 or 11 characters'),
      }),
    })
    .refine(({ vatId, taxNumber }) => vatId !== undefined || taxNumber !== undefined, {
      message: 'A VAT id or a tax number is needed (§ 14 Abs. 4 Nr. 2 UStG)',
      path: ['vatId'],
    });

/** What stands on every invoice about the one who issues it (§ 14 Abs. 4 UStG, § 35a GmbHG). */
export const issuerProfile = profileOf(line);
/** The same as it is entered: each text says something. What was kept before may not, and is read all the same. */
export const enteredIssuerProfile = profileOf(filledLine);
export type IssuerProfile = z.output<typeof issuerProfile>;

/**
 * Pattern of invoice numbers such as `RE-{year}-{number:5}`. The counter starts again each year, so the year must
 * stand in it; `:5` pads with zeros to at least five digits.
 */
export const numberPattern = z
  .string()
  .max(40)
  .regex(
    /^(?=.*\{year\})(?=.*\{number(:[1-9])?\})[A-Za-z0-9/._-]*(\{year\}[A-Za-z0-9/._-]+\{number(:[1-9])?\}|\{number(:[1-9])?\}[A-Za-z0-9/._-]+\{year\})[A-Za-z0-9/._-]*$/,
    'Must hold {year} and {number} or {number:5} once each, with a sign between them, else letters, digits and / . _ -',
  )
  .meta({ example: 'RE-{year}-{number:5}' });
