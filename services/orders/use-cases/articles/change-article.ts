import { comparableCode } from '../../../../shared/kernel/gtin.ts';
import { hasType, NotFound } from '../../../../shared/kernel/errors.ts';
import { transact } from '../../../../shared/messaging/transact.ts';
import { assertVersion, type Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../../shared/protocol/define.ts';
import type { ordersActions } from '../../../../shared/protocol/orders/actions.ts';
import type { ArticleView } from '../../../../shared/protocol/orders/articles.ts';
import { assertMayChange, eanTaken, entered, withFields, type Article } from '../../domain/articles.ts';
import type { OrdersDeps } from '../../orders.deps.ts';
import { lockArticle } from '../../persistence/articles.ts';
import { articleView } from './article-view.ts';
import { asArticleRules, keepArticles } from './keep-articles.ts';

/**
 * Changes the fields that are given; from then on the article counts as entered by hand.
 * @throws NotFound, AppError 403 for a field that is not the merchant's, 412; further errors: keep-articles.ts
 */
export async function changeArticle(
  deps: OrdersDeps,
  { id, ...fields }: InputOf<typeof ordersActions.changeArticle>,
  actor: Actor,
): Promise<ArticleView> {
  assertMayChange(actor.roles, fields);
  return changeOne(deps, actor, id, (article) => entered(article, withFields(article, fields)));
}

/**
 * Adds a code that someone scanned on the goods. One the article has already, with or without leading zeros, changes
 * nothing.
 * @throws RuleViolation `EAN_TAKEN` when it names another article of the merchant
 */
export const addArticleEan = (
  deps: OrdersDeps,
  { id, ean }: InputOf<typeof ordersActions.addArticleEan>,
  actor: Actor,
): Promise<ArticleView> =>
  changeOne(deps, actor, id, (article) =>
    article.eans.some((known) => comparableCode(known) === comparableCode(ean))
      ? article
      : withFields(article, { eans: [...article.eans, ean] }),
  ).catch((error: unknown) => {
    throw hasType(error, 'EAN_TAKEN') ? eanTaken('ean') : error;
  });

/** One change of one article that is locked meanwhile; what comes back equal changed nothing. */
export function changeOne(
  deps: OrdersDeps,
  actor: Actor,
  id: string,
  change: (article: Article) => Article,
): Promise<ArticleView> {
  return asArticleRules(
    transact(deps, actor, async (em, announce, audit) => {
      const before = await lockArticle(em, id);
      if (!before) throw new NotFound('article');
      assertVersion(actor, before.version);
      const after = change(before);
      const [kept] = await keepArticles({ em, announce, audit }, [{ before, after, path: '' }], deps.now());
      return articleView(kept?.after ?? before, deps.pictureLinks);
    }),
  );
}
