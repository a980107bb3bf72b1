import { bind, type BoundAction } from '../../shared/moleculer/actions.ts';
import { runToolsActions } from '../../shared/protocol/billing/run-tools-actions.ts';
import type { BillingDeps } from './billing.deps.ts';
import { previewRun } from './use-cases/runs/preview-run.ts';
import { startFinalRun } from './use-cases/runs/start-final-run.ts';

/** Wiring of what goes around runs. */
export const runToolsHandlers = (deps: BillingDeps): BoundAction[] =>
  bind(runToolsActions, {
    previewBillingRun: (input, actor) => previewRun(deps, input, actor),
    startFinalRun: (input, actor) => startFinalRun(deps, input, actor),
  });
