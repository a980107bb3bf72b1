import { transact, type Announce, type Audit } from '../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { assertVersion, type Actor } from '../../../shared/protocol/actor.ts';
import type { BatchItem, BatchView } from '../../../shared/protocol/returns/views.ts';
import type { Moment } from '../domain/model.ts';
import { findBatch, itemsOfBatch, type Batch } from '../persistence/batches.ts';
import type { ReturnsDeps } from '../returns.deps.ts';
import { batchView } from '../views.ts';
import { momentOf } from './steps.ts';

/** What a step of a batch works with. */
export interface BatchChange {
  em: EntityManager;
  announce: Announce;
  audit: Audit;
  batch: Batch;
  items: BatchItem[];
  moment: Moment;
}

/**
 * One step of a batch: lock, decide, save, audit. The batch is locked before its items are read, so that whoever is
 * just joining it is waited for and counted.
 * @param step  changes the batch in place
 */
export function changeBatch(
  deps: ReturnsDeps,
  actor: Actor,
  id: string,
  action: string,
  step: (change: BatchChange) => void | Promise<void>,
): Promise<BatchView> {
  return transact(deps, actor, async (em, announce, audit) => {
    const batch = await findBatch(em, id, true);
    assertVersion(actor, batch.version);
    const moment = momentOf(deps, actor);
    const before = { state: batch.state };
    await step({ em, announce, audit, batch, items: await itemsOfBatch(em, id), moment });
    batch.updatedAt = moment.at;
    await em.flush();
    audit({
      action,
      entity: 'rtv_batch',
      entityId: id,
      merchantId: batch.merchantId,
      before,
      after: { state: batch.state },
    });
    return batchView(batch, await itemsOfBatch(em, id));
  });
}
