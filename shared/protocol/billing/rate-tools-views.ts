import { z } from 'zod';
import { amountMinor, id, localDate, localMonth } from '../schemas.ts';
import { rateAdjustment, rateMinimum } from './rate-adjustment.ts';
import { rateRule, rateWarning } from './rate-card.ts';

export const rateCheck = z.object({
  /** What a save would refuse, with 422. */
  errors: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })),
  warnings: z.array(rateWarning),
});

const diffValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]).nullable();
const changes = <Item extends z.ZodType>(item: Item) =>
  z.object({
    added: z.array(item),
    removed: z.array(item),
    changed: z.array(
      z.object({
        key: z.string(),
        fields: z.array(
          z.object({
            /** `model.tiers.0.unitPrice` */
            field: z.string(),
            /** `null` where it says nothing; lists are sorted, their order means nothing. */
            from: diffValue,
            to: diffValue,
          }),
        ),
      }),
    ),
  });
export type DiffValue = z.output<typeof diffValue>;

const diffSide = z.object({ cardId: id, code: z.string(), version: z.int(), validFrom: localDate });
/** What became of the entries of one version in another one; entries are the same by their key. */
export const rateDiff = z.object({
  from: diffSide,
  to: diffSide,
  rules: changes(rateRule),
  adjustments: changes(rateAdjustment),
  minimums: changes(rateMinimum),
});
export type RateDiff = z.output<typeof rateDiff>;

export const whatIfMonth = z.object({
  month: localMonth,
  /** Net on finalized and approved invoices for services of this month. */
  billedMinor: amountMinor,
  /** Net of what is not billed of it, as a draft at its end would price it. */
  accruedMinor: amountMinor,
  actualMinor: amountMinor,
  whatIfMinor: amountMinor,
  /** What the supposed prices would bring on top; negative where they are lower. */
  differenceMinor: amountMinor,
  /** Charges that were priced; those held and waived are on neither side. */
  charges: z.int(),
  held: z.int(),
  waived: z.int(),
  /** Without a price, and so in no sum: really, and at the supposed prices with the reasons. */
  unrated: z.object({ actual: z.int(), whatIf: z.int(), reasons: z.array(z.string()) }),
  sections: z.array(z.object({ section: z.string(), actualMinor: amountMinor, whatIfMinor: amountMinor })),
});
export type WhatIfMonth = z.output<typeof whatIfMonth>;

export const whatIfMerchant = z.object({
  merchantId: id,
  actualMinor: amountMinor,
  whatIfMinor: amountMinor,
  differenceMinor: amountMinor,
  months: z.array(whatIfMonth),
  failed: z
    .object({ code: z.string(), message: z.string() })
    .optional()
    .meta({ description: 'Why nothing could be compared: there are no months then, and the sums are 0' }),
});
export type WhatIfMerchant = z.output<typeof whatIfMerchant>;

/** One mistake in a file; the head is line 1. */
const csvError = z.object({
  line: z.int().positive(),
  /** Column of the file; `null` for the line or the file as a whole. */
  field: z.string().nullable(),
  code: z.string(),
  message: z.string(),
});
export type RateCsvError = z.output<typeof csvError>;

export const rateCsvOutcome = z.object({
  /** `null` for a card that a dry run did not make. */
  cardId: id.nullable(),
  code: z.string(),
  /** The card is new. */
  created: z.boolean(),
  versionsAdded: z.array(z.int()),
  /** Versions that stand in the file and in the card alike. */
  versionsUnchanged: z.array(z.int()),
  errors: z.array(csvError),
  warnings: z.array(rateWarning),
  ignoredColumns: z.array(z.string()),
});
export type RateCsvOutcome = z.output<typeof rateCsvOutcome>;
