import { expect, test } from '@jest/globals';
import { articlesOf } from '../../../demo/articles.ts';
import { hasRightCheckDigit } from '../../../shared/kernel/gtin.ts';
import { articleActions } from '../../../shared/protocol/orders/article-actions.ts';

const document = (merchant: string, lines: { sku: string; name: string }[]) => ({
  ...{ number: '542777', merchant, day: '2026-10-01', customer: '1' },
  lines: lines.map((line) => ({ ...line, pieces: 1 })),
});

test('the articles of the demo are as the API takes them, each with an EAN of its own', () => {
  const skus = ['85123A', '85123B', '85123', '85123AB', '85099C'];
  const articles = articlesOf({
    head: [],
    rows: [],
    orders: [
      document('851', [{ sku: '85123A', name: '' }, ...skus.map((sku) => ({ sku, name: 'HEART T-LIGHT HOLDER' }))]),
    ],
    announced: [document('482', [{ sku: '48226', name: '' }])],
  });
  expect(articles.get('851')!.map(({ sku }) => sku)).toEqual(skus);
  expect(articles.get('851')![0]!.name).toBe('HEART T-LIGHT HOLDER');
  expect(articles.get('482')![0]!.name).toBe('48226');
  for (const [, some] of articles)
    articleActions.saveArticles.body.parse({ merchantId: '01890000-0000-7000-8000-000000000000', articles: some });
  const eans = [...articles.values()].flatMap((some) => some.flatMap((article) => article.eans));
  expect(new Set(eans).size).toBe(eans.length);
  expect(eans.every((ean) => /^2\d{12}$/.test(ean) && hasRightCheckDigit(ean))).toBe(true);
});
