import { keepPicture } from '../../../../shared/images/keep-picture.ts';
import { NotFound } from '../../../../shared/kernel/errors.ts';
import { answeredBefore, read } from '../../../../shared/messaging/transact.ts';
import { assertVersion, type Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../../shared/protocol/define.ts';
import type { ordersActions } from '../../../../shared/protocol/orders/actions.ts';
import type { ArticleView } from '../../../../shared/protocol/orders/articles.ts';
import { takingUpload } from '../../../../shared/storage/taken-upload.ts';
import type { Article } from '../../domain/articles.ts';
import type { OrdersDeps } from '../../orders.deps.ts';
import { findArticle } from '../../persistence/articles.ts';
import { articleView } from './article-view.ts';
import { changeOne } from './change-article.ts';

/**
 * Keeps the picture of an article: decoded and re-encoded in a child, stored by hash, then named by the article; so
 * whatever fails leaves at most a file that nobody refers to. The same picture again changes nothing.
 * @throws NotFound, AppError 412, and what the image processor refuses
 */
export function setArticlePicture(
  deps: OrdersDeps,
  { id, file }: InputOf<typeof ordersActions.setArticlePicture>,
  actor: Actor,
): Promise<ArticleView> {
  return takingUpload(deps, file, async () => {
    const article = await articleFor(deps, id, actor);
    const earlier = await answeredBefore<ArticleView>(deps, actor);
    if (earlier) return earlier.answer;
    assertVersion(actor, article.version);
    if (article.picture?.sha256 === file.sha256) return articleView(article, deps.pictureLinks);
    const { bytes: _, ...picture } = await keepPicture(deps, file, 'articles');
    return await changeOne(deps, actor, id, (before) => ({ ...before, picture }));
  });
}

/** The picture as JPEG; merchants see the own ones only. @throws NotFound also for an article without one */
export async function getArticlePicture(
  deps: OrdersDeps,
  { id, size }: InputOf<typeof ordersActions.getArticlePicture>,
  actor: Actor,
): Promise<OutputOf<typeof ordersActions.getArticlePicture>> {
  const { picture } = await articleFor(deps, id, actor);
  if (!picture) throw new NotFound('picture');
  return {
    objectKey: { thumb: picture.thumbKey, web: picture.webKey, full: picture.fullKey }[size],
    contentType: 'image/jpeg',
    filename: `${id}-${size}.jpg`,
    disposition: 'inline',
  };
}

async function articleFor(deps: OrdersDeps, id: string, actor: Actor): Promise<Article> {
  const article = await read(deps, actor, (em) => findArticle(em, id));
  if (!article) throw new NotFound('article');
  return article;
}
