import type { RowError } from '../domain/import-items.ts';

const NUMBER = /^-?\d+(?:[.,]\d+)?$/;
/** What makes a spreadsheet calculate: = + - @, their full-width forms, and the control characters it skips over. */
const FORMULA = /^["'\s]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n\0]/;
/** The same behind a sign that another spreadsheet may take for the end of a cell. */
const HIDDEN_FORMULA = /([;|\t\r\n]["'\s]*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])/g;

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

/** One line of CSV with its CRLF; every cell passed through {@link safeCell}. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(safeCell).join(',')}\r\n`;

/**
 * A cell no spreadsheet takes for a formula: a dangerous one gets a leading apostrophe and quotes, numbers stay
 * numbers (OWASP ASVS 1.2.10).
 */
export function safeCell(text: string): string {
  if (NUMBER.test(text)) return text.includes(',') ? `"${text}"` : text;
  const harmless = text.replace(HIDDEN_FORMULA, "$1'");
  if (FORMULA.test(text)) return quoted(`'${harmless}`);
  return harmless !== text || /[",;|\t\r\n]|^\s|\s$/.test(text) ? quoted(harmless) : text;
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
