import { z } from 'zod';
import { positiveDecimal } from '../schemas.ts';

/** A price in the currency of the card. */
export const price = positiveDecimal.meta({ description: 'In the currency of the card, up to 6 places' });
const positive = positiveDecimal.refine((value) => /[1-9]/.test(value), 'Must be greater than 0');
/** An amount that is billed as it stands. */
export const amount = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,2})?$/, 'Must be an amount with at most 2 places, as text')
  .meta({ example: '250.00' });
/** Two places at most, so that a percentage of whole cents has six and is exact. */
export const percent = z
  .string()
  .regex(/^\d{1,4}(\.\d{1,2})?$/, 'Must be a percentage with at most 2 places, as text')
  .refine((value) => /[1-9]/.test(value), 'Must be greater than 0')
  .meta({ example: '12.5' });

const tiers = z
  .array(z.strictObject({ upTo: positive.nullable(), unitPrice: price }))
  .min(1)
  .max(50)
  .refine((list) => list.at(-1)?.upTo === null, 'The last tier must be open-ended (upTo: null)')
  .refine(
    (list) =>
      list.slice(0, -1).every(({ upTo }, index) => upTo !== null && Number(upTo) > Number(list[index - 1]?.upTo ?? 0)),
    'The tiers must ascend by upTo, only the last one open-ended',
  );

/** How a quantity becomes an amount (features.md E2). Quantities are counted per service month where it says so. */
export const rateModel = z.discriminatedUnion('type', [
  z
    .strictObject({
      type: z.literal('perUnit'),
      unitPrice: price,
      /** The price is for this many units (BT-149); 1 without it. */
      baseQuantity: positive.optional(),
      /** The price is for a month and the quantity in days: the base is the days of the service month. */
      perDaysOfMonth: z.boolean().optional(),
      /** So many units of each service month cost nothing (E8). */
      freeQuantity: positive.optional(),
    })
    .refine(({ baseQuantity, perDaysOfMonth }) => baseQuantity === undefined || !perDaysOfMonth, {
      message: 'A monthly price has the days of the month as its base quantity',
      path: ['baseQuantity'],
    }),
  /** Once per event, whatever was measured. */
  z.strictObject({ type: z.literal('flat'), amount: price }),
  /** Per started package of so many units, counted for each event: each started quarter of an hour. */
  z.strictObject({ type: z.literal('package'), size: positive, unitPrice: price }),
  /** Each unit of the service month at the price of the tier it falls in. */
  z.strictObject({ type: z.literal('graduated'), tiers }),
  /** All units of the service month at the price of the tier that their number reaches. */
  z.strictObject({ type: z.literal('volume'), tiers }),
  /** A share of the amount the event carries, each event a line of its own; never below or above the bounds. */
  z
    .strictObject({
      type: z.literal('percentage'),
      percent,
      minimum: amount.optional(),
      maximum: amount.optional(),
    })
    .refine(
      ({ minimum, maximum }) => minimum === undefined || maximum === undefined || Number(minimum) <= Number(maximum),
      { message: 'The maximum is below the minimum', path: ['maximum'] },
    ),
  /** What the event cost plus a margin, which is at least `minimumMargin`; each event a line of its own. */
  z.strictObject({ type: z.literal('costPlus'), percent, minimumMargin: amount.optional() }),
]);
export type RateModel = z.output<typeof rateModel>;
export type RateTier = Extract<RateModel, { type: 'graduated' }>['tiers'][number];
