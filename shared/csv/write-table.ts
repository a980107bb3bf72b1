import { csvLine } from './safe-cell.ts';

/**
 * A CSV with a byte order mark and a head, in which numbers stay numbers and nothing is a formula.
 * @param rows  what a row lacks of the columns is an empty cell
 */
export const csvTable = (columns: readonly string[], rows: readonly object[]): Buffer =>
  Buffer.from(
    `\ufeff${csvLine(columns)}${rows.map((row) => csvLine(columns.map((column) => cellOf(row[column as keyof typeof row])))).join('')}`,
  );

const cellOf = (value: unknown): string => (value === null || value === undefined ? '' : String(value));
