import { NotFound, RuleViolation } from '../../../../shared/kernel/errors.ts';
import { transact, type Announce } from '../../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { assertVersion, type Actor } from '../../../../shared/protocol/actor.ts';
import type { AuditAction } from '../../../../shared/protocol/audit-actions.ts';
import { specialJobChangedV1, type SpecialJobView } from '../../../../shared/protocol/orders/special-jobs.ts';
import type { OrdersDeps } from '../../orders.deps.ts';
import { runningTimers } from '../../persistence/special-job-parts.ts';
import { findJobForUpdate, jobView, saveJob, type JobChange, type JobRow } from '../../persistence/special-jobs.ts';

export interface JobStep {
  action: AuditAction;
  change: JobChange;
  reason?: string | undefined;
  /** What else is written and told, once the job is. */
  then?: (em: EntityManager, announce: Announce, job: SpecialJobView) => Promise<void>;
}

/**
 * One step of one job, which is locked meanwhile: whoever else wants to change it comes after. Steps that end the work
 * wait for its clocks to be stopped, or minutes would be lost.
 * @param decide  what the step does with the job as it is
 * @throws NotFound, AppError 412, RuleViolation `SPECIAL_JOB_TIMER_RUNNING`, and what `decide` throws
 */
export async function changeJob(
  deps: OrdersDeps,
  id: string,
  actor: Actor,
  decide: (job: JobRow) => JobStep,
): Promise<SpecialJobView> {
  const now = deps.now();
  return transact(deps, actor, async (em, announce, audit) => {
    const job = await findJobForUpdate(em, id);
    if (!job) throw new NotFound('special job');
    assertVersion(actor, job.version);
    const { action, change, reason, then } = decide(job);
    if (change.state && job.state === 'open') await assertNoTimer(em, id);
    const after = jobView(await saveJob(em, id, change, now));
    announce(specialJobChangedV1, changedFact(after));
    await then?.(em, announce, after);
    audit({
      action,
      entity: 'special-job',
      entityId: id,
      merchantId: job.merchantId,
      before: jobView(job),
      after,
      ...(reason === undefined ? {} : { reason }),
    });
    return after;
  });
}

/** What others keep of a job. */
export const changedFact = (job: SpecialJobView) => ({
  merchantId: job.merchantId,
  specialJobId: job.id,
  version: job.version,
  number: job.number,
  code: job.code,
  description: job.description,
  unit: job.unit,
  estimatedQuantity: job.estimatedQuantity,
  state: job.state,
  openedOn: job.openedOn,
});

async function assertNoTimer(em: EntityManager, jobId: string): Promise<void> {
  const [timer] = await runningTimers(em, { jobId });
  if (timer)
    throw new RuleViolation('SPECIAL_JOB_TIMER_RUNNING', 'The clock of this special job is running; stop it first', {
      startedAt: timer.startedAt.toISOString(),
    });
}
