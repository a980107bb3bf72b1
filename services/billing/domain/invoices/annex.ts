import { cut } from '../../../../shared/kernel/cut.ts';
import type { LocalDate } from '../../../../shared/kernel/dates.ts';
import { unitOf } from './invoice-units.ts';

/** So many rows are about fifty pages; who wants more takes the file. */
export const MOST_ANNEX_ROWS = 2_000;

/** A charge on a line of a document. */
export interface AnnexCharge {
  section: string;
  date: LocalDate;
  /** Number of the order, return, delivery or job; empty where a charge has none, such as a day of storage. */
  reference: string;
  description: string;
  quantity: string;
  unit: string;
}

interface Section {
  key: string;
  title: string;
}

/** The annex of a document: under each of its sections the charges behind its lines, as they are printed. */
export function annexOf(sections: readonly Section[], charges: readonly AnnexCharge[], language: 'de' | 'en') {
  const bySection = Map.groupBy(charges, ({ section }) => section);
  return sections.flatMap(({ key, title }) => {
    const ofSection = bySection.get(key);
    if (!ofSection) return [];
    const rows = ofSection.map(({ date, reference, description, quantity, unit }) => ({
      ...{ date, reference: cut(reference.trim(), 80), description, quantity },
      unit: unitOf(unit, quantity, language),
    }));
    return [{ key, title, rows }];
  });
}
