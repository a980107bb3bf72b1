import { z } from 'zod';
import { buyer, seller } from './invoice-parties.ts';
import { day, decimal, minor, servicePeriod, text } from './model-fields.ts';
import { kindErrors } from './invoice-kinds.ts';
import { sumErrors } from './invoice-sums.ts';

/**
 * Version of the drawing. Raise it with every change that can alter the bytes of a document: an archived document is
 * compared with its model only under the version it was made with (billing.md, Links, numbers, immutability).
 */
export const INVOICE_RENDERER_VERSION = 3;

/** UNTDID 5305: standard, zero, exempt, reverse charge, not subject (e-invoice.md). */
export const vatCategory = z.enum(['S', 'Z', 'E', 'AE', 'O']);

/** Basis points: 19 % is 1900. */
const rateBasisPoints = z.int().min(0).max(10_000);

/** A reduction of a line (BG-27) or an addition to it (BG-28); the net amount of the line has it already. */
const lineAllowance = z.strictObject({
  kind: z.enum(['allowance', 'charge']),
  reason: text(100),
  amountMinor: z.int().min(0),
  percent: decimal.optional(),
  basisMinor: minor.optional(),
});

const line = z.strictObject({
  position: z.int().positive(),
  description: text(300),
  /** Set in grey below the description: the tier, "Nachberechnung, Leistung vom 14.10.2026". */
  detail: text(300).optional(),
  quantity: decimal,
  /** As printed: `Sendung`, `m³-Tag`. */
  unit: text(30),
  /** UN/ECE Recommendation 20 and 21, as EN 16931 wants it in BT-130: `C62`, `DAY`. */
  unitCode: z.string().regex(/^[A-Z0-9]{2,3}$/),
  unitPrice: decimal,
  /** Number of units the price is for (BT-149); 1 when absent. */
  baseQuantity: decimal.optional(),
  /** Unit of the base, as printed: `Tage`, `Min.`. */
  baseUnit: text(30).optional(),
  netMinor: minor,
  vatRateBasisPoints: rateBasisPoints,
  vatCategory,
  /** When it was done, where that differs from the section (BG-26). */
  servicePeriod: servicePeriod.optional(),
  allowances: z.array(lineAllowance).max(5).optional(),
  /**
   * A surcharge or discount on others of the document: BG-20 and BG-21 of the XML, by the sign of its net amount. On
   * paper it is a line like others.
   */
  adjusts: z.strictObject({ percent: decimal.optional(), basisMinor: minor.optional() }).optional(),
});

export const sectionKey = z.enum([
  'fulfilment',
  'storage',
  'software',
  'returns',
  'specialJobs',
  'goodsIn',
  'adjustments',
]);

/** Shares its line with the service period. */
const sectionTitle = text(40);

const section = z.strictObject({
  key: sectionKey,
  title: sectionTitle,
  servicePeriod,
  lines: z.array(line).min(1),
  subtotalMinor: minor,
});

const vatLine = z.strictObject({
  category: vatCategory,
  rateBasisPoints,
  basisMinor: minor,
  vatMinor: minor,
  /** Of a credit note that takes the rest of its original's tax, which the rate may miss by cents. */
  remainder: z.literal(true).optional(),
  /** The reason where no tax is charged, e.g. "Steuerschuldnerschaft des Leistungsempfängers". */
  note: text(300).optional(),
});

const annexRow = z.strictObject({
  date: day,
  /** Number of the order, return or job the charge came from. */
  reference: z.string().trim().max(80),
  description: text(300),
  quantity: decimal,
  unit: text(30),
});

/**
 * Everything an invoice says, and nothing else: what is stored with the document and what the renderer draws from.
 * Amounts are integer minor units, prices and quantities decimal strings. It does not parse unless it adds up.
 */
export const invoiceModel = z
  .strictObject({
    rendererVersion: z.int().positive(),
    /** Amounts of cancellations and credit notes are negative here; only the XML of a credit note turns the sign. */
    kind: z.enum(['invoice', 'cancellation', 'creditNote']),
    /** The document that is corrected (BT-25, BT-26). */
    corrects: z.strictObject({ number: text(40), issueDate: day }).optional(),
    /** Of a credit note of a negative total: the invoices that its lines take something back of; on paper the lines name them. */
    takesBackOf: z
      .array(z.strictObject({ number: text(40), issueDate: day }))
      .min(1)
      .optional(),
    /** Why it is corrected, printed above the lines. */
    reason: text(500).optional(),
    language: z.enum(['de', 'en']),
    number: text(40),
    issueDate: day,
    dueDate: day,
    servicePeriod,
    currency: z.string().regex(/^[A-Z]{3}$/),
    seller,
    buyer,
    /** Printed below the totals as they are, e.g. the reverse charge sentence. */
    taxNotes: z.array(text(400)).max(5),
    sections: z.array(section).min(1),
    vat: z.array(vatLine).min(1),
    netMinor: minor,
    vatMinor: minor,
    grossMinor: minor,
    /**
     * Charges that an earlier run carried over because its total was negative: the latest such run, and what they come to
     * here. They are among the lines, this only says so.
     */
    carriedOver: z.strictObject({ cutoff: day, netMinor: minor }).optional(),
    /** Settled with the credit balance of the merchant before the document was made (BT-113). */
    prepaidMinor: z.int().min(0).optional(),
    paymentTermsDays: z.int().min(0).max(365),
    /** Collected by SEPA direct debit (payment means 59); without it the merchant is asked to transfer (58). */
    directDebit: z
      .strictObject({ mandateReference: text(35), signedOn: day, collectedOn: day, iban: text(34) })
      .optional(),
    /** The charges behind the lines, one by one. */
    annex: z.array(z.strictObject({ key: sectionKey, title: sectionTitle, rows: z.array(annexRow).min(1) })).optional(),
    /** In place of the annex where it would have too many rows for paper. */
    annexOmitted: z.strictObject({ rows: z.int().positive() }).optional(),
  })
  .superRefine((model, context) => {
    for (const { path, message } of sumErrors(model)) context.addIssue({ code: 'custom', path, message });
    for (const { path, message } of kindErrors(model)) context.addIssue({ code: 'custom', path, message });
  });

export type InvoiceModel = z.output<typeof invoiceModel>;
export type InvoiceSection = z.output<typeof section>;
export type InvoiceLine = z.output<typeof line>;
export type InvoiceVat = z.output<typeof vatLine>;
