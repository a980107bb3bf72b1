import type { Language } from '../../../shared/documents/formats.ts';
import type { LocalDate } from '../../../shared/kernel/dates.ts';

/** Labels of one print, a page each. */
export interface LabelSheet {
  format: LabelFormat;
  language: Language;
  printedOn: LocalDate;
  labels: readonly Label[];
}

export type LabelFormat = '62x29' | 'a6';

/** Where the goods go, in large letters. */
export type LabelHint =
  'inspect' | 'restock' | 'restock_b' | 'refurbish' | 'rtv' | 'dispose' | 'donate' | 'hold' | 'expected';

/** What somebody with the thing in hand needs to know. */
export interface Label {
  kind: 'item' | 'batch';
  /** As scanned and typed. */
  code: string;
  /** Of an item its name, of a batch its merchant. */
  title: string;
  /** Article code, or number of the batch. */
  subtitle: string;
  hint: LabelHint;
  grade: 'A' | 'B' | 'C' | 'D' | null;
  quantity: number;
  merchantNumber: string | null;
  /** Of the return an item belongs to. */
  returnNumber: string | null;
  orderNumber: string | null;
}
