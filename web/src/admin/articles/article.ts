import type { Output } from '../../app/api/contract.ts';

export type Article = Output<'GET /articles/{id}'>;
/** What people of the house can change; the SKU never changes. */
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
