import type { Language } from '../../../../shared/documents/formats.ts';

const TITLES = {
  de: ['Zahlungserinnerung', '1. Mahnung', '2. Mahnung', '3. Mahnung'],
  en: ['Payment reminder', 'First overdue notice', 'Second overdue notice', 'Final notice'],
} as const;

/** The same in the narrow column of a table. */
export const LEVELS = {
  de: ['Erinnerung', '1. Mahnung', '2. Mahnung', '3. Mahnung'],
  en: ['Reminder', 'Level 1', 'Level 2', 'Final notice'],
} as const;

/** What a letter of several levels is called: without and with a reminder among them. */
const MIXED_TITLES = {
  de: ['Mahnung', 'Zahlungserinnerung und Mahnung'],
  en: ['Overdue notice', 'Payment reminder and overdue notice'],
} as const;

/** The highest level, and that of each invoice. */
export interface LevelsOfLetter {
  level: number;
  invoices: readonly { number: string; level: number }[];
}

export const isMixed = ({ invoices }: LevelsOfLetter): boolean => new Set(invoices.map(({ level }) => level)).size > 1;

/** A letter of several levels is called by none of them. */
export function titleOf(letter: LevelsOfLetter, language: Language): string {
  if (!isMixed(letter)) return TITLES[language][letter.level]!;
  return MIXED_TITLES[language][letter.invoices.some(({ level }) => level === 0) ? 1 : 0];
}

/** The invoices that a letter warns of court for the last time. */
const lastOf = ({ invoices }: LevelsOfLetter): string[] =>
  invoices.filter(({ level }) => level === 3).map(({ number }) => number);
/** More numbers than this are not repeated in a sentence: the table has them. */
const MOST_NAMED = 8;

function mixedIntroDe(facts: LevelsOfLetter): string {
  const last = lastOf(facts);
  const which =
    last.length > MOST_NAMED
      ? `Zu den ${last.length} Rechnungen mit der Stufe „${LEVELS.de[3]}“`
      : `Zu ${last.length === 1 ? 'Rechnung' : 'den Rechnungen'} ${last.join(', ')}`;
  return [
    'die folgenden Beträge sind fällig und bei uns noch nicht eingegangen. Neben jeder Rechnung steht ihre Stufe; ab der 1. Mahnung befinden Sie sich mit dem Betrag in Verzug.',
    ...(last.length
      ? [
          `${which} ist dies unsere letzte Aufforderung, bevor wir ${last.length === 1 ? 'diese Forderung' : 'diese Forderungen'} ohne weitere Ankündigung gerichtlich geltend machen oder zur Einziehung abgeben.`,
        ]
      : []),
  ].join(' ');
}

function mixedIntroEn(facts: LevelsOfLetter): string {
  const last = lastOf(facts);
  const which =
    last.length > MOST_NAMED
      ? `the ${last.length} invoices at the level “${LEVELS.en[3]}”`
      : `${last.length === 1 ? 'invoice' : 'invoices'} ${last.join(', ')}`;
  return [
    'The following amounts are due and have not reached us yet. Each invoice has its level beside it; from level 1 on you are in default with the amount.',
    ...(last.length
      ? [
          `For ${which} this is our final request before we claim ${last.length === 1 ? 'this amount' : 'these amounts'} in court or hand ${last.length === 1 ? 'it' : 'them'} over for collection without further notice.`,
        ]
      : []),
  ].join(' ');
}

/** A letter of several levels threatens with court for those invoices alone that are at the last one. */
export const MIXED_INTROS = { de: mixedIntroDe, en: mixedIntroEn };
