import type { Invariant } from './invariant.ts';

const ASK = {
  de: 'Beleg nicht von Hand ändern. Mit der Kennung die Prüfspur ansehen und den Hersteller fragen.',
  en: 'Do not change the document by hand. Look at the audit trail with the id and ask the vendor.',
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
      de: 'Zehn Minuten nach dem Stellen ist das Dokument noch nicht archiviert.',
      en: 'Ten minutes after issuing, the document is not archived yet.',
    },
    remedy: {
      de: 'Unter Finanzen, Rechnung: Dokument neu erzeugen. Speicherplatz prüfen.',
      en: 'Under Finance, invoice: make the document again. Check the free disk space.',
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
      de: 'Eine gültige Rechnung je Lauf, Händler und Teil',
      en: 'One live invoice per run, merchant and split',
    },
    meaning: { de: 'Ein Händler bekäme dieselbe Rechnung zweimal.', en: 'A merchant would get an invoice twice.' },
    remedy: { de: 'Die Datenbank lässt es nicht zu.', en: 'The database does not allow it.' },
  },
  {
    id: 'I14.kind',
    by: 'billing.invoice invoice_kind_check',
    title: {
      de: 'Es gibt nur Rechnungen, noch keine Storni (I14) und Korrekturen (I15)',
      en: 'There are invoices only, no cancellations (I14) and credit notes (I15) yet',
    },
    meaning: {
      de: 'Ein Storno müsste sein Original spiegeln, Korrekturen dürften es nicht übersteigen.',
      en: 'A cancellation would have to mirror its original, credits must not exceed it.',
    },
    remedy: { de: 'Die Datenbank lässt es nicht zu.', en: 'The database does not allow it.' },
  },
  {
    id: 'I20.row',
    title: { de: 'Der Stand einer Laufzeile passt zu ihren Rechnungen', en: "A row's state agrees with its invoices" },
    meaning: {
      de: 'Eine Zeile gilt als gestellt ohne Rechnung, oder als offen mit einer gestellten.',
      en: 'A row counts as finalized without an invoice, or as open with a finalized one.',
    },
    remedy: ASK,
  },
  {
    id: 'I24.invoice',
    title: { de: 'Jede Rechnung wurde bekannt gegeben', en: 'Every invoice was announced' },
    meaning: {
      de: 'Andere Teile und angebundene Systeme wissen nichts von der Rechnung.',
      en: 'Other parts and connected systems do not know of the invoice.',
    },
    remedy: ASK,
  },
  {
    id: 'I30.invoice',
    title: { de: 'Jede Rechnung steht in der Prüfspur', en: 'Every invoice is in the audit trail' },
    meaning: {
      de: 'Es ist nicht belegt, wer die Rechnung gestellt hat.',
      en: 'Nothing proves who issued the invoice.',
    },
    remedy: ASK,
  },
] as const satisfies readonly Invariant[];
