import type { Language } from '../../../../shared/documents/formats.ts';
import type { Ready } from './ready.ts';

export interface Texts {
  subject: string;
  preheader: string;
  heading: string;
  intro: string;
  closing: string;
  /** The document by name, and by what it corrects; the second where that is one document. */
  title: string;
  titleOfCorrection: string;
  /** Beside the amount: when it is due, when it is collected, or that there is nothing to pay. */
  due: string;
  collected: string;
  settled: string;
  howToPay: string;
  howCollected: string;
  nothingToPay: string;
  /** Over the amount. */
  amount: string;
  /** Where nothing of it is left to pay. */
  total: string;
  payable: string;
  toCollect: string;
  labels: {
    number: string;
    issueDate: string;
    corrects: string;
    period: string;
    net: string;
    vat: string;
    gross: string;
    settled: string;
    dueDate: string;
    collectedOn: string;
    mandate: string;
  };
  /** What a correction says of the one before. */
  original: string;
  /** Stands in mails that are sent again later, too. @param day  the last whole day of the link */
  openDocuments: (day: string) => string;
  inPortal: string;
}

const LABELS: Record<Language, Texts['labels']> = {
  de: {
    number: 'Rechnungsnummer',
    issueDate: 'Rechnungsdatum',
    corrects: 'Zur Rechnung',
    period: 'Leistungszeitraum',
    net: 'Nettobetrag',
    vat: 'Umsatzsteuer',
    gross: 'Rechnungsbetrag',
    settled: 'Schon verrechnet',
    dueDate: 'Fällig am',
    collectedOn: 'Einzug am',
    mandate: 'Mandatsreferenz',
  },
  en: {
    number: 'Invoice number',
    issueDate: 'Invoice date',
    corrects: 'For invoice',
    period: 'Service period',
    net: 'Net amount',
    vat: 'VAT',
    gross: 'Total',
    settled: 'Settled already',
    dueDate: 'Due on',
    collectedOn: 'Collection on',
    mandate: 'Mandate reference',
  },
};

const GERMAN: Texts = {
  subject: '{{invoice.title}} von {{issuer.name}}',
  preheader: '{{invoice.payable}}, {{invoice.due}}',
  heading: 'Ihre Rechnung {{invoice.number}}',
  intro: 'im Anhang erhalten Sie unsere Rechnung für Leistungen im Zeitraum {{invoice.period}}.',
  closing: 'Alle Positionen und unsere Bankverbindung finden Sie in der angehängten PDF-Datei. {{invoice.howToPay}}',
  title: 'Rechnung {{invoice.number}}',
  titleOfCorrection: 'Rechnung {{invoice.number}}',
  due: 'fällig am {{invoice.dueDate}}',
  collected: 'wird am {{debit.collectedOn}} per SEPA-Lastschrift eingezogen',
  settled: 'schon verrechnet, es ist nichts zu zahlen',
  howToPay: 'Bitte geben Sie bei der Zahlung die Rechnungsnummer an.',
  howCollected:
    'Wir ziehen den Betrag am {{debit.collectedOn}} per SEPA-Lastschrift ein. Sie brauchen nichts zu überweisen; bitte sorgen Sie dafür, dass Ihr Konto gedeckt ist.',
  nothingToPay: 'Zu zahlen ist dafür nichts.',
  amount: 'Rechnungsbetrag',
  total: 'Rechnungsbetrag',
  payable: 'Zu zahlen',
  toCollect: 'Wird eingezogen',
  labels: LABELS.de,
  original: '{{original.number}} vom {{original.issueDate}}',
  openDocuments: (day) => `Belege ohne Anmeldung öffnen (bis zum ${day})`,
  inPortal: 'Rechnung mit allen Nachweisen im Portal ansehen',
};

const ENGLISH: Texts = {
  subject: '{{invoice.title}} from {{issuer.name}}',
  preheader: '{{invoice.payable}}, {{invoice.due}}',
  heading: 'Your invoice {{invoice.number}}',
  intro: 'Please find attached our invoice for services in the period {{invoice.period}}.',
  closing: 'All items and our bank details are in the attached PDF. {{invoice.howToPay}}',
  title: 'Invoice {{invoice.number}}',
  titleOfCorrection: 'Invoice {{invoice.number}}',
  due: 'due on {{invoice.dueDate}}',
  collected: 'to be collected by SEPA direct debit on {{debit.collectedOn}}',
  settled: 'settled already, there is nothing to pay',
  howToPay: 'Please quote the invoice number with your payment.',
  howCollected:
    'We will collect the amount by SEPA direct debit on {{debit.collectedOn}}. There is nothing for you to transfer; please make sure that your account is in funds.',
  nothingToPay: 'There is nothing to pay for it.',
  amount: 'Amount due',
  total: 'Invoice total',
  payable: 'To be paid',
  toCollect: 'To be collected',
  labels: LABELS.en,
  original: '{{original.number}} of {{original.issueDate}}',
  openDocuments: (day) => `Open the documents without a log-in (until ${day})`,
  inPortal: 'See the invoice with all its evidence in the portal',
};

const ASKS_NOTHING = { de: 'es ist nichts zu zahlen', en: 'there is nothing to pay' };
const NO_PAYMENT = {
  de: 'Die Einzelheiten stehen in der angehängten PDF-Datei. Zu zahlen ist hierfür nichts; was Sie auf die Rechnung schon bezahlt haben, verrechnen wir mit Ihren nächsten Rechnungen oder zahlen es auf Wunsch aus.',
  en: 'The details are in the attached PDF. There is nothing to pay for it; what you have already paid on the invoice is set against your next invoices, or paid out on request.',
};
/** Of a corrected invoice the rest stays owed, and what was paid of that stays paid. */
const OF_PART = {
  de: 'Die Einzelheiten stehen in der angehängten PDF-Datei. Zu zahlen ist hierfür nichts; was Ihnen daraus zusteht, verrechnen wir mit Ihren nächsten Rechnungen oder zahlen es auf Wunsch aus.',
  en: 'The details are in the attached PDF. There is nothing to pay for it; what it leaves due to you is set against your next invoices, or paid out on request.',
};

/** What the mail of each kind of document says. */
export const TEXTS: Record<Ready['kind'], Record<Language, Texts>> = {
  invoice: { de: GERMAN, en: ENGLISH },
  cancellation: {
    de: {
      ...GERMAN,
      heading: 'Ihre Stornorechnung {{invoice.number}}',
      intro:
        'im Anhang erhalten Sie die Stornorechnung {{invoice.number}}. Sie hebt die Rechnung {{original.number}} auf; was weiter zu berechnen ist, kommt mit einer neuen Rechnung.',
      closing: NO_PAYMENT.de,
      title: 'Stornorechnung {{invoice.number}}',
      titleOfCorrection: 'Stornorechnung {{invoice.number}} zur Rechnung {{original.number}}',
      due: ASKS_NOTHING.de,
      settled: ASKS_NOTHING.de,
      amount: 'Stornierter Betrag',
      labels: { ...LABELS.de, number: 'Nummer', issueDate: 'Datum', corrects: 'Storniert wird', gross: 'Gesamtbetrag' },
      inPortal: 'Stornorechnung im Portal ansehen',
    },
    en: {
      ...ENGLISH,
      heading: 'Your cancellation {{invoice.number}}',
      intro:
        'Please find attached the cancellation {{invoice.number}}. It reverses invoice {{original.number}} as a whole; what is still to be charged comes with a new invoice.',
      closing: NO_PAYMENT.en,
      title: 'Cancellation {{invoice.number}}',
      titleOfCorrection: 'Cancellation {{invoice.number}} of invoice {{original.number}}',
      due: ASKS_NOTHING.en,
      settled: ASKS_NOTHING.en,
      amount: 'Amount cancelled',
      labels: { ...LABELS.en, number: 'Number', issueDate: 'Date', corrects: 'Cancels' },
      inPortal: 'See the cancellation in the portal',
    },
  },
  creditNote: {
    de: {
      ...GERMAN,
      heading: 'Ihre Rechnungskorrektur {{invoice.number}}',
      intro:
        'im Anhang erhalten Sie die Rechnungskorrektur {{invoice.number}} mit dem Betrag, den wir Ihnen weniger berechnen.',
      closing: OF_PART.de,
      title: 'Rechnungskorrektur {{invoice.number}}',
      titleOfCorrection: 'Rechnungskorrektur {{invoice.number}} zur Rechnung {{original.number}}',
      due: ASKS_NOTHING.de,
      settled: ASKS_NOTHING.de,
      amount: 'Korrekturbetrag',
      labels: { ...LABELS.de, number: 'Nummer', issueDate: 'Datum', gross: 'Gesamtbetrag' },
      inPortal: 'Rechnungskorrektur im Portal ansehen',
    },
    en: {
      ...ENGLISH,
      heading: 'Your credit note {{invoice.number}}',
      intro: 'Please find attached the credit note {{invoice.number}} with the amount we charge you less.',
      closing: OF_PART.en,
      title: 'Credit note {{invoice.number}}',
      titleOfCorrection: 'Credit note {{invoice.number}} for invoice {{original.number}}',
      due: ASKS_NOTHING.en,
      settled: ASKS_NOTHING.en,
      amount: 'Amount credited',
      labels: { ...LABELS.en, number: 'Number', issueDate: 'Date' },
      inPortal: 'See the credit note in the portal',
    },
  },
};
