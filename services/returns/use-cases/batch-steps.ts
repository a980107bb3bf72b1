import { transact, type Announce, type Audit } from '../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { assertVersion, type Actor } from '../../../shared/protocol/actor.ts';
import type { AuditAction } from '../../../shared/protocol/audit-actions.ts';
import type { BatchView } from '../../../shared/protocol/returns/batch-views.ts';
import { batchView } from '../batch-views.ts';
import type { Moment } from '../domain/model.ts';
import { disputesOf, itemsOfBatch, type PackedItem } from '../persistence/batch-contents.ts';
import { findBatch, type Batch } from '../persistence/batches.ts';
import { scheduleOf } from '../persistence/merchants.ts';
import type { ReturnsDeps } from '../returns.deps.ts';
import { auditBatch, type BatchTrace } from './batch-audit.ts';
import { momentOf } from './steps.ts';

/** What a step of a batch works with. */
export interface BatchChange {
  em: EntityManager;
  announce: Announce;
  audit: Audit;
  batch: Batch;
  items: PackedItem[];
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
  action: AuditAction,
  step: (change: BatchChange) => void | BatchTrace | Promise<void | BatchTrace>,
): Promise<BatchView> {
  return transact(deps, actor, async (em, announce, audit) => {
    const batch = await findBatch(em, id, true);
    assertVersion(actor, batch.version);
    const moment = momentOf(deps, actor);
    const before = { state: batch.state };
    const trace = await step({ em, announce, audit, batch, items: await itemsOfBatch(em, id), moment });
    batch.updatedAt = moment.at;
    await em.flush();
    auditBatch(audit, batch, action, before, trace ?? {});
    return viewOf(deps, em, batch, actor);
  });
}

/** A batch as the API shows it. */
export async function viewOf(deps: ReturnsDeps, em: EntityManager, batch: Batch, reader: Actor): Promise<BatchView> {
  return batchView(
    batch,
    {
      items: await itemsOfBatch(em, batch.id),
      disputes: await disputesOf(em, batch.id),
      schedule: await scheduleOf(em, batch.merchantId),
    },
    { zone: deps.config.KONTOR_ZONE, links: deps.photoLinks, reader },
  );
}
