import { read } from '../../../../shared/messaging/transact.ts';
import type { Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../../shared/protocol/define.ts';
import type { RunView, runsActions } from '../../../../shared/protocol/billing/runs-actions.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { listRuns as list, runView } from '../../persistence/runs/run-views.ts';

export const getRun = (deps: BillingDeps, { id }: { id: string }, actor: Actor): Promise<RunView> =>
  read(deps, actor, (em) => runView(em, id));

export const listRuns = (
  deps: BillingDeps,
  input: InputOf<typeof runsActions.listBillingRuns>,
  actor: Actor,
): Promise<OutputOf<typeof runsActions.listBillingRuns>> => read(deps, actor, (em) => list(em, input));
