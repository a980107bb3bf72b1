import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import type { Article } from '../domain/articles.ts';

/** Changes of a merchant's bundles wait for each other, since two of them may make a circle that neither sees. */
export const lockBundles = (em: EntityManager, merchantId: string): Promise<unknown> =>
  rows(em, sql`select pg_advisory_xact_lock(hashtextextended(${`orders.bundles ${merchantId}`}, 0))`);

/** Puts the components of these articles in place of those before. */
export async function replaceComponents(em: EntityManager, articles: readonly Article[]): Promise<void> {
  if (!articles.length) return;
  const components = articles.flatMap(({ merchantId, sku: bundle, components }) =>
    components.map(({ sku, quantity }, index) => ({
      merchant_id: merchantId,
      bundle_sku: bundle,
      position: index + 1,
      sku,
      quantity,
    })),
  );
  await rows(
    em,
    sql`delete from article_component where merchant_id = ${articles[0]!.merchantId} and bundle_sku = any(${articles.map(({ sku }) => sku)}::text[])`,
  );
  await rows(
    em,
    sql`insert into article_component
        select * from jsonb_populate_recordset(null::article_component, ${JSON.stringify(components)}::jsonb)`,
  );
}

/** Which of the SKUs the merchant has articles of. */
export async function knownSkus(em: EntityManager, merchantId: string, skus: readonly string[]): Promise<Set<string>> {
  const found = await rows<{ sku: string }>(
    em,
    sql`select sku from article where merchant_id = ${merchantId} and sku = any(${skus}::text[])`,
  );
  return new Set(found.map(({ sku }) => sku));
}

/** Which of the bundles contain themselves, however deep. */
export async function circularBundles(
  em: EntityManager,
  merchantId: string,
  skus: readonly string[],
): Promise<Set<string>> {
  const found = await rows<{ bundle: string }>(
    em,
    sql`with recursive inside (bundle, sku) as (
          select bundle_sku, sku from article_component where merchant_id = ${merchantId} and bundle_sku = any(${skus}::text[])
          union select i.bundle, c.sku from inside i
            join article_component c on c.merchant_id = ${merchantId} and c.bundle_sku = i.sku)
        select bundle from inside where bundle = sku`,
  );
  return new Set(found.map(({ bundle }) => bundle));
}
