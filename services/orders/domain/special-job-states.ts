import { RuleViolation } from '../../../shared/kernel/errors.ts';
import type { JobStateName } from '../../../shared/protocol/orders/special-jobs.ts';

/** Where a job may go from each state; a correction stays in `signed_off`. */
const NEXT: Record<JobStateName, readonly JobStateName[]> = {
  open: ['awaiting_approval', 'signed_off', 'cancelled'],
  awaiting_approval: ['open', 'declined', 'cancelled'],
  declined: ['awaiting_approval', 'cancelled'],
  signed_off: [],
  cancelled: [],
};

/**
 * @throws RuleViolation `SPECIAL_JOB_NOT_APPROVED` for what the merchant has not agreed to,
 *                       `SPECIAL_JOB_TRANSITION_NOT_ALLOWED` for any other step
 */
export function assertCanBecome(from: JobStateName, to: JobStateName): void {
  if (NEXT[from].includes(to)) return;
  if (to === 'signed_off') assertApproved(from);
  throw new RuleViolation('SPECIAL_JOB_TRANSITION_NOT_ALLOWED', `A special job cannot go from ${from} to ${to}`, {
    from,
    to,
  });
}

/** Work begins once the merchant agreed, where that is needed. @throws RuleViolation */
export function assertWorkable(state: JobStateName): void {
  assertApproved(state);
  if (state !== 'open')
    throw new RuleViolation('SPECIAL_JOB_CLOSED', `Nothing is worked on a special job that is ${state}`, { state });
}

function assertApproved(state: JobStateName): void {
  if (state === 'awaiting_approval' || state === 'declined')
    throw new RuleViolation('SPECIAL_JOB_NOT_APPROVED', 'The merchant has not agreed to this special job', { state });
}
