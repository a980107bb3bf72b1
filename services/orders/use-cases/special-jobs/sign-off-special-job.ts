import { instantOf, localDateOf } from '../../../../shared/kernel/dates.ts';
import { uuidOf } from '../../../../shared/kernel/ids.ts';
import { assertHouse, type Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../../shared/protocol/define.ts';
import { specialJobSignedOffV1 } from '../../../../shared/protocol/orders/events.ts';
import type { specialJobActions } from '../../../../shared/protocol/orders/special-job-actions.ts';
import type { SpecialJobView } from '../../../../shared/protocol/orders/special-jobs.ts';
import { correct, signOff, type SignedOff } from '../../domain/sign-off.ts';
import type { OrdersDeps } from '../../orders.deps.ts';
import { insertRevision } from '../../persistence/special-job-parts.ts';
import { changeJob, type JobStep } from './change-job.ts';

type Actions = typeof specialJobActions;

/**
 * Makes a special job billable, once per revision.
 * @throws AppError 403   an API key of a merchant, who would write its own bill
 * @throws NotFound       no such job
 * @throws RuleViolation  not approved, cancelled, or signed off already and no reason given for a correction
 */
export async function signOffSpecialJob(
  deps: OrdersDeps,
  input: InputOf<Actions['signOffSpecialJob']>,
  actor: Actor,
): Promise<SpecialJobView> {
  assertHouse(actor);
  const today = localDateOf(deps.now(), deps.config.KONTOR_ZONE);
  return changeJob(deps, input.id, actor, (job) => signedOff(deps, signOff(job, input, today), input.reason, actor));
}

/**
 * Gives a signed-off job another quantity or description, on the day it was signed off; billing takes the earlier
 * charge back, also when it was billed (billing.md, Corrections).
 * @throws NotFound       no such job
 * @throws RuleViolation  not signed off, or nothing would change
 */
export async function correctSpecialJob(
  deps: OrdersDeps,
  input: InputOf<Actions['correctSpecialJob']>,
  actor: Actor,
): Promise<SpecialJobView> {
  return changeJob(deps, input.id, actor, (job) => signedOff(deps, correct(job, input), input.reason, actor));
}

function signedOff(deps: OrdersDeps, done: SignedOff, reason: string | undefined, actor: Actor): JobStep {
  const now = deps.now();
  const zone = deps.config.KONTOR_ZONE;
  return {
    action: done.revision ? 'special-job.corrected' : 'special-job.signed-off',
    reason,
    change: { ...done, state: 'signed_off', signedOffAt: now.toISOString() },
    then: async (em, announce, { id, merchantId, number, code, description, unit }) => {
      await insertRevision(em, { id, merchantId }, done, { reason: reason ?? null, by: actor.id, now });
      const { quantity, serviceDate, revision } = done;
      announce(
        specialJobSignedOffV1,
        {
          ...{ merchantId, specialJobId: id, number, code, description, unit },
          ...{ quantity, serviceDate, revision },
        },
        {
          eventId: uuidOf('special-job-signed-off', id, revision),
          // billing waits for what happened before a cut-off, so an entry made later belongs to its own day
          occurredAt: serviceDate === localDateOf(now, zone) ? now : instantOf(serviceDate, '12:00', zone),
        },
      );
    },
  };
}
