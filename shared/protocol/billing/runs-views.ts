import { z } from 'zod';
import { amountMinor, id, line, localDate, localMonth } from '../schemas.ts';
import { invoiceDispute } from './disputes-views.ts';
import { documentFinding } from './document-finding.ts';

/** What the API shows of billing runs and invoices. */

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

/** In the database and here corrections have negative amounts; only the XML of a credit note turns the sign. */
export const invoiceKind = z.enum(['invoice', 'cancellation', 'creditNote']);
export type InvoiceKind = z.output<typeof invoiceKind>;

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
  final: z.boolean().meta({ description: 'The last bill of a contract' }),
  /** A step that was asked for and is still to be done. */
  wanted: z.enum(['draft', 'approve', 'finalize']).nullable(),
  findings: z.array(finding),
  chargeCount: z.int().nullable(),
  netMinor: amountMinor.nullable(),
  grossMinor: amountMinor.nullable(),
  approvedBy: z.string().nullable(),
  issueCredit: z.boolean().meta({ description: 'A negative total is issued as a credit note' }),
  invoices: z.array(
    z.object({
      id,
      kind: invoiceKind,
      number: z.string().nullable(),
      state: z.string(),
      netMinor: amountMinor,
      grossMinor: amountMinor,
      correctsId: id.nullable(),
    }),
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
export const runView = runSummary.extend({ rows: z.array(rowView) });
export type RunView = z.output<typeof runView>;

const invoiceState = z.enum(['draft', 'finalized', 'cancelled']);
const paymentStanding = z.enum(['open', 'partially_paid', 'paid', 'overdue', 'written_off']);
const deliveryState = z.enum(['queued', 'sent', 'bounced']);
const documentState = z.enum(['none', 'pending', 'ready', 'parked']);

/** What of all invoices is listed. */
export const invoiceFilters = z.strictObject({
  merchantId: id.optional(),
  runId: id.optional(),
  number: line(60).optional().meta({ description: 'Part of the number, in capitals or not' }),
  kind: invoiceKind.optional(),
  state: invoiceState.optional(),
  payment: paymentStanding.optional(),
  delivery: deliveryState.optional(),
  document: documentState.optional(),
  dispute: invoiceDispute.optional(),
});

export const invoiceSummary = z.object({
  id,
  merchantId: id,
  merchantNumber: z.string(),
  merchantName: z.string(),
  kind: invoiceKind,
  state: invoiceState,
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
  corrects: z
    .object({ id, number: z.string(), issueDate: localDate })
    .nullable()
    .meta({ description: 'The document that it corrects; a negative total that was issued corrects none' }),
  payment: z.string().nullable().meta({ description: 'Merchants are not told of a write-off: to them it is open' }),
  openMinor: amountMinor.nullable().meta({ description: 'Still to be paid; negative where the house owes it' }),
  delivery: z.string().nullable(),
  dispute: invoiceDispute.meta({ description: 'Whether lines of it are disputed' }),
  document: documentState,
  documentError: z.string().nullable().meta({ description: 'Why the document is not there yet; staff only' }),
});
export const invoiceView = invoiceSummary.extend({
  runId: id,
  /** Why it corrects another one. */
  reason: z.string().nullable(),
  corrections: z.array(
    z.object({
      id,
      kind: invoiceKind,
      number: z.string(),
      issueDate: localDate,
      reason: z.string().nullable(),
      netMinor: amountMinor,
      grossMinor: amountMinor,
    }),
  ),
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
      correctsLineId: id.nullable(),
      remainingNetMinor: amountMinor.meta({ description: 'What credit notes and cancellations left of it' }),
      remainingQuantity: z.string(),
    }),
  ),
  vat: z.array(
    z.object({
      category: z.enum(['S', 'Z', 'E', 'AE', 'O']),
      rateBasisPoints: z.int(),
      basisMinor: amountMinor,
      vatMinor: amountMinor,
    }),
  ),
  pdfSha256: z.string().nullable(),
  xmlSha256: z.string().nullable().meta({ description: 'Of the e-invoice; documents of earlier days have none' }),
  documentFinding: documentFinding.nullable().meta({ description: 'Why the document is parked; staff only' }),
  directDebit: z
    .object({ collectedOn: localDate, mandateReference: z.string() })
    .nullable()
    .meta({ description: 'How what is open of it is collected; null where it is to be transferred' }),
});
export type InvoiceView = z.output<typeof invoiceView>;
