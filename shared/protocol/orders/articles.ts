import { z } from 'zod';
import { hasRightCheckDigit } from '../../kernel/gtin.ts';
import { defineEvent } from '../define.ts';
import { id, instant, line, text } from '../schemas.ts';

/** A code printed on the goods: an EAN or another GTIN, whose check digit must be right, or a code of the house. */
export const ean = z
  .string()
  .min(1)
  .max(48)
  .regex(/^[0-9A-Za-z][0-9A-Za-z./+-]*$/, 'Must be digits, or letters and digits with . / + -')
  .refine(hasRightCheckDigit, 'The check digit of this GTIN is wrong')
  .meta({ example: '4006381333931' });

const millimetres = z.int().positive().max(100_000);
/** In millimetres, packed as stored; which side is called what does not matter. */
export const dimensions = z.strictObject({ lengthMm: millimetres, widthMm: millimetres, heightMm: millimetres });
export const weightGrams = z.int().positive().max(100_000_000);

/** What one piece of a bundle consists of. */
export const component = z.strictObject({ sku: line(80), quantity: z.int().positive().max(10_000) });
/** `b`: the same article as B-grade goods, kept and sold under an SKU of its own (B11). */
export const condition = z.enum(['a', 'b']);

const facts = {
  merchantId: id,
  version: z.int().positive(),
  sku: line(80),
  name: text(300, 0),
  /** As they were entered; compare with `comparableCode`. */
  eans: z.array(z.string()),
  /** Category of the merchant; disposition rules and checklists are kept by it. */
  group: z.string().nullable(),
  weightGrams: weightGrams.nullable(),
  dimensions: dimensions.nullable(),
  serialTracked: z.boolean(),
  batchTracked: z.boolean(),
  bestBeforeTracked: z.boolean(),
  /** Not to be sold again once it was opened. */
  hygiene: z.boolean(),
  components: z.array(component),
  /** The article this is a condition variant of. */
  variantOf: id.nullable(),
  condition,
  active: z.boolean(),
};

/** Paths that show the picture without a log-in for some minutes. */
export const pictureLinksView = z.object({ thumb: z.string(), web: z.string(), full: z.string() });
export type PictureLinksView = z.output<typeof pictureLinksView>;

export const articleView = z.object({
  id,
  ...facts,
  picture: z
    .object({
      sha256: z.string().meta({ description: 'Of the file as it was taken; it is not kept' }),
      width: z.int(),
      height: z.int(),
      links: pictureLinksView,
    })
    .nullable(),
  /** `order` and `restock`: made by itself for an SKU nobody had entered. */
  origin: z.enum(['entered', 'order', 'restock', 'goods_in']),
  createdAt: instant,
  updatedAt: instant,
});
export type ArticleView = z.output<typeof articleView>;

/** The whole state of an article; the highest version wins. */
export const articleChangedV1 = defineEvent(
  'orders.article-changed.v1',
  z.object({
    articleId: id,
    ...facts,
    /** Keys of the object store. */
    picture: z.object({ thumbKey: z.string(), webKey: z.string(), fullKey: z.string() }).nullable(),
  }),
);
export type ArticleSnapshot = z.output<(typeof articleChangedV1)['payload']>;
