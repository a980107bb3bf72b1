import type { Invariant } from './invariant.ts';

/** What left for the tax adviser and the tax office. */
export const BILLING_EXPORT_INVARIANTS = [
  {
    id: 'I31.first',
    by: 'billing.export_document export_document_first',
    title: {
      de: 'Ein Dokument wird nur einmal als neu exportiert',
      en: 'A document is exported as new only once',
    },
    meaning: {
      de: 'Dasselbe könnte zweimal gebucht oder gemeldet werden, ohne dass es auffällt.',
      en: 'The same could be posted or reported twice without anybody noticing.',
    },
    remedy: { de: 'Die Datenbank lässt es nicht zu.', en: 'The database does not allow it.' },
  },
  {
    id: 'I31.sums',
    title: {
      de: 'Die Summen eines Exports sind die seiner Dokumente',
      en: 'The sums of an export are those of its documents',
    },
    meaning: {
      de: 'Was exportiert wurde, weicht von den Dokumenten ab, die dafür festgehalten sind.',
      en: 'What was exported differs from the documents recorded for it.',
    },
    remedy: {
      de: 'Die Datei herunterladen, mit den Dokumenten vergleichen und mit der Kennung den Hersteller fragen.',
      en: 'Download the file, compare it with the documents and ask the vendor with the id.',
    },
  },
] as const satisfies readonly Invariant[];
