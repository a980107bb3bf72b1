import { read } from '../../../../shared/messaging/transact.ts';
import { assertHouse, type Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../../shared/protocol/define.ts';
import type { RunView, runsActions } from '../../../../shared/protocol/billing/runs-actions.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { listRuns as list, runView } from '../../persistence/runs/run-views.ts';

/** Runs are the house's: a merchant sees what comes of them. @throws AppError 403; NotFound */
export async function getRun(deps: BillingDeps, { id }: { id: string }, actor: Actor): Promise<RunView> {
  assertHouse(actor);
  return read(deps, actor, (em) => runView(em, id));
}

/** @throws AppError 403 */
export async function listRuns(
  deps: BillingDeps,
  input: InputOf<typeof runsActions.listBillingRuns>,
  actor: Actor,
): Promise<OutputOf<typeof runsActions.listBillingRuns>> {
  assertHouse(actor);
  return read(deps, actor, (em) => list(em, input));
}
