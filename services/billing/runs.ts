import { bind, type BoundAction } from '../../shared/moleculer/actions.ts';
import type { Worker } from '../../shared/moleculer/service.ts';
import { consume, type Consumer } from '../../shared/messaging/consumer.ts';
import { runsActions } from '../../shared/protocol/billing/runs-actions.ts';
import { messageDeliveredV1 } from '../../shared/protocol/notifications/events.ts';
import type { BillingDeps } from './billing.deps.ts';
import { noteDelivery } from './use-cases/invoices/note-delivery.ts';
import {
  getInvoice,
  getInvoiceEvidence,
  getInvoicePdf,
  getInvoiceXml,
  listInvoices,
} from './use-cases/invoices/read-invoices.ts';
import { retryDocument } from './use-cases/invoices/retry-document.ts';
import { renderNextDocument } from './use-cases/invoices/render-documents.ts';
import { getRun, listRuns } from './use-cases/runs/read-runs.ts';
import { recalculateDrafts } from './use-cases/runs/recalculate-drafts.ts';
import { requestStep } from './use-cases/runs/request-step.ts';
import { startDueRuns } from './use-cases/runs/start-due-runs.ts';
import { startRun } from './use-cases/runs/start-run.ts';
import { workRow } from './use-cases/runs/work-row.ts';

/** Wiring of runs and invoices. */
export const runsHandlers = (deps: BillingDeps): BoundAction[] =>
  bind(runsActions, {
    startBillingRun: (input, actor) => startRun(deps, input, actor),
    listBillingRuns: (input, actor) => listRuns(deps, input, actor),
    getBillingRun: (input, actor) => getRun(deps, input, actor),
    recalculateBillingRun: (input, actor) => requestStep(deps, 'draft', input, actor),
    approveBillingRun: (input, actor) => requestStep(deps, 'approve', input, actor),
    finalizeBillingRun: (input, actor) => requestStep(deps, 'finalize', input, actor),
    approveMerchantRow: ({ id, merchantId }, actor) =>
      requestStep(deps, 'approve', { id, merchantIds: [merchantId] }, actor),
    finalizeMerchantRow: ({ id, merchantId }, actor) =>
      requestStep(deps, 'finalize', { id, merchantIds: [merchantId] }, actor),
    retryMerchantRow: ({ merchantId, ...input }, actor) =>
      requestStep(deps, 'draft', { ...input, merchantIds: [merchantId] }, actor),
    listInvoices: (input, actor) => listInvoices(deps, input, actor),
    getInvoice: (input, actor) => getInvoice(deps, input, actor),
    getInvoicePdf: (input, actor) => getInvoicePdf(deps, input, actor),
    getInvoiceXml: (input, actor) => getInvoiceXml(deps, input, actor),
    retryInvoiceDocument: (input, actor) => retryDocument(deps, input, actor),
    getInvoiceEvidence: (input, actor) => getInvoiceEvidence(deps, input, actor),
  });

export const runsConsumers = (): Consumer[] => [
  consume('billing.note-invoice-delivery', messageDeliveredV1, noteDelivery),
];

export const runsWorkers = (deps: BillingDeps): Worker[] => [
  { name: 'clock', everyMs: 60_000, round: async () => (await startDueRuns(deps), 0) },
  { name: 'daily-drafts', everyMs: 60_000, round: async () => (await recalculateDrafts(deps), 0) },
  { name: 'run-rows', everyMs: 2_000, round: () => workRow(deps) },
  { name: 'documents', everyMs: 2_000, round: () => renderNextDocument(deps) },
];
