import { date, percent, type Language } from '../../../../shared/documents/formats.ts';
import { isMixed, LEVELS, MIXED_INTROS, titleOf, type LevelsOfLetter } from './levels-of-letter.ts';

interface InterestFacts {
  asOf: string;
  interestPeriods: readonly { from: string; to: string; rateBasisPoints: number }[];
}

export interface DunningLetterTexts {
  title(letter: LevelsOfLetter): string;
  greeting: string;
  intro(letter: LevelsOfLetter): string;
  closing(level: number): string;
  regards: string;
  labels: { number: string; issueDate: string; merchantNumber: string; payBy: string };
  /** In a table, where the levels of the invoices differ. */
  levelName(level: number): string;
  columns: { invoice: string; issueDate: string; dueDate: string; level: string; open: string; claims: string };
  sums: {
    open: string;
    interest: string;
    lumpSum: string;
    fee: string;
    bankCharges: string;
    earlier: string;
    total: string;
  };
  interestNote(facts: InterestFacts): string;
  lumpSumNote: string;
  claimsNote: string;
}

const de: DunningLetterTexts = {
  title: (letter) => titleOf(letter, 'de'),
  levelName: (level) => LEVELS.de[level]!,
  greeting: 'Guten Tag,',
  intro: (letter) => {
    if (isMixed(letter)) return MIXED_INTROS.de(letter);
    return [
      'sicher ist es nur übersehen worden: Die folgenden Beträge sind fällig und bei uns noch nicht eingegangen.',
      'auf unsere Zahlungserinnerung haben wir zu den folgenden Beträgen noch keinen Ausgleich feststellen können. Sie befinden sich damit in Verzug.',
      'trotz unserer Mahnung sind die folgenden Beträge weiterhin offen. Wir bitten Sie dringend, sie jetzt auszugleichen.',
      'auch auf unsere 2. Mahnung hin sind die folgenden Beträge nicht bezahlt worden. Dies ist unsere letzte Aufforderung, bevor wir die Forderung ohne weitere Ankündigung gerichtlich geltend machen oder zur Einziehung abgeben.',
    ][letter.level]!;
  },
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
    bankCharges: 'Gebühren für Rücklastschriften',
    earlier: 'Offen aus früheren Schreiben',
    total: 'Zu zahlen',
  },
  interestNote: ({ interestPeriods, asOf }) => {
    const rates = interestPeriods.map(
      ({ from, to, rateBasisPoints }) =>
        `${percent(rateBasisPoints, 'de')} p.\u00A0a. vom ${date(from, 'de')} bis zum ${date(to, 'de')}`,
    );
    const when = rates.length ? `${rates.join(', ')}, je Rechnung ab dem Verzug` : `bis zum ${date(asOf, 'de')}`;
    return `Verzugszinsen von neun Prozentpunkten über dem Basiszinssatz (§\u00A0288 Abs.\u00A02 BGB): ${when}, taggenau.`;
  },
  lumpSumNote: 'Verzugspauschale von 40,00 € je Rechnung, einmalig (§\u00A0288 Abs.\u00A05 BGB).',
  claimsNote: 'Zinsen, Pauschale und Gebühren sind Schadensersatz und unterliegen nicht der Umsatzsteuer.',
};

const en: DunningLetterTexts = {
  title: (letter) => titleOf(letter, 'en'),
  levelName: (level) => LEVELS.en[level]!,
  greeting: 'Dear customer,',
  intro: (letter) => {
    if (isMixed(letter)) return MIXED_INTROS.en(letter);
    return [
      'This may simply have been overlooked: the following amounts are due and have not reached us yet.',
      'After our payment reminder we still cannot find a payment of the following amounts. You are therefore in default.',
      'Despite our first overdue notice the following amounts are still open. We urgently ask you to settle them now.',
      'The following amounts have not been paid after our second overdue notice either. This is our final request before we claim them in court or hand them over for collection without further notice.',
    ][letter.level]!;
  },
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
    bankCharges: 'Charges for returned debits',
    earlier: 'Open from earlier letters',
    total: 'Amount due',
  },
  interestNote: ({ interestPeriods, asOf }) => {
    const rates = interestPeriods.map(
      ({ from, to, rateBasisPoints }) =>
        `${percent(rateBasisPoints, 'en')} p.a. from ${date(from, 'en')} to ${date(to, 'en')}`,
    );
    const when = rates.length
      ? `${rates.join(', ')}, on each invoice from the start of its default`
      : `up to ${date(asOf, 'en')}`;
    return `Interest on arrears at nine percentage points above the base rate (section\u00A0288\u00A0(2) of the German Civil Code): ${when}, calculated daily.`;
  },
  lumpSumNote: 'Lump sum of €40.00 per invoice, once (section\u00A0288\u00A0(5) of the German Civil Code).',
  claimsNote: 'Interest, lump sum and fees are damages and are not subject to VAT.',
};

export const DUNNING_LETTER_TEXTS: Record<Language, DunningLetterTexts> = { de, en };
