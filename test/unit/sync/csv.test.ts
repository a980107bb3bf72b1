import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { DEFAULT_LIMITS, readRows } from '../../../services/sync/csv/read-rows.ts';
import { errorReport } from '../../../services/sync/csv/write-errors.ts';
import { csvLine, safeCell } from '../../../shared/csv/safe-cell.ts';
import { rowError, type CsvRow } from '../../../services/sync/domain/import-items.ts';

async function rowsOf(
  bytes: Buffer | string,
  piece = 7,
  limits = DEFAULT_LIMITS,
): Promise<{ header: readonly string[]; rows: CsvRow[] }> {
  const whole = Buffer.from(bytes as string);
  const chunks = Array.from({ length: Math.ceil(whole.length / piece) }, (_, index) =>
    whole.subarray(index * piece, (index + 1) * piece),
  );
  const source = await readRows(Readable.from(chunks), ',', limits);
  const rows: CsvRow[] = [];
  for await (const row of source.rows) rows.push(row);
  return { header: source.header, rows };
}

const refused = (code: string, message: RegExp = /./) =>
  expect.objectContaining({
    code: 422,
    data: { errors: [{ path: 'file', code, message: expect.stringMatching(message) }] },
  });

test.each([1, 2, 3, 1000])('text in pieces of %i bytes', async (piece) => {
  const text = 'a,b\n"Größe, ""7""\nzwei",£\n\nx,€\r\ny,z';
  expect(await rowsOf(text, piece)).toEqual({
    header: ['a', 'b'],
    rows: [
      { line: 2, cells: ['Größe, "7"\nzwei', '£'] },
      { line: 5, cells: ['x', '€\r'] },
      { line: 6, cells: ['y', 'z'] },
    ],
  });
});

test.each([
  ['a,b\r\n1,"x\r\ny"\r\n3,4', [2, 4]],
  ['a,b\r\n\r\n1,"x\ny"\r\n3,4\r\n', [3, 5]],
  ['a,b\n"x\n\n",2\n3,4', [2, 5]],
  ['a,b\r1,2\r3,4', [2, 3]],
])('the rows of %j begin on lines %j', async (text, lines) => {
  expect((await rowsOf(text)).rows.map((row) => row.line)).toEqual(lines);
});

test.each([
  ['gzip', gzipSync('a,b\r\n1,2\r\n')],
  ['a byte order mark', Buffer.from('\ufeffa,b\r\n1,2\r\n')],
  ['both', gzipSync('\ufeffa,b\n1,2')],
])('%s is recognised', async (_what, bytes) => {
  expect(await rowsOf(bytes, 1)).toEqual({ header: ['a', 'b'], rows: [{ line: 2, cells: ['1', '2'] }] });
});

test('rows with another number of cells are left to the caller', async () => {
  expect((await rowsOf('a,b\n1\n1,2,3\n')).rows.map((row) => row.cells.length)).toEqual([1, 3]);
});

test.each<[string, Buffer | string, unknown]>([
  ['an empty file', '', refused('FILE_EMPTY')],
  ['UTF-16 with a mark', Buffer.from('\ufeffa,b\n1,2', 'utf16le'), refused('UTF16')],
  ['UTF-16 without a mark', Buffer.from('a,b\n1,2', 'utf16le'), refused('UTF16')],
  ['Latin-1', Buffer.from('a,b\nGröße,2\n', 'latin1'), refused('NOT_UTF8')],
  ['half a character at the end', Buffer.from('a,b\n1,€').subarray(0, -1), refused('NOT_UTF8')],
  ['a NUL', 'a,b\n1,\u00002\n', refused('NUL_CHARACTER', /byte 6/)],
  ['a lone quote', 'a,b\n1,2\n1,7" single\n', refused('QUOTE_MISPLACED', /Line 3/)],
  ['a quote that never closes', 'a,b\n1,"2\n3,4\n', refused('QUOTE_NOT_CLOSED', /Line \d/)],
  ['text behind a closing quote', 'a,b\n1,"2"x\n', refused('QUOTE_MISPLACED', /Line 2/)],
  ['201 columns', `${'a,'.repeat(200)}b\n`, refused('TOO_MANY_COLUMNS', /Line 1/)],
  ['201 columns in a row', `a,b\n${'a,'.repeat(200)}b\n`, refused('TOO_MANY_COLUMNS', /Line 2/)],
  ['a million columns', `a,b\n${'1,'.repeat(1_000_000)}\n`, refused('RECORD_TOO_LONG', /Line 2/)],
  ['a record of 70 kB', `a,b\n1,${'x'.repeat(70_000)}\n`, refused('RECORD_TOO_LONG', /Line 2/)],
  ['half an archive', gzipSync('a,b\n1,2\n'.repeat(1000)).subarray(0, 40), refused('ARCHIVE_BROKEN')],
  ['a broken archive', Buffer.from([0x1f, 0x8b, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9]), refused('ARCHIVE_BROKEN')],
])('%s is refused', async (_what, bytes, error) => {
  await expect(rowsOf(bytes, 65_536)).rejects.toEqual(error);
});

test.each([
  [{ ...DEFAULT_LIMITS, bytes: 10 }, 'FILE_TOO_LARGE'],
  [{ ...DEFAULT_LIMITS, rows: 1 }, 'TOO_MANY_ROWS'],
])('limits hold: %j', async (limits, code) => {
  await expect(rowsOf('a,b\n1,2\n3,4\n', 64, limits)).rejects.toEqual(refused(code));
  await expect(rowsOf(gzipSync('a,b\n1,2\n3,4\n'), 64, limits)).rejects.toEqual(refused(code));
});

test('reading that ends early lets go of the source', async () => {
  const bytes = Readable.from(Array.from({ length: 10_000 }, () => Buffer.from('a,b\n'.repeat(100))));
  const source = await readRows(bytes, ',');
  for await (const row of source.rows) if (row.line > 5) break;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(bytes.destroyed).toBe(true);
});

test.each([
  ['=1+1', `"'=1+1"`],
  ['+49 421 1', `"'+49 421 1"`],
  ['-cmd', `"'-cmd"`],
  ['@SUM(A1)', `"'@SUM(A1)"`],
  ['\t=1', `"'\t'=1"`],
  ['\rx', `"'\rx"`],
  ['\nx', `"'\nx"`],
  ['\0x', `"'\0x"`],
  ['＝1+1', `"'＝1+1"`],
  ['＋1', `"'＋1"`],
  ['"=1+1', `"'""=1+1"`],
  ['  =1+1', `"'  =1+1"`],
  ['a;=1+1', `"a;'=1+1"`],
  ['a\n@x', `"a\n'@x"`],
  ['a;"=1', `"a;""'=1"`],
  ['-5', '-5'],
  ['-0.25', '-0.25'],
  ['12', '12'],
  ['-1,5', '"-1,5"'],
  ['-5x', `"'-5x"`],
  ['plain', 'plain'],
  ['a,b', '"a,b"'],
  ['say "x"', '"say ""x"""'],
  ['a=b', 'a=b'],
  ['', ''],
])('the cell %j is written as %s', (text, written) => {
  expect(safeCell(text)).toBe(written);
});

test('the error report names line, column, code and message and shows the row', async () => {
  const error = rowError({ line: 7, cells: ['536370', '=POST', '3'] }, 'ARTICLE_CODE_NOT_ACCEPTED', 'StockCode');
  const pieces: string[] = [];
  for await (const piece of errorReport(['InvoiceNo', 'StockCode', 'Quantity'], [error])) pieces.push(piece);
  expect(pieces).toEqual([
    '\ufeffline,column,code,message,InvoiceNo,StockCode,Quantity\r\n',
    `7,StockCode,ARTICLE_CODE_NOT_ACCEPTED,The profile does not accept this article code,536370,"'=POST",3\r\n`,
  ]);
  expect(csvLine(['1', 'a'])).toBe('1,a\r\n');
});
