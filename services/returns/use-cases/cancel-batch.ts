import { RuleViolation } from '../../../shared/kernel/errors.ts';
import { transact } from '../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { assertVersion, type Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import type { BatchView } from '../../../shared/protocol/returns/batch-views.ts';
import { takeOutOfBatch } from '../domain/batch-removal.ts';
import { advanceBatch } from '../domain/batch-states.ts';
import type { Return } from '../domain/model.ts';
import { itemsOfBatch } from '../persistence/batch-contents.ts';
import { findBatch } from '../persistence/batches.ts';
import { lockReturn } from '../persistence/returns.ts';
import type { ReturnsDeps } from '../returns.deps.ts';
import { auditBatch } from './batch-audit.ts';
import { viewOf } from './batch-steps.ts';
import { asRules, keep, momentOf } from './steps.ts';

/**
 * Calls off an open batch; what lies in it is held, with the reason, until someone decides again. The returns are
 * locked before the batch, as everywhere.
 * @throws RuleViolation `RTV_BATCH_TRANSITION_NOT_ALLOWED`; `RTV_BATCH_CHANGED` when goods came in meanwhile
 */
export const cancelBatch = (
  deps: ReturnsDeps,
  { id, reason }: InputOf<typeof returnsActions.cancelBatch>,
  actor: Actor,
): Promise<BatchView> =>
  asRules(
    transact(deps, actor, async (em, announce, audit) => {
      const seen = await findBatch(em, id);
      assertVersion(actor, seen.version);
      advanceBatch(seen.state, 'cancelled');
      const parcels = await lockReturns(em, id);
      em.clear();
      const batch = await findBatch(em, id, true);
      const before = { state: batch.state };
      const state = advanceBatch(batch.state, 'cancelled');
      const items = await itemsOfBatch(em, id);
      if (items.some(({ returnId }) => !parcels.has(returnId)))
        throw new RuleViolation('RTV_BATCH_CHANGED', 'Goods came into the batch at this moment; look at it again');
      const { at } = momentOf(deps, actor);
      for (const parcel of parcels.values()) {
        const inBatch = items.filter(({ returnId }) => returnId === parcel.id).map(({ itemId }) => itemId);
        const held = inBatch.reduce((rest, itemId) => takeOutOfBatch(rest, itemId, reason, at), parcel);
        const detail = { itemIds: inBatch, batchId: id };
        await keep(
          em,
          announce,
          audit,
          parcel,
          { parcel: held, action: 'item.removed-from-batch', reason, detail },
          at,
        );
      }
      Object.assign(batch, { state, cancelledAt: at, cancelReason: reason, updatedAt: at });
      await em.flush();
      auditBatch(audit, batch, 'rtv-batch.cancelled', before, { reason, detail: { items: items.length } });
      return viewOf(deps, em, batch, actor);
    }),
  );

/** In the order of their ids, so that two who do this do not wait for each other. */
async function lockReturns(em: EntityManager, batchId: string): Promise<Map<string, Return>> {
  const ids = new Set((await itemsOfBatch(em, batchId)).map(({ returnId }) => returnId));
  const parcels = new Map<string, Return>();
  for (const id of [...ids].toSorted()) parcels.set(id, (await lockReturn(em, id)).parcel);
  return parcels;
}
