import { bind, type BoundAction } from '../../shared/moleculer/actions.ts';
import type { Worker } from '../../shared/moleculer/service.ts';
import { dunningActions } from '../../shared/protocol/billing/dunning-actions.ts';
import type { BillingDeps } from './billing.deps.ts';
import {
  getInvoiceDunning,
  listDunningClaims,
  payDunningClaim,
  reopenDunningClaim,
  waiveDunningClaim,
} from './use-cases/dunning/claims.ts';
import { issueDunning } from './use-cases/dunning/issue.ts';
import {
  getDunningLetter,
  getDunningLetterPdf,
  listDunningLetters,
  retryDunningLetter,
} from './use-cases/dunning/letters.ts';
import { renderNextLetter } from './use-cases/dunning/render-letters.ts';
import {
  discardDunning,
  getDunningRun,
  listDunningRuns,
  proposeDunning,
  selectForDunning,
} from './use-cases/dunning/runs.ts';
import {
  getDunningSettings,
  liftDunningStop,
  listBaseRates,
  listDunningStops,
  putBaseRate,
  putDunningSettings,
  stopDunning,
} from './use-cases/dunning/settings.ts';

/** Wiring of dunning. */
export const dunningHandlers = (deps: BillingDeps): BoundAction[] =>
  bind(dunningActions, {
    getDunningSettings: (input, actor) => getDunningSettings(deps, input, actor),
    putDunningSettings: (input, actor) => putDunningSettings(deps, input, actor),
    listBaseRates: (input, actor) => listBaseRates(deps, input, actor),
    putBaseRate: (input, actor) => putBaseRate(deps, input, actor),
    listDunningStops: (input, actor) => listDunningStops(deps, input, actor),
    stopDunning: (input, actor) => stopDunning(deps, input, actor),
    liftDunningStop: (input, actor) => liftDunningStop(deps, input, actor),
    proposeDunning: (input, actor) => proposeDunning(deps, input, actor),
    listDunningRuns: (input, actor) => listDunningRuns(deps, input, actor),
    getDunningRun: (input, actor) => getDunningRun(deps, input, actor),
    selectForDunning: (input, actor) => selectForDunning(deps, input, actor),
    issueDunning: (input, actor) => issueDunning(deps, input, actor),
    discardDunning: (input, actor) => discardDunning(deps, input, actor),
    listDunningLetters: (input, actor) => listDunningLetters(deps, input, actor),
    getDunningLetter: (input, actor) => getDunningLetter(deps, input, actor),
    retryDunningLetter: (input, actor) => retryDunningLetter(deps, input, actor),
    getDunningLetterPdf: (input, actor) => getDunningLetterPdf(deps, input, actor),
    getInvoiceDunning: (input, actor) => getInvoiceDunning(deps, input, actor),
    listDunningClaims: (input, actor) => listDunningClaims(deps, input, actor),
    payDunningClaim: (input, actor) => payDunningClaim(deps, input, actor),
    reopenDunningClaim: (input, actor) => reopenDunningClaim(deps, input, actor),
    waiveDunningClaim: (input, actor) => waiveDunningClaim(deps, input, actor),
  });

export const dunningWorkers = (deps: BillingDeps): Worker[] => [
  { name: 'dunning-letters', everyMs: 2_000, round: () => renderNextLetter(deps) },
];
