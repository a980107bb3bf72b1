import { uuidv7 } from '../../../../shared/kernel/ids.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../../shared/persistence/sql.ts';
import { bareArticle, type Article } from '../../domain/articles.ts';
import { ARTICLE_COLUMNS, articleOf, insertArticles } from '../../persistence/articles.ts';
import { tell, type ArticleTx } from './keep-articles.ts';
import { makeArticles, type NamedSku } from './make-articles.ts';

const LONGEST_SKU = 80;
const LONGEST_NAME = 300;
/** So many other articles may hold the SKUs that come to mind first. */
const ATTEMPTS = 20;

/**
 * The SKU under which B-grade pieces of an article are kept (B11). The variant is made when it is first needed, and so
 * is the article itself, should the goods be ones that nobody entered. An article that is B-grade stays what it is.
 * @returns the SKU for each merchant and SKU that was asked for
 */
export async function conditionProducts(
  tx: ArticleTx,
  goods: readonly NamedSku[],
  now: Date,
): Promise<(one: Omit<NamedSku, 'name'>) => string> {
  await makeArticles(tx, goods, 'restock', now);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const found = await variantsOf(tx.em, goods);
    const missing = found.filter(({ variantSku }) => variantSku === null).map(({ base }) => base);
    if (!missing.length) {
      const skus = new Map(found.map(({ base, variantSku }) => [keyOf(base), variantSku!]));
      return (one) => skus.get(keyOf(one))!;
    }
    const variants = missing.map((base) => variantOf(base, attempt, now));
    const made = await insertArticles(tx.em, variants);
    for (const after of variants) if (made.has(after.id)) tell(tx, { after, path: '' });
  }
  throw new Error(`no free SKU for B-grade goods after ${ATTEMPTS} attempts`);
}

const keyOf = ({ merchantId, sku }: Omit<NamedSku, 'name'>) => `${merchantId} ${sku}`;

async function variantsOf(
  em: EntityManager,
  goods: readonly NamedSku[],
): Promise<{ base: Article; variantSku: string | null }[]> {
  const found = await rows(
    em,
    sql<Parameters<typeof articleOf>[0] & { variantSku: string | null }>`
      select ${ARTICLE_COLUMNS}, case a.condition when 'b' then a.sku else v.sku end as "variantSku"
      from article a left join article v on v.merchant_id = a.merchant_id and v.variant_of = a.id and v.condition = 'b'
      where (a.merchant_id, a.sku) in (select * from unnest(${goods.map(({ merchantId }) => merchantId)}::uuid[],
        ${goods.map(({ sku }) => sku)}::text[]))`,
  );
  return found.map(({ variantSku, ...row }) => ({ base: articleOf(row), variantSku }));
}

/** It has what the article has but its codes: one code names one article. */
function variantOf(base: Article, attempt: number, now: Date): Article {
  const suffix = attempt === 1 ? '-B' : `-B${attempt}`;
  const { merchantId, group, weightGrams, dimensions, serialTracked, batchTracked, bestBeforeTracked, hygiene } = base;
  const sku = cut(base.sku, LONGEST_SKU - suffix.length) + suffix;
  const name = cut(base.name, LONGEST_NAME - NAME_SUFFIX.length) + NAME_SUFFIX;
  return {
    ...bareArticle({ id: uuidv7(now), merchantId, sku, name }, 'restock', now),
    ...{ group, weightGrams, dimensions, serialTracked, batchTracked, bestBeforeTracked, hygiene },
    variantOf: base.id,
    condition: 'b',
  };
}

const NAME_SUFFIX = ' (B-Ware)';

/** At most so long, and no half of a character at the end. */
const cut = (text: string, most: number): string => text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '');
