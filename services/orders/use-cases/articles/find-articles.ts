import { comparableCode } from '../../../../shared/kernel/gtin.ts';
import { NotFound } from '../../../../shared/kernel/errors.ts';
import { read } from '../../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { readCursor, toPage } from '../../../../shared/persistence/page.ts';
import { rows, sql } from '../../../../shared/persistence/sql.ts';
import { soleMerchant, type Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../../shared/protocol/define.ts';
import type { ordersActions } from '../../../../shared/protocol/orders/actions.ts';
import type { ArticleView } from '../../../../shared/protocol/orders/articles.ts';
import type { OrdersDeps } from '../../orders.deps.ts';
import { ARTICLE_COLUMNS, articleOf, findArticle } from '../../persistence/articles.ts';
import { articleView } from './article-view.ts';

type Input = InputOf<typeof ordersActions.listArticles>;
type Filter = Omit<Input, 'merchantId'> & { merchantId: string | undefined };

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
  input: Input,
  actor: Actor,
): Promise<OutputOf<typeof ordersActions.listArticles>> {
  const filter = { ...input, merchantId: input.merchantId ?? soleMerchant(actor) };
  const after = readCursor(filter.cursor, ['text', 'id']);
  const found = await read(deps, actor, async (em) =>
    rows(
      em,
      sql<Parameters<typeof articleOf>[0] & { skuSearch: string }>`
        select ${ARTICLE_COLUMNS}, a.sku_search as "skuSearch" from article a
        where ${sql.join([sql`true`, ...(await searched(em, filter)), ...conditions(filter, after)], sql` and `)}
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

function conditions({ merchantId, group, sku, ean, active }: Filter, after: string[] | undefined) {
  return [
    ...(merchantId ? [sql`a.merchant_id = ${merchantId}`] : []),
    ...(group ? [sql`a.article_group = ${group}`] : []),
    ...(sku ? [sql`a.sku = ${sku}`] : []),
    ...(ean ? [sql`a.id in (select e.article_id from article_ean e where e.comparable = ${comparableCode(ean)})`] : []),
    ...(active ? [sql`a.active = ${active === 'true'}`] : []),
    ...(after ? [sql`(a.sku_search, a.id) > (${after[0]}::text, ${after[1]}::uuid)`] : []),
  ];
}

/** The last character there is: everything that begins with a text lies between it and it followed by this. */
const LAST = '\u{10FFFF}';

/** Up to so many articles are named to the list; of more the next page is never far. */
const FEW = 500;

/**
 * What a list that is searched is cut to. Few hits are found by their indexes, each in a branch of its own; when there
 * are many the list is passed through in its order, which would read all of it for a few.
 */
async function searched(em: EntityManager, { q, merchantId }: Filter) {
  if (!q) return [];
  const own = merchantId ? sql`merchant_id = ${merchantId} and` : sql``;
  const found = await rows<{ id: string }>(
    em,
    sql`select id from article where ${own} ${startsWith('sku_search', q)}
        union all select id from article where ${own} ${startsWith('name_search', q)}
        union all (${withCode(q)}) limit ${FEW + 1}`,
  );
  if (found.length <= FEW) return [sql`a.id = any(${found.map(({ id }) => id)}::uuid[])`];
  return [sql`(${startsWith('sku_search', q)} or ${startsWith('name_search', q)} or a.id in (${withCode(q)}))`];
}

/** A range instead of `like`, because row security keeps `like` away from an index. */
const startsWith = (column: 'sku_search' | 'name_search', text: string) =>
  sql`(${sql.ref(column)} >= lower(${text}) and ${sql.ref(column)} <= lower(${text}) || ${LAST})`;

const withCode = (text: string) =>
  sql`select article_id from article_ean where comparable = ${comparableCode(text)}
    union all select article_id from article_ean where code >= ${text} and code <= ${text + LAST}`;
