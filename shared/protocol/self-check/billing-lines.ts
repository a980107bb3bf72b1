import type { Invariant } from './invariant.ts';

const ASK = {
  de: 'Nichts von Hand ändern. Im Protokoll nach der Kennung suchen und mit ihr den Hersteller fragen.',
  en: 'Change nothing by hand. Look for the id in the audit trail and ask the vendor with it.',
};

/** What the lines of invoices are made of, and that nothing of an issued invoice changes. */
export const BILLING_LINE_INVARIANTS = [
  {
    id: 'I4.charges',
    title: {
      de: 'Positionen haben Leistungsmonat, Art und Preisregel ihrer Posten',
      en: 'Lines have the month, type and price rule of their charges',
    },
    meaning: {
      de: 'Die Rechnung sagt etwas anderes, als geleistet wurde und dafür vereinbart ist.',
      en: 'The invoice says something other than what was done and priced.',
    },
    remedy: ASK,
  },
  {
    id: 'I4.price',
    title: { de: 'Positionen haben den Preis ihrer Regel', en: 'Lines have the price of their rule' },
    meaning: {
      de: 'Der Preis einer Position steht so nicht in der Fassung der Preisliste, nach der sie berechnet ist.',
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
      de: 'Der Satz steht so nicht in der Preisliste, oder Satz mal Betrag ergibt nicht die Position.',
      en: 'The percentage is not the one in the rate card, or percentage times amount does not make the line.',
    },
    remedy: ASK,
  },
  {
    id: 'I4.minimum',
    title: {
      de: 'Mindestumsätze fordern, was dem Monat fehlt, und geben nicht mehr zurück',
      en: 'Minimums ask for what the month lacks and give back no more',
    },
    meaning: {
      de: 'Der Ausgleich ist höher als der fehlende Umsatz, steht so nicht in der Preisliste, oder es wurde mehr zurückgegeben als berechnet.',
      en: 'The difference is above what was lacking, is not in the rate card, or more was given back than was billed.',
    },
    remedy: ASK,
  },
  {
    id: 'I11.lines',
    title: { de: 'Dokumente haben die gebuchten Positionen', en: 'Documents have the lines that are booked' },
    meaning: {
      de: 'Text, Menge, Preis, Betrag oder Steuer einer Position ist anders als im Dokument: Sie wurde nachträglich geändert.',
      en: 'Text, quantity, price, amount or tax of a line differ from the document: it was changed afterwards.',
    },
    remedy: ASK,
  },
  {
    id: 'I11.announced',
    title: { de: 'Rechnungen sind, wie sie bekannt gegeben wurden', en: 'Invoices are as they were announced' },
    meaning: {
      de: 'Nummer, Datum, Zeitraum oder Beträge haben sich nach dem Ausstellen geändert.',
      en: 'Number, dates, period or amounts changed after the invoice was issued.',
    },
    remedy: ASK,
  },
] as const satisfies readonly Invariant[];
