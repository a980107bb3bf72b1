import { openImageProcessor, type ImageProcessor } from '../../shared/images/image-processor.ts';
import { systemClock } from '../../shared/kernel/clock.ts';
import { pictureLinks, type PictureLinks } from '../../shared/links/article-pictures.ts';
import { renewLinks } from '../../shared/links/renew.ts';
import type { TransactDeps } from '../../shared/messaging/transact.ts';
import { articleActions } from '../../shared/protocol/orders/article-actions.ts';
import { baseDeps, type BaseDeps, type Platform } from '../../shared/runtime/platform.ts';
import { pictured } from './persistence/articles.ts';

/** What the use cases of orders need. */
export type OrdersDeps = Pick<BaseDeps, 'service' | 'orm' | 'now' | 'wake' | 'call' | 'log' | 'store' | 'renew'> & {
  config: Pick<BaseDeps['config'], 'KONTOR_ZONE'>;
  images: Pick<ImageProcessor, 'process'>;
  pictureLinks: PictureLinks;
};

/** Pictures are decoded in children, so that none can harm this process. */
export async function ordersDeps(platform: Platform): Promise<OrdersDeps & BaseDeps> {
  // rows are read and written in sets, so there are no entities
  const base = await baseDeps(platform, 'orders', []);
  const images = openImageProcessor();
  // links by the system's clock, as access tokens: business time may stand still
  const pictures = pictureLinks(platform.keys.link, systemClock);
  return {
    ...base,
    images,
    pictureLinks: pictures,
    renew: renewPictureLinks(pictures),
    close: async () => {
      await images.close();
      await base.close();
    },
  };
}

/** For answers that are kept: their articles with links of now. */
export const renewPictureLinks =
  (links: PictureLinks): NonNullable<TransactDeps['renew']> =>
  (em, answer) =>
    renewLinks(answer, { route: articleActions.getArticlePicture, links, seen: (ids) => pictured(em, ids) });
