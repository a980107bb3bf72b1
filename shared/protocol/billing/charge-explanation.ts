import { z } from 'zod';
import { amountMinor, decimal, id, localDate, localMonth } from '../schemas.ts';
import { tracedCharge } from './pricing-views.ts';
import { rateAdjustment } from './rate-adjustment.ts';
import { rateConditions } from './rate-card.ts';
import { rateModel } from './rate-model.ts';

/** A sentence for people, in both languages. */
const words = z.object({ de: z.string(), en: z.string() });

export const rejectedRule = z.object({
  key: z.string(),
  label: words,
  code: z
    .string()
    .meta({ description: 'COUNTRY, WEIGHT, CARRIER, …; UNIT for another unit, PRIORITY for a higher one' }),
  reason: words,
});

const pricedPart = z.object({
  quantity: decimal,
  unitPrice: decimal,
  baseQuantity: decimal,
  /** Units of the month the tier covers; `null` outside tiers, `tierTo` also for the open one. */
  tierFrom: decimal.nullable(),
  tierTo: decimal.nullable(),
  netMinor: amountMinor.meta({ description: 'By itself; for the eye only, the line rounds once' }),
});

/** Why a charge costs what it costs, in the order in which it came about (X1). */
export const chargeExplanation = z.object({
  event: z.object({
    source: z.string(),
    id,
    revision: z.int(),
    serviceDate: localDate,
    kind: z.string(),
    number: z.string(),
    /** Why the charge is negative: the revision it takes back. */
    takesBack: id.nullable(),
  }),
  /** `null` without a price. */
  rule: z
    .object({
      key: z.string(),
      label: words,
      card: z.string(),
      version: z.int(),
      validFrom: localDate,
      priority: z.int(),
      conditions: rateConditions,
      model: rateModel,
    })
    .nullable(),
  unrated: z.object({ code: z.string(), reason: words }).nullable(),
  rejected: z.array(z.object({ card: z.string(), version: z.int(), rules: z.array(rejectedRule) })),
  price: z
    .object({
      measured: decimal.meta({ description: 'What the event measured' }),
      quantity: decimal.meta({ description: 'What is billed of it' }),
      unit: z.string(),
      parts: z.array(pricedPart),
      calculation: z.array(words).meta({ description: 'One sentence for each part' }),
      rounding: words,
    })
    .nullable(),
  /** Where it stands in its month, for prices that count the month and only while it is not billed. */
  month: z.object({ month: localMonth, from: decimal, to: decimal, total: decimal }).nullable(),
  /** The lines it is billed on: several where it spans tiers. */
  lines: z.array(
    z.object({
      id,
      invoiceId: id,
      invoiceNumber: z.string().nullable(),
      quantity: decimal,
      netMinor: amountMinor,
      charges: z.int(),
    }),
  ),
  /** Surcharges and discounts that are taken of it, on lines of their own. */
  adjustments: z.array(
    z.object({ key: z.string(), kind: rateAdjustment.shape.kind, label: words, value: rateAdjustment.shape.value }),
  ),
});
export type ChargeExplanation = z.output<typeof chargeExplanation>;

export const explainedCharge = tracedCharge.extend({ explanation: chargeExplanation });
export type ExplainedCharge = z.output<typeof explainedCharge>;
