import { transact } from '../../../shared/messaging/transact.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import type { ReturnView } from '../../../shared/protocol/returns/views.ts';
import { lockAt, release, take } from '../domain/lock.ts';
import type { Lock, Return } from '../domain/model.ts';
import { lockReturn as loadForUpdate, saveLock } from '../persistence/returns.ts';
import { peopleBehind } from '../people.ts';
import type { ReturnsDeps } from '../returns.deps.ts';
import { returnView } from '../views.ts';

/**
 * Works on a return alone (A9). Asking again renews the lock; leads take it from whoever holds it.
 * @throws NotFound @throws RuleViolation `RETURN_LOCKED`
 */
export async function lockReturn(
  deps: ReturnsDeps,
  { id, takeOver }: InputOf<typeof returnsActions.lockReturn>,
  actor: Actor,
): Promise<ReturnView> {
  const people = await peopleBehind(deps, [actor.id], actor.requestId);
  const wish = {
    userId: actor.id,
    name: people.get(actor.id)?.name ?? actor.id,
    takeOver: takeOver || leads(actor),
  };
  return changeLock(deps, actor, id, (parcel, at) => take(parcel, wish, at));
}

/** @throws NotFound @throws RuleViolation `RETURN_LOCKED` when it is somebody else's; leads end any */
export const unlockReturn = (
  deps: ReturnsDeps,
  { id }: InputOf<typeof returnsActions.unlockReturn>,
  actor: Actor,
): Promise<ReturnView> => changeLock(deps, actor, id, (parcel, at) => release(parcel, actor.id, leads(actor), at));

const leads = ({ roles }: Actor): boolean => roles.includes('lead') || roles.includes('admin');

/** The lock is no part of the version. A change of hands is kept in the audit trail, a renewal is not. */
function changeLock(
  deps: ReturnsDeps,
  actor: Actor,
  id: string,
  decide: (parcel: Return, at: Date) => Lock | null,
): Promise<ReturnView> {
  return transact(deps, actor, async (em, _announce, audit) => {
    const { parcel, photos } = await loadForUpdate(em, id);
    const at = deps.now();
    const before = lockAt(parcel.lock, at);
    const lock = decide(parcel, at);
    if (lock || parcel.lock) await saveLock(em, id, lock);
    if (before?.userId !== lock?.userId)
      audit({
        action: lock ? (before ? 'return.lock-taken-over' : 'return.locked') : 'return.unlocked',
        entity: 'return',
        entityId: id,
        merchantId: parcel.merchantId,
        before: { lockedBy: before?.userId ?? null },
        after: { lockedBy: lock?.userId ?? null },
      });
    return returnView({ ...parcel, lock }, photos, deps.photoLinks, actor);
  });
}
