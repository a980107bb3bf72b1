import { bind, type BoundAction } from '../../shared/moleculer/actions.ts';
import { disputesActions } from '../../shared/protocol/billing/disputes-actions.ts';
import type { BillingDeps } from './billing.deps.ts';
import { getLineDispute, listLineDisputes, openLineDispute } from './use-cases/disputes/open-dispute.ts';
import { creditLineDispute, rejectLineDispute, withdrawLineDispute } from './use-cases/disputes/settle-dispute.ts';
import { writeToLineDispute } from './use-cases/disputes/write-message.ts';

/** Wiring of disputes about lines of invoices. */
export const disputesHandlers = (deps: BillingDeps): BoundAction[] =>
  bind(disputesActions, {
    listLineDisputes: (input, actor) => listLineDisputes(deps, input, actor),
    getLineDispute: (input, actor) => getLineDispute(deps, input, actor),
    openLineDispute: (input, actor) => openLineDispute(deps, input, actor),
    writeToLineDispute: (input, actor) => writeToLineDispute(deps, input, actor),
    withdrawLineDispute: (input, actor) => withdrawLineDispute(deps, input, actor),
    creditLineDispute: (input, actor) => creditLineDispute(deps, input, actor),
    rejectLineDispute: (input, actor) => rejectLineDispute(deps, input, actor),
  });
