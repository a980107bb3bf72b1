const NUMBER = /^-?\d+(?:[.,]\d+)?$/;
/** What makes a spreadsheet calculate: = + - @, their full-width forms, and the control characters it skips over. */
const FORMULA = /^["'\s]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n\0]/;
/** The same behind a sign that another spreadsheet may take for the end of a cell. */
const HIDDEN_FORMULA = /([;|\t\r\n]["'\s]*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])/g;
/** As {@link safeCell} leaves it. */
const MARKED_FORMULA = /([;|\t\r\n]["'\s]*)'(?=[=+\-@\uff1d\uff0b\uff0d\uff20])/g;

/** One line of CSV with its CRLF; every cell passed through {@link safeCell}. */
export const csvLine = (cells: readonly string[], delimiter = ','): string =>
  `${cells.map(safeCell).join(delimiter)}\r\n`;

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

/** What {@link safeCell} was given, from what a reader of the file gets. */
export function plainCell(cell: string): string {
  const text = FORMULA.test(cell.slice(1)) && cell.startsWith("'") ? cell.slice(1) : cell;
  return text.replace(MARKED_FORMULA, '$1');
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
