import { z } from 'zod';
import { day, minor, text } from '../model-fields.ts';
import { seller } from '../invoice-parties.ts';

const invoice = z.strictObject({
  number: text(60),
  issueDate: day,
  dueDate: day,
  openMinor: minor.positive(),
  level: z.int().min(0).max(3),
  interestMinor: minor.min(0),
  lumpSumMinor: minor.min(0),
});

/**
 * Version of the drawing, kept with the content of each letter. Raise it with every change that can alter the bytes of a
 * letter. What is archived is never drawn again; version 1 had neither logo nor payment box and was not tagged,
 * version 2 did not name the rates of interest, version 3 had other English words, and version 4 counted charges of the
 * bank among what earlier letters claimed.
 */
export const LETTER_RENDERER_VERSION = 5;

/** Everything a dunning letter says. It does not parse unless it adds up. */
export const dunningLetterModel = z
  .strictObject({
    rendererVersion: z.int().positive(),
    language: z.enum(['de', 'en']),
    number: text(60),
    level: z.int().min(0).max(3),
    issueDate: day,
    /** Interest is counted up to here. */
    asOf: day,
    payBy: day,
    currency: z.literal('EUR'),
    seller,
    buyer: z.strictObject({
      merchantNumber: text(40),
      name: text(160),
      addressLines: z.array(text(120)).min(1).max(5),
    }),
    invoices: z.array(invoice).min(1),
    /** The rates of the interest, a half-year each; letters that were issued before they were said have none. */
    interestPeriods: z.array(z.strictObject({ from: day, to: day, rateBasisPoints: z.int() })).default([]),
    feeMinor: minor.min(0),
    /** What the bank charged for debits that came back, and is passed on; of any letter, and none in letters before version 5. */
    bankChargesMinor: minor.min(0).default(0),
    /** What else earlier letters claimed and nobody paid, but for interest and lump sums of the invoices above. */
    earlierClaimsMinor: minor.min(0),
    openMinor: minor.positive(),
    claimsMinor: minor.min(0),
    totalMinor: minor.positive(),
  })
  .superRefine((model, context) => {
    const sum = (of: (entry: (typeof model.invoices)[number]) => number) =>
      model.invoices.reduce((total, entry) => total + of(entry), 0);
    const claims =
      sum(({ interestMinor, lumpSumMinor }) => interestMinor + lumpSumMinor) +
      model.feeMinor +
      model.bankChargesMinor +
      model.earlierClaimsMinor;
    const wrong = (path: string) => context.addIssue({ code: 'custom', path: [path], message: 'does not add up' });
    if (model.openMinor !== sum(({ openMinor }) => openMinor)) wrong('openMinor');
    if (model.claimsMinor !== claims) wrong('claimsMinor');
    if (model.totalMinor !== model.openMinor + model.claimsMinor) wrong('totalMinor');
  });

export type DunningLetterModel = z.output<typeof dunningLetterModel>;
