import { z } from 'zod';
import { defineAction, MERCHANT_USERS } from '../define.ts';
import { byId, fileAnswer, filledText, id, localDate, none, page, pageParams, sheetLanguage } from '../schemas.ts';
import { invoiceFilters, invoiceSummary, invoiceView, runSummary, runView, stream } from './runs-views.ts';

export * from './runs-views.ts';

const FINANCE = ['finance', 'admin', 'api'] as const;
const FINANCE_READERS = ['finance', 'admin', 'lead', 'api'] as const;
const INVOICE_READERS = [...FINANCE_READERS, ...MERCHANT_USERS] as const;

/** The desk names every merchant whose row it showed; so many ids are well below the largest body. */
const merchantIds = z.array(id).min(1).max(20_000).optional();
const someMerchants = z.strictObject({ merchantIds });
const rowParams = z.strictObject({ id, merchantId: id });
/** Without a sum, what is decided holds for the drafts as they are when it arrives. */
const seen = z
  .strictObject({ rows: z.int().min(1).max(100_000), netMinor: z.int() })
  .optional()
  .meta({ description: 'How many drafts, and their net sum, whoever decides had in front of them; if not, 409' });
const approval = someMerchants.extend({ seen });

/** Runs and invoices. Every step of a run is asked for here and carried out by workers, one merchant at a time. */
export const runsActions = {
  startBillingRun: defineAction({
    name: 'billing.startBillingRun',
    summary: 'Starts the run of a cut-off, or joins it: naming merchants or streams limits what is collected now',
    rest: 'POST /billing-runs',
    access: FINANCE,
    params: none,
    body: z.strictObject({
      cutoff: localDate,
      streams: z.array(stream).min(1).max(2).optional(),
      merchantIds,
    }),
    output: runView,
    status: 202,
  }),
  listBillingRuns: defineAction({
    name: 'billing.listBillingRuns',
    summary: 'Runs, latest cut-off first',
    rest: 'GET /billing-runs',
    access: FINANCE_READERS,
    params: z.strictObject({ ...pageParams }),
    output: page(runSummary),
  }),
  getBillingRun: defineAction({
    name: 'billing.getBillingRun',
    summary: 'A run with its merchant rows and their findings',
    rest: 'GET /billing-runs/{id}',
    access: FINANCE_READERS,
    params: byId,
    output: runView,
  }),
  recalculateBillingRun: defineAction({
    name: 'billing.recalculateBillingRun',
    summary: 'Drafts anew what is not approved yet',
    rest: 'POST /billing-runs/{id}/recalculate',
    access: FINANCE,
    params: byId,
    body: someMerchants,
    output: runView,
    status: 202,
  }),
  approveBillingRun: defineAction({
    name: 'billing.approveBillingRun',
    summary: 'Approves every draft that nothing blocks, or those named',
    rest: 'POST /billing-runs/{id}/approve',
    access: FINANCE,
    params: byId,
    body: approval,
    output: runView,
    status: 202,
  }),
  finalizeBillingRun: defineAction({
    name: 'billing.finalizeBillingRun',
    summary: 'Gives numbers to what is approved and sends it out',
    rest: 'POST /billing-runs/{id}/finalize',
    access: FINANCE,
    params: byId,
    body: someMerchants,
    output: runView,
    status: 202,
  }),
  approveMerchantRow: defineAction({
    name: 'billing.approveMerchantRow',
    summary: 'Approves the draft of one merchant',
    rest: 'POST /billing-runs/{id}/merchants/{merchantId}/approve',
    access: FINANCE,
    params: rowParams,
    output: runView,
    status: 202,
  }),
  finalizeMerchantRow: defineAction({
    name: 'billing.finalizeMerchantRow',
    summary: 'Finalizes the approved invoice of one merchant',
    rest: 'POST /billing-runs/{id}/merchants/{merchantId}/finalize',
    access: FINANCE,
    params: rowParams,
    output: runView,
    status: 202,
  }),
  retryMerchantRow: defineAction({
    name: 'billing.retryMerchantRow',
    summary: 'Drafts one merchant anew after its findings were solved; a total above the usual can be accepted',
    rest: 'POST /billing-runs/{id}/merchants/{merchantId}/retry',
    access: FINANCE,
    params: rowParams,
    body: z.strictObject({
      accept: z
        .array(z.enum(['ABOVE_USUAL']))
        .max(1)
        .optional(),
      reason: filledText(500).optional().meta({ description: 'Why it is accepted; stays in the audit trail' }),
      seen,
    }),
    output: runView,
    status: 202,
  }),
  listInvoices: defineAction({
    name: 'billing.listInvoices',
    summary: 'Invoices, newest first; merchants see their finalized ones',
    rest: 'GET /invoices',
    access: INVOICE_READERS,
    params: invoiceFilters.extend(pageParams),
    output: page(invoiceSummary),
  }),
  getInvoice: defineAction({
    name: 'billing.getInvoice',
    summary: 'An invoice with its lines and VAT',
    rest: 'GET /invoices/{id}',
    access: INVOICE_READERS,
    params: byId,
    output: invoiceView,
  }),
  getInvoicePdf: defineAction({
    name: 'billing.getInvoicePdf',
    summary: 'The archived PDF',
    rest: 'GET /invoices/{id}/document.pdf',
    access: INVOICE_READERS,
    params: byId,
    output: fileAnswer,
    download: true,
  }),
  getInvoiceXml: defineAction({
    name: 'billing.getInvoiceXml',
    summary: 'The archived e-invoice by itself (EN 16931), as it is attached to the PDF',
    rest: 'GET /invoices/{id}/document.xml',
    access: INVOICE_READERS,
    params: byId,
    output: fileAnswer,
    download: true,
  }),
  retryInvoiceDocument: defineAction({
    name: 'billing.retryInvoiceDocument',
    summary: 'Renders the document of an invoice again after what parked it was solved',
    rest: 'POST /invoices/{id}/document/retry',
    access: FINANCE,
    params: byId,
    output: invoiceView,
    status: 202,
  }),
  getInvoiceEvidence: defineAction({
    name: 'billing.getInvoiceEvidence',
    summary: 'Every charge behind the lines, as CSV',
    rest: 'GET /invoices/{id}/evidence.csv',
    access: INVOICE_READERS,
    params: byId.extend({ language: sheetLanguage }),
    output: fileAnswer,
    download: true,
  }),
};
