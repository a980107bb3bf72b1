import { date, money, type Language } from '../../../../shared/documents/formats.ts';

interface LetterFacts {
  level: number;
  payBy: string;
  asOf: string;
  totalMinor: number;
}

export interface DunningLetterTexts {
  title(level: number): string;
  greeting: string;
  intro(facts: LetterFacts): string;
  closing(facts: LetterFacts): readonly string[];
  regards: string;
  labels: { number: string; issueDate: string; merchantNumber: string; payBy: string; level: string };
  levelName(level: number): string;
  columns: { invoice: string; dueDate: string; level: string; open: string; claims: string };
  issuedOn(day: string): string;
  sums: { open: string; interest: string; lumpSum: string; fee: string; earlier: string; total: string };
  interestNote(asOf: string): string;
  lumpSumNote: string;
  claimsNote: string;
  payment(bank: { name: string; iban: string; bic: string }, purpose: string): string;
  foot: { phone: string; vatId: string; taxNumber: string; directors(count: number): string };
  page(page: number, pages: number): string;
}

const LEVELS = {
  de: ['Zahlungserinnerung', '1. Mahnung', '2. Mahnung', '3. Mahnung'],
  en: ['Payment reminder', 'First reminder of default', 'Second reminder of default', 'Final notice'],
} as const;

const de: DunningLetterTexts = {
  title: (level) => ['Zahlungserinnerung', '1. Mahnung', '2. Mahnung', 'Letzte Mahnung'][level]!,
  levelName: (level) => LEVELS.de[level]!,
  greeting: 'Guten Tag,',
  intro: ({ level }) =>
    [
      'sicher ist es nur übersehen worden: Die folgenden Beträge sind fällig und bei uns noch nicht eingegangen.',
      'auf unsere Zahlungserinnerung haben wir zu den folgenden Beträgen noch keinen Ausgleich feststellen können. Sie befinden sich damit in Verzug.',
      'trotz unserer Mahnung sind die folgenden Beträge weiterhin offen. Wir bitten Sie dringend, sie jetzt auszugleichen.',
      'auch auf unsere letzte Mahnung hin sind die folgenden Beträge nicht bezahlt worden. Dies ist unsere letzte Aufforderung, bevor wir die Forderung ohne weitere Ankündigung gerichtlich geltend machen oder zur Einziehung abgeben.',
    ][level]!,
  closing: ({ level, payBy, totalMinor }) => [
    `Bitte überweisen Sie ${money(totalMinor, 'EUR', 'de')} bis zum ${date(payBy, 'de')} auf das unten genannte Konto.`,
    level === 0
      ? 'Haben Sie inzwischen bezahlt, betrachten Sie dieses Schreiben bitte als gegenstandslos. Ist etwas an einer Rechnung unklar, sagen Sie uns Bescheid.'
      : 'Zahlungen, die in den letzten Tagen bei uns eingegangen sind, können sich mit diesem Schreiben überschnitten haben. Ist etwas an einer Rechnung unklar, melden Sie sich bitte umgehend.',
  ],
  regards: 'Mit freundlichen Grüßen',
  labels: {
    number: 'Schreiben',
    issueDate: 'Datum',
    merchantNumber: 'Kundennummer',
    payBy: 'Zahlbar bis',
    level: 'Mahnstufe',
  },
  columns: { invoice: 'Rechnung', dueDate: 'Fällig am', level: 'Stufe', open: 'Offen', claims: 'Zinsen und Pauschale' },
  issuedOn: (day) => `vom ${date(day, 'de')}`,
  sums: {
    open: 'Offene Rechnungsbeträge',
    interest: 'Verzugszinsen',
    lumpSum: 'Verzugspauschale',
    fee: 'Mahngebühr',
    earlier: 'Offene Nebenforderungen aus früheren Schreiben',
    total: 'Zu zahlen',
  },
  interestNote: (asOf) =>
    `Verzugszinsen von neun Prozentpunkten über dem Basiszinssatz (§ 288 Abs. 2 BGB), gerechnet bis zum ${date(asOf, 'de')}, Tage durch 365.`,
  lumpSumNote: 'Verzugspauschale von 40,00 € je Rechnung, einmalig (§ 288 Abs. 5 BGB).',
  claimsNote: 'Zinsen, Pauschale und Gebühren sind Schadensersatz und unterliegen nicht der Umsatzsteuer.',
  payment: ({ name, iban, bic }, purpose) => `${name} · IBAN ${iban} · BIC ${bic} · Verwendungszweck ${purpose}`,
  foot: {
    phone: 'Tel.',
    vatId: 'USt-IdNr.',
    taxNumber: 'Steuernummer',
    directors: () => 'Geschäftsführung',
  },
  page: (page, pages) => `Seite ${page} von ${pages}`,
};

const en: DunningLetterTexts = {
  title: (level) => ['Payment reminder', 'Reminder of default', 'Second reminder of default', 'Final notice'][level]!,
  levelName: (level) => LEVELS.en[level]!,
  greeting: 'Good day,',
  intro: ({ level }) =>
    [
      'this has surely been overlooked: the following amounts are due and have not reached us yet.',
      'after our payment reminder we still cannot find a payment of the following amounts. You are therefore in default.',
      'despite our reminder the following amounts are still open. We urgently ask you to settle them now.',
      'the following amounts have not been paid after our last reminder either. This is our final request before we claim them in court or hand them over for collection without further notice.',
    ][level]!,
  closing: ({ level, payBy, totalMinor }) => [
    `Please transfer ${money(totalMinor, 'EUR', 'en')} to the account below by ${date(payBy, 'en')}.`,
    level === 0
      ? 'If you have paid in the meantime, please disregard this letter. If anything about an invoice is unclear, please tell us.'
      : 'Payments that reached us in the last few days may have crossed with this letter. If anything about an invoice is unclear, please contact us at once.',
  ],
  regards: 'Kind regards',
  labels: {
    number: 'Letter',
    issueDate: 'Date',
    merchantNumber: 'Customer number',
    payBy: 'Pay by',
    level: 'Level',
  },
  columns: { invoice: 'Invoice', dueDate: 'Due on', level: 'Level', open: 'Open', claims: 'Interest, lump sum' },
  issuedOn: (day) => `of ${date(day, 'en')}`,
  sums: {
    open: 'Open invoice amounts',
    interest: 'Interest on arrears',
    lumpSum: 'Lump sum',
    fee: 'Dunning fee',
    earlier: 'Open claims of earlier letters',
    total: 'Amount due',
  },
  interestNote: (asOf) =>
    `Interest of nine percentage points above the base rate (section 288 (2) of the German Civil Code), counted up to ${date(asOf, 'en')}, days by 365.`,
  lumpSumNote: 'Lump sum of €40.00 per invoice, once (section 288 (5) of the German Civil Code).',
  claimsNote: 'Interest, lump sum and fees are damages and are not subject to VAT.',
  payment: ({ name, iban, bic }, purpose) => `${name} · IBAN ${iban} · BIC ${bic} · Reference ${purpose}`,
  foot: {
    phone: 'Phone',
    vatId: 'VAT id',
    taxNumber: 'Tax number',
    directors: (count) => (count > 1 ? 'Managing directors' : 'Managing director'),
  },
  page: (page, pages) => `Page ${page} of ${pages}`,
};

export const DUNNING_LETTER_TEXTS: Record<Language, DunningLetterTexts> = { de, en };
