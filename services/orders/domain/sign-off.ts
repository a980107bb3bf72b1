import { parseMicros } from '../../../shared/kernel/decimal.ts';
import type { LocalDate } from '../../../shared/kernel/dates.ts';
import { invalidField, RuleViolation } from '../../../shared/kernel/errors.ts';

export interface JobState {
  state: 'open' | 'signed_off';
  revision: number;
  quantity: string;
  serviceDate: LocalDate | null;
}

export interface SignOffRequest {
  quantity?: string | undefined;
  signedOffOn?: LocalDate | undefined;
  reason?: string | undefined;
}

export interface SignedOff {
  quantity: string;
  serviceDate: LocalDate;
  revision: number;
}

/**
 * Signing off fixes quantity and service date (billing.md: a special job's service date is its sign-off). A job that
 * is signed off may have been billed, so a correction needs a reason and raises the revision.
 * @param today  in the warehouse's zone
 * @throws RuleViolation `SPECIAL_JOB_ALREADY_SIGNED_OFF` without a reason
 * @throws InvalidInput  a quantity of zero, a day in the future
 */
export function signOff(job: JobState, request: SignOffRequest, today: LocalDate): SignedOff {
  const correction = job.state === 'signed_off';
  if (correction && !request.reason)
    throw new RuleViolation('SPECIAL_JOB_ALREADY_SIGNED_OFF', 'The job is signed off; a correction needs a reason');
  const serviceDate = request.signedOffOn ?? job.serviceDate ?? today;
  if (serviceDate > today) throw invalidField('signedOffOn', 'IN_THE_FUTURE', 'Must not lie in the future');
  const quantity = request.quantity ?? job.quantity;
  assertPositive(quantity);
  return { quantity, serviceDate, revision: correction ? job.revision + 1 : 0 };
}

/** @throws InvalidInput when a quantity is zero */
export function assertPositive(quantity: string): void {
  if (parseMicros(quantity) <= 0n) throw invalidField('quantity', 'TOO_FEW', 'Must be more than 0');
}
