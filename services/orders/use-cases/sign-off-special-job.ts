import { instantOf, localDateOf } from '../../../shared/kernel/dates.ts';
import { NotFound } from '../../../shared/kernel/errors.ts';
import { uuidOf } from '../../../shared/kernel/ids.ts';
import { transact } from '../../../shared/messaging/transact.ts';
import { assertHouse, assertVersion, type Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { ordersActions } from '../../../shared/protocol/orders/actions.ts';
import { specialJobSignedOffV1 } from '../../../shared/protocol/orders/events.ts';
import type { SpecialJobView } from '../../../shared/protocol/orders/views.ts';
import { signOff } from '../domain/sign-off.ts';
import type { OrdersDeps } from '../orders.deps.ts';
import { findJobForUpdate, jobView, saveSignOff } from '../persistence/special-jobs.ts';

/**
 * Makes a special job billable, once per revision.
 * @throws AppError 403   an API key of a merchant, who would write its own bill
 * @throws NotFound       no such job
 * @throws RuleViolation  signed off already and no reason given for a correction
 */
export async function signOffSpecialJob(
  deps: OrdersDeps,
  input: InputOf<typeof ordersActions.signOffSpecialJob>,
  actor: Actor,
): Promise<SpecialJobView> {
  assertHouse(actor);
  const now = deps.now();
  const zone = deps.config.KONTOR_ZONE;
  const today = localDateOf(now, zone);
  return transact(deps, actor, async (em, announce, audit) => {
    const job = await findJobForUpdate(em, input.id);
    if (!job) throw new NotFound('special job');
    assertVersion(actor, job.version);
    const done = signOff(job, input, today);
    const after = jobView(await saveSignOff(em, job.id, done, now));
    const { id, merchantId, number, code, description, unit } = after;
    announce(
      specialJobSignedOffV1,
      { merchantId, specialJobId: id, number, code, description, unit, ...done },
      {
        eventId: uuidOf('special-job-signed-off', id, done.revision),
        // billing waits for what happened before a cut-off, so an entry made later belongs to its own day
        occurredAt: done.serviceDate === today ? now : instantOf(done.serviceDate, '12:00', zone),
      },
    );
    audit({
      action: done.revision ? 'special-job.corrected' : 'special-job.signed-off',
      entity: 'special-job',
      entityId: id,
      merchantId,
      before: jobView(job),
      after,
      ...(input.reason ? { reason: input.reason } : {}),
    });
    return after;
  });
}
