import type { Invariant } from './invariant.ts';

/** What made a charge, and that it stays as it was rated. */
export const BILLING_RATING_INVARIANTS = [
  {
    id: 'I1.caused',
    title: { de: 'Jeder Posten hat seinen Anlass', en: 'Every charge has its cause' },
    meaning: {
      de: 'Zu dem Posten gibt es bei diesem Händler kein Ereignis, keinen Lagertag und keinen früheren Posten: Es würde etwas berechnet oder zurückgezahlt, das es nie gab.',
      en: 'The merchant has no event, no storage day and no earlier charge for it: something that never was would be billed or credited.',
    },
    remedy: {
      de: 'Den Posten unter Finanzen, Posten zurückstellen, solange er nicht abgerechnet ist, und mit der Kennung den Hersteller fragen.',
      en: 'Hold the charge under Finance, Charges while it is not billed, and ask the vendor with the id.',
    },
  },
  {
    id: 'I1.as-rated',
    title: {
      de: 'Nicht abgerechnete Posten sind so, wie sie bewertet wurden',
      en: 'Unbilled charges are as they were rated',
    },
    meaning: {
      de: 'Preis, Menge, Abrechnungsrhythmus oder Bereich eines Postens passt nicht mehr zu seiner Regel, zur gemessenen Menge oder zu seiner Leistungsart: Er würde falsch oder zur falschen Zeit berechnet.',
      en: 'Price, quantity, billing cycle or section of a charge no longer fits its rule, what was measured, or its type: it would be billed wrongly or at the wrong time.',
    },
    remedy: {
      de: 'Posten unter Finanzen, Posten zurückstellen, mit der Preisliste vergleichen und mit der Kennung den Hersteller fragen.',
      en: 'Hold the charge under Finance, Charges, compare it with the rate card, and ask the vendor with the id.',
    },
  },
  {
    id: 'I1.quantity',
    by: 'billing.charge charge_quantity_traced',
    title: {
      de: 'Ein Posten hat die Menge, die seine Herleitung nennt',
      en: 'A charge has the quantity that its trace says',
    },
    meaning: {
      de: 'Eine Leistung würde mit einer anderen Menge berechnet, als bewertet wurde.',
      en: 'A service would be billed by another quantity than was rated.',
    },
    remedy: { de: 'Die Datenbank lässt es nicht zu.', en: 'The database does not allow it.' },
  },
  {
    id: 'I1.once',
    by: 'billing.charge charge_source_source_event_charge_type_revision_key',
    title: { de: 'Kein Ereignis hat denselben Posten zweimal', en: 'No event has the same charge twice' },
    meaning: { de: 'Eine Leistung würde doppelt berechnet.', en: 'A service would be billed twice.' },
    remedy: { de: 'Die Datenbank lässt es nicht zu.', en: 'The database does not allow it.' },
  },
  {
    id: 'I1.rated',
    by: 'billing.charge charge_check2',
    title: { de: 'Ein Posten hat einen Preis oder wartet darauf', en: 'A charge has a price or waits for one' },
    meaning: { de: 'Ein Posten ohne Regel gälte als bewertet.', en: 'A charge without a rule would count as rated.' },
    remedy: { de: 'Die Datenbank lässt es nicht zu.', en: 'The database does not allow it.' },
  },
] as const satisfies readonly Invariant[];
