import type { Clock } from '../kernel/clock.ts';
import { routePath } from '../protocol/define.ts';
import { articleActions } from '../protocol/orders/article-actions.ts';
import type { PictureLinksView } from '../protocol/orders/articles.ts';
import { roundedExpiry, signPath } from './path.ts';

/** Signed links to the sizes of an article's picture, for whoever was allowed to see the article. */
export type PictureLinks = (articleId: string) => PictureLinksView;

/** Long enough to look at a list; equal within the step, so that a browser loads a picture once. */
const STEP_MS = 5 * 60_000;

export const pictureLinks =
  (key: Uint8Array, clock: Clock): PictureLinks =>
  (id) => {
    const expiresAt = roundedExpiry(clock(), STEP_MS);
    const link = (size: keyof PictureLinksView) =>
      signPath(key, routePath(articleActions.getArticlePicture, { id, size }), expiresAt);
    return { thumb: link('thumb'), web: link('web'), full: link('full') };
  };
