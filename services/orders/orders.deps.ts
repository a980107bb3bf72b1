import { openImageProcessor, type ImageProcessor } from '../../shared/images/image-processor.ts';
import { systemClock } from '../../shared/kernel/clock.ts';
import { pictureLinks, type PictureLinks } from '../../shared/links/article-pictures.ts';
import { jobPhotoLinks, type JobPhotoLinks } from '../../shared/links/job-photos.ts';
import { renewLinks } from '../../shared/links/renew.ts';
import type { TransactDeps } from '../../shared/messaging/transact.ts';
import { articleActions } from '../../shared/protocol/orders/article-actions.ts';
import { specialJobActions } from '../../shared/protocol/orders/special-job-actions.ts';
import { baseDeps, type BaseDeps, type Platform } from '../../shared/runtime/platform.ts';
import { pictured } from './persistence/articles.ts';
import { visiblePhotos } from './persistence/special-job-parts.ts';

/** What the use cases of orders need. */
export type OrdersDeps = Pick<BaseDeps, 'service' | 'orm' | 'now' | 'wake' | 'call' | 'log' | 'store' | 'renew'> & {
  config: Pick<BaseDeps['config'], 'KONTOR_ZONE'>;
  images: Pick<ImageProcessor, 'process'>;
  pictureLinks: PictureLinks;
  jobPhotoLinks: JobPhotoLinks;
};

/** Pictures are decoded in children, so that none can harm this process. */
export async function ordersDeps(platform: Platform): Promise<OrdersDeps & BaseDeps> {
  // rows are read and written in sets, so there are no entities
  const base = await baseDeps(platform, 'orders', []);
  const images = openImageProcessor();
  // links by the system's clock, as access tokens: business time may stand still
  const pictures = pictureLinks(platform.keys.link, systemClock);
  const jobPhotos = jobPhotoLinks(platform.keys.link, systemClock);
  return {
    ...base,
    images,
    pictureLinks: pictures,
    jobPhotoLinks: jobPhotos,
    renew: renewPictureLinks(pictures, jobPhotos),
    close: async () => {
      await images.close();
      await base.close();
    },
  };
}

/** For answers that are kept: their articles and photos with links of now. */
export const renewPictureLinks =
  (links: PictureLinks, jobLinks: JobPhotoLinks): NonNullable<TransactDeps['renew']> =>
  async (em, answer) => {
    const route = articleActions.getArticlePicture;
    const renewed = await renewLinks(answer, { route, links, seen: (ids) => pictured(em, ids) });
    const seen = (ids: string[]) => visiblePhotos(em, ids);
    return renewLinks(renewed, { route: specialJobActions.getJobPhoto, links: jobLinks, seen });
  };
