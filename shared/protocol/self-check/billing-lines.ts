import type { Invariant } from './invariant.ts';

const ASK = {
  de: 'Beleg nicht von Hand ändern. Mit der Kennung die Prüfspur ansehen und den Hersteller fragen.',
  en: 'Do not change the document by hand. Look at the audit trail with the id and ask the vendor.',
};

/** What the lines of invoices are made of, and that nothing of an issued invoice changes. */
export const BILLING_LINE_INVARIANTS = [
  {
    id: 'I4.charges',
    title: {
      de: 'Zeilen haben Leistungsmonat, Art und Preisregel ihrer Posten',
      en: 'Lines have the month, type and price rule of their charges',
    },
    meaning: {
      de: 'Die Rechnung sagt etwas anderes, als geleistet und bewertet wurde.',
      en: 'The invoice says something else than was done and priced.',
    },
    remedy: ASK,
  },
  {
    id: 'I4.price',
    title: { de: 'Zeilen haben den Preis ihrer Regel', en: 'Lines have the price of their rule' },
    meaning: {
      de: 'Der Preis einer Zeile steht so nicht in der Fassung der Preisliste, nach der sie berechnet ist.',
      en: 'The price of a line is not in the version of the rate card it is billed by.',
    },
    remedy: ASK,
  },
  {
    id: 'I4.adjusted',
    title: {
      de: 'Zuschläge und Rabatte sind ihr Satz vom angegebenen Betrag',
      en: 'Surcharges and discounts are their percentage of the amount they name',
    },
    meaning: {
      de: 'Der Satz steht so nicht in der Preisliste, oder Satz mal Betrag ergibt nicht die Zeile.',
      en: 'The percentage is not the one of the rate card, or percentage times amount does not make the line.',
    },
    remedy: ASK,
  },
  {
    id: 'I11.lines',
    title: { de: 'Dokumente haben die gebuchten Zeilen', en: 'Documents have the lines that are booked' },
    meaning: {
      de: 'Text, Menge, Preis, Betrag oder Steuer einer Zeile ist anders als im Dokument: Sie wurde nachträglich geändert.',
      en: 'Text, quantity, price, amount or tax of a line differ from the document: it was changed afterwards.',
    },
    remedy: ASK,
  },
  {
    id: 'I11.announced',
    title: { de: 'Rechnungen sind, wie sie bekannt gegeben wurden', en: 'Invoices are as they were announced' },
    meaning: {
      de: 'Nummer, Datum, Zeitraum oder Beträge haben sich nach dem Stellen geändert.',
      en: 'Number, dates, period or amounts changed after the invoice was issued.',
    },
    remedy: ASK,
  },
] as const satisfies readonly Invariant[];
