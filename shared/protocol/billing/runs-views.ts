import { z } from 'zod';
import { amountMinor, id, localDate, localMonth } from '../schemas.ts';

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
export const runView = runSummary.extend({ rows: z.array(rowView) });
export type RunView = z.output<typeof runView>;

/** In the database and here corrections have negative amounts; only the XML of a credit note turns the sign. */
export const invoiceKind = z.enum(['invoice', 'cancellation', 'creditNote']);
export type InvoiceKind = z.output<typeof invoiceKind>;

export const invoiceSummary = z.object({
  id,
  merchantId: id,
  merchantNumber: z.string(),
  merchantName: z.string(),
  kind: invoiceKind,
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
  openMinor: amountMinor.nullable().meta({ description: 'Still to be paid; negative where the house owes it' }),
  delivery: z.string().nullable(),
  document: z.enum(['none', 'pending', 'ready', 'parked']),
  /** Why the document is not there yet. */
  documentError: z.string().nullable(),
});
export const invoiceView = invoiceSummary.extend({
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
    z.object({
      category: z.enum(['S', 'Z', 'E', 'AE', 'O']),
      rateBasisPoints: z.int(),
      basisMinor: amountMinor,
      vatMinor: amountMinor,
    }),
  ),
  pdfSha256: z.string().nullable(),
});
export type InvoiceView = z.output<typeof invoiceView>;
