import { openImageProcessor, type ImageProcessor } from '../../shared/images/image-processor.ts';
import { systemClock } from '../../shared/kernel/clock.ts';
import { pictureLinks, type PictureLinks } from '../../shared/links/article-pictures.ts';
import { publicUrlOf } from '../../shared/links/public-url.ts';
import { baseDeps, type BaseDeps, type Platform } from '../../shared/runtime/platform.ts';
import { openDocumentRenderer, type DocumentRenderer } from './documents/document-renderer.ts';
import { decisionLinks, type ReadDecisionLink } from './decision-links.ts';
import { RtvBatch } from './persistence/batches.ts';
import { photoLinks, renewPhotoLinks, type PhotoLinks } from './photo-links.ts';
import { slipLinks, type SlipLinks } from './slip-links.ts';

export interface ReturnsDeps extends Omit<
  BaseDeps,
  'keys' | 'metrics' | 'broker' | 'natsConnected' | 'onScrape' | 'wakers' | 'close' | 'config'
> {
  config: Pick<BaseDeps['config'], 'KONTOR_ZONE'>;
  images: Pick<ImageProcessor, 'process'>;
  documents: Pick<DocumentRenderer, 'render'>;
  photoLinks: PhotoLinks;
  readDecisionLink: ReadDecisionLink;
  pictureLinks: PictureLinks;
  slipLinks: SlipLinks;
}

/** Decoding photos and drawing documents happen in children, so that neither can harm this process. */
export async function returnsDeps(platform: Platform): Promise<ReturnsDeps & BaseDeps> {
  const base = await baseDeps(platform, 'returns', [RtvBatch]);
  const images = openImageProcessor();
  const documents = openDocumentRenderer({ size: 1 });
  // links by the system's clock, as access tokens: business time may stand still
  const photos = photoLinks(platform.keys.link, systemClock);
  return {
    ...base,
    images,
    documents,
    photoLinks: photos,
    renew: renewPhotoLinks(photos),
    readDecisionLink: decisionLinks(platform.keys.link, platform.now),
    pictureLinks: pictureLinks(platform.keys.link, systemClock),
    slipLinks: slipLinks(platform.keys.link, systemClock, () => publicUrlOf(platform)),
    close: async () => {
      await Promise.all([images.close(), documents.close()]);
      await base.close();
    },
  };
}
