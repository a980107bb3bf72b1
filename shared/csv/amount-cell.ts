/** Minor units as a decimal, as the spreadsheets of a language write it. */
export function amountCell(minor: number, point: ',' | '.'): string {
  const digits = String(Math.abs(minor)).padStart(3, '0');
  return `${minor < 0 ? '-' : ''}${digits.slice(0, -2)}${point}${digits.slice(-2)}`;
}
