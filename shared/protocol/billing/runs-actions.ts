import { z } from 'zod';
import { defineAction, MERCHANT_USERS } from '../define.ts';
import { amountMinor, byId, fileAnswer, id, line, localDate, localMonth, none, page, pageParams } from '../schemas.ts';

const FINANCE = ['finance', 'admin', 'api'] as const;
const FINANCE_READERS = ['finance', 'admin', 'lead', 'api'] as const;
const INVOICE_READERS = [...FINANCE_READERS, ...MERCHANT_USERS] as const;

export const stream = z.enum(['fulfilment', 'monthly']);
export type Stream = z.output<typeof stream>;
export const rowState = z.enum([
  'scheduled',
  'draft',
  'approved',
  'finalized',
  'delivered',
  'parked',
  'skipped',
  'cancelled',
]);
export type RowState = z.output<typeof rowState>;

/** Something finance should know of a merchant row; a blocking one parks it. */
export const finding = z.object({
  code: z.string(),
  blocks: z.boolean(),
  message: z.string(),
  data: z.record(z.string(), z.unknown()).optional(),
});
export type Finding = z.output<typeof finding>;

const rowView = z.object({
  merchantId: id,
  merchantNumber: z.string(),
  merchantName: z.string(),
  state: rowState,
  /** A step that was asked for and is still to be done. */
  wanted: z.enum(['draft', 'approve', 'finalize']).nullable(),
  findings: z.array(finding),
  chargeCount: z.int().nullable(),
  netMinor: amountMinor.nullable(),
  grossMinor: amountMinor.nullable(),
  approvedBy: z.string().nullable(),
  invoices: z.array(
    z.object({ id, number: z.string().nullable(), state: z.string(), netMinor: amountMinor, grossMinor: amountMinor }),
  ),
});

export const runSummary = z.object({
  id,
  cutoff: localDate,
  /** Derived from the merchant rows: the least advanced of those that still move. */
  state: z.enum(['working', 'draft', 'approved', 'finalized', 'attention', 'empty']),
  startedBy: z.string(),
  startedKind: z.enum(['user', 'clock']),
  createdAt: z.string(),
  counts: z.record(z.string(), z.int()),
  netMinor: amountMinor,
  grossMinor: amountMinor,
  currency: z.string(),
});
const runView = runSummary.extend({ rows: z.array(rowView) });
export type RunView = z.output<typeof runView>;

const invoiceSummary = z.object({
  id,
  merchantId: id,
  merchantNumber: z.string(),
  merchantName: z.string(),
  kind: z.enum(['invoice']),
  state: z.enum(['draft', 'finalized', 'cancelled']),
  number: z.string().nullable(),
  cutoff: localDate,
  issueDate: localDate.nullable(),
  dueDate: localDate.nullable(),
  periodFrom: localDate,
  periodTo: localDate,
  currency: z.string(),
  netMinor: amountMinor,
  vatMinor: amountMinor,
  grossMinor: amountMinor,
  payment: z.string().nullable(),
  delivery: z.string().nullable(),
  document: z.enum(['none', 'pending', 'ready', 'parked']),
  /** Why the document is not there yet. */
  documentError: z.string().nullable(),
});
const invoiceView = invoiceSummary.extend({
  lines: z.array(
    z.object({
      id,
      position: z.int(),
      section: z.string(),
      chargeType: z.string(),
      label: z.string(),
      serviceMonth: localMonth,
      quantity: z.string(),
      unit: z.string(),
      unitPrice: z.string(),
      baseQuantity: z.string(),
      tierFrom: z.string().nullable(),
      tierTo: z.string().nullable(),
      netMinor: amountMinor,
      vatCategory: z.string(),
      vatRateBasisPoints: z.int(),
      lateQuantity: z.string(),
      chargeCount: z.int(),
    }),
  ),
  vat: z.array(
    z.object({ category: z.string(), rateBasisPoints: z.int(), basisMinor: amountMinor, vatMinor: amountMinor }),
  ),
  pdfSha256: z.string().nullable(),
});
export type InvoiceView = z.output<typeof invoiceView>;

const someMerchants = z.strictObject({ merchantIds: z.array(id).min(1).max(1000).optional() });
const rowParams = z.strictObject({ id, merchantId: id });

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
      merchantIds: z.array(id).min(1).max(1000).optional(),
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
    body: someMerchants,
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
    }),
    output: runView,
    status: 202,
  }),
  listInvoices: defineAction({
    name: 'billing.listInvoices',
    summary: 'Invoices, newest first; merchants see their finalized ones',
    rest: 'GET /invoices',
    access: INVOICE_READERS,
    params: z.strictObject({
      ...pageParams,
      merchantId: id.optional(),
      runId: id.optional(),
      number: line(60).optional(),
    }),
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
    params: byId,
    output: fileAnswer,
    download: true,
  }),
};
