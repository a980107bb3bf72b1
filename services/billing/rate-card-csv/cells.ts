import { isLocalDate } from '../../../shared/kernel/dates.ts';
import type { CellType } from './columns.ts';

/** A cell as the schema of cards wants it; what cannot be read is handed on as it is, for the schema to refuse. */
export function valueOf(cell: string, type: CellType): unknown {
  switch (type) {
    case 'text':
      return cell;
    case 'integer':
      return /^-?\d{1,15}$/.test(cell) ? Number(cell) : cell;
    case 'decimal':
      return /^-?\d+,\d+$/.test(cell) ? cell.replace(',', '.') : cell;
    case 'date':
      return dayOf(cell);
    case 'list':
      return wordsOf(cell);
  }
}

/** 2026-07-01, or as German spreadsheets save it: 01.07.2026. */
export function dayOf(cell: string): string {
  const [, day, month, year] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(cell) ?? [];
  const iso = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
  return isLocalDate(iso) ? iso : cell;
}

function wordsOf(cell: string): string[] {
  const words = [''];
  for (let index = 0; index < cell.length; index += 1) {
    const sign = cell[index]!;
    if (sign === '|') words.push('');
    else words[words.length - 1] += sign === '\\' ? (cell[(index += 1)] ?? sign) : sign;
  }
  return words.map((word) => word.trim());
}
