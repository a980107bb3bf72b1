import {
  bare,
  DEBTOR_NAMES,
  DEBTOR_RULES,
  DEBTORS_HEAD,
  EMPTY,
  POSTING_NAMES,
  POSTING_RULES,
  POSTING_TEXTS,
  POSTINGS_HEAD,
  text,
  type Field,
  type Rule,
} from './extf-rules.ts';

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
