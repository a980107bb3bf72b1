import type { Language } from '../../../shared/documents/formats.ts';
import type { InvoiceModel, InvoiceVat } from './invoice-model.ts';

/** Everything the invoice says by itself, in one language. Texts with gaps are functions of formatted values. */
export interface InvoiceTexts {
  title: Record<InvoiceModel['kind'], string>;
  number: string;
  issueDate: string;
  servicePeriod: string;
  merchantNumber: string;
  buyerVatId: string;
  /** For a number that no member state of the EU gave. */
  buyerTaxId: string;
  orderReference: string;
  intro(period: string): string;
  columns: { position: string; service: string; quantity: string; unit: string; unitPrice: string; amount: string };
  perBase(quantity: string): string;
  vatShort: string;
  continued: string;
  subtotal: string;
  vatTable: { vat: string; basis: string; tax: string };
  vatLabel: Record<InvoiceVat['category'], (rate: string) => string>;
  net: string;
  vatSum: string;
  gross: string;
  carriedOver(cutoff: string, amount: string): string;
  payment: {
    request(amount: string, due: string): string;
    terms: string;
    termsDays(days: number): string;
    amount: string;
    due: string;
    payee: string;
    iban: string;
    bic: string;
    bank: string;
    reference: string;
  };
  annex: { title(number: string): string; date: string; reference: string; entries(count: number): string };
  foot: { vatId: string; taxNumber: string; directors(count: number): string; phone: string };
  page(page: number, pages: number): string;
}

const de: InvoiceTexts = {
  title: { invoice: 'Rechnung', cancellation: 'Stornorechnung', creditNote: 'Rechnungskorrektur' },
  number: 'Rechnungsnummer',
  issueDate: 'Rechnungsdatum',
  servicePeriod: 'Leistungszeitraum',
  merchantNumber: 'Kundennummer',
  buyerVatId: 'Ihre USt-IdNr.',
  buyerTaxId: 'Ihre USt-/Steuernr.',
  orderReference: 'Ihre Referenz',
  intro: (period) => `Für unsere Leistungen im Zeitraum ${period} berechnen wir Ihnen:`,
  columns: {
    position: 'Pos.',
    service: 'Leistung',
    quantity: 'Menge',
    unit: 'Einheit',
    unitPrice: 'Einzelpreis',
    amount: 'Betrag',
  },
  perBase: (quantity) => `je ${quantity}`,
  vatShort: 'USt',
  continued: '(Fortsetzung)',
  subtotal: 'Zwischensumme',
  vatTable: { vat: 'Umsatzsteuer', basis: 'Nettobetrag', tax: 'Steuer' },
  vatLabel: {
    S: (rate) => rate,
    Z: (rate) => rate,
    E: () => 'steuerfrei',
    AE: () => 'Reverse Charge',
    O: () => 'nicht steuerbar',
  },
  net: 'Summe netto',
  vatSum: 'Umsatzsteuer',
  gross: 'Rechnungsbetrag',
  carriedOver: (cutoff, amount) => `Darin enthalten: Übertrag aus der Abrechnung zum ${cutoff} über ${amount} netto.`,
  payment: {
    request: (amount, due) => `Bitte überweisen Sie ${amount} bis zum ${due}.`,
    terms: 'Zahlungsziel',
    termsDays: (days) => (days === 0 ? 'sofort, ohne Abzug' : `${days} ${days === 1 ? 'Tag' : 'Tage'}, ohne Abzug`),
    amount: 'Betrag',
    due: 'Fällig am',
    payee: 'Empfänger',
    iban: 'IBAN',
    bic: 'BIC',
    bank: 'Bank',
    reference: 'Verwendungszweck',
  },
  annex: {
    title: (number) => `Anlage zur Rechnung ${number}: Einzelnachweis`,
    date: 'Leistungstag',
    reference: 'Vorgang',
    entries: (count) => `${count} ${count === 1 ? 'Vorgang' : 'Vorgänge'}`,
  },
  foot: { vatId: 'USt-IdNr.', taxNumber: 'Steuernummer', directors: () => 'Geschäftsführung:', phone: 'Telefon' },
  page: (page, pages) => `Seite ${page} von ${pages}`,
};

const en: InvoiceTexts = {
  title: { invoice: 'Invoice', cancellation: 'Cancellation invoice', creditNote: 'Credit note' },
  number: 'Invoice no.',
  issueDate: 'Invoice date',
  servicePeriod: 'Service period',
  merchantNumber: 'Customer no.',
  buyerVatId: 'Your VAT ID',
  buyerTaxId: 'Your VAT/tax no.',
  orderReference: 'Your reference',
  intro: (period) => `For our services in the period ${period} we charge the following:`,
  columns: {
    position: 'Item',
    service: 'Service',
    quantity: 'Quantity',
    unit: 'Unit',
    unitPrice: 'Unit price',
    amount: 'Amount',
  },
  perBase: (quantity) => `per ${quantity}`,
  vatShort: 'VAT',
  continued: '(continued)',
  subtotal: 'Subtotal',
  vatTable: { vat: 'VAT', basis: 'Net amount', tax: 'Tax' },
  vatLabel: {
    S: (rate) => rate,
    Z: (rate) => rate,
    E: () => 'exempt',
    AE: () => 'Reverse charge',
    O: () => 'not taxable',
  },
  net: 'Total net',
  vatSum: 'VAT',
  gross: 'Total amount due',
  carriedOver: (cutoff, amount) => `This includes ${amount} net carried over from the statement as of ${cutoff}.`,
  payment: {
    request: (amount, due) => `Please transfer ${amount} by ${due}.`,
    terms: 'Terms',
    termsDays: (days) => (days === 0 ? 'immediately, net' : `${days} ${days === 1 ? 'day' : 'days'}, net`),
    amount: 'Amount',
    due: 'Due date',
    payee: 'Payee',
    iban: 'IBAN',
    bic: 'BIC',
    bank: 'Bank',
    reference: 'Reference',
  },
  annex: {
    title: (number) => `Annex to invoice ${number}: itemised services`,
    date: 'Date',
    reference: 'Reference',
    entries: (count) => `${count} ${count === 1 ? 'entry' : 'entries'}`,
  },
  foot: {
    vatId: 'VAT ID',
    taxNumber: 'Tax number',
    directors: (count) => `Managing director${count === 1 ? '' : 's'}:`,
    phone: 'Phone',
  },
  page: (page, pages) => `Page ${page} of ${pages}`,
};

export const INVOICE_TEXTS: Record<Language, InvoiceTexts> = { de, en };
