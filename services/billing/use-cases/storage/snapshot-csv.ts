import { CsvError, parse } from 'csv-parse/sync';
import { InvalidInput, invalidField, type FieldError } from '../../../../shared/kernel/errors.ts';

export const SNAPSHOT_COLUMNS = ['merchant', 'day', 'bin', 'sku', 'storageType', 'quantity', 'volumeM3'] as const;

/** The lines of one merchant and day, as written; nothing is checked but the form of the file. */
export interface CsvDay {
  merchantNumber: string;
  day: string;
  /** Line of the file, counted from 1. */
  firstLine: number;
  lines: { line: number; cells: Record<string, string | null> }[];
}

/** A whole year of a large warehouse; each line is an object in memory, whatever it holds. */
const MOST_LINES = 500_000;
const MOST_ERRORS = 100;
const LONGEST_LINE = 10_000;

/**
 * Groups the rows of a snapshot file by merchant and day, in the order of the file. Rows are looked at one by one, and
 * the first that show what is wrong with the file end it, so that its memory does not depend on what somebody sends.
 * @throws InvalidInput (path `file`, or `lines.<n>`) when it is not such a CSV
 */
export function readSnapshotCsv(text: string): CsvDay[] {
  assertShortLines(text);
  const days = new Map<string, CsvDay>();
  const wrong: FieldError[] = [];
  let rows = 0;
  readRows(text, (record, line) => {
    rows += 1;
    if (rows === 1) return assertHead(record);
    if (rows > MOST_LINES + 1)
      throw invalidField('file', 'TOO_MANY_LINES', `A file has at most ${MOST_LINES} lines; split it`);
    if (record.length === SNAPSHOT_COLUMNS.length) return addRow(days, record, line);
    wrong.push({
      path: `lines.${line}`,
      code: 'WRONG_COLUMN_COUNT',
      message: `This line has ${record.length} columns instead of ${SNAPSHOT_COLUMNS.length}`,
    });
    if (wrong.length === MOST_ERRORS) throw new InvalidInput(wrong);
  });
  if (wrong.length) throw new InvalidInput(wrong);
  if (rows === 0) throw invalidField('file', 'FILE_EMPTY', 'The file is empty');
  if (rows === 1) throw invalidField('file', 'NO_LINES', 'The file has no lines below its head');
  return [...days.values()];
}

/** The parser counts the characters of a row, not its commas: a million empty cells would be a short row. */
function assertShortLines(text: string): void {
  for (let line = 1, from = 0; from <= text.length; line += 1) {
    const next = text.indexOf('\n', from);
    const end = next < 0 ? text.length : next;
    if (end - from > LONGEST_LINE)
      throw invalidField(`lines.${line}`, 'LINE_TOO_LONG', `A line has at most ${LONGEST_LINE} characters`);
    from = end + 1;
  }
}

function assertHead(record: readonly string[]): void {
  if (record.length !== SNAPSHOT_COLUMNS.length || SNAPSHOT_COLUMNS.some((name, index) => record[index] !== name))
    throw invalidField('file', 'WRONG_HEAD', `The first line must be ${SNAPSHOT_COLUMNS.join(',')}`);
}

function addRow(days: Map<string, CsvDay>, record: readonly string[], line: number): void {
  const [merchantNumber = '', day = '', bin = '', sku = '', storageType = '', quantity = '', volumeM3 = ''] = record;
  const key = JSON.stringify([merchantNumber, day]);
  const found = days.get(key) ?? { merchantNumber, day, firstLine: line, lines: [] };
  days.set(key, found);
  const isEmptyWarehouse = [bin, sku, storageType, quantity, volumeM3].every((cell) => cell === '');
  if (isEmptyWarehouse) return;
  found.lines.push({
    line,
    cells: { bin, sku: sku || null, ...(storageType ? { storageType } : {}), quantity, volumeM3: volumeM3 || null },
  });
}

/** @param take  gets each row and the line of the file it ends in, counted from 1; what it throws ends the reading */
function readRows(text: string, take: (record: string[], line: number) => void): void {
  const delimiter = text.slice(0, text.search(/[\r\n]|$/)).includes(';') ? ';' : ',';
  try {
    parse(text, {
      bom: true,
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: LONGEST_LINE,
      // a row that becomes nothing is not collected
      on_record: (record: string[], { lines }) => void take(record, lines),
    });
  } catch (error) {
    if (error instanceof CsvError)
      throw invalidField(
        `lines.${Number(error['lines'])}`,
        'CSV_BROKEN',
        'This line cannot be read: look for a quote that is not closed',
      );
    throw error;
  }
}
