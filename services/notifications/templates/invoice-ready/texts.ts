import type { Language } from '../../../../shared/documents/formats.ts';

export interface Texts {
  subject: string;
  preheader: string;
  heading: string;
  intro: string;
  amount: string;
  due: string;
  labels: {
    number: string;
    issueDate: string;
    period: string;
    net: string;
    vat: string;
    gross: string;
    dueDate: string;
  };
  closing: string;
  inPortal: string;
}

export const TEXTS: Record<Language, Texts> = {
  de: {
    subject: 'Rechnung {{invoice.number}} von {{issuer.name}}',
    preheader: '{{invoice.gross}}, fällig am {{invoice.dueDate}}',
    heading: 'Ihre Rechnung {{invoice.number}}',
    intro: 'im Anhang erhalten Sie unsere Rechnung für Leistungen im Zeitraum {{invoice.period}}.',
    amount: 'Rechnungsbetrag',
    due: 'fällig am {{invoice.dueDate}}',
    labels: {
      number: 'Rechnungsnummer',
      issueDate: 'Rechnungsdatum',
      period: 'Leistungszeitraum',
      net: 'Nettobetrag',
      vat: 'Umsatzsteuer',
      gross: 'Rechnungsbetrag',
      dueDate: 'Fällig am',
    },
    closing:
      'Alle Positionen und unsere Bankverbindung finden Sie in der angehängten PDF-Datei. Bitte geben Sie bei der Zahlung die Rechnungsnummer an.',
    inPortal: 'Rechnung mit allen Nachweisen im Portal ansehen',
  },
  en: {
    subject: 'Invoice {{invoice.number}} from {{issuer.name}}',
    preheader: '{{invoice.gross}}, due on {{invoice.dueDate}}',
    heading: 'Your invoice {{invoice.number}}',
    intro: 'Please find attached our invoice for services in the period {{invoice.period}}.',
    amount: 'Amount due',
    due: 'due on {{invoice.dueDate}}',
    labels: {
      number: 'Invoice number',
      issueDate: 'Invoice date',
      period: 'Service period',
      net: 'Net amount',
      vat: 'VAT',
      gross: 'Total',
      dueDate: 'Due on',
    },
    closing:
      'All items and our bank details are in the attached PDF. Please quote the invoice number with your payment.',
    inPortal: 'See the invoice with all its evidence in the portal',
  },
};
