import { addMonths, firstDayOf, lastDayOf, type LocalDate, type LocalMonth } from '../../../../shared/kernel/dates.ts';

/** The months of a month (`2026-10`) or a quarter (`2026-Q4`). */
export function monthsOf(period: string): LocalMonth[] {
  const [year, part = ''] = period.split('-');
  if (!part.startsWith('Q')) return [period];
  const first = `${year}-${String(Number(part.slice(1)) * 3 - 2).padStart(2, '0')}`;
  return [0, 1, 2].map((index) => addMonths(first, index));
}

export function daysOf(period: string): { from: LocalDate; to: LocalDate } {
  const months = monthsOf(period);
  return { from: firstDayOf(months[0]!), to: lastDayOf(months.at(-1)!) };
}
