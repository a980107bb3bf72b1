import { amountCell } from './amount-cell.ts';
import { csvLine } from './safe-cell.ts';

/** A CSV as a spreadsheet of one language reads it. */
export interface Sheet {
  /** A decimal with a point, as it is stored; nothing stays nothing. */
  decimal: (value: string | number | null) => string;
  /** Minor units. */
  amount: (minor: number) => string;
  /** `2026-11-02`; nothing stays nothing. */
  day: (day: string | null) => string;
  yesNo: (value: boolean) => string;
  file: (head: readonly string[], rows: readonly (readonly string[])[]) => Buffer;
}

/**
 * German spreadsheets want semicolons, decimal commas and days with dots, and would make dates of amounts with a point;
 * English ones the other way round.
 */
export function sheetOf(language: 'de' | 'en'): Sheet {
  const isGerman = language === 'de';
  const [delimiter, point] = isGerman ? ([';', ','] as const) : ([',', '.'] as const);
  const [yes, no] = isGerman ? (['ja', 'nein'] as const) : (['yes', 'no'] as const);
  return {
    decimal: (value) => (value === null ? '' : String(value).replace('.', point)),
    amount: (minor) => amountCell(minor, point),
    day: (day) => (day === null ? '' : isGerman ? day.split('-').reverse().join('.') : day),
    yesNo: (value) => (value ? yes : no),
    file: (head, rows) => Buffer.from(`\ufeff${[head, ...rows].map((cells) => csvLine(cells, delimiter)).join('')}`),
  };
}
