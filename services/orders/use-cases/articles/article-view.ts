import type { PictureLinks } from '../../../../shared/links/article-pictures.ts';
import type { ArticleView } from '../../../../shared/protocol/orders/articles.ts';
import type { Article } from '../../domain/articles.ts';

/** What the API shows of an article. */
export function articleView(article: Article, links: PictureLinks): ArticleView {
  const { picture, contentHash: _, ...facts } = article;
  return {
    ...facts,
    picture: picture && {
      sha256: picture.sha256,
      width: picture.width,
      height: picture.height,
      links: links(article.id),
    },
  };
}
