import { date, type Language } from '../../../../shared/documents/formats.ts';

export interface DunningLetterTexts {
  title(level: number): string;
  greeting: string;
  intro(level: number): string;
  closing(level: number): string;
  regards: string;
  labels: { number: string; issueDate: string; merchantNumber: string; payBy: string };
  /** In a table, where the levels of the invoices differ. */
  levelName(level: number): string;
  columns: { invoice: string; issueDate: string; dueDate: string; level: string; open: string; claims: string };
  sums: { open: string; interest: string; lumpSum: string; fee: string; earlier: string; total: string };
  interestNote(asOf: string): string;
  lumpSumNote: string;
  claimsNote: string;
}

const LEVELS = {
  de: ['Erinnerung', '1. Mahnung', '2. Mahnung', 'Letzte Mahnung'],
  en: ['Reminder', 'Level 1', 'Level 2', 'Final notice'],
} as const;

const de: DunningLetterTexts = {
  title: (level) => ['Zahlungserinnerung', '1. Mahnung', '2. Mahnung', 'Letzte Mahnung'][level]!,
  levelName: (level) => LEVELS.de[level]!,
  greeting: 'Guten Tag,',
  intro: (level) =>
    [
      'sicher ist es nur übersehen worden: Die folgenden Beträge sind fällig und bei uns noch nicht eingegangen.',
      'auf unsere Zahlungserinnerung haben wir zu den folgenden Beträgen noch keinen Ausgleich feststellen können. Sie befinden sich damit in Verzug.',
      'trotz unserer Mahnung sind die folgenden Beträge weiterhin offen. Wir bitten Sie dringend, sie jetzt auszugleichen.',
      'auch auf unsere letzte Mahnung hin sind die folgenden Beträge nicht bezahlt worden. Dies ist unsere letzte Aufforderung, bevor wir die Forderung ohne weitere Ankündigung gerichtlich geltend machen oder zur Einziehung abgeben.',
    ][level]!,
  closing: (level) =>
    level === 0
      ? 'Haben Sie inzwischen bezahlt, betrachten Sie dieses Schreiben bitte als gegenstandslos. Ist etwas an einer Rechnung unklar, sagen Sie uns Bescheid.'
      : 'Zahlungen, die in den letzten Tagen bei uns eingegangen sind, können sich mit diesem Schreiben überschnitten haben. Ist etwas an einer Rechnung unklar, melden Sie sich bitte umgehend.',
  regards: 'Mit freundlichen Grüßen',
  labels: {
    number: 'Schreiben',
    issueDate: 'Datum',
    merchantNumber: 'Kundennummer',
    payBy: 'Zahlbar bis',
  },
  columns: {
    invoice: 'Rechnung',
    issueDate: 'Datum',
    dueDate: 'Fällig am',
    level: 'Stufe',
    open: 'Offen',
    claims: 'Zinsen und Pauschale',
  },
  sums: {
    open: 'Offene Rechnungsbeträge',
    interest: 'Verzugszinsen',
    lumpSum: 'Verzugspauschale',
    fee: 'Mahngebühr',
    earlier: 'Offen aus früheren Schreiben',
    total: 'Zu zahlen',
  },
  interestNote: (asOf) =>
    `Verzugszinsen von neun Prozentpunkten über dem Basiszinssatz (§\u00A0288 Abs.\u00A02 BGB), gerechnet bis zum ${date(asOf, 'de')}, Tage geteilt durch 365.`,
  lumpSumNote: 'Verzugspauschale von 40,00 € je Rechnung, einmalig (§\u00A0288 Abs.\u00A05 BGB).',
  claimsNote: 'Zinsen, Pauschale und Gebühren sind Schadensersatz und unterliegen nicht der Umsatzsteuer.',
};

const en: DunningLetterTexts = {
  title: (level) => ['Payment reminder', 'Reminder of default', 'Second reminder of default', 'Final notice'][level]!,
  levelName: (level) => LEVELS.en[level]!,
  greeting: 'Good day,',
  intro: (level) =>
    [
      'This has surely been overlooked: the following amounts are due and have not reached us yet.',
      'After our payment reminder we still cannot find a payment of the following amounts. You are therefore in default.',
      'Despite our reminder the following amounts are still open. We urgently ask you to settle them now.',
      'The following amounts have not been paid after our last reminder either. This is our final request before we claim them in court or hand them over for collection without further notice.',
    ][level]!,
  closing: (level) =>
    level === 0
      ? 'If you have paid in the meantime, please disregard this letter. If anything about an invoice is unclear, please tell us.'
      : 'Payments that reached us in the last few days may have crossed with this letter. If anything about an invoice is unclear, please contact us at once.',
  regards: 'Kind regards',
  labels: {
    number: 'Letter no.',
    issueDate: 'Date',
    merchantNumber: 'Customer no.',
    payBy: 'Pay by',
  },
  columns: {
    invoice: 'Invoice',
    issueDate: 'Date',
    dueDate: 'Due on',
    level: 'Level',
    open: 'Open',
    claims: 'Interest, lump sum',
  },
  sums: {
    open: 'Open invoice amounts',
    interest: 'Interest on arrears',
    lumpSum: 'Lump sum',
    fee: 'Dunning fee',
    earlier: 'Open from earlier letters',
    total: 'Amount due',
  },
  interestNote: (asOf) =>
    `Interest of nine percentage points above the base rate (section\u00A0288\u00A0(2) of the German Civil Code), counted up to ${date(asOf, 'en')}, days divided by 365.`,
  lumpSumNote: 'Lump sum of €40.00 per invoice, once (section\u00A0288\u00A0(5) of the German Civil Code).',
  claimsNote: 'Interest, lump sum and fees are damages and are not subject to VAT.',
};

export const DUNNING_LETTER_TEXTS: Record<Language, DunningLetterTexts> = { de, en };
