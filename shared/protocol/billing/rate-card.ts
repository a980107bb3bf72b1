import { z } from 'zod';
import { country, id, instant, line, localDate, positiveDecimal } from '../schemas.ts';
import { storageMethod } from '../merchants/events.ts';
import { grade, returnKind } from '../returns/events.ts';

const price = positiveDecimal.meta({ description: 'In the currency of the card, up to 6 places' });
const positive = positiveDecimal.refine((value) => /[1-9]/.test(value), 'Must be greater than 0');
const some = <Item extends z.ZodType>(item: Item) => z.array(item).min(1).max(300);

/** When a rule applies; every condition given must hold. A condition on something the event lacks never holds. */
export const rateConditions = z
  .strictObject({
    countries: some(country).optional(),
    countriesNot: some(country).optional(),
    /** Grams per parcel; the lower bound is excluded, the upper one included. */
    weightGramsOver: z.int().nonnegative().optional(),
    weightGramsUpTo: z.int().positive().optional(),
    carriers: some(line(40)).optional(),
    channels: some(line(40)).optional(),
    /** Catalogue codes of special jobs. */
    codes: some(line(60)).optional(),
    returnKinds: some(returnKind).optional(),
    /** Holds when every piece of the charge has one of these grades. */
    grades: some(grade).optional(),
    methods: some(storageMethod).optional(),
  })
  .refine(
    ({ weightGramsOver: over, weightGramsUpTo: upTo }) => over === undefined || upTo === undefined || over < upTo,
    {
      message: 'The weight band is empty',
      path: ['weightGramsUpTo'],
    },
  );
export type RateConditions = z.output<typeof rateConditions>;

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

/** How a quantity becomes an amount. */
export const rateModel = z.discriminatedUnion('type', [
  z
    .strictObject({
      type: z.literal('perUnit'),
      unitPrice: price,
      /** The price is for this many units (BT-149); 1 without it. */
      baseQuantity: positive.optional(),
      /** The price is for a month and the quantity in days: the base is the days of the service month. */
      perDaysOfMonth: z.boolean().optional(),
    })
    .refine(({ baseQuantity, perDaysOfMonth }) => baseQuantity === undefined || !perDaysOfMonth, {
      message: 'A monthly price has the days of the month as its base quantity',
      path: ['baseQuantity'],
    }),
  z.strictObject({ type: z.literal('flat'), amount: price }),
  z.strictObject({ type: z.literal('graduated'), tiers }),
]);
export type RateModel = z.output<typeof rateModel>;
export type RateTier = Extract<RateModel, { type: 'graduated' }>['tiers'][number];

export const rateRule = z.strictObject({
  /** Stable over versions: the counter of graduated prices goes by it. */
  key: line(60),
  chargeType: line(40),
  /** The highest matching priority wins. */
  priority: z.int().min(-1_000_000).max(1_000_000),
  conditions: rateConditions.default({}),
  model: rateModel,
  label: z.strictObject({ de: line(200), en: line(200) }),
  unit: line(30),
});
export type RateRuleInput = z.output<typeof rateRule>;

const rules = z
  .array(rateRule)
  .min(1)
  .max(1_000)
  .refine((list) => new Set(list.map(({ key }) => key)).size === list.length, 'Each key may stand once in a version');

export const rateVersion = z.strictObject({ version: z.int().positive(), validFrom: localDate, rules });
export type RateVersionInput = z.output<typeof rateVersion>;
/** A version added later: its number follows by itself. */
export const newRateVersion = z.strictObject({ version: z.int().positive().optional(), validFrom: localDate, rules });

/** A whole card as it is imported and exported. */
export const rateCard = z.strictObject({
  id: id.optional(),
  code: line(60),
  name: line(120),
  currency: z.literal('EUR'),
  /** The card that prices what a merchant's own card does not. One per currency. */
  isBase: z.boolean().default(false),
  /** A card of one merchant only. */
  merchantId: id.nullable().default(null),
  versions: z
    .array(rateVersion)
    .min(1)
    .max(200)
    .refine((list) => new Set(list.map(({ version }) => version)).size === list.length, 'Each version may stand once'),
});
export type RateCardInput = z.output<typeof rateCard>;

export const rateCardSummary = z.object({
  id,
  code: z.string(),
  name: z.string(),
  currency: z.string(),
  isBase: z.boolean(),
  merchantId: id.nullable(),
  createdAt: instant,
  versions: z.array(
    z.object({ id, version: z.int(), validFrom: localDate, createdBy: z.string(), createdAt: instant }),
  ),
});

export const rateCardView = rateCardSummary.extend({
  versions: z.array(rateCardSummary.shape.versions.element.extend({ rules: z.array(rateRule) })),
});
export type RateCardView = z.output<typeof rateCardView>;
