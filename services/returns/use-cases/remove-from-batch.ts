import { NotFound } from '../../../shared/kernel/errors.ts';
import { transact } from '../../../shared/messaging/transact.ts';
import { assertVersion, type Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import type { BatchView } from '../../../shared/protocol/returns/batch-views.ts';
import { takeOutOfBatch } from '../domain/batch-removal.ts';
import { assertOpen } from '../domain/batch-states.ts';
import { assertNotLocked } from '../domain/lock.ts';
import { itemsOfBatch } from '../persistence/batch-contents.ts';
import { findBatch } from '../persistence/batches.ts';
import { lockReturn } from '../persistence/returns.ts';
import type { ReturnsDeps } from '../returns.deps.ts';
import { auditBatch } from './batch-audit.ts';
import { viewOf } from './batch-steps.ts';
import { asRules, keep, momentOf, worksHere } from './steps.ts';

/**
 * Takes an item out of an open batch; it is held until someone decides again. The return is locked before the batch,
 * as everywhere.
 * @throws NotFound for the batch, or an item that is not in it
 * @throws RuleViolation `RTV_BATCH_CLOSED`; `RETURN_LOCKED` while someone else works on the return
 */
export const removeFromBatch = (
  deps: ReturnsDeps,
  { id, itemId, reason }: InputOf<typeof returnsActions.removeFromBatch>,
  actor: Actor,
): Promise<BatchView> =>
  asRules(
    transact(deps, actor, async (em, announce, audit) => {
      const inBatch = (await itemsOfBatch(em, (await findBatch(em, id)).id)).find((item) => item.itemId === itemId);
      if (!inBatch) throw new NotFound('item');
      const { parcel } = await lockReturn(em, inBatch.returnId);
      em.clear();
      const batch = await findBatch(em, id, true);
      assertVersion(actor, batch.version);
      assertOpen(batch.state);
      const { at } = momentOf(deps, actor);
      if (worksHere(actor)) assertNotLocked(parcel, actor.id, at);
      const outcome = {
        parcel: takeOutOfBatch(parcel, itemId, reason, at),
        action: 'item.removed-from-batch' as const,
        reason,
      };
      await keep(em, announce, audit, parcel, { ...outcome, detail: { itemId, batchId: id } }, at);
      batch.updatedAt = at;
      await em.flush();
      const told = { ...(reason === undefined ? {} : { reason }), detail: { itemId } };
      auditBatch(audit, batch, 'rtv-batch.item-removed', { state: batch.state }, told);
      return viewOf(deps, em, batch, actor);
    }),
  );
