import { comparableCode } from '../../../shared/kernel/gtin.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { affected, firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import type { Article } from '../domain/articles.ts';

export async function findArticle(em: EntityManager, id: string): Promise<Article | undefined> {
  const found = await firstRow<RawArticle>(
    em,
    sql<RawArticle>`select ${ARTICLE_COLUMNS} from article a where a.id = ${id}`,
  );
  return found && articleOf(found);
}

/** Which of the articles are in scope and have a picture. */
export async function pictured(em: EntityManager, ids: readonly string[]): Promise<Set<string>> {
  const found = await rows<{ id: string }>(
    em,
    sql`select id from article where id = any(${ids}::uuid[]) and picture is not null`,
  );
  return new Set(found.map(({ id }) => id));
}

/** An article, kept until the transaction ends. */
export async function lockArticle(em: EntityManager, id: string): Promise<Article | undefined> {
  // a statement that had to wait would still see the codes and components of before, so they are read by another one;
  // bundles that name the article need not wait, since its key stays
  const locked = await firstRow(em, sql`select 1 from article where id = ${id} for no key update`);
  return locked === undefined ? undefined : findArticle(em, id);
}

/** Articles of a merchant by SKU, kept until the transaction ends. */
export async function lockArticles(
  em: EntityManager,
  merchantId: string,
  skus: readonly string[],
): Promise<Map<string, Article>> {
  const named = sql`a.merchant_id = ${merchantId} and a.sku = any(${skus}::text[])`;
  const locked = await rows(em, sql`select 1 from article a where ${named} order by a.sku for no key update`);
  if (!locked.length) return new Map();
  const found = await rows<RawArticle>(em, sql<RawArticle>`select ${ARTICLE_COLUMNS} from article a where ${named}`);
  return new Map(found.map((row) => [row.sku, articleOf(row)]));
}

/** Whether there is a B-grade variant of an article. */
export async function hasVariant(em: EntityManager, { merchantId, id }: Article): Promise<boolean> {
  const found = sql`select 1 from article where merchant_id = ${merchantId} and variant_of = ${id}`;
  return (await firstRow(em, found)) !== undefined;
}

/**
 * Inserts articles without their EANs and components. Those whose id, SKU or variant exists already are left alone.
 * @returns ids of the articles that were new
 */
export async function insertArticles(em: EntityManager, articles: readonly Article[]): Promise<Set<string>> {
  if (!articles.length) return new Set();
  const created = await rows<{ id: string }>(
    em,
    sql`insert into article (id, merchant_id, version, sku, name, article_group, weight_grams, length_mm, width_mm, height_mm,
          serial_tracked, batch_tracked, best_before_tracked, hygiene, variant_of, condition, picture, active, origin,
          content_hash, created_at, updated_at)
        select id, "merchantId", version, sku, name, "group", "weightGrams", (dimensions->>'lengthMm')::int,
          (dimensions->>'widthMm')::int, (dimensions->>'heightMm')::int, "serialTracked", "batchTracked", "bestBeforeTracked",
          hygiene, "variantOf", condition, nullif(picture, 'null'), active, origin, "contentHash", "createdAt", "updatedAt"
        from ${given(articles)}
        -- writers that meet take their rows in the same order, so they wait for each other instead of deadlocking
        order by "merchantId", sku on conflict do nothing returning id`,
  );
  return new Set(created.map(({ id }) => id));
}

/** Writes articles that are locked, without their EANs and components; each with its new version. */
export async function updateArticles(em: EntityManager, articles: readonly Article[]): Promise<void> {
  if (!articles.length) return;
  const changed = await affected(
    em,
    sql`update article a set version = g.version, name = g.name, article_group = g."group", weight_grams = g."weightGrams",
          length_mm = (g.dimensions->>'lengthMm')::int, width_mm = (g.dimensions->>'widthMm')::int,
          height_mm = (g.dimensions->>'heightMm')::int, serial_tracked = g."serialTracked", batch_tracked = g."batchTracked",
          best_before_tracked = g."bestBeforeTracked", hygiene = g.hygiene, picture = nullif(g.picture, 'null'), active = g.active,
          origin = g.origin, content_hash = g."contentHash", updated_at = g."updatedAt"
        from ${given(articles, 'g')} where a.id = g.id and a.version = g.version - 1`,
  );
  if (changed !== articles.length) throw new Error(`${articles.length} articles held, ${changed} changed`);
}

/** Puts the EANs of these articles in place of those before. */
export async function replaceEans(em: EntityManager, articles: readonly Article[]): Promise<void> {
  if (!articles.length) return;
  const eans = articles.flatMap(({ id, merchantId, eans }) =>
    eans.map((code, index) => ({
      merchant_id: merchantId,
      article_id: id,
      position: index + 1,
      code,
      comparable: comparableCode(code),
    })),
  );
  await rows(em, sql`delete from article_ean where article_id = any(${articles.map(({ id }) => id)}::uuid[])`);
  await rows(
    em,
    sql`insert into article_ean select * from jsonb_populate_recordset(null::article_ean, ${JSON.stringify(eans)}::jsonb)`,
  );
}

/** Which of the codes another article of the merchant has, in their comparable form. */
export async function takenEans(
  em: EntityManager,
  merchantId: string,
  codes: readonly string[],
  butOf: readonly string[],
): Promise<Set<string>> {
  const found = await rows<{ comparable: string }>(
    em,
    sql`select comparable from article_ean where merchant_id = ${merchantId} and comparable = any(${codes.map(comparableCode)}::text[])
        and article_id <> all(${butOf}::uuid[])`,
  );
  return new Set(found.map(({ comparable }) => comparable));
}

type RawArticle = Omit<Article, 'dimensions'> & {
  lengthMm: number | null;
  widthMm: number | null;
  heightMm: number | null;
};

/** @param row  of {@link ARTICLE_COLUMNS} */
export function articleOf({ lengthMm, widthMm, heightMm, ...row }: RawArticle): Article {
  const dimensions =
    lengthMm === null || widthMm === null || heightMm === null ? null : { lengthMm, widthMm, heightMm };
  return {
    ...row,
    dimensions,
    createdAt: new Date(row.createdAt).toISOString(),
    updatedAt: new Date(row.updatedAt).toISOString(),
  };
}

/** What {@link articleOf} reads, of `article a`. */
export const ARTICLE_COLUMNS = sql`a.id, a.merchant_id as "merchantId", a.version, a.sku, a.name,
  (select coalesce(jsonb_agg(e.code order by e.position), '[]') from article_ean e where e.article_id = a.id) as eans,
  a.article_group as "group", a.weight_grams as "weightGrams", a.length_mm as "lengthMm", a.width_mm as "widthMm",
  a.height_mm as "heightMm", a.serial_tracked as "serialTracked", a.batch_tracked as "batchTracked",
  a.best_before_tracked as "bestBeforeTracked", a.hygiene,
  (select coalesce(jsonb_agg(jsonb_build_object('sku', c.sku, 'quantity', c.quantity) order by c.position), '[]')
     from article_component c where c.merchant_id = a.merchant_id and c.bundle_sku = a.sku) as components,
  a.variant_of as "variantOf", a.condition, a.picture, a.active, a.origin, a.content_hash as "contentHash",
  a.created_at as "createdAt", a.updated_at as "updatedAt"`;

const given = (articles: readonly Article[], name = 'given') =>
  sql`jsonb_to_recordset(${JSON.stringify(articles)}::jsonb) as ${sql.ref(name)} (id uuid, "merchantId" uuid, version int,
    sku text, name text, "group" text, "weightGrams" int, dimensions jsonb, "serialTracked" boolean, "batchTracked" boolean,
    "bestBeforeTracked" boolean, hygiene boolean, "variantOf" uuid, condition text, picture jsonb, active boolean, origin text,
    "contentHash" text, "createdAt" timestamptz, "updatedAt" timestamptz)`;
