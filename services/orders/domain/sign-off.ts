import { divideRounded, formatMicros, MICROS, parseMicros } from '../../../shared/kernel/decimal.ts';
import type { LocalDate } from '../../../shared/kernel/dates.ts';
import { invalidField, RuleViolation } from '../../../shared/kernel/errors.ts';
import type { JobStateName, JobUnit } from '../../../shared/protocol/orders/special-jobs.ts';
import { assertCanBecome } from './special-job-states.ts';

export interface JobState {
  state: JobStateName;
  revision: number;
  quantity: string;
  description: string;
  unit: JobUnit;
  serviceDate: LocalDate | null;
  workedMinutes: number | null;
  workedPieces: number | null;
}

export interface SignOffRequest {
  quantity?: string | undefined;
  signedOffOn?: LocalDate | undefined;
  reason?: string | undefined;
}

export interface SignedOff {
  quantity: string;
  description: string;
  serviceDate: LocalDate;
  revision: number;
}

const MINUTES_PER_HOUR = 60n;

/**
 * Signing off fixes quantity and service date (billing.md: a special job's service date is its sign-off). A job that
 * is signed off may have been billed, so a correction needs a reason and raises the revision.
 * @param today  in the warehouse's zone
 * @throws RuleViolation `SPECIAL_JOB_ALREADY_SIGNED_OFF` without a reason; what the states do not allow
 * @throws InvalidInput  a quantity of zero, a day in the future
 */
export function signOff(job: JobState, request: SignOffRequest, today: LocalDate): SignedOff {
  const correction = job.state === 'signed_off';
  if (correction && !request.reason)
    throw new RuleViolation('SPECIAL_JOB_ALREADY_SIGNED_OFF', 'The job is signed off; a correction needs a reason');
  if (!correction) assertCanBecome(job.state, 'signed_off');
  const serviceDate = request.signedOffOn ?? job.serviceDate ?? today;
  if (serviceDate > today) throw invalidField('signedOffOn', 'IN_THE_FUTURE', 'Must not lie in the future');
  const quantity = request.quantity ?? (correction ? job.quantity : (workedQuantity(job) ?? job.quantity));
  assertPositive(quantity);
  return { quantity, description: job.description, serviceDate, revision: correction ? job.revision + 1 : 0 };
}

/**
 * A job that is signed off gets another quantity or description on the day it has; a quantity of 0 leaves nothing to
 * be billed.
 * @throws RuleViolation `SPECIAL_JOB_NOT_SIGNED_OFF`, `SPECIAL_JOB_UNCHANGED`
 */
export function correct(job: JobState, request: { quantity?: string | undefined; description?: string | undefined }) {
  if (job.state !== 'signed_off')
    throw new RuleViolation('SPECIAL_JOB_NOT_SIGNED_OFF', 'Only a signed-off job is corrected', { state: job.state });
  const { quantity = job.quantity, description = job.description } = request;
  if (parseMicros(quantity) === parseMicros(job.quantity) && description === job.description)
    throw new RuleViolation('SPECIAL_JOB_UNCHANGED', 'The job says this already');
  return { quantity, description, serviceDate: job.serviceDate!, revision: job.revision + 1 };
}

/** What was worked in the unit of the job; `undefined` where nothing was entered, or the unit is the job as a whole. */
export function workedQuantity({ unit, workedMinutes, workedPieces }: JobState): string | undefined {
  const worked = { piece: workedPieces, minute: workedMinutes, hour: workedMinutes, job: null }[unit];
  if (worked === null) return undefined;
  const micros = BigInt(worked) * MICROS;
  return formatMicros(unit === 'hour' ? divideRounded(micros, MINUTES_PER_HOUR) : micros);
}

/** @throws InvalidInput when a quantity is zero */
export function assertPositive(quantity: string): void {
  if (parseMicros(quantity) <= 0n) throw invalidField('quantity', 'TOO_FEW', 'Must be more than 0');
}
