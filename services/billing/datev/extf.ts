import type { LocalDate } from '../../../shared/kernel/dates.ts';
import type { AccountingSettings } from '../../../shared/protocol/billing/accounting-settings.ts';
import type { Column } from './columns.ts';
import { encode1252, in1252 } from './windows-1252.ts';

/** What stands in the cells of a row, by the name of the column; what is left out is empty. */
export type Cells = Readonly<Record<string, string>>;

export interface Head {
  category:
    { number: 21; name: 'Buchungsstapel'; version: 13 } | { number: 16; name: 'Debitoren/Kreditoren'; version: 5 };
  settings: AccountingSettings;
  /** Local time, `YYYYMMDDHHMMSSmmm`. */
  madeAt: string;
  /** The month; it lies in one fiscal year, because those begin with a month. */
  from: LocalDate;
  to: LocalDate;
  title: string;
}

/**
 * A file in the format EXTF 700: head, names of the columns, rows. Windows-1252, semicolons, CRLF, texts quoted.
 * @throws Error for a cell that no column has
 */
export function extfFile(head: Head, columns: readonly Column[], rows: readonly Cells[]): Buffer {
  const known = new Set(columns.map(({ name }) => name));
  const lines = rows.map((cells) => {
    const stray = Object.keys(cells).find((name) => !known.has(name));
    if (stray !== undefined) throw new Error(`There is no column ${stray}`);
    return columns.map(({ name, text }) => (text ? quoted(cells[name] ?? '') : (cells[name] ?? ''))).join(';');
  });
  const all = [headLine(head), columns.map(({ name }) => name).join(';'), ...lines];
  return encode1252(all.map((line) => `${line}\r\n`).join(''));
}

/** The 31 fields of the head; master data have neither days, title nor kind of posting. */
function headLine({ category, settings, madeAt, from, to, title }: Head): string {
  const ofPostings = category.number === 21;
  const { consultantNumber, clientNumber, accountDigits, initials, locked, chart } = settings;
  const fields = [
    ...[quoted('EXTF'), 700, category.number, quoted(category.name), category.version, madeAt, ''],
    ...[quoted('RE'), quoted(''), quoted(''), consultantNumber, clientNumber],
    ...[compact(fiscalYearStart(from, settings.fiscalYearStartMonth)), accountDigits],
    ...(ofPostings
      ? [compact(from), compact(to), quoted(cut(title, 30)), quoted(initials ?? ''), 1, 0, locked ? 1 : 0]
      : ['', '', quoted(''), quoted(''), '', '', '']),
    ...[
      quoted(ofPostings ? 'EUR' : ''),
      '',
      quoted(''),
      '',
      '',
      quoted(chart.slice(3)),
      '',
      '',
      quoted(''),
      quoted(''),
    ],
  ];
  return fields.join(';');
}

const fiscalYearStart = (day: LocalDate, startMonth: number): LocalDate => {
  const year = Number(day.slice(0, 4)) - (Number(day.slice(5, 7)) < startMonth ? 1 : 0);
  return `${year}-${String(startMonth).padStart(2, '0')}-01`;
};

const compact = (day: LocalDate): string => day.replaceAll('-', '');
/** TTMMJJJJ */
export const dayMonthYear = (day: LocalDate): string => `${day.slice(8)}${day.slice(5, 7)}${day.slice(0, 4)}`;
/** TTMM; the year is that of the file. */
export const dayMonth = (day: LocalDate): string => `${day.slice(8)}${day.slice(5, 7)}`;

/** A text as Windows-1252 can write it, at most so long. */
export const cut = (value: string, most: number): string => in1252(value).slice(0, most).trimEnd();

/** Minor units without sign, with a decimal comma. */
export function decimalComma(minor: number): string {
  const digits = String(Math.abs(minor)).padStart(3, '0');
  return `${digits.slice(0, -2)},${digits.slice(-2)}`;
}

const quoted = (value: string): string => `"${in1252(value).replaceAll('"', '""')}"`;
