import type { Invariant } from './invariant.ts';

const TRAIL = {
  de: 'Mit den Beteiligten klären und festhalten; mit der Kennung den Hersteller fragen, wie es dazu kam.',
  en: 'Find out from those involved and write it down; ask the vendor with the id how it came about.',
};

/** Who answers for what is billed and what is not. */
export const BILLING_ANSWER_INVARIANTS = [
  {
    id: 'I30.held',
    title: { de: 'Jede Zurückstellung steht im Protokoll', en: 'Every hold is in the audit trail' },
    meaning: {
      de: 'Ein Posten wird nicht abgerechnet, und es ist nicht belegt, wer ihn zurückgestellt hat.',
      en: 'A charge is not billed, and nothing proves who held it.',
    },
    remedy: TRAIL,
  },
  {
    id: 'I30.rate',
    title: {
      de: 'Jede Fassung einer Preisliste steht im Protokoll',
      en: 'Every version of a rate card is in the audit trail',
    },
    meaning: {
      de: 'Es ist nicht belegt, wer diese Preise eingeführt hat.',
      en: 'Nothing proves who brought these prices in.',
    },
    remedy: TRAIL,
  },
  {
    id: 'I30.approved',
    title: { de: 'Jede Freigabe steht im Protokoll', en: 'Every approval is in the audit trail' },
    meaning: {
      de: 'Die Abrechnung eines Händlers gilt als freigegeben, aber niemand hat sie freigegeben.',
      en: 'The bill of a merchant counts as approved, but nobody approved it.',
    },
    remedy: TRAIL,
  },
] as const satisfies readonly Invariant[];
