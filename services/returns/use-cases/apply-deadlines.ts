import { uuidv7 } from '../../../shared/kernel/ids.ts';
import { transact } from '../../../shared/messaging/transact.ts';
import { inTransaction } from '../../../shared/persistence/transaction.ts';
import { serviceActor } from '../../../shared/protocol/actor.ts';
import { overdueDecisions } from '../domain/decision.ts';
import { claimReturn, overdueReturns } from '../persistence/decisions.ts';
import { lockReturn } from '../persistence/returns.ts';
import type { ReturnsDeps } from '../returns.deps.ts';
import { decideOn } from './decide.ts';
import { oneByOne } from './one-by-one.ts';
import { keep, momentOf } from './steps.ts';

const AT_ONCE = 100;

/**
 * What the clock does with questions nobody answered: the default that was named when the merchant was asked (C3). It
 * asks what is overdue and not what time it is, so a clock that stood still catches up; each return is a transaction
 * of its own and is left to whoever works on it, so several clocks decide once. One that fails holds up no other.
 * @returns how many returns were decided on
 */
export async function applyDeadlines(deps: ReturnsDeps): Promise<number> {
  const at = deps.now();
  let decided = 0;
  for (let after: { dueAt: string; id: string } | undefined; ;) {
    const page = { at, after, limit: AT_ONCE };
    const due = await inTransaction(deps.orm, 'staff', (em) => overdueReturns(em, page), { readOnly: true });
    decided += await oneByOne(
      deps,
      due.map(({ id }) => id),
      'deadline of a decision',
      (id) => decideOverdue(deps, id),
    );
    after = due.at(-1);
    if (due.length < AT_ONCE) return decided;
  }
}

async function decideOverdue(deps: ReturnsDeps, id: string): Promise<boolean> {
  const clock = serviceActor('returns', `clock-${uuidv7(deps.now())}`);
  return transact(deps, clock, async (em, announce, audit) => {
    if (!(await claimReturn(em, id))) return false;
    const loaded = await lockReturn(em, id);
    const moment = momentOf(deps, clock);
    const overdue = loaded.parcel.state === 'awaiting_decision' ? overdueDecisions(loaded.parcel, moment.at) : [];
    if (!overdue.length) return false;
    const outcome = await decideOn({ ...loaded, em, announce, moment }, overdue, 'deadline');
    await keep(em, announce, audit, loaded.parcel, outcome, moment.at);
    return true;
  });
}
