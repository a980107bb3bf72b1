import type { Invariant } from './invariant.ts';

const ASK = {
  de: 'Nichts von Hand ändern. Im Protokoll nach der Kennung suchen und mit ihr den Hersteller fragen.',
  en: 'Change nothing by hand. Look for the id in the audit trail and ask the vendor with it.',
};

/** Amounts and numbers of invoices. */
export const BILLING_AMOUNT_INVARIANTS = [
  {
    id: 'I4.quantity',
    title: { de: 'Positionen sind die Summe ihrer Posten', en: 'Lines are the sum of their charges' },
    meaning: {
      de: 'Die Menge einer Position weicht von ihren Posten ab: Die Rechnung lässt sich nicht belegen.',
      en: 'The quantity of a line differs from its charges: the invoice cannot be proven.',
    },
    remedy: ASK,
  },
  {
    id: 'I4.net',
    by: 'billing.invoice_line invoice_line_check',
    title: { de: 'Der Betrag einer Position ist Menge mal Preis', en: 'The net of a line is quantity times price' },
    meaning: { de: 'Eine Position wäre falsch gerechnet.', en: 'A line would be wrong.' },
    remedy: { de: 'Die Datenbank lässt es nicht zu.', en: 'The database does not allow it.' },
  },
  {
    id: 'I5.net',
    title: {
      de: 'Das Netto einer Rechnung ist die Summe ihrer Positionen',
      en: 'The net of an invoice is the sum of its lines',
    },
    meaning: {
      de: 'Positionen und Summe der Rechnung gehen auseinander.',
      en: 'Lines and total of the invoice differ.',
    },
    remedy: ASK,
  },
  {
    id: 'I6.gross',
    by: 'billing.invoice invoice_check2',
    title: { de: 'Brutto ist Netto plus Steuer', en: 'Gross is net plus tax' },
    meaning: { de: 'Der Zahlbetrag wäre falsch.', en: 'The amount to pay would be wrong.' },
    remedy: { de: 'Die Datenbank lässt es nicht zu.', en: 'The database does not allow it.' },
  },
  {
    id: 'I6.vat',
    title: { de: 'Steuer ist die Summe ihrer Sätze', en: 'Tax is the sum of its rates' },
    meaning: {
      de: 'Steuer oder Bemessungsgrundlage der Rechnung weicht von der Aufstellung ab.',
      en: 'Tax or taxable amount of the invoice differs from the breakdown.',
    },
    remedy: ASK,
  },
  {
    id: 'I7.rate',
    by: 'billing.invoice_vat invoice_vat_check',
    title: { de: 'Steuer ist Bemessungsgrundlage mal Satz', en: 'Tax is basis times rate' },
    meaning: { de: 'Eine Steuerzeile wäre falsch gerundet.', en: 'A tax line would be rounded wrongly.' },
    remedy: { de: 'Die Datenbank lässt es nicht zu.', en: 'The database does not allow it.' },
  },
  {
    id: 'I7.basis',
    title: {
      de: 'Die Bemessungsgrundlage ist die Summe der Positionen ihres Satzes',
      en: 'The basis is the sum of the lines of its rate',
    },
    meaning: {
      de: 'Positionen sind einem falschen Steuersatz zugerechnet.',
      en: 'Lines count towards a wrong tax rate.',
    },
    remedy: ASK,
  },
  {
    id: 'I7.group',
    title: {
      de: 'Nicht steuerbare Leistungen stehen auf eigenen Rechnungen',
      en: 'What is outside the scope of VAT stands on invoices of its own',
    },
    meaning: {
      de: 'Eine Rechnung mischt nicht steuerbare Leistungen mit anderen; als E-Rechnung ist sie ungültig (EN 16931).',
      en: 'An invoice mixes what is outside the scope of VAT with other services; it is no valid e-invoice (EN 16931).',
    },
    remedy: ASK,
  },
  {
    id: 'I8.gapless',
    title: { de: 'Rechnungsnummern sind lückenlos', en: 'Invoice numbers have no gaps' },
    meaning: {
      de: 'In einem Nummernkreis fehlt eine Nummer. Das Finanzamt wird danach fragen.',
      en: 'A number is missing in a series. The tax office asks about that.',
    },
    remedy: {
      de: 'Sofort klären: Sicherung mit dem Archiv der Dokumente vergleichen; keine weitere Rechnung ausstellen.',
      en: 'Clarify at once: compare the backup with the archive of documents; issue no further invoice.',
    },
  },
  {
    id: 'I8.counter',
    title: { de: 'Der Zähler passt zur letzten Nummer', en: 'The counter agrees with the last number' },
    meaning: {
      de: 'Die nächste Rechnung bekäme eine vergebene Nummer oder ließe eine aus.',
      en: 'The next invoice would get a number that is taken, or skip one.',
    },
    remedy: {
      de: 'Keine Rechnung ausstellen, bis der Zähler mit der Sicherung verglichen ist.',
      en: 'Issue no invoice until the counter has been compared with the backup.',
    },
  },
  {
    id: 'I8.unique',
    by: 'billing.invoice invoice_issuer_id_kind_series_year_series_number_key',
    title: { de: 'Keine Nummer ist zweimal vergeben', en: 'No number is given twice' },
    meaning: { de: 'Zwei Rechnungen hätten dieselbe Nummer.', en: 'Two invoices would have the same number.' },
    remedy: { de: 'Die Datenbank lässt es nicht zu.', en: 'The database does not allow it.' },
  },
  {
    id: 'I9.order',
    title: { de: 'Höhere Nummern sind nie älter', en: 'A higher number is never earlier' },
    meaning: {
      de: 'Eine Rechnung wurde vor der Rechnung mit der kleineren Nummer ausgestellt.',
      en: 'An invoice was issued before the one with the smaller number.',
    },
    remedy: {
      de: 'Uhr des Servers prüfen; die Rechnungen bleiben, wie sie sind.',
      en: "Check the server's clock; the invoices stay as they are.",
    },
  },
] as const satisfies readonly Invariant[];
