import { useQuery } from '@tanstack/react-query';
import { IconBox } from '@tabler/icons-react';
import { fetchFile } from '../../app/api/client.ts';
import { useObjectUrl } from '../../shared/photos.ts';
import type { ArticleHit } from '../offline/model.ts';
import classes from './item-card.module.css';

/** What the goods should look like. */
export function ArticlePicture({ article }: { article: ArticleHit | undefined }) {
  const id = article?.picture ? article.articleId : undefined;
  const picture = useQuery({
    queryKey: ['GET /articles/{id}/picture/{size}', { id, size: 'thumb' }],
    queryFn: async ({ signal }) =>
      (await fetchFile('GET /articles/{id}/picture/{size}', { id: id!, size: 'thumb' }, { signal })).blob,
    enabled: id !== undefined,
    staleTime: 60 * 60_000,
  });
  const url = useObjectUrl(picture.data);
  return (
    <span className={classes.picture}>
      {url ? <img src={url} alt="" /> : <IconBox size={30} stroke={1.5} aria-hidden />}
    </span>
  );
}
