import type { Clock } from '../../shared/kernel/clock.ts';
import { renewLinks } from '../../shared/links/renew.ts';
import { roundedExpiry, signPath } from '../../shared/links/path.ts';
import { routePath } from '../../shared/protocol/define.ts';
import type { TransactDeps } from '../../shared/messaging/transact.ts';
import { inspectionActions } from '../../shared/protocol/returns/inspection-actions.ts';
import type { PhotoView } from '../../shared/protocol/returns/views.ts';
import { visiblePhotos } from './persistence/photos.ts';

/** Signed links to the sizes of a photo, for whoever was allowed to see the photo. */
export type PhotoLinks = (photoId: string) => PhotoView['links'];

/** Long enough to look at a list; equal within the step, so that a browser loads a picture once. */
const STEP_MS = 5 * 60_000;

export const photoLinks =
  (key: Uint8Array, clock: Clock): PhotoLinks =>
  (id) => {
    const expiresAt = roundedExpiry(clock(), STEP_MS);
    const link = (size: keyof PhotoView['links']) =>
      signPath(key, routePath(inspectionActions.getPhoto, { id, size }), expiresAt);
    return { thumb: link('thumb'), web: link('web'), full: link('full') };
  };

/** For answers that are kept: their photos with links of now. */
export const renewPhotoLinks =
  (links: PhotoLinks): NonNullable<TransactDeps['renew']> =>
  (em, answer) =>
    renewLinks(answer, { route: inspectionActions.getPhoto, links, seen: (ids) => visiblePhotos(em, ids) });
