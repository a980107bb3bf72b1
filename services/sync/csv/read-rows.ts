import { PassThrough, pipeline, Readable, type Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CsvError, parse, type Parser } from 'csv-parse';
import { AppError, invalidField } from '../../../shared/kernel/errors.ts';
import type { CsvRow, CsvSource } from '../domain/import-items.ts';
import { utf8Check } from './utf8-check.ts';

export interface CsvLimits {
  /** columns of a row */
  columns: number;
  /** bytes of one record */
  recordBytes: number;
  /** bytes after unpacking */
  bytes: number;
  /** rows without the head */
  rows: number;
}

export const DEFAULT_LIMITS: CsvLimits = { columns: 200, recordBytes: 65_536, bytes: 2 ** 30, rows: 10_000_000 };

/**
 * Reads a CSV file as a stream, gzip recognised by its first bytes, UTF-8 with or without a byte order mark.
 * What is wrong with the file as a whole (encoding, quotes, sizes) ends the reading; what is wrong with a row's
 * content is for the caller. Read it to the end once before storing anything when a broken file must leave nothing.
 * @param source     owned from here on: it is destroyed when reading ends early
 * @param delimiter  one character
 * @returns the head at once, the rows as they come; iterate them once
 * @throws InvalidInput (422, path `file`), also while iterating
 */
export async function readRows(
  source: Readable,
  delimiter: string,
  limits: CsvLimits = DEFAULT_LIMITS,
): Promise<CsvSource> {
  const parser = parse({ bom: true, delimiter, max_record_size: limits.recordBytes, ...PARSE_OPTIONS });
  const bytes = await unpacked(source);
  pipeline(bytes, utf8Check(limits.bytes), parser, () => undefined);
  const records = numbered(parser, limits);
  const head = await records.next();
  if (head.done) throw invalidField('file', 'FILE_EMPTY', 'The file is empty');
  return { header: head.value.cells, rows: records };
}

const PARSE_OPTIONS = { info: true, relax_column_count: true, skip_empty_lines: true } as const;

async function* numbered(parser: Parser, limits: CsvLimits): AsyncGenerator<CsvRow, void, undefined> {
  let rows = -1;
  let overcounted = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      // the parser counts CR and LF inside a record one by one, and stands at its end
      const signs = lineBreaksIn(record, /[\r\n]/g);
      const line = info.lines - overcounted - signs;
      if (signs > 0) overcounted += signs - lineBreaksIn(record, /\r\n|\n|\r(?!$)/g);
      if (record.length > limits.columns)
        throw refusal('TOO_MANY_COLUMNS', line, `more than ${limits.columns} columns`);
      if (++rows > limits.rows) throw refusal('TOO_MANY_ROWS', line, `more than ${limits.rows} rows`);
      yield { line, cells: record };
    }
  } catch (error) {
    throw readable(error);
  }
}

function lineBreaksIn(cells: readonly string[], sign: RegExp): number {
  let count = 0;
  for (const cell of cells) {
    if (cell.includes('\n') || cell.includes('\r')) count += cell.match(sign)?.length ?? 0;
  }
  return count;
}

/** The source, or what is packed in it. */
async function unpacked(source: Readable): Promise<Readable> {
  const chunks = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let start = Buffer.alloc(0);
  while (start.length < 2) {
    const { done, value } = await chunks.next();
    if (done) break;
    start = Buffer.concat([start, Buffer.from(value)]);
  }
  const whole = Readable.from(rejoined(start, chunks), { objectMode: false });
  const target = start[0] === 0x1f && start[1] === 0x8b ? createGunzip() : new PassThrough();
  return pipeline(whole, target, () => undefined) as Transform;
}

async function* rejoined(start: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  try {
    if (start.length > 0) yield start;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

function readable(error: unknown): unknown {
  if (error instanceof AppError) return error;
  if (error instanceof CsvError) {
    const line = Number(error['lines']);
    if (error.code === 'CSV_MAX_RECORD_SIZE') return refusal('RECORD_TOO_LONG', line, 'a record that is too long');
    if (error.code === 'CSV_QUOTE_NOT_CLOSED') return refusal('QUOTE_NOT_CLOSED', line, 'a quote that never closes');
    return refusal('QUOTE_MISPLACED', line, 'a quote in the wrong place (a quote inside a cell is written twice)');
  }
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string' && code.startsWith('Z_')) {
    return invalidField('file', 'ARCHIVE_BROKEN', 'The gzip archive is broken or ends too early');
  }
  return error;
}

const refusal = (code: string, line: number, what: string) => invalidField('file', code, `Line ${line} has ${what}`);
