/** The rules of the format EXTF 700 as DATEV publishes them, for the two kinds of files that are made here. */

/** A cell as it stands in the file. */
export interface Field {
  value: string;
  quoted: boolean;
}
/** A field of numbers, days and flags by its pattern; a text by its greatest length, or a pattern too. */
export type Rule = { quoted: false; pattern: RegExp } | { quoted: true; most: number; pattern?: RegExp };

export const bare = (pattern: RegExp): Rule => ({ quoted: false, pattern });
export const text = (most: number, pattern?: RegExp): Rule => ({ quoted: true, most, ...(pattern ? { pattern } : {}) });
const DAY = /^(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])20\d\d$/;
const DAY_OR_NONE = /^((0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])20\d\d)?$/;
const ISO_DAY = /^20\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/;
export const EMPTY = /^$/;

export const POSTINGS_HEAD: Rule[] = [
  ...[text(4, /^EXTF$/), bare(/^700$/), bare(/^21$/), text(20, /^Buchungsstapel$/), bare(/^13$/)],
  ...[bare(/^20\d{15}$/), bare(EMPTY), text(2, /^[A-Z]{0,2}$/), text(25), text(25)],
  ...[bare(/^(?:100[1-9]|10[1-9]\d|1[1-9]\d\d|[2-9]\d{3}|\d{5,7})$/), bare(/^[1-9]\d{0,4}$/), bare(ISO_DAY)],
  ...[bare(/^[4-8]$/), bare(ISO_DAY), bare(ISO_DAY), text(30), text(2, /^([A-Z]{2})?$/), bare(/^[12]$/), bare(/^0$/)],
  ...[bare(/^[01]$/), text(3, /^EUR$/), bare(EMPTY), text(2), bare(EMPTY), bare(EMPTY), text(4, /^0[34]$/)],
  ...[bare(/^\d{0,4}$/), bare(EMPTY), text(0), text(16)],
];
export const DEBTORS_HEAD: Rule[] = POSTINGS_HEAD.map((rule, index) => {
  const field = index + 1;
  if (field === 3) return bare(/^16$/);
  if (field === 4) return text(20, /^Debitoren\/Kreditoren$/);
  if (field === 5) return bare(/^5$/);
  if ([15, 16, 19, 20, 21].includes(field)) return bare(EMPTY);
  if (field === 17 || field === 18 || field === 22) return text(0);
  return rule;
});

/** By number of the column; the numbers of text columns not named here stand in {@link POSTING_TEXTS}. */
export const POSTING_RULES: Record<number, Rule> = {
  1: bare(/^(?!0+,00$)\d{1,10},\d\d$/),
  2: text(1, /^[SH]$/),
  3: text(3, /^[A-Z]{3}$/),
  7: bare(/^(?!0+$)\d{1,9}$/),
  8: bare(/^(?!0+$)\d{1,9}$/),
  // no key on accounts that post their VAT by themselves
  9: text(0),
  10: bare(/^(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])$/),
  11: text(36, /^[A-Za-z0-9_$&%*+/-]*$/),
  12: text(12),
  14: text(60),
  40: text(15),
  114: bare(/^[01]$/),
  115: bare(DAY),
  116: bare(DAY),
  // eight digits, unlike a due date in Belegfeld 2, which has six
  117: bare(DAY_OR_NONE),
};
export const POSTING_TEXTS = new Set([
  ...[
    16,
    20,
    ...span(21, 38),
    42,
    ...span(48, 87),
    91,
    95,
    96,
    98,
    102,
    103,
    105,
    107,
    109,
    110,
    112,
    118,
    120,
    121,
    123,
  ],
  ...[6],
]);
export const POSTING_NAMES: Record<number, string> = {
  ...{ 1: 'Umsatz (ohne Soll/Haben-Kz)', 7: 'Konto', 8: 'Gegenkonto (ohne BU-Schlüssel)', 9: 'BU-Schlüssel' },
  ...{
    10: 'Belegdatum',
    11: 'Belegfeld 1',
    14: 'Buchungstext',
    40: 'EU-Land u. UStID (Bestimmung)',
    87: 'Zusatzinformation- Inhalt 20',
  },
  ...{
    113: 'Kennzeichen SoBil-Buchung',
    114: 'Festschreibung',
    115: 'Leistungsdatum',
    116: 'Datum Zuord. Steuerperiode',
    117: 'Fälligkeit',
  },
  ...{ 125: 'Abw. Skontokonto' },
};

export const DEBTOR_RULES: Record<number, Rule> = {
  1: bare(/^[1-6]\d{4,8}$/),
  ...{
    2: text(50, /./),
    7: text(1, /^2$/),
    8: text(15),
    9: text(2, /^([A-Z]{2})?$/),
    10: text(13),
    15: text(3, /^STR$/),
  },
  ...{
    16: text(36),
    18: text(10),
    19: text(30),
    20: text(2, /^[A-Z]{2}$/),
    22: text(36),
    26: bare(/^1$/),
    33: text(60),
  },
  ...{ 99: text(15), 101: text(2, /^[15]$/), 110: bare(/^\d{1,3}$/) },
};
export const DEBTOR_NAMES: Record<number, string> = {
  ...{
    1: 'Konto',
    10: 'EU-UStID',
    26: 'Kennz. Korrespondenzadresse',
    33: 'E-Mail',
    41: 'Bankleitzahl 1',
    95: 'Bankverb 5 Gültig bis',
  },
  ...{ 99: 'Kunden-/Lief.-Nr.', 101: 'Sprache', 110: 'Fälligkeit in Tagen (Debitor)', 137: 'Indiv. Feld 1' },
  ...{
    165: 'Bankleitzahl 6',
    220: 'Nummer Fremdsystem',
    232: 'Verknüpftes OPOS-Konto',
    243: 'Verzugspauschale 3',
    254: 'Letzte Frist',
  },
};

function span(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
