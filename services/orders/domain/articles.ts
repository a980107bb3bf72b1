import { comparableCode } from '../../../shared/kernel/gtin.ts';
import { AppError, InvalidInput, RuleViolation, type FieldError } from '../../../shared/kernel/errors.ts';
import type { Role } from '../../../shared/protocol/define.ts';
import type { ArticleView } from '../../../shared/protocol/orders/articles.ts';

/** The kept renditions of a picture: keys of the object store, size of the largest in pixels. */
export interface Picture {
  /** Of the file as it was taken. */
  sha256: string;
  width: number;
  height: number;
  fullKey: string;
  webKey: string;
  thumbKey: string;
}

/** An article; times as ISO text. */
export interface Article extends Omit<ArticleView, 'picture'> {
  picture: Picture | null;
  /** Of what was entered, to tell a repeated request from another one; `null` when it made itself. */
  contentHash: string | null;
}

/** What people and other systems say of an article. SKU, merchant and condition never change. */
export const ARTICLE_FIELDS = [
  'name',
  'eans',
  'group',
  'weightGrams',
  'dimensions',
  'serialTracked',
  'batchTracked',
  'bestBeforeTracked',
  'hygiene',
  'components',
  'active',
] as const satisfies readonly (keyof Article)[];
export type ArticleField = (typeof ARTICLE_FIELDS)[number];
export type ArticleFields = { [Field in ArticleField]?: Article[Field] | undefined };

/** What a merchant may change of the own articles; the rest says how the house handles them. */
const OF_MERCHANTS: readonly string[] = ['name', 'eans', 'dimensions', 'weightGrams'] satisfies ArticleField[];

/** An article of which nobody has said anything yet. */
export const bareArticle = (
  { id, merchantId, sku, name }: Pick<Article, 'id' | 'merchantId' | 'sku' | 'name'>,
  origin: Article['origin'],
  now: Date,
): Article => ({
  ...{ id, merchantId, version: 1, sku, name: name || sku, eans: [], group: null, weightGrams: null, dimensions: null },
  ...{ serialTracked: false, batchTracked: false, bestBeforeTracked: false, hygiene: false, components: [] },
  ...{ variantOf: null, condition: 'a', active: true, picture: null, origin, contentHash: null },
  createdAt: now.toISOString(),
  updatedAt: now.toISOString(),
});

/** The article with the fields that are given; what is left out stays. */
export const withFields = (article: Article, fields: ArticleFields): Article => ({
  ...article,
  ...Object.fromEntries(
    ARTICLE_FIELDS.filter((field) => fields[field] !== undefined).map((field) => [field, fields[field]]),
  ),
});

/** The changed article, which counts as entered from then on; as before when nothing changed. */
export const entered = (before: Article, after: Article): Article =>
  ARTICLE_FIELDS.some((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
    ? { ...after, origin: 'entered' }
    : before;

/**
 * What can be told from the article alone.
 * @param path  put before the names of fields, such as `articles.3.`
 * @throws InvalidInput an EAN or component that is named twice, a bundle of itself, a variant without a condition
 */
export function assertArticle(article: Article, path: string): void {
  const { eans, components, sku, variantOf, condition } = article;
  const errors: FieldError[] = [
    ...repeated(eans.map(comparableCode)).map((index) => ({
      path: `${path}eans.${index}`,
      code: 'DUPLICATE',
      message: 'This code stands there twice',
    })),
    ...repeated(components.map((component) => component.sku)).map((index) => ({
      path: `${path}components.${index}.sku`,
      code: 'DUPLICATE',
      message: 'This component stands there twice',
    })),
    ...components.flatMap((component, index) =>
      component.sku === sku ? [bundleCycleAt(`${path}components.${index}.sku`)] : [],
    ),
    ...((variantOf === null) === (condition === 'a')
      ? []
      : [
          {
            path: `${path}condition`,
            code: 'CONDITION_MISMATCH',
            message: 'B-grade goods are a variant of an article',
          },
        ]),
  ];
  if (errors.length) throw new InvalidInput(errors);
}

const bundleCycleAt = (path: string): FieldError => ({
  path,
  code: 'BUNDLE_CYCLE',
  message: 'A bundle cannot contain itself',
});

/** @throws InvalidInput `BUNDLE_CYCLE` */
export const bundleCycle = (path: string): InvalidInput => new InvalidInput([bundleCycleAt(`${path}components`)]);

const repeated = (values: readonly string[]): number[] =>
  values.flatMap((value, index) => (values.indexOf(value) < index ? [index] : []));

/** @throws AppError 403 `FIELD_NOT_ALLOWED` when only a merchant asks for more than a merchant may change */
export function assertMayChange(roles: readonly Role[], fields: object): void {
  if (roles.some((role) => role !== 'merchantDecider' && role !== 'merchantViewer')) return;
  const errors = Object.keys(fields)
    .filter((field) => !OF_MERCHANTS.includes(field))
    .map((path) => ({ path, code: 'FIELD_NOT_ALLOWED', message: 'Only the fulfillment house changes this' }));
  if (errors.length)
    throw new AppError(403, 'FIELD_NOT_ALLOWED', `Only the fulfillment house changes ${errors[0]!.path}`, { errors });
}

export const articleExists = (path: string, id?: string): RuleViolation =>
  new RuleViolation('ARTICLE_EXISTS', 'There is another article with this SKU or id', {
    errors: [{ path, code: 'ARTICLE_EXISTS', message: 'There is another article with it' }],
    ...(id === undefined ? {} : { id }),
  });

/** An EAN names one article of a merchant. @param path  of the EAN, if it is known which one it was */
export const eanTaken = (path = 'eans'): RuleViolation =>
  new RuleViolation('EAN_TAKEN', 'Another article of the merchant has this code', {
    errors: [{ path, code: 'EAN_TAKEN', message: 'Another article of the merchant has this code' }],
  });
