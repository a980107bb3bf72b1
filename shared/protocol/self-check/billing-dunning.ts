import type { Invariant } from './invariant.ts';

const ASK = {
  de: 'Nichts von Hand ändern. Im Protokoll nach der Kennung suchen und mit ihr den Hersteller fragen.',
  en: 'Change nothing by hand. Look for the id in the audit trail and ask the vendor with it.',
};

/** Direct debits and dunning. */
export const BILLING_DUNNING_INVARIANTS = [
  {
    id: 'I36.announced',
    title: {
      de: 'Die Rechnung kündigt an, was eingezogen wird',
      en: 'The invoice announces what is collected',
    },
    meaning: {
      de: 'Mandat, Konto oder Tag des Einzugs stehen anders auf der Rechnung, als sie eingezogen wird: Der Einzug ist nicht angekündigt.',
      en: 'Mandate, account or day of collection stand on the invoice other than it is collected: the collection was not announced.',
    },
    remedy: ASK,
  },
  {
    id: 'I36.file',
    title: { de: 'Jeder freigegebene Einzug hat seine Datei', en: 'Each approved collection has its file' },
    meaning: {
      de: 'Ein Einzug ist freigegeben, aber seine Datei für die Bank konnte nicht geschrieben werden.',
      en: 'A collection is approved, but its file for the bank could not be written.',
    },
    remedy: {
      de: 'Unter Finanzen, Lastschriften die Datei abrufen; sie wird dabei geschrieben, oder die Meldung sagt, warum nicht.',
      en: 'Download the file under Finance, Direct debits; that writes it, or the message says why not.',
    },
  },
  {
    id: 'I36.used',
    title: { de: 'Die letzte Nutzung eines Mandats stimmt', en: 'The latest use of a mandate is so' },
    meaning: {
      de: 'Ein Mandat verfällt zu früh oder wird genutzt, obwohl es verfallen ist.',
      en: 'A mandate lapses too early, or is used although it lapsed.',
    },
    remedy: ASK,
  },
  {
    id: 'I36.money',
    title: { de: 'Was eingezogen ist, ist eingegangen', en: 'What was collected came in' },
    meaning: {
      de: 'Ein Einzug gilt als bezahlt oder als zurückgekommen, aber die Zahlung dazu ist storniert oder eine andere.',
      en: 'A collection counts as paid or as come back, but the payment of it is void or another one.',
    },
    remedy: ASK,
  },
  {
    id: 'I37.letter',
    title: {
      de: 'Ein Mahnschreiben ist die Summe seiner Rechnungen',
      en: 'A dunning letter is the sum of its invoices',
    },
    meaning: {
      de: 'Ein Händler wurde über einen anderen Betrag gemahnt, als seine Rechnungen ergeben.',
      en: 'A merchant was dunned for another amount than its invoices come to.',
    },
    remedy: ASK,
  },
  {
    id: 'I37.levels',
    title: { de: 'Keine Mahnstufe wurde übersprungen', en: 'No dunning level was skipped' },
    meaning: {
      de: 'Eine Rechnung kam zu einer Mahnstufe, ohne die vorige gehabt zu haben.',
      en: 'An invoice came to a dunning level without having had the one before.',
    },
    remedy: ASK,
  },
  {
    id: 'I37.document',
    title: { de: 'Jedes Mahnschreiben hat sein Dokument', en: 'Each dunning letter has its document' },
    meaning: {
      de: 'Ein Mahnschreiben wurde ausgestellt, aber weder gezeichnet noch versandt.',
      en: 'A dunning letter was issued, but neither drawn nor sent.',
    },
    remedy: {
      de: 'Die Meldung nennt den Grund; meist ist es ein Zeichen in einem Namen, das die Schrift nicht hat. Das Schreiben unter Finanzen, Mahnwesen, Schreiben neu erstellen.',
      en: 'The message names the reason; mostly it is a sign in a name that the font lacks. Create the letter again under Finance, Dunning, Letters.',
    },
  },
  {
    id: 'I37.claims',
    title: {
      de: 'Für eine stornierte Rechnung werden weder Zinsen noch Gebühren verlangt',
      en: 'Neither interest nor fees are claimed for a cancelled invoice',
    },
    meaning: {
      de: 'Zinsen, Pauschale oder Gebühren sind offen, obwohl die Rechnung storniert ist.',
      en: 'Interest, lump sum or fees are open although the invoice is cancelled.',
    },
    remedy: {
      de: 'Die Forderung unter Finanzen, Mahnwesen, Zinsen und Gebühren erlassen.',
      en: 'Waive the claim under Finance, Dunning, Interest and fees.',
    },
  },
] as const satisfies readonly Invariant[];
