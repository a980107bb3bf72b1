import { CsvError, type Info } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { invalidField } from '../kernel/errors.ts';

/** The cells of a CSV file, with the line each row stands on; the head is line 1. */
export interface Table {
  header: string[];
  rows: { line: number; cells: string[] }[];
}

export const MOST_LINES = 5_000;
const MOST_COLUMNS = 100;
const MOST_BYTES_OF_A_RECORD = 32_768;
const DELIMITERS = [';', ',', '\t'] as const;

/**
 * Reads a CSV file as spreadsheets in Germany and elsewhere write them: UTF-8, UTF-16 with a byte order mark, or
 * Windows-1252; semicolons, commas or tabs. Blanks around cells are no part of them.
 * @throws InvalidInput at `file`: `FILE_EMPTY`, `NOT_CSV`, `TOO_MANY_LINES`, `TOO_MANY_COLUMNS`, `QUOTE_MISPLACED`
 */
export function readTable(bytes: Buffer): Table {
  // one kind of line break, so that lines are counted as an editor counts them
  const text = decoded(bytes).replaceAll(/\r\n?/g, '\n');
  const records = recordsOf(text);
  const [head, ...rows] = records.map(({ record, info }) => ({
    line: info.lines - record.join('').split('\n').length + 1,
    cells: record.map((cell) => cell.trim()),
  }));
  if (!head) throw invalidField('file', 'FILE_EMPTY', 'The file is empty');
  if (rows.length > MOST_LINES) throw refused('TOO_MANY_LINES', `The file has more than ${MOST_LINES} lines`);
  if ([head, ...rows].some(({ cells }) => cells.length > MOST_COLUMNS))
    throw refused('TOO_MANY_COLUMNS', `The file has more than ${MOST_COLUMNS} columns`);
  return { header: head.cells, rows: rows.filter(({ cells }) => cells.some((cell) => cell !== '')) };
}

function recordsOf(text: string): { record: string[]; info: Info }[] {
  try {
    return parse(text, {
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: MOST_BYTES_OF_A_RECORD,
      to: MOST_LINES + 2,
    }) as unknown as { record: string[]; info: Info }[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number(error['lines']);
    throw error.code === 'CSV_MAX_RECORD_SIZE'
      ? refused('RECORD_TOO_LONG', `Line ${line} is too long`)
      : refused('QUOTE_MISPLACED', `Line ${line} has a quote that is misplaced or never closed`);
  }
}

/** The sign that stands in the head most often; a semicolon when none does. */
function delimiterOf(text: string): string {
  const [head = ''] = text.split('\n', 1);
  const count = (sign: string) => head.slice(0, 10_000).split(sign).length;
  return DELIMITERS.reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

function decoded(bytes: Buffer): string {
  const text = textOf(bytes);
  if (text.includes('\u0000')) throw refused('NOT_CSV', 'This is not a CSV file; save the sheet as CSV (UTF-8) first');
  return text;
}

function textOf(bytes: Buffer): string {
  const encodings =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? ['utf-16le']
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? ['utf-16be']
        : ['utf-8', 'windows-1252'];
  for (const encoding of encodings) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // the next one, if any
    }
  }
  throw refused('NOT_CSV', 'The text of the file cannot be read; save it as CSV (UTF-8)');
}

const refused = (code: string, message: string) => invalidField('file', code, message);
