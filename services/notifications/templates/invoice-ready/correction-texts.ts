import type { Language } from '../../../../shared/documents/formats.ts';
import type { Texts } from './texts.ts';

const GERMAN = {
  due: 'Sie müssen nichts überweisen',
  labels: {
    number: 'Nummer',
    issueDate: 'Datum',
    period: 'Leistungszeitraum',
    net: 'Nettobetrag',
    vat: 'Umsatzsteuer',
    gross: 'Gesamtbetrag',
    dueDate: 'Fällig am',
  },
  closing: 'Alle Positionen finden Sie in der angehängten PDF-Datei.',
  inPortal: 'Dokument im Portal ansehen',
};
const ENGLISH = {
  due: 'You do not have to pay anything',
  labels: {
    number: 'Number',
    issueDate: 'Date',
    period: 'Service period',
    net: 'Net amount',
    vat: 'VAT',
    gross: 'Total',
    dueDate: 'Due on',
  },
  closing: 'All items are in the attached PDF.',
  inPortal: 'See the document in the portal',
};

/** What the mail of a document that asks for nothing says; `credit` is a negative total without an invoice. */
export const CORRECTION_TEXTS: Record<Language, Record<'cancellation' | 'creditNote' | 'credit', Texts>> = {
  de: {
    cancellation: {
      ...GERMAN,
      subject: 'Stornorechnung {{invoice.number}} von {{issuer.name}}',
      preheader: 'Die Rechnung {{invoice.corrects}} ist aufgehoben',
      heading: 'Ihre Stornorechnung {{invoice.number}}',
      intro:
        'im Anhang erhalten Sie unsere Stornorechnung. Sie hebt die Rechnung {{invoice.corrects}} vom {{invoice.correctsDate}} vollständig auf.',
      amount: 'Stornierter Betrag',
    },
    creditNote: {
      ...GERMAN,
      subject: 'Rechnungskorrektur {{invoice.number}} von {{issuer.name}}',
      preheader: '{{invoice.gross}} zu Ihrer Rechnung {{invoice.corrects}}',
      heading: 'Ihre Rechnungskorrektur {{invoice.number}}',
      intro:
        'im Anhang erhalten Sie unsere Korrektur zur Rechnung {{invoice.corrects}} vom {{invoice.correctsDate}}. Der Betrag wird Ihnen gutgebracht.',
      amount: 'Korrekturbetrag',
    },
    credit: {
      ...GERMAN,
      subject: 'Rechnungskorrektur {{invoice.number}} von {{issuer.name}}',
      preheader: '{{invoice.gross}} für {{invoice.period}}',
      heading: 'Ihre Rechnungskorrektur {{invoice.number}}',
      intro:
        'im Anhang erhalten Sie unsere Abrechnung für Leistungen im Zeitraum {{invoice.period}}. Sie endet mit einem Guthaben für Sie.',
      amount: 'Guthaben',
    },
  },
  en: {
    cancellation: {
      ...ENGLISH,
      subject: 'Cancellation {{invoice.number}} from {{issuer.name}}',
      preheader: 'Invoice {{invoice.corrects}} is cancelled',
      heading: 'Your cancellation {{invoice.number}}',
      intro:
        'Please find attached our cancellation. It cancels invoice {{invoice.corrects}} of {{invoice.correctsDate}} in full.',
      amount: 'Amount cancelled',
    },
    creditNote: {
      ...ENGLISH,
      subject: 'Credit note {{invoice.number}} from {{issuer.name}}',
      preheader: '{{invoice.gross}} on your invoice {{invoice.corrects}}',
      heading: 'Your credit note {{invoice.number}}',
      intro:
        'Please find attached our credit note on invoice {{invoice.corrects}} of {{invoice.correctsDate}}. The amount is credited to you.',
      amount: 'Amount credited',
    },
    credit: {
      ...ENGLISH,
      subject: 'Credit note {{invoice.number}} from {{issuer.name}}',
      preheader: '{{invoice.gross}} for {{invoice.period}}',
      heading: 'Your credit note {{invoice.number}}',
      intro:
        'Please find attached our statement of services in the period {{invoice.period}}. It ends with a credit for you.',
      amount: 'Credit',
    },
  },
};
