import type { Invariant } from './invariant.ts';

const ASK = {
  de: 'Nichts von Hand ändern. Im Protokoll nach der Kennung suchen und mit ihr den Hersteller fragen.',
  en: 'Change nothing by hand. Look for the id in the audit trail and ask the vendor with it.',
};

/** What is paid, and with which money. */
export const BILLING_PAYMENT_INVARIANTS = [
  {
    id: 'I31.status',
    title: {
      de: 'Der Zahlstand einer Rechnung passt zu ihren Zahlungen',
      en: 'What an invoice says of its payment is so',
    },
    meaning: {
      de: 'Eine Rechnung gilt als bezahlt und ist es nicht, oder umgekehrt.',
      en: 'An invoice counts as paid and is not, or the other way round.',
    },
    remedy: ASK,
  },
  {
    id: 'I31.settled',
    title: { de: 'Keine Rechnung ist überzahlt', en: 'No invoice is paid more than once' },
    meaning: {
      de: 'Auf eine Rechnung ist mehr verrechnet, als sie verlangt: Dem Händler fehlt Geld.',
      en: 'More is booked on an invoice than it asks for: the merchant lacks money.',
    },
    remedy: ASK,
  },
  {
    id: 'I31.prepaid',
    title: { de: 'Das verrechnete Guthaben steht auf der Rechnung', en: 'The invoice says what credit was used on it' },
    meaning: {
      de: 'Das Dokument nennt ein anderes Guthaben, als verrechnet wurde: Der Händler zahlt den falschen Betrag.',
      en: 'The document names another credit than was used: the merchant pays a wrong amount.',
    },
    remedy: ASK,
  },
  {
    id: 'I32.payment',
    title: { de: 'Was von einer Zahlung frei ist, stimmt', en: 'What is left of a payment is so' },
    meaning: {
      de: 'Von einer Zahlung scheint mehr oder weniger übrig, als verrechnet wurde.',
      en: 'More or less of a payment seems to be left than was used.',
    },
    remedy: ASK,
  },
  {
    id: 'I32.returned',
    title: { de: 'Es kommt nicht mehr zurück, als gezahlt wurde', en: 'No more comes back than was paid' },
    meaning: {
      de: 'Von einer Zahlung hat die Bank mehr zurückgenommen, als sie war, oder mehr von einer Rechnung, als sie bezahlt hat.',
      en: 'The bank took more of a payment back than it was, or more off an invoice than it paid.',
    },
    remedy: ASK,
  },
  {
    id: 'I32.balance',
    title: { de: 'Kein Guthaben ist negativ', en: 'No credit balance is negative' },
    meaning: {
      de: 'Von einem Guthaben wurde mehr verbraucht, als gewährt wurde.',
      en: 'More of a credit balance was used than was granted.',
    },
    remedy: ASK,
  },
  {
    id: 'I32.entry',
    title: { de: 'Eine Zahlung ist, was die Bank gemeldet hat', en: 'A payment is what the bank told' },
    meaning: {
      de: 'Betrag oder Wertstellung einer Zahlung weicht von der Buchung auf dem Konto ab, oder die Buchung wurde beiseitegelegt.',
      en: 'Amount or value date of a payment differs from the entry of the account, or that was put aside.',
    },
    remedy: ASK,
  },
] as const satisfies readonly Invariant[];
