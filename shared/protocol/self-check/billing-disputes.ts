import type { Invariant } from './invariant.ts';

const ASK = {
  de: 'Nichts von Hand ändern. Im Protokoll nach der Kennung suchen und mit ihr den Hersteller fragen.',
  en: 'Change nothing by hand. Look for the id in the audit trail and ask the vendor with it.',
};

/** Disputes about lines of invoices. */
export const BILLING_DISPUTE_INVARIANTS = [
  {
    id: 'I38.axis',
    title: {
      de: 'Rechnungen wissen, ob sie beanstandet sind',
      en: 'Invoices know whether they are disputed',
    },
    meaning: {
      de: 'Eine Rechnung gilt als beanstandet und ist es nicht, oder umgekehrt: Sie würde gemahnt, obwohl über sie gesprochen wird, oder nie.',
      en: 'An invoice counts as disputed and is not, or the other way round: it would be dunned while it is talked about, or never.',
    },
    remedy: ASK,
  },
  {
    id: 'I38.credit',
    title: {
      de: 'Anerkannte Beanstandungen haben ihre Rechnungskorrektur',
      en: 'Credited disputes have their credit note',
    },
    meaning: {
      de: 'Die Rechnungskorrektur einer Beanstandung fehlt, nimmt etwas von einer anderen Position oder einen anderen Betrag.',
      en: 'The credit note of a dispute is missing, takes something of another line, or another amount.',
    },
    remedy: ASK,
  },
  {
    id: 'I38.thread',
    title: {
      de: 'Jede Beanstandung beginnt mit dem, was der Händler schrieb',
      en: 'Every dispute begins with what the merchant wrote',
    },
    meaning: {
      de: 'Eine Nachricht einer Beanstandung fehlt, oder die Beanstandung gilt einer Position einer anderen Rechnung.',
      en: 'A message of a dispute is missing, or it is about a line of another invoice.',
    },
    remedy: ASK,
  },
  {
    id: 'I38.one',
    by: 'billing.line_dispute line_dispute_one_open',
    title: {
      de: 'Über eine Position gibt es höchstens eine offene Beanstandung',
      en: 'A line has at most one open dispute',
    },
    meaning: {
      de: 'Dasselbe könnte zweimal korrigiert werden.',
      en: 'The same could be credited twice.',
    },
    remedy: { de: 'Die Datenbank lässt es nicht zu.', en: 'The database does not allow it.' },
  },
] as const satisfies readonly Invariant[];
