import { comparableCode } from '../../../shared/kernel/gtin.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import type { ArticleSnapshot } from '../../../shared/protocol/orders/articles.ts';

/** What returns knows of an article. */
export interface ArticleRef {
  articleId: string;
  merchantId: string;
  sku: string;
  name: string;
  eans: string[];
  group: string | null;
  weightGrams: number | null;
  lengthMm: number | null;
  widthMm: number | null;
  heightMm: number | null;
  /** Cubic millimetres of one piece. */
  volumeMm3: number | null;
  picture: ArticleSnapshot['picture'];
  serialTracked: boolean;
  batchTracked: boolean;
  bestBeforeTracked: boolean;
  hygiene: boolean;
  /** Of a bundle: what one piece of it consists of. */
  components: { sku: string; quantity: number }[];
  variantOf: string | null;
  condition: 'a' | 'b';
  active: boolean;
}

/** Keeps the newest snapshot of each article; older ones change nothing, whatever their order. */
export async function knowArticles(em: EntityManager, snapshots: readonly ArticleSnapshot[]): Promise<void> {
  const newest = new Map<string, ArticleSnapshot>();
  for (const snapshot of snapshots)
    if (snapshot.version > (newest.get(snapshot.articleId)?.version ?? 0)) newest.set(snapshot.articleId, snapshot);
  const changed = await rows<{ id: string }>(
    em,
    sql`insert into returns.article_ref (article_id, merchant_id, version, sku, name, eans, article_group, weight_grams,
          length_mm, width_mm, height_mm, picture, serial_tracked, batch_tracked, best_before_tracked, hygiene, components,
          variant_of, condition, active)
        select "articleId", "merchantId", version, sku, name, eans, "group", "weightGrams", (dimensions->>'lengthMm')::int,
          (dimensions->>'widthMm')::int, (dimensions->>'heightMm')::int, nullif(picture, 'null'), "serialTracked",
          "batchTracked", "bestBeforeTracked", hygiene, components, "variantOf", condition, active
        from jsonb_to_recordset(${JSON.stringify([...newest.values()])}::jsonb) as given ("articleId" uuid, "merchantId" uuid,
          version int, sku text, name text, eans text[], "group" text, "weightGrams" int, dimensions jsonb, picture jsonb,
          "serialTracked" boolean, "batchTracked" boolean, "bestBeforeTracked" boolean, hygiene boolean, components jsonb,
          "variantOf" uuid, condition text, active boolean)
        order by "articleId"
        on conflict (article_id) do update set version = excluded.version, name = excluded.name, eans = excluded.eans,
          article_group = excluded.article_group, weight_grams = excluded.weight_grams, length_mm = excluded.length_mm,
          width_mm = excluded.width_mm, height_mm = excluded.height_mm, picture = excluded.picture,
          serial_tracked = excluded.serial_tracked, batch_tracked = excluded.batch_tracked,
          best_before_tracked = excluded.best_before_tracked, hygiene = excluded.hygiene, components = excluded.components,
          variant_of = excluded.variant_of, condition = excluded.condition, active = excluded.active
        where excluded.version > article_ref.version
        returning article_id as id`,
  );
  const kept = changed.map(({ id }) => newest.get(id)!);
  await keepCodes(em, kept);
  await keepBundles(em, kept);
}

async function keepCodes(em: EntityManager, articles: readonly ArticleSnapshot[]): Promise<void> {
  if (!articles.length) return;
  const codes = articles.flatMap(({ articleId, merchantId, eans }) =>
    eans.map((ean) => ({ article_id: articleId, merchant_id: merchantId, code: comparableCode(ean) })),
  );
  await rows(
    em,
    sql`delete from returns.article_code where article_id = any(${articles.map(({ articleId }) => articleId)}::uuid[])`,
  );
  await rows(
    em,
    sql`insert into returns.article_code (article_id, merchant_id, code) select article_id, merchant_id, code
        from jsonb_populate_recordset(null::returns.article_code, ${JSON.stringify(codes)}::jsonb) on conflict do nothing`,
  );
}

async function keepBundles(em: EntityManager, articles: readonly ArticleSnapshot[]): Promise<void> {
  if (!articles.length) return;
  const parts = articles.flatMap(({ articleId, merchantId, components }) =>
    components.map(({ sku }) => ({ bundle_id: articleId, merchant_id: merchantId, sku })),
  );
  await rows(
    em,
    sql`delete from returns.bundle_component where bundle_id = any(${articles.map(({ articleId }) => articleId)}::uuid[])`,
  );
  if (!parts.length) return;
  await rows(
    em,
    sql`insert into returns.bundle_component (bundle_id, merchant_id, sku) select bundle_id, merchant_id, sku
        from jsonb_populate_recordset(null::returns.bundle_component, ${JSON.stringify(parts)}::jsonb) on conflict do nothing`,
  );
}

/**
 * A recursive common table `scanned (merchant_id, sku)`: the articles that codes name, by EAN or SKU, and the bundles
 * they are part of, however deep.
 */
export const scanned = (codes: readonly string[]) => sql`scanned (merchant_id, sku) as (
  select a.merchant_id, a.sku from returns.article_ref a
    where a.article_id in (select article_id from returns.article_ref where sku = any(${codes}::text[])
      union select article_id from returns.article_code where code = any(${codes.map(comparableCode)}::text[]))
  union select b.merchant_id, b.sku from scanned s
    join returns.bundle_component c on c.merchant_id = s.merchant_id and c.sku = s.sku
    join returns.article_ref b on b.article_id = c.bundle_id)`;

/** Known articles of a merchant by SKU; of an SKU that is not known there is none. One statement. */
export async function findArticles(
  em: EntityManager,
  merchantId: string,
  skus: readonly string[],
): Promise<Map<string, ArticleRef>> {
  if (!skus.length) return new Map();
  const found = await rows(
    em,
    sql<RawArticle>`select ${columns} from returns.article_ref a where a.merchant_id = ${merchantId} and a.sku = any(${[...new Set(skus)]}::text[])`,
  );
  return new Map(found.map((row) => [row.sku, articleOf(row)]));
}

/** The name of an article of a merchant, by its record or, where there is none, by what was shipped. */
export async function knownArticleName(
  em: EntityManager,
  merchantId: string,
  sku: string,
): Promise<string | undefined> {
  const found = await firstRow<{ name: string }>(
    em,
    sql`(select name from returns.article_ref where merchant_id = ${merchantId} and sku = ${sku})
        union all (select l.name from returns.order_line_ref l where l.sku = ${sku} and l.merchant_id = ${merchantId} limit 1) limit 1`,
  );
  return found?.name;
}

/** Articles that a scanned code names, by EAN or SKU, of all merchants in scope; at most `limit`. */
export async function articlesByCode(
  em: EntityManager,
  codes: readonly string[],
  limit: number,
): Promise<ArticleRef[]> {
  const found = await rows(
    em,
    sql<RawArticle>`select ${columns} from returns.article_ref a
      where a.article_id in (select article_id from returns.article_ref where sku = any(${codes}::text[])
        union select article_id from returns.article_code where code = any(${codes.map(comparableCode)}::text[]))
      order by a.active desc, a.sku, a.article_id limit ${limit}`,
  );
  return found.map(articleOf);
}

type RawArticle = Omit<ArticleRef, 'volumeMm3'> & { volumeMm3: string | null };

const articleOf = (row: RawArticle): ArticleRef => ({
  ...row,
  volumeMm3: row.volumeMm3 === null ? null : Number(row.volumeMm3),
});

const columns = sql`a.article_id as "articleId", a.merchant_id as "merchantId", a.sku, a.name, a.eans, a.article_group as "group",
  a.weight_grams as "weightGrams", a.length_mm as "lengthMm", a.width_mm as "widthMm", a.height_mm as "heightMm",
  a.volume_mm3 as "volumeMm3", a.picture, a.serial_tracked as "serialTracked", a.batch_tracked as "batchTracked",
  a.best_before_tracked as "bestBeforeTracked", a.hygiene, a.components, a.variant_of as "variantOf", a.condition, a.active`;
