import { uuidv7 } from '../../shared/kernel/ids.ts';
import type { ArticleSnapshot } from '../../shared/protocol/orders/articles.ts';

/** An article as the orders service announces it. */
export const articleSnapshot = (merchantId: string, overrides: Partial<ArticleSnapshot> = {}): ArticleSnapshot => ({
  articleId: uuidv7(new Date()),
  merchantId,
  version: 1,
  sku: 'SHIRT-M',
  name: 'Shirt, M',
  eans: ['96385074'],
  group: null,
  weightGrams: null,
  dimensions: null,
  serialTracked: false,
  batchTracked: false,
  bestBeforeTracked: false,
  hygiene: false,
  components: [],
  variantOf: null,
  condition: 'a',
  active: true,
  picture: null,
  ...overrides,
});
