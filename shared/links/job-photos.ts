import type { Clock } from '../kernel/clock.ts';
import { routePath } from '../protocol/define.ts';
import { specialJobActions } from '../protocol/orders/special-job-actions.ts';
import { roundedExpiry, signPath } from './path.ts';
import type { SizeLinks } from './renew.ts';

/** Signed links to the sizes of a special job's photo, for whoever was allowed to see the job. */
export type JobPhotoLinks = (photoId: string) => SizeLinks;

/** Long enough to look at a job; equal within the step, so that a browser loads a photo once. */
const STEP_MS = 5 * 60_000;

export const jobPhotoLinks =
  (key: Uint8Array, clock: Clock): JobPhotoLinks =>
  (id) => {
    const expiresAt = roundedExpiry(clock(), STEP_MS);
    const link = (size: keyof SizeLinks) =>
      signPath(key, routePath(specialJobActions.getJobPhoto, { id, size }), expiresAt);
    return { thumb: link('thumb'), web: link('web'), full: link('full') };
  };
