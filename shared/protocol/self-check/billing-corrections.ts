import type { Invariant } from './invariant.ts';

const ASK = {
  de: 'Nichts von Hand ändern. Im Protokoll nach der Kennung suchen und mit ihr den Hersteller fragen.',
  en: 'Change nothing by hand. Look for the id in the audit trail and ask the vendor with it.',
};
const IMPOSSIBLE = { de: 'Die Datenbank lässt es nicht zu.', en: 'The database does not allow it.' };

/** What corrects an invoice. */
export const BILLING_CORRECTION_INVARIANTS = [
  {
    id: 'I14.mirrors',
    title: { de: 'Stornorechnungen spiegeln ihr Original', en: 'Cancellations mirror their original' },
    meaning: {
      de: 'Beträge, Steuer oder Positionen der Stornorechnung heben die der Rechnung nicht auf.',
      en: 'Amounts, tax or lines of the cancellation do not undo those of the invoice.',
    },
    remedy: ASK,
  },
  {
    id: 'I14.cancelled',
    title: {
      de: 'Stornierte Rechnungen haben ihre Stornorechnung, und nur sie',
      en: 'Cancelled invoices have their cancellation, and they alone',
    },
    meaning: {
      de: 'Eine Rechnung gilt ohne Stornorechnung als storniert, gilt trotz ihrer noch, oder ihre Posten sind noch mit ihr abgerechnet.',
      en: 'An invoice counts as cancelled without cancellation, still counts in spite of one, or its charges are still billed by it.',
    },
    remedy: ASK,
  },
  {
    id: 'I14.one',
    by: 'billing.invoice invoice_one_cancellation',
    title: { de: 'Eine Rechnung wird höchstens einmal storniert', en: 'An invoice is cancelled at most once' },
    meaning: {
      de: 'Ein Händler bekäme dasselbe zweimal zurück.',
      en: 'A merchant would be given the same back twice.',
    },
    remedy: IMPOSSIBLE,
  },
  {
    id: 'I15.within',
    title: {
      de: 'Rechnungskorrekturen übersteigen ihre Rechnung nie',
      en: 'Credit notes never exceed their invoice',
    },
    meaning: {
      de: 'Von einer Position, einer Steuer oder der Rechnung wurde mehr gutgebracht als berechnet, oder eine stornierte Rechnung wurde auch korrigiert.',
      en: 'More was given back of a line, a tax or the invoice than was billed, or a cancelled invoice was credited, too.',
    },
    remedy: ASK,
  },
  {
    id: 'I15.negative',
    by: 'billing.invoice invoice_credit_is_negative',
    title: { de: 'Eine Rechnungskorrektur fordert nichts', en: 'A credit note demands nothing' },
    meaning: { de: 'Ein Händler müsste ein Guthaben bezahlen.', en: 'A merchant would have to pay for a credit.' },
    remedy: IMPOSSIBLE,
  },
] as const satisfies readonly Invariant[];
