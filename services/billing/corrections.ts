import { bind, type BoundAction } from '../../shared/moleculer/actions.ts';
import { correctionsActions } from '../../shared/protocol/billing/corrections-actions.ts';
import type { BillingDeps } from './billing.deps.ts';
import { cancelInvoice } from './use-cases/corrections/cancel-invoice.ts';
import { creditInvoice, previewCredit } from './use-cases/corrections/credit-invoice.ts';
import { issueCredit } from './use-cases/corrections/issue-credit.ts';

/** Wiring of cancellations and credit notes. */
export const correctionsHandlers = (deps: BillingDeps): BoundAction[] =>
  bind(correctionsActions, {
    cancelInvoice: (input, actor) => cancelInvoice(deps, input, actor),
    creditInvoice: (input, actor) => creditInvoice(deps, input, actor),
    previewInvoiceCredit: (input, actor) => previewCredit(deps, input, actor),
    issueMerchantCredit: (input, actor) => issueCredit(deps, input, actor),
  });
