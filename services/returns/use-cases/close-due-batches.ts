import { transact } from '../../../shared/messaging/transact.ts';
import { inTransaction } from '../../../shared/persistence/transaction.ts';
import { serviceActor } from '../../../shared/protocol/actor.ts';
import { lastClosing } from '../domain/batch-schedule.ts';
import { advanceBatch } from '../domain/batch-states.ts';
import { batchesDue } from '../persistence/batch-closing.ts';
import { itemsOfBatch } from '../persistence/batch-contents.ts';
import { findBatch } from '../persistence/batches.ts';
import type { ReturnsDeps } from '../returns.deps.ts';
import { auditBatch } from './batch-audit.ts';
import { oneByOne } from './one-by-one.ts';
import { momentOf } from './steps.ts';

const AT_ONCE = 100;

/**
 * Closes what the schedules of merchants say is due (C5). It asks what is due and not what time it is, so that a
 * clock that stood still catches up. An empty batch never ships: it waits for the next day of its schedule.
 * @returns how many batches were looked at
 */
export async function closeDueBatches(deps: ReturnsDeps): Promise<number> {
  const zone = deps.config.KONTOR_ZONE;
  const now = deps.now();
  const closings = {
    weekly: lastClosing('weekly', now, zone),
    semiMonthly: lastClosing('semiMonthly', now, zone),
    monthly: lastClosing('monthly', now, zone),
  };
  const due = await inTransaction(deps.orm, 'staff', (em) => batchesDue(em, closings, AT_ONCE), { readOnly: true });
  return oneByOne(
    deps,
    due.map(({ id }) => id),
    'batch schedule',
    (id) => closeDue(deps, id),
  );
}

/** Somebody may have been faster: then there is nothing to do. */
async function closeDue(deps: ReturnsDeps, id: string): Promise<boolean> {
  const clock = serviceActor('returns', `clock-${id}`);
  return transact(deps, clock, async (em, _announce, audit) => {
    const batch = await findBatch(em, id, true);
    if (batch.state !== 'open') return false;
    const { at, on } = momentOf(deps, clock);
    if (!(await itemsOfBatch(em, id)).length) {
      batch.scheduleFrom = at;
      return true;
    }
    const before = { state: batch.state };
    Object.assign(batch, {
      ...{ state: advanceBatch(batch.state, 'closing'), closedAt: at, closedOn: on, closedBy: 'schedule' },
      updatedAt: at,
    });
    auditBatch(audit, batch, 'rtv-batch.closed', before, { detail: { closedBy: 'schedule' } });
    return true;
  });
}
