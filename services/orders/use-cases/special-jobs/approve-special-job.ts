import { assertHouse, type Actor } from '../../../../shared/protocol/actor.ts';
import type { AuditAction } from '../../../../shared/protocol/audit-actions.ts';
import type { InputOf } from '../../../../shared/protocol/define.ts';
import type { specialJobActions } from '../../../../shared/protocol/orders/special-job-actions.ts';
import type { SpecialJobView } from '../../../../shared/protocol/orders/special-jobs.ts';
import { assertPositive } from '../../domain/sign-off.ts';
import { assertCanBecome } from '../../domain/special-job-states.ts';
import type { OrdersDeps } from '../../orders.deps.ts';
import type { JobRow } from '../../persistence/special-jobs.ts';
import { changeJob, type JobStep } from './change-job.ts';

type Actions = typeof specialJobActions;

/**
 * Asks the merchant, also once more after a refusal; what was estimated is what the merchant agrees to.
 * @throws NotFound, InvalidInput for a quantity of zero, RuleViolation unless it is open or declined
 */
export async function askJobApproval(
  deps: OrdersDeps,
  { id, quantity, description }: InputOf<Actions['askJobApproval']>,
  actor: Actor,
): Promise<SpecialJobView> {
  assertHouse(actor);
  if (quantity !== undefined) assertPositive(quantity);
  return changeJob(deps, id, actor, (job) => {
    assertCanBecome(job.state, 'awaiting_approval');
    return {
      action: 'special-job.approval-asked',
      change: {
        ...{ state: 'awaiting_approval', needsApproval: true, askedAt: deps.now().toISOString() },
        ...{ answeredAt: null, answeredBy: null, declineReason: null },
        ...(quantity === undefined ? {} : { quantity, estimatedQuantity: quantity }),
        ...(description === undefined ? {} : { description }),
      },
    };
  });
}

/** The merchant agrees. @throws NotFound for a job of another merchant, RuleViolation unless it was asked */
export const approveJob = (
  deps: OrdersDeps,
  { id }: InputOf<Actions['approveJob']>,
  actor: Actor,
): Promise<SpecialJobView> =>
  changeJob(deps, id, actor, (job) => answered(job, { state: 'open', action: 'special-job.approved' }, deps, actor));

/** The merchant does not want it. @throws like {@link approveJob} */
export const declineJob = (
  deps: OrdersDeps,
  { id, reason }: InputOf<Actions['declineJob']>,
  actor: Actor,
): Promise<SpecialJobView> =>
  changeJob(deps, id, actor, (job) =>
    answered(job, { state: 'declined', action: 'special-job.declined', reason }, deps, actor),
  );

/** @throws AppError 403 for an API key of a merchant; NotFound; RuleViolation once it is signed off or cancelled */
export async function cancelSpecialJob(
  deps: OrdersDeps,
  { id, reason }: InputOf<Actions['cancelSpecialJob']>,
  actor: Actor,
): Promise<SpecialJobView> {
  assertHouse(actor);
  return changeJob(deps, id, actor, (job) => {
    assertCanBecome(job.state, 'cancelled');
    return {
      ...{ action: 'special-job.cancelled' as const, reason },
      change: { state: 'cancelled', cancelledAt: deps.now().toISOString(), cancelReason: reason },
    };
  });
}

/** An answer is one to a question: nobody agrees to a job that was not put to the merchant. */
function answered(
  job: JobRow,
  { state, action, reason }: { state: 'open' | 'declined'; action: AuditAction; reason?: string },
  deps: OrdersDeps,
  actor: Actor,
): JobStep {
  assertCanBecome(job.state, state);
  const answer = { answeredAt: deps.now().toISOString(), answeredBy: actor.id, declineReason: reason ?? null };
  return { action, reason, change: { state, ...answer } };
}
