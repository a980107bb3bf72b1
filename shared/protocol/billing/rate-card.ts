import { z } from 'zod';
import { country, id, instant, line, localDate } from '../schemas.ts';
import { storageMethod } from '../merchants/events.ts';
import { grade, returnKind } from '../returns/events.ts';
import { rateAdjustment, rateMinimum } from './rate-adjustment.ts';
import { rateModel } from './rate-model.ts';

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
    /** Catalogue codes of special jobs and packagings; kinds of carrier surcharges. */
    codes: some(line(60)).optional(),
    returnKinds: some(returnKind).optional(),
    /** Holds when every piece of the charge has one of these grades. */
    grades: some(grade).optional(),
    methods: some(storageMethod).optional(),
    /** Days since goods-in, by age bands of the contract; the lower bound is excluded, the upper one included. */
    ageDaysOver: z.int().nonnegative().optional(),
    ageDaysUpTo: z.int().positive().optional(),
    /** Holds when an article of the event has one of these tags: its group. */
    tags: some(line(80)).optional(),
  })
  .refine(
    ({ weightGramsOver: over, weightGramsUpTo: upTo }) => over === undefined || upTo === undefined || over < upTo,
    {
      message: 'The weight band is empty',
      path: ['weightGramsUpTo'],
    },
  )
  .refine(({ ageDaysOver: over, ageDaysUpTo: upTo }) => over === undefined || upTo === undefined || over < upTo, {
    message: 'The age band is empty',
    path: ['ageDaysUpTo'],
  });
export type RateConditions = z.output<typeof rateConditions>;

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

const unique = <Item>(list: readonly Item[], keyOf: (item: Item) => unknown): boolean =>
  new Set(list.map(keyOf)).size === list.length;
const ONCE = 'Each key may stand once in a version';

/** What a version says. A merchant's own card may hold nothing but a discount on the prices of the base card. */
const rateContent = {
  rules: z
    .array(rateRule)
    .max(1_000)
    .refine((list) => unique(list, ({ key }) => key), ONCE),
  adjustments: z
    .array(rateAdjustment)
    .max(50)
    .refine((list) => unique(list, ({ key }) => key), ONCE)
    .default([]),
  minimums: z
    .array(rateMinimum)
    .max(10)
    .refine((list) => unique(list, ({ key }) => key), ONCE)
    .default([]),
};
const saysSomething = ({ rules, adjustments, minimums }: Record<keyof typeof rateContent, readonly unknown[]>) =>
  rules.length + adjustments.length + minimums.length > 0;
const EMPTY = { message: 'A version must say something', path: ['rules'] };

/** Stands in an export and is taken by an import, which notes its own. */
const origin = { createdBy: z.string().max(200).optional(), createdAt: instant.optional() };

export const rateVersion = z
  .strictObject({ id: id.optional(), version: z.int().positive(), validFrom: localDate, ...rateContent, ...origin })
  .refine(saysSomething, EMPTY);
export type RateVersionInput = z.output<typeof rateVersion>;
/** A version added later: its number follows by itself. */
export const newRateVersion = z
  .strictObject({ version: z.int().positive().optional(), validFrom: localDate, ...rateContent })
  .refine(saysSomething, EMPTY);

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
  createdAt: origin.createdAt,
  versions: z
    .array(rateVersion)
    .min(1)
    .max(200)
    .refine((list) => unique(list, ({ version }) => version), 'Each version may stand once'),
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
  versions: z.array(
    rateCardSummary.shape.versions.element.extend({
      rules: z.array(rateRule),
      adjustments: z.array(rateAdjustment),
      minimums: z.array(rateMinimum),
    }),
  ),
});
export type RateCardView = z.output<typeof rateCardView>;

/**
 * What may be meant and should be looked at before a version is saved; it can be saved all the same (E4):
 * a rule that another one of higher priority overrides in part or always, tiers whose price rises, and countries or
 * weights that no rule of a type prices.
 */
export const rateWarning = z.object({
  path: z.string().meta({ description: 'As in errors: `rules.3.priority`' }),
  code: z.enum(['RULE_OVERRIDDEN', 'RULE_NEVER_WINS', 'TIERS_RISE', 'GAP']),
  message: z.string(),
  /** Keys of the rules it is about, the one that wins first. */
  rules: z.array(z.string()),
});
export type RateWarning = z.output<typeof rateWarning>;

/** A card as a save answers with it. */
export const savedRateCard = rateCardView.extend({ warnings: z.array(rateWarning) });
export type SavedRateCard = z.output<typeof savedRateCard>;
