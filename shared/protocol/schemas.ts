import { z } from 'zod';
import { COUNTRIES } from '../kernel/countries.ts';
import { isLocalDate } from '../kernel/dates.ts';
import { trimmed } from '../kernel/trimmed.ts';

/**
 * Schemas that several services share. Text is kept as a client sends it, or refused; only what has to say something is
 * trimmed ({@link filledLine}).
 */

/** UTF-16 units of which NFC makes one code point: at most four code points (as U+1F82), each of at most two units. */
const MOST_COMPOSED = 8;

const asSent = (value: string): string => value;

/**
 * Text without NUL, lone surrogates and control characters other than tab and line breaks; NFC. Measured, in code
 * points, as it is kept: some letters grow under NFC (U+0958), and what was taken here must pass every later check of the same length.
 */
export const text = (max: number, min = 1, form = asSent) =>
  z
    .string()
    // what is too long in any form is not worth the work
    .overwrite((value) => (value.length > max * MOST_COMPOSED ? value : form(value.normalize('NFC'))))
    .min(min)
    .max(max)
    // eslint-disable-next-line no-control-regex
    .regex(/^[^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]*$/, 'Control characters are not allowed')
    .refine((value) => value.isWellFormed(), 'The text is not well-formed Unicode');

/** Text on one line. */
export const line = (max: number, min = 1, form = asSent) =>
  text(max, min, form).regex(/^[^\r\n\t]*$/, 'Line breaks and tabs are not allowed');

/** Text that says something: kept without its edges, and blanks alone are too short. */
export const filledText = (max: number) => text(max, 1, trimmed);
/** The same on one line, for reasons, numbers and names by which something is found again. */
export const filledLine = (max: number) => line(max, 1, trimmed);

export const id = z.uuid().overwrite((value) => value.toLowerCase());
export const localDate = z
  .string()
  .refine(isLocalDate, 'Must be a calendar day, YYYY-MM-DD')
  .meta({ format: 'date', example: '2026-10-31' });
export const localMonth = z.string().regex(/^2[01]\d\d-(0[1-9]|1[0-2])$/, 'Must be a month, YYYY-MM');
/** As far as calendar days go, with a day of air on both sides because days are made of instants in a zone. */
export const instant = z.iso
  .datetime({ offset: true })
  .refine((value) => value >= '2000-01-02' && value < '2199-12-30', 'Must be an instant between 2000 and 2199')
  .meta({ example: '2026-10-31T12:00:00Z' });
export const currency = z.literal('EUR');
export const amountMinor = z.number().int().meta({ description: 'Integer minor units (cents)' });
export const money = z.object({ amountMinor, currency: z.string().length(3) });
/** A decimal with at most 6 places, as text. */
export const decimal = z
  .string()
  .regex(/^-?\d{1,12}(\.\d{1,6})?$/, 'Must be a decimal with at most 6 places, as text')
  .meta({ example: '12.5' });
export const positiveDecimal = z
  .string()
  .regex(/^\d{1,12}(\.\d{1,6})?$/, 'Must be a decimal with at most 6 places, not negative, as text');
/** As shops and events of before tell it; whether there is such a country nobody asks. */
export const country = z.string().regex(/^[A-Z]{2}$/, 'Must be an ISO 3166 alpha-2 code');
/** A country that there is: what is entered here to stand on documents. */
export const knownCountry = country.refine(
  (code) => COUNTRIES.has(code),
  'Must be a country of ISO 3166-1, such as DE; the United Kingdom is GB',
);
/**
 * One plain address: no lists, no groups, no display names, so that nothing can be read as a second recipient
 * (security.md 92 and 93).
 */
export const email = z
  .string()
  .max(254)
  .regex(
    /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/,
    'Must be one plain e-mail address',
  );
export const language = z.enum(['de', 'en']);
/** Of a CSV that programs read unless somebody wants to look at it. */
export const sheetLanguage = language.optional().meta({
  description:
    'As a spreadsheet of the language reads it; without it as programs do: columns by name, amounts in cents',
});
export const address = z.strictObject({
  name: line(120),
  extra: line(120).optional(),
  street: line(120),
  postalCode: line(20),
  city: line(80),
  country,
});
export type Address = z.output<typeof address>;
/** The same as it is entered, to stand on documents and labels. */
export const enteredAddress = address.extend({
  name: filledLine(120),
  extra: filledLine(120).optional(),
  street: filledLine(120),
  postalCode: filledLine(20),
  city: filledLine(80),
  country: knownCountry,
});

/** Query parameters of every list. */
export const pageParams = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(400).optional(),
};
export const page = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** The answer of a download action; the gateway streams the object with these headers. */
export const fileAnswer = z.object({
  objectKey: z.string(),
  contentType: z.string(),
  filename: z.string(),
  disposition: z.enum(['inline', 'attachment']),
});
export const none = z.strictObject({});
export const byId = z.strictObject({ id });
