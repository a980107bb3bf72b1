import { z } from 'zod';
import { defineEvent } from '../define.ts';
import { amountMinor, country, currency, filledLine, id, instant, line, localDate, text } from '../schemas.ts';

/** What a carrier charges for beyond the freight; rate cards price by it as a code. */
export const surchargeKind = z.enum([
  'oversize',
  'toll',
  'energy',
  'remote_area',
  'weight_correction',
  'address_correction',
  'other',
]);
export type SurchargeKind = z.output<typeof surchargeKind>;

const amount = amountMinor
  .min(-1_000_000_000)
  .max(1_000_000_000)
  .refine((minor) => minor !== 0, 'Must not be zero')
  .meta({ description: 'Net, in cents; negative for what the carrier gives back' });

export const carrierLine = z.strictObject({
  line: z.int().positive().max(1_000_000).optional().meta({ description: 'Number of the line; its place without it' }),
  trackingNumber: line(80),
  kind: surchargeKind.default('other'),
  amountMinor: amount,
  text: text(200, 0).default(''),
});

/** An invoice of a carrier with the lines that belong to parcels. */
export const carrierInvoice = z.strictObject({
  carrier: filledLine(40),
  number: filledLine(80),
  invoicedOn: localDate,
  currency: currency.default('EUR'),
  lines: z.array(carrierLine).min(1).max(10_000),
});
export type CarrierInvoiceInput = z.output<typeof carrierInvoice>;

export const carrierInvoiceView = z.object({
  id,
  carrier: z.string(),
  number: z.string(),
  invoicedOn: localDate,
  currency: z.string(),
  amountMinor,
  lines: z.int(),
  /** How many of them have their shipment, wait for it, and are kept by the house. */
  matched: z.int(),
  waiting: z.int(),
  dismissed: z.int(),
  origin: z.enum(['api', 'csv']),
  importedAt: instant,
});
export type CarrierInvoiceView = z.output<typeof carrierInvoiceView>;

export const carrierLineView = z.object({
  id,
  /** One more with every step of its history. */
  version: z.int(),
  invoiceId: id,
  carrier: z.string(),
  invoiceNumber: z.string(),
  invoicedOn: localDate,
  line: z.int(),
  trackingNumber: z.string(),
  kind: surchargeKind,
  currency: z.string(),
  amountMinor,
  text: z.string(),
  state: z.enum(['waiting', 'matched', 'dismissed']),
  shipment: z.object({ id, merchantId: id, orderId: id, orderNumber: z.string(), shippedOn: localDate }).nullable(),
  byHand: z.boolean(),
  /** Why the house keeps it, or why what was said of it was taken back. */
  reason: z.string().nullable(),
  /** How many shipments have this number: more than one has to be told apart by a person. */
  candidates: z.int(),
  importedAt: instant,
});
export type CarrierLineView = z.output<typeof carrierLineView>;

/** A line with all that became of it, first to last. */
export const carrierLineHistoryView = carrierLineView.extend({
  history: z.array(
    z.object({
      outcome: z.enum(['matched', 'dismissed', 'reopened']),
      shipment: carrierLineView.shape.shipment,
      byHand: z.boolean(),
      reason: z.string().nullable(),
      by: z.string(),
      at: instant,
    }),
  ),
});
export type CarrierLineHistoryView = z.output<typeof carrierLineHistoryView>;

const mistake = z.object({
  line: z.int().positive().meta({ description: 'Of the file; the head is line 1' }),
  field: z.string().nullable(),
  code: z.string(),
  message: z.string(),
});
export type CarrierFileMistake = z.output<typeof mistake>;

export const carrierFileOutcome = z.object({
  invoices: z.array(
    z.object({
      carrier: z.string(),
      number: z.string(),
      lines: z.int(),
      amountMinor,
      /** Whether it is new, or was stored before with the same lines. */
      isNew: z.boolean(),
      /** Lines whose shipment is known. */
      matched: z.int(),
    }),
  ),
  errors: z.array(mistake),
  ignoredColumns: z.array(z.string()),
});
export type CarrierFileOutcome = z.output<typeof carrierFileOutcome>;

/** A line of a carrier's invoice has its shipment, and with it the merchant who pays for it. */
export const carrierLineMatchedV1 = defineEvent(
  'orders.carrier-line-matched.v1',
  z.object({
    merchantId: id,
    lineId: id,
    /** Rises with every step of the line; a higher one replaces what was told before. */
    revision: z.int().nonnegative().default(0),
    carrier: line(40),
    invoiceNumber: line(80),
    invoicedOn: localDate,
    line: z.int().positive(),
    trackingNumber: line(80),
    kind: surchargeKind,
    text: text(200, 0),
    amountMinor: amount,
    currency,
    shipmentId: id,
    orderId: id,
    orderNumber: line(80),
    channel: line(40),
    country,
    /** Per parcel, rounded up. */
    weightGrams: z.int().nonnegative(),
    /** The day it is charged with: that of the shipment (billing.md, Which charges). */
    serviceDate: localDate,
  }),
);

/** A line was given to the wrong shipment: what its merchant was charged for it is taken back. */
export const carrierLineReopenedV1 = defineEvent(
  'orders.carrier-line-reopened.v1',
  z.object({
    /** Whose shipment it was. */
    merchantId: id,
    lineId: id,
    revision: z.int().positive(),
    shipmentId: id,
    reason: line(200),
  }),
);
