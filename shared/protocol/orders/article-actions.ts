import { z } from 'zod';
import { defineAction, EVERYONE } from '../define.ts';
import { byId, fileAnswer, id, line, none, page, pageParams } from '../schemas.ts';
import { articleView, component, condition, dimensions, ean, weightGrams } from './articles.ts';

const WRITERS = ['lead', 'admin', 'api'] as const;
/** Who stands in front of the goods. */
const ON_THE_FLOOR = ['worker', ...WRITERS] as const;
/** 15 MB: a 50 megapixel photo of a phone stays below it. */
const PICTURE_MAX_BYTES = 15_000_000;
/** 500 articles with all of their fields. */
const BULK_MAX_BYTES = 5_000_000;

const fields = {
  name: line(300),
  eans: z.array(ean).max(50),
  group: line(80).nullable().meta({ description: 'Article group; disposition rules and checklists are kept by it' }),
  weightGrams: weightGrams.nullable(),
  dimensions: dimensions.nullable(),
  serialTracked: z.boolean(),
  batchTracked: z.boolean(),
  bestBeforeTracked: z.boolean(),
  hygiene: z.boolean().meta({ description: 'Not to be sold again once it was opened' }),
  components: z.array(component).max(100).meta({ description: 'What one piece of a bundle consists of' }),
  active: z.boolean(),
};
const optional = z.object(fields).partial().shape;

/** The records of articles. */
export const articleActions = {
  listArticles: defineAction({
    name: 'orders.listArticles',
    summary: 'Articles by SKU; a merchant user sees the own ones',
    rest: 'GET /articles',
    access: EVERYONE,
    params: z.strictObject({
      ...pageParams,
      merchantId: id.optional(),
      q: line(80).optional().meta({ description: 'Beginning of SKU, name or EAN, in small or capital letters' }),
      group: line(80).optional(),
      sku: line(80).optional(),
      ean: line(48).optional().meta({ description: 'Whole code, with or without leading zeros' }),
      active: z.enum(['true', 'false']).optional(),
    }),
    output: page(articleView),
  }),
  createArticle: defineAction({
    name: 'orders.createArticle',
    summary: 'Enter an article; one that an order made by itself is filled in',
    rest: 'POST /articles',
    access: WRITERS,
    params: none,
    body: z.strictObject({
      id: id.optional(),
      merchantId: id,
      sku: line(80).meta({ description: 'Unique per merchant; never changes' }),
      ...optional,
      name: fields.name,
      variantOf: id.optional().meta({ description: 'The article this is the B-grade variant of' }),
      condition: condition.default('a'),
    }),
    output: articleView,
    status: 201,
  }),
  saveArticles: defineAction({
    name: 'orders.saveArticles',
    summary: 'Enter or change up to 500 articles of a merchant by SKU, all or none; fields left out stay as they are',
    rest: 'POST /articles/bulk',
    access: WRITERS,
    params: none,
    body: z.strictObject({
      merchantId: id,
      articles: z
        .array(z.strictObject({ sku: line(80), ...optional }))
        .min(1)
        .max(500),
    }),
    bodyLimitBytes: BULK_MAX_BYTES,
    output: z.object({
      created: z.int().nonnegative(),
      changed: z.int().nonnegative(),
      unchanged: z.int().nonnegative(),
    }),
  }),
  getArticle: defineAction({
    name: 'orders.getArticle',
    summary: 'An article',
    rest: 'GET /articles/{id}',
    access: EVERYONE,
    params: byId,
    output: articleView,
  }),
  changeArticle: defineAction({
    name: 'orders.changeArticle',
    summary: 'Change an article; a merchant changes name, EANs, dimensions and weight of the own ones',
    rest: 'PATCH /articles/{id}',
    access: [...WRITERS, 'merchantDecider'],
    params: byId,
    body: z.strictObject(optional),
    output: articleView,
  }),
  addArticleEan: defineAction({
    name: 'orders.addArticleEan',
    summary: 'Add a code that was scanned; one that the article has already changes nothing',
    rest: 'POST /articles/{id}/eans',
    access: [...ON_THE_FLOOR, 'merchantDecider'],
    params: byId,
    body: z.strictObject({ ean }),
    output: articleView,
  }),
  setArticlePicture: defineAction({
    name: 'orders.setArticlePicture',
    summary: 'Keep the picture of an article in place of the one before; the same picture again changes nothing',
    rest: 'PUT /articles/{id}/picture',
    access: [...ON_THE_FLOOR, 'merchantDecider'],
    params: byId,
    upload: { field: 'file', maxBytes: PICTURE_MAX_BYTES },
    // pictures queue for the processes that decode them
    timeoutMs: 60_000,
    output: articleView,
  }),
  getArticlePicture: defineAction({
    name: 'orders.getArticlePicture',
    summary: 'The picture of an article as JPEG',
    rest: 'GET /articles/{id}/picture/{size}',
    access: EVERYONE,
    params: z.strictObject({ id, size: z.enum(['thumb', 'web', 'full']) }),
    output: fileAnswer,
    download: true,
    signed: true,
  }),
};
