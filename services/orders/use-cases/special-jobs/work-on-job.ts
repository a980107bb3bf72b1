import { AppError, invalidField, NotFound, RuleViolation } from '../../../../shared/kernel/errors.ts';
import { uuidv7 } from '../../../../shared/kernel/ids.ts';
import { transact } from '../../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { assertVersion, type Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../../shared/protocol/define.ts';
import type { specialJobActions } from '../../../../shared/protocol/orders/special-job-actions.ts';
import type { SpecialJobView } from '../../../../shared/protocol/orders/special-jobs.ts';
import { minutesOf } from '../../domain/job-timer.ts';
import { assertWorkable } from '../../domain/special-job-states.ts';
import type { OrdersDeps } from '../../orders.deps.ts';
import { insertWork, lockWorker, runningTimers, type NewWork } from '../../persistence/special-job-parts.ts';
import { findJobForUpdate, jobView, saveJob, type JobRow } from '../../persistence/special-jobs.ts';

type Actions = typeof specialJobActions;
type Entry = Omit<NewWork, 'id' | 'enteredBy'>;

/**
 * Enters what was worked. Entries are never changed: what was too much is taken back by a negative one, as far as
 * there is something to take back.
 * @throws InvalidInput neither minutes nor pieces, or less than nothing would be left; RuleViolation unless it is open
 */
export const enterJobWork = (
  deps: OrdersDeps,
  { id, minutes, pieces, note }: InputOf<Actions['enterJobWork']>,
  actor: Actor,
): Promise<SpecialJobView> =>
  addWork(deps, id, actor, async (_em, job) => {
    if (!minutes && !pieces) throw invalidField('minutes', 'NOTHING_WORKED', 'Minutes or pieces must not be 0');
    const left = {
      minutes: (job.workedMinutes ?? 0) + (minutes ?? 0),
      pieces: (job.workedPieces ?? 0) + (pieces ?? 0),
    };
    for (const field of ['minutes', 'pieces'] as const)
      if (left[field] < 0) throw invalidField(field, 'TOO_MUCH_TAKEN_BACK', 'Less than nothing would be left');
    const entry = { kind: 'entered' as const, worker: actor.id, note };
    return { ...entry, minutes: minutes ?? null, pieces: pieces ?? null };
  });

/**
 * Starts the clock of whoever asks.
 * @throws RuleViolation `SPECIAL_JOB_TIMER_RUNNING` while a clock of the same person runs, on this job or another one:
 *                       a minute is billed once
 */
export const startJobTimer = (
  deps: OrdersDeps,
  { id }: InputOf<Actions['startJobTimer']>,
  actor: Actor,
): Promise<SpecialJobView> =>
  addWork(deps, id, actor, async (em) => {
    await lockWorker(em, actor.id);
    const [timer] = await runningTimers(em, { worker: actor.id });
    if (timer)
      throw new RuleViolation('SPECIAL_JOB_TIMER_RUNNING', `Your clock is running for ${timer.number}; stop it first`, {
        jobId: timer.jobId,
        number: timer.number,
      });
    return { kind: 'started', worker: actor.id, minutes: null, pieces: null, note: '' };
  });

/**
 * Stops a clock and enters its minutes. Of somebody else only a lead may.
 * @throws RuleViolation `SPECIAL_JOB_TIMER_NOT_RUNNING`; InvalidInput `CLOCK_FORGOTTEN` after a day without minutes;
 *         AppError 403
 */
export const stopJobTimer = (
  deps: OrdersDeps,
  { id, minutes, worker }: InputOf<Actions['stopJobTimer']>,
  actor: Actor,
): Promise<SpecialJobView> =>
  addWork(deps, id, actor, async (em) => {
    const whose = worker ?? actor.id;
    if (whose !== actor.id && !actor.roles.some((role) => role === 'lead' || role === 'admin'))
      throw new AppError(403, 'NOT_YOUR_CLOCK', 'Only a lead stops the clock of somebody else');
    const [timer] = await runningTimers(em, { jobId: id, worker: whose });
    if (!timer)
      throw new RuleViolation('SPECIAL_JOB_TIMER_NOT_RUNNING', 'No clock is running for this special job here');
    const measured = minutesOf(timer.startedAt, deps.now(), minutes);
    return { kind: 'stopped', worker: whose, minutes: measured, pieces: null, note: '' };
  });

async function addWork(
  deps: OrdersDeps,
  id: string,
  actor: Actor,
  entryOf: (em: EntityManager, job: JobRow) => Promise<Entry>,
): Promise<SpecialJobView> {
  const now = deps.now();
  return transact(deps, actor, async (em, _announce, _audit, changed) => {
    const job = await findJobForUpdate(em, id);
    if (!job) throw new NotFound('special job');
    assertVersion(actor, job.version);
    assertWorkable(job.state);
    const entry = await entryOf(em, job);
    await insertWork(em, job, { id: uuidv7(now), enteredBy: actor.id, ...entry }, now);
    changed({ topic: 'special-jobs', id, merchantId: job.merchantId });
    return jobView(await saveJob(em, id, {}, now));
  });
}
