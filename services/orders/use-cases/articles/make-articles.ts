import { uuidv7 } from '../../../../shared/kernel/ids.ts';
import { rows, sql } from '../../../../shared/persistence/sql.ts';
import { bareArticle, type Article } from '../../domain/articles.ts';
import { insertArticles } from '../../persistence/articles.ts';
import { tell, type ArticleTx } from './keep-articles.ts';

export interface NamedSku {
  merchantId: string;
  sku: string;
  name: string;
}

/** What the lines of orders name. */
export const articlesIn = (
  orders: readonly { merchantId: string; lines: readonly { sku: string; name: string }[] }[],
): NamedSku[] => orders.flatMap(({ merchantId, lines }) => lines.map(({ sku, name }) => ({ merchantId, sku, name })));

/**
 * Makes a bare article for every SKU that has none, with the name it is known by; what is there already stays as it
 * is. One statement when there is nothing to make, two for any number that is.
 */
export async function makeArticles(
  tx: ArticleTx,
  given: readonly NamedSku[],
  origin: Exclude<Article['origin'], 'entered'>,
  now: Date,
): Promise<void> {
  const named = new Map<string, NamedSku>();
  for (const one of given) {
    const key = `${one.merchantId} ${one.sku}`;
    if (!named.get(key)?.name) named.set(key, one);
  }
  const unknown = await unknownSkus(tx, [...named.values()]);
  const articles = unknown.map((one) => bareArticle({ ...one, id: uuidv7(now) }, origin, now));
  const made = await insertArticles(tx.em, articles);
  for (const after of articles) if (made.has(after.id)) tell(tx, { after, path: '' });
}

async function unknownSkus({ em }: ArticleTx, named: readonly NamedSku[]): Promise<NamedSku[]> {
  if (!named.length) return [];
  const found = await rows<{ position: string }>(
    em,
    sql`select g.position from unnest(${named.map(({ merchantId }) => merchantId)}::uuid[], ${named.map(({ sku }) => sku)}::text[])
          with ordinality as g (merchant_id, sku, position)
        where not exists (select from article a where a.merchant_id = g.merchant_id and a.sku = g.sku)`,
  );
  return found.map(({ position }) => named[Number(position) - 1]!);
}
