import { z } from 'zod';
import { line, localDate } from '../schemas.ts';
import { amount, percent, price } from './rate-model.ts';

/** What an adjustment or a minimum can be limited to: the sections of an invoice, with freight apart from picking. */
export const chargeGroup = z.enum([
  'fulfilment',
  'freight',
  'storage',
  'software',
  'returns',
  'goodsIn',
  'specialJobs',
]);
export type ChargeGroup = z.output<typeof chargeGroup>;

const label = z.strictObject({ de: line(200), en: line(200) });
const unique = (list: readonly string[]) => new Set(list).size === list.length;
const some = <Item extends z.ZodType<string>>(item: Item) =>
  z.array(item).min(1).max(100).refine(unique, 'Each may stand once');

/**
 * A surcharge or a discount on charges, a line of its own (features.md E7, E10). It applies to service dates from
 * `from` up to and including `to`, besides the days on which its version is valid.
 */
export const rateAdjustment = z
  .strictObject({
    /** Stable over versions; the same key on a merchant's own card takes the place of the base card's. */
    key: line(60),
    kind: z.enum(['surcharge', 'discount']),
    label,
    from: localDate.optional(),
    to: localDate.optional(),
    /** All charges where nothing is named; otherwise what is in one of the groups, of one of the types or rules. */
    groups: some(chargeGroup).optional(),
    chargeTypes: some(line(40)).optional(),
    /** Keys of rules, which carry conditions such as country and weight. */
    rules: some(line(60)).optional(),
    value: z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('percent'), percent }),
      z.strictObject({ type: z.literal('perUnit'), unitPrice: price }),
    ]),
    /** No more than this in one service month. */
    maximumPerMonth: amount.optional(),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    message: 'It ends before it starts',
    path: ['to'],
  })
  .refine(({ kind, value }) => kind === 'surcharge' || value.type !== 'percent' || Number(value.percent) <= 100, {
    message: 'A discount is at most 100 percent',
    path: ['value', 'percent'],
  });
export type RateAdjustment = z.output<typeof rateAdjustment>;

/**
 * What a merchant pays at least for the charges of a service month (features.md E6): at month end the difference is a
 * line, and what comes late first uses it up. By active days in the months in which a contract starts or ends.
 */
export const rateMinimum = z.strictObject({
  key: line(60),
  label,
  amount,
  /** Everything but freight without it. */
  groups: some(chargeGroup).optional(),
});
export type RateMinimum = z.output<typeof rateMinimum>;
