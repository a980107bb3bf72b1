import { addMonths, type LocalMonth } from '../../../../shared/kernel/dates.ts';
import type { Input, Output } from '../../app/api/contract.ts';

export type Kind = Output<'GET /exports/preview'>['kind'];
export type Preview = Output<'GET /exports/preview'>;
export type Made = Output<'GET /exports/{id}'>;
export type Finding = Preview['findings'][number];
export type SettingsBody = Input<'PUT /accounting-settings'>;

export const KINDS = ['postings', 'debtors', 'ecSales', 'bundle'] as const satisfies readonly Kind[];

const MONTHS_BACK = 36;

/** Months up to this one, the latest first. */
export const monthsBack = (month: LocalMonth): LocalMonth[] =>
  Array.from({ length: MONTHS_BACK }, (_, index) => addMonths(month, -index));

/** Quarters up to that of this month, the latest first. */
export const quartersBack = (month: LocalMonth): string[] => [...new Set(monthsBack(month).map(quarterOf))];

const quarterOf = (month: LocalMonth): string => `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5)) / 3)}`;

/** Postings and debtors are made of single months. */
export const takesQuarters = (kind: Kind): boolean => kind === 'ecSales' || kind === 'bundle';

/** What stands in the address, where it is a period of this kind; else the month that is over. */
export function periodOf(kind: Kind, written: string | undefined, today: LocalMonth): string {
  const fits = /^2[01]\d\d-(0[1-9]|1[0-2])$/.test(written ?? '');
  const isQuarter = /^2[01]\d\d-Q[1-4]$/.test(written ?? '');
  return fits || (isQuarter && takesQuarters(kind)) ? written! : addMonths(today, -1);
}
