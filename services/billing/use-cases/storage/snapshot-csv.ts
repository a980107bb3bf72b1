import { CsvError, parse } from 'csv-parse/sync';
import { InvalidInput, invalidField } from '../../../../shared/kernel/errors.ts';

export const SNAPSHOT_COLUMNS = ['merchant', 'day', 'bin', 'sku', 'storageType', 'quantity', 'volumeM3'] as const;

/** The lines of one merchant and day, as written; nothing is checked but the form of the file. */
export interface CsvDay {
  merchantNumber: string;
  day: string;
  /** Line of the file, counted from 1. */
  firstLine: number;
  lines: { line: number; cells: Record<string, string | null> }[];
}

/**
 * Groups the rows of a snapshot file by merchant and day, in the order of the file.
 * @throws InvalidInput (path `file`, or `lines.<n>`) when it is not such a CSV
 */
export function readSnapshotCsv(text: string): CsvDay[] {
  const rows = records(text);
  const [head, ...body] = rows;
  if (!head) throw invalidField('file', 'FILE_EMPTY', 'The file is empty');
  if (
    head.record.length !== SNAPSHOT_COLUMNS.length ||
    SNAPSHOT_COLUMNS.some((name, index) => head.record[index] !== name)
  )
    throw invalidField('file', 'WRONG_HEAD', `The first line must be ${SNAPSHOT_COLUMNS.join(',')}`);
  if (!body.length) throw invalidField('file', 'NO_LINES', 'The file has no lines below its head');
  const wrong = body.filter(({ record }) => record.length !== SNAPSHOT_COLUMNS.length);
  if (wrong.length)
    throw new InvalidInput(
      wrong.slice(0, 100).map(({ record, line }) => ({
        path: `lines.${line}`,
        code: 'WRONG_COLUMN_COUNT',
        message: `This line has ${record.length} columns instead of ${SNAPSHOT_COLUMNS.length}`,
      })),
    );
  const days = new Map<string, CsvDay>();
  for (const { record, line } of body) addRow(days, record, line);
  return [...days.values()];
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

interface Row {
  record: string[];
  line: number;
}

function records(text: string): Row[] {
  const delimiter = text.slice(0, text.search(/[\r\n]|$/)).includes(';') ? ';' : ',';
  try {
    const rows = parse(text, {
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: 10_000,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return rows.map(({ record, info }) => ({ record, line: info.lines }));
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
