import { comparableCode } from '../../../../shared/kernel/gtin.ts';
import { NotFound } from '../../../../shared/kernel/errors.ts';
import { read } from '../../../../shared/messaging/transact.ts';
import { readCursor, toPage } from '../../../../shared/persistence/page.ts';
import { rows, sql } from '../../../../shared/persistence/sql.ts';
import type { Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../../shared/protocol/define.ts';
import type { ordersActions } from '../../../../shared/protocol/orders/actions.ts';
import type { ArticleView } from '../../../../shared/protocol/orders/articles.ts';
import type { OrdersDeps } from '../../orders.deps.ts';
import { ARTICLE_COLUMNS, articleOf, findArticle } from '../../persistence/articles.ts';
import { articleView } from './article-view.ts';

type Filter = InputOf<typeof ordersActions.listArticles>;

/** @throws NotFound also for an article of a merchant the actor must not see */
export async function getArticle(
  deps: OrdersDeps,
  { id }: InputOf<typeof ordersActions.getArticle>,
  actor: Actor,
): Promise<ArticleView> {
  const article = await read(deps, actor, (em) => findArticle(em, id));
  if (!article) throw new NotFound('article');
  return articleView(article, deps.pictureLinks);
}

/** Articles by SKU, small letters as capital ones; row security cuts the list to what the actor may see. */
export async function listArticles(
  deps: OrdersDeps,
  filter: Filter,
  actor: Actor,
): Promise<OutputOf<typeof ordersActions.listArticles>> {
  const after = readCursor(filter.cursor, ['text', 'id']);
  const found = await read(deps, actor, (em) =>
    rows(
      em,
      sql<Parameters<typeof articleOf>[0] & { skuSearch: string }>`
        select ${ARTICLE_COLUMNS}, a.sku_search as "skuSearch" from article a
        where ${sql.join([sql`true`, ...conditions(filter, after)], sql` and `)}
        order by a.sku_search, a.id limit ${filter.limit + 1}`,
    ),
  );
  return toPage(
    found,
    filter.limit,
    ({ skuSearch, id }) => [skuSearch, id],
    ({ skuSearch: _, ...row }) => articleView(articleOf(row), deps.pictureLinks),
  );
}

function conditions({ merchantId, q, group, sku, ean, active }: Filter, after: string[] | undefined) {
  return [
    ...(merchantId ? [sql`a.merchant_id = ${merchantId}`] : []),
    ...(q ? [sql`(${startsWith(sql`a.sku_search`, q)} or ${startsWith(sql`a.name_search`, q)} or ${hasCode(q)})`] : []),
    ...(group ? [sql`a.article_group = ${group}`] : []),
    ...(sku ? [sql`a.sku = ${sku}`] : []),
    ...(ean ? [sql`a.id in (select e.article_id from article_ean e where e.comparable = ${comparableCode(ean)})`] : []),
    ...(active ? [sql`a.active = ${active === 'true'}`] : []),
    ...(after ? [sql`(a.sku_search, a.id) > (${after[0]}::text, ${after[1]}::uuid)`] : []),
  ];
}

/** The last character there is: everything that begins with a text lies between it and it followed by this. */
const LAST = '\u{10FFFF}';

/** A range instead of `like`, because row security keeps `like` away from an index. */
const startsWith = (column: ReturnType<typeof sql>, text: string) =>
  sql`(${column} >= lower(${text}) and ${column} <= lower(${text}) || ${LAST})`;

const hasCode = (text: string) =>
  sql`a.id in (select e.article_id from article_ean e
    where e.comparable = ${comparableCode(text)} or (e.code >= ${text} and e.code <= ${text + LAST}))`;
