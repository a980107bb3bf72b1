import { z } from 'zod';
import { isLocalDate } from '../../../shared/kernel/dates.ts';
import { sumErrors } from './invoice-sums.ts';

/**
 * Version of the drawing. Raise it with every change that can alter the bytes of a document: an archived document is
 * compared with its model only under the version it was made with (billing.md, Links, numbers, immutability).
 */
export const INVOICE_RENDERER_VERSION = 1;

const text = (max: number) => z.string().trim().min(1).max(max);
const day = z.string().refine(isLocalDate, 'a calendar day, YYYY-MM-DD');
const minor = z.int();
const decimal = z.string().regex(/^-?\d{1,15}(\.\d{1,6})?$/, 'a decimal with at most 6 places');
const addressLines = z.array(text(120)).min(1).max(5);
const servicePeriod = z
  .strictObject({ from: day, to: day })
  .refine(({ from, to }) => from <= to, { message: 'ends before it begins', path: ['to'] });

/** UNTDID 5305: standard, zero, exempt, reverse charge, not subject (e-invoice.md). */
export const vatCategory = z.enum(['S', 'Z', 'E', 'AE', 'O']);

/** Basis points: 19 % is 1900. */
const rateBasisPoints = z.int().min(0).max(10_000);

const seller = z
  .strictObject({
    name: text(160),
    addressLines,
    vatId: text(20).optional(),
    taxNumber: text(30).optional(),
    registerCourt: text(80).optional(),
    registerNumber: text(40).optional(),
    managingDirectors: z.array(text(80)).max(8),
    phone: text(40).optional(),
    email: text(120).optional(),
    web: text(120).optional(),
    bank: z.strictObject({ name: text(80), iban: z.string().regex(/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/), bic: text(11) }),
  })
  .refine(({ vatId, taxNumber }) => vatId || taxNumber, {
    message: 'VAT id or tax number is needed (§ 14 Abs. 4 Nr. 2 UStG)',
    path: ['vatId'],
  });

const buyer = z.strictObject({
  merchantNumber: text(40),
  name: text(160),
  /** Street, postal code and town, and the country when it is another one. */
  addressLines,
  vatId: text(20).optional(),
  orderReference: text(80).optional(),
});

const line = z.strictObject({
  position: z.int().positive(),
  description: text(300),
  /** Set in grey below the description: the tier, "Nachberechnung, Leistung vom 14.10.2026". */
  detail: text(300).optional(),
  quantity: decimal,
  /** As printed: `Sendung`, `m³-Tag`. */
  unit: text(30),
  unitPrice: decimal,
  /** Number of units the price is for (BT-149); 1 when absent. */
  baseQuantity: decimal.optional(),
  /** Unit of the base, as printed: `Tage`, `Min.`. */
  baseUnit: text(30).optional(),
  netMinor: minor,
  vatRateBasisPoints: rateBasisPoints,
  vatCategory,
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
    /** `cancellation` and `creditNote` join here; each needs its texts and the number of the document it corrects. */
    kind: z.enum(['invoice']),
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
    /** Charges of an earlier run whose total was negative; they are among the lines, this only says so. */
    carriedOver: z.strictObject({ cutoff: day, netMinor: minor }).optional(),
    paymentTermsDays: z.int().min(0).max(365),
    /** The charges behind the lines, one by one. */
    annex: z.array(z.strictObject({ key: sectionKey, title: sectionTitle, rows: z.array(annexRow).min(1) })).optional(),
  })
  .superRefine((model, context) => {
    for (const { path, message } of sumErrors(model)) context.addIssue({ code: 'custom', path, message });
  });

export type InvoiceModel = z.output<typeof invoiceModel>;
export type InvoiceSection = z.output<typeof section>;
export type InvoiceLine = z.output<typeof line>;
export type InvoiceVat = z.output<typeof vatLine>;
