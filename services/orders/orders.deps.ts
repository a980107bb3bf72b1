import { openImageProcessor, type ImageProcessor } from '../../shared/images/image-processor.ts';
import { systemClock } from '../../shared/kernel/clock.ts';
import { pictureLinks, type PictureLinks } from '../../shared/links/article-pictures.ts';
import { baseDeps, type BaseDeps, type Platform } from '../../shared/runtime/platform.ts';

/** What the use cases of orders need. */
export type OrdersDeps = Pick<BaseDeps, 'service' | 'orm' | 'now' | 'wake' | 'call' | 'log' | 'store'> & {
  config: Pick<BaseDeps['config'], 'KONTOR_ZONE'>;
  images: Pick<ImageProcessor, 'process'>;
  pictureLinks: PictureLinks;
};

/** Pictures are decoded in children, so that none can harm this process. */
export async function ordersDeps(platform: Platform): Promise<OrdersDeps & BaseDeps> {
  // rows are read and written in sets, so there are no entities
  const base = await baseDeps(platform, 'orders', []);
  const images = openImageProcessor();
  return {
    ...base,
    images,
    // by the system's clock, as access tokens: business time may stand still
    pictureLinks: pictureLinks(platform.keys.link, systemClock),
    close: async () => {
      await images.close();
      await base.close();
    },
  };
}
