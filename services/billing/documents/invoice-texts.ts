import type { Language } from '../../../shared/documents/formats.ts';
import type { InvoiceModel, InvoiceVat } from './invoice-model.ts';
import { germanTexts } from './invoice-texts-de.ts';
import { englishTexts } from './invoice-texts-en.ts';

type Kind = InvoiceModel['kind'];

/** Everything a document says by itself, in one language. Texts with gaps are functions of formatted values. */
export interface InvoiceTexts {
  title: Record<Kind, string>;
  number: Record<Kind, string>;
  issueDate: Record<Kind, string>;
  /** Before the number and date of the document that is corrected. */
  corrects: string;
  correctsOf(number: string, date: string): string;
  reason(reason: string): string;
  servicePeriod: string;
  merchantNumber: string;
  buyerVatId: string;
  /** For a number that no member state of the EU gave. */
  buyerTaxId: string;
  orderReference: string;
  /** The number by which a public buyer finds its invoices. */
  routeId: string;
  buyerReference: string;
  intro: Record<Kind, (period: string, original: Original | undefined) => string>;
  columns: { position: string; service: string; quantity: string; unit: string; unitPrice: string; amount: string };
  perBase(quantity: string): string;
  /** A reduction of a line or an addition to it; `share` is "10 % auf 120,00". */
  allowance(kind: 'allowance' | 'charge', reason: string, amount: string, share: string | undefined): string;
  shareOf(percent: string, basis: string | undefined): string;
  vatShort: string;
  continued: string;
  subtotal: string;
  vatTable: { vat: string; basis: string; tax: string };
  vatLabel: Record<InvoiceVat['category'], (rate: string) => string>;
  net: string;
  vatSum: string;
  gross: Record<Kind, string>;
  prepaid: string;
  payable: string;
  carriedOver(cutoff: string, amount: string): string;
  payment: PaymentTexts;
  /** What happens with the amount of a correction. */
  settlement: {
    cancellation(number: string): string;
    creditNote(amount: string, original: Original | undefined): string;
    prepaid: string;
  };
  annex: {
    title(number: string): string;
    date: string;
    reference: string;
    entries(count: number): string;
    omitted(rows: string): string;
  };
}

/** The document that is corrected, its date as printed. */
export interface Original {
  number: string;
  date: string;
}

export interface PaymentTexts {
  collect(amount: string, day: string): string;
  terms: string;
  termsDays(days: number): string;
  due: string;
  fromAccount: string;
  mandate: string;
  mandateOf(reference: string, signedOn: string): string;
  creditor: string;
}

export const INVOICE_TEXTS: Record<Language, InvoiceTexts> = { de: germanTexts, en: englishTexts };
