/**
 * Reads a DATEV file in the format EXTF 700 field by field, against the rules of the format as they are published, not as our
 * writer knows them. Whatever breaks a rule throws with its place.
 */
export interface ExtfFile {
  head: string[];
  columns: string[];
  /** Filled cells of each row by the name of their column. */
  rows: Record<string, string>[];
  /** Each row as it stands in the file, decoded. */
  lines: string[];
}

interface Field {
  value: string;
  quoted: boolean;
}
/** A field of numbers, days and flags by its pattern; a text by its greatest length, or a pattern too. */
type Rule = { quoted: false; pattern: RegExp } | { quoted: true; most: number; pattern?: RegExp };

const bare = (pattern: RegExp): Rule => ({ quoted: false, pattern });
const text = (most: number, pattern?: RegExp): Rule => ({ quoted: true, most, ...(pattern ? { pattern } : {}) });
const DAY = /^(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])20\d\d$/;
const ISO_DAY = /^20\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/;
const EMPTY = /^$/;

const POSTINGS_HEAD: Rule[] = [
  ...[text(4, /^EXTF$/), bare(/^700$/), bare(/^21$/), text(20, /^Buchungsstapel$/), bare(/^13$/)],
  ...[bare(/^20\d{15}$/), bare(EMPTY), text(2, /^[A-Z]{0,2}$/), text(25), text(25)],
  ...[bare(/^(?:100[1-9]|10[1-9]\d|1[1-9]\d\d|[2-9]\d{3}|\d{5,7})$/), bare(/^[1-9]\d{0,4}$/), bare(ISO_DAY)],
  ...[bare(/^[4-8]$/), bare(ISO_DAY), bare(ISO_DAY), text(30), text(2, /^([A-Z]{2})?$/), bare(/^[12]$/), bare(/^0$/)],
  ...[bare(/^[01]$/), text(3, /^EUR$/), bare(EMPTY), text(2), bare(EMPTY), bare(EMPTY), text(4, /^0[34]$/)],
  ...[bare(/^\d{0,4}$/), bare(EMPTY), text(0), text(16)],
];
const DEBTORS_HEAD: Rule[] = POSTINGS_HEAD.map((rule, index) => {
  const field = index + 1;
  if (field === 3) return bare(/^16$/);
  if (field === 4) return text(20, /^Debitoren\/Kreditoren$/);
  if (field === 5) return bare(/^5$/);
  if ([15, 16, 19, 20, 21].includes(field)) return bare(EMPTY);
  if (field === 17 || field === 18 || field === 22) return text(0);
  return rule;
});

/** By number of the column; the numbers of text columns not named here stand in {@link POSTING_TEXTS}. */
const POSTING_RULES: Record<number, Rule> = {
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
};
const POSTING_TEXTS = new Set([
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
const POSTING_NAMES: Record<number, string> = {
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
  },
  ...{ 125: 'Abw. Skontokonto' },
};

const DEBTOR_RULES: Record<number, Rule> = {
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
const DEBTOR_NAMES: Record<number, string> = {
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

/** @throws Error for the first thing that breaks a rule of a Buchungsstapel */
export function readPostings(file: Uint8Array): ExtfFile {
  const read = readFile(file, { head: POSTINGS_HEAD, count: 125, names: POSTING_NAMES, rules: POSTING_RULES });
  const digits = Number(read.head[13]);
  const [from = '', to = ''] = [read.head[14], read.head[15]];
  for (const row of read.rows) {
    const { Konto = '', Belegdatum = '' } = row;
    const revenue = row['Gegenkonto (ohne BU-Schlüssel)'] ?? '';
    if (Konto.length !== digits + 1) throw new Error(`Konto ${Konto} is not one digit longer than ${digits}`);
    if (revenue.length !== digits) throw new Error(`Gegenkonto ${revenue} has not ${digits} digits`);
    const day = `${from.slice(0, 4)}${Belegdatum.slice(2)}${Belegdatum.slice(0, 2)}`;
    if (day < from || day > to) throw new Error(`Belegdatum ${Belegdatum} is not between ${from} and ${to}`);
  }
  return read;
}

/** @throws Error for the first thing that breaks a rule of Debitoren/Kreditoren */
export const readDebtors = (file: Uint8Array): ExtfFile =>
  readFile(file, { head: DEBTORS_HEAD, count: 254, names: DEBTOR_NAMES, rules: DEBTOR_RULES });

interface Format {
  head: Rule[];
  count: number;
  names: Record<number, string>;
  rules: Record<number, Rule>;
}

function readFile(file: Uint8Array, { head: headRules, count, names, rules }: Format): ExtfFile {
  const content = new TextDecoder('windows-1252', { fatal: true }).decode(file);
  if (!content.endsWith('\r\n')) throw new Error('The last line has no end');
  const [head = '', titles = '', ...lines] = content.slice(0, -2).split('\r\n');
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f]/.test(content.replaceAll('\r\n', ''))) throw new Error('A control character');
  const headFields = fieldsOf(head);
  if (headFields.length !== 31) throw new Error(`The head has ${headFields.length} fields`);
  headFields.forEach((field, index) => assertRule(field, headRules[index]!, `head, field ${index + 1}`));
  const columns = fieldsOf(titles).map(({ value }) => value);
  if (columns.length !== count) throw new Error(`There are ${columns.length} columns`);
  for (const [number, name] of Object.entries(names))
    if (columns[Number(number) - 1] !== name) throw new Error(`Column ${number} is ${columns[Number(number) - 1]}`);
  const rows = lines.map((line, index) => rowOf(line, columns, rules, `row ${index + 1}`));
  return { head: headFields.map(({ value }) => value), columns, rows, lines };
}

function rowOf(
  line: string,
  columns: readonly string[],
  rules: Record<number, Rule>,
  place: string,
): Record<string, string> {
  const fields = fieldsOf(line);
  if (fields.length !== columns.length) throw new Error(`${place} has ${fields.length} fields`);
  fields.forEach((field, index) => {
    const rule = rules[index + 1] ?? defaultRule(index + 1, columns.length, field);
    assertRule(field, rule, `${place}, ${columns[index]}`);
  });
  return Object.fromEntries(fields.flatMap(({ value }, index) => (value === '' ? [] : [[columns[index]!, value]])));
}

/** What is not named is empty here: quoted where the format has a text. */
const defaultRule = (column: number, count: number, { quoted }: Field): Rule =>
  count === 125 ? (POSTING_TEXTS.has(column) ? text(0) : bare(EMPTY)) : quoted ? text(0) : bare(EMPTY);

function assertRule({ value, quoted }: Field, rule: Rule, place: string): void {
  if (quoted !== rule.quoted) throw new Error(`${place} is ${quoted ? '' : 'not '}quoted: ${value}`);
  if (rule.quoted && value.length > rule.most) throw new Error(`${place} is longer than ${rule.most}: ${value}`);
  if (rule.pattern && !rule.pattern.test(value)) throw new Error(`${place} must not be ${value || 'empty'}`);
}

/** Cut at semicolons outside of quotes; a quote within quotes is doubled. */
function fieldsOf(line: string): Field[] {
  const fields: Field[] = [];
  let at = 0;
  while (at <= line.length) {
    const found = /^(?:"((?:[^"]|"")*)"|([^;"]*))(;|$)/.exec(line.slice(at));
    if (!found) throw new Error(`A quote is misplaced: ${line.slice(at, at + 40)}`);
    const [whole, inQuotes, outside] = found;
    fields.push({ value: inQuotes?.replaceAll('""', '"') ?? outside ?? '', quoted: inQuotes !== undefined });
    at += whole.length;
    if (found[3] === '') break;
  }
  return fields;
}

function span(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
