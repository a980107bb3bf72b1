import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';

/** Groups of articles by merchant and SKU; those without one are left out. */
export type ArticleGroups = ReadonlyMap<string, string>;
const keyOf = (merchantId: string, sku: string): string => `${merchantId} ${sku}`;

/** Of the articles in some lines, whatever merchants they belong to; one statement. */
export async function articleGroups(
  em: EntityManager,
  lines: readonly { merchantId: string; sku: string }[],
): Promise<ArticleGroups> {
  const asked = [...new Map(lines.map((line) => [keyOf(line.merchantId, line.sku), line])).values()];
  if (!asked.length) return new Map();
  const found = await rows<{ merchantId: string; sku: string; group: string }>(
    em,
    sql`select a.merchant_id as "merchantId", a.sku, a.article_group as "group"
        from unnest(${asked.map(({ merchantId }) => merchantId)}::uuid[], ${asked.map(({ sku }) => sku)}::text[]) as n (merchant_id, sku)
        join article a on a.merchant_id = n.merchant_id and a.sku = n.sku
        where a.article_group is not null`,
  );
  return new Map(found.map(({ merchantId, sku, group }) => [keyOf(merchantId, sku), group]));
}

/** The groups of some articles of a merchant, each once. */
export const groupsAmong = (groups: ArticleGroups, merchantId: string, skus: readonly string[]): string[] =>
  [...new Set(skus.flatMap((sku) => groups.get(keyOf(merchantId, sku)) ?? []))].toSorted();
