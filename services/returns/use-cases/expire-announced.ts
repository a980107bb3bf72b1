import { uuidv7 } from '../../../shared/kernel/ids.ts';
import { transact } from '../../../shared/messaging/transact.ts';
import { serviceActor } from '../../../shared/protocol/actor.ts';
import { announceProgress } from '../facts.ts';
import { expireAnnouncedBefore } from '../persistence/expiry.ts';
import type { ReturnsDeps } from '../returns.deps.ts';

/**
 * Gives up announced returns that never came, after the days of each merchant's policy. They are counted from when the
 * return was told to us, so that an import of old announcements is not given up at once.
 * @returns how many; some hundreds at a time
 */
export function expireAnnounced(deps: ReturnsDeps): Promise<number> {
  const at = deps.now();
  return transact(deps, serviceActor('returns', `expiry-${uuidv7(at)}`), async (em, announce, audit) => {
    const expired = await expireAnnouncedBefore(em, at);
    for (const parcel of expired) {
      announceProgress(announce, undefined, parcel);
      audit({
        action: 'return.expired',
        entity: 'return',
        entityId: parcel.id,
        merchantId: parcel.merchantId,
        before: { state: 'announced' },
        after: { state: parcel.state },
      });
    }
    return expired.length;
  });
}
