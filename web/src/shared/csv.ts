/** What begins like this a spreadsheet would run as a formula (security.md 98). */
const FORMULA = /^[=+\-@\t\r\n\0＝＋－＠]/;
const NUMBER = /^-?\d+([.,]\d+)?$/;

/** A sheet as spreadsheets of both languages read it: semicolons, UTF-8 with its mark, CRLF. */
export function toCsv(header: readonly string[], rows: readonly (readonly CsvValue[])[]): Blob {
  const text = [header, ...rows].map((row) => row.map(cell).join(';')).join('\r\n');
  return new Blob(['\uFEFF', text, '\r\n'], { type: 'text/csv;charset=utf-8' });
}

export type CsvValue = string | number | null | undefined;

function cell(value: CsvValue): string {
  const text = value === null || value === undefined ? '' : String(value);
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[";\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
