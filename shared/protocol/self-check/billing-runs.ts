import type { Invariant } from './invariant.ts';

const ASK = {
  de: 'Nichts von Hand ändern. Im Protokoll nach der Kennung suchen und mit ihr den Hersteller fragen.',
  en: 'Change nothing by hand. Look for the id in the audit trail and ask the vendor with it.',
};

/** Runs, and what becomes of invoices. */
export const BILLING_RUN_INVARIANTS = [
  {
    id: 'I10.number',
    by: 'billing.invoice invoice_check4',
    title: { de: 'Entwürfe haben keine Nummer', en: 'Drafts have no number' },
    meaning: { de: 'Eine Nummer wäre vergeben, bevor es die Rechnung gibt.', en: 'A number would be taken too early.' },
    remedy: { de: 'Die Datenbank lässt es nicht zu.', en: 'The database does not allow it.' },
  },
  {
    id: 'I10.document',
    title: { de: 'Jede Rechnung hat ihr Dokument', en: 'Every invoice has its document' },
    meaning: {
      de: 'Zehn Minuten nach dem Ausstellen ist das Dokument noch nicht archiviert.',
      en: 'Ten minutes after issuing, the document is not archived yet.',
    },
    remedy: {
      de: 'Prüfen, ob die Abrechnung läuft und Speicherplatz frei ist: Das Dokument entsteht dann von selbst. Ist es fehlgeschlagen, unter Finanzen, Rechnungen noch einmal erstellen.',
      en: 'Check whether billing is running and disk space is free: the document is then created by itself. If it failed, create it again under Finance, Invoices.',
    },
  },
  {
    id: 'I11.content',
    title: { de: 'Dokumente sagen, was gebucht ist', en: 'Documents say what is booked' },
    meaning: {
      de: 'Nummer, Datum, Zeitraum oder Beträge im archivierten Dokument weichen von der Rechnung ab.',
      en: 'Number, dates, period or amounts in the archived document differ from the invoice.',
    },
    remedy: ASK,
  },
  {
    id: 'I12.one',
    by: 'billing.invoice invoice_one_live',
    title: {
      de: 'Eine gültige Rechnung je Lauf, Händler, Teil und Art der Besteuerung',
      en: 'One live invoice per run, merchant, split and tax group',
    },
    meaning: { de: 'Ein Händler bekäme dieselbe Rechnung zweimal.', en: 'A merchant would get an invoice twice.' },
    remedy: { de: 'Die Datenbank lässt es nicht zu.', en: 'The database does not allow it.' },
  },
  {
    id: 'I20.row',
    title: {
      de: 'Der Stand eines Händlers im Lauf passt zu seinen Rechnungen',
      en: "A merchant's state in a run agrees with its invoices",
    },
    meaning: {
      de: 'Ein Händler gilt ohne Rechnung als abgerechnet, oder als offen, obwohl seine Rechnung ausgestellt ist.',
      en: 'A merchant counts as billed without an invoice, or as open although its invoice is issued.',
    },
    remedy: ASK,
  },
  {
    id: 'I24.invoice',
    title: { de: 'Jede Rechnung wurde bekannt gegeben', en: 'Every invoice was announced' },
    meaning: {
      de: 'Andere Teile und angebundene Systeme wissen nichts von der Rechnung.',
      en: 'Other parts and connected systems do not know about the invoice.',
    },
    remedy: ASK,
  },
  {
    id: 'I30.invoice',
    title: { de: 'Jede Rechnung steht im Protokoll', en: 'Every invoice is in the audit trail' },
    meaning: {
      de: 'Es ist nicht belegt, wer die Rechnung ausgestellt hat.',
      en: 'Nothing proves who issued the invoice.',
    },
    remedy: ASK,
  },
] as const satisfies readonly Invariant[];
