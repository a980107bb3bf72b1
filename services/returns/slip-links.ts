import type { Clock } from '../../shared/kernel/clock.ts';
import { absoluteLink, roundedExpiry, signPath } from '../../shared/links/path.ts';
import { routePath } from '../../shared/protocol/define.ts';
import { announcementActions } from '../../shared/protocol/returns/announcement-actions.ts';

/** The address of the sheet for a consumer, who has no log-in, and when it ends. */
export type SlipLinks = (returnId: string, language: 'de' | 'en') => { url: string; endsAt: Date };

/** A parcel is packed within weeks. Links made within one step are equal, so that a mail sent twice says the same. */
const STEP_MS = 45 * 86_400_000;

export const slipLinks =
  (key: Uint8Array, clock: Clock, publicUrl: () => string): SlipLinks =>
  (id, language) => {
    const endsAt = roundedExpiry(clock(), STEP_MS);
    const path = signPath(key, routePath(announcementActions.getLinkedSlip, { id, language }), endsAt);
    return { url: absoluteLink(publicUrl(), path), endsAt };
  };
