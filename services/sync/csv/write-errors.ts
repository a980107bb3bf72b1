import { csvLine } from '../../../shared/csv/safe-cell.ts';
import type { RowError } from '../domain/import-items.ts';

/**
 * The error report of an import as CSV (UTF-8 with byte order mark, commas, CRLF): line, column, code and message,
 * then the cells as they stood, made harmless for spreadsheets.
 * @param header  the head of the imported file
 * @returns pieces of text; the first is the head
 */
export async function* errorReport(
  header: readonly string[],
  errors: AsyncIterable<RowError> | Iterable<RowError>,
): AsyncGenerator<string, void, undefined> {
  yield `\ufeff${csvLine(['line', 'column', 'code', 'message', ...header])}`;
  for await (const { line, column, code, message, raw } of errors) {
    yield csvLine([String(line), column ?? '', code, message, ...raw]);
  }
}
