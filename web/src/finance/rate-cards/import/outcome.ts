import type { Output } from '../../../app/api/contract.ts';
import type { Warning } from '../card.ts';

type CsvOutcome = Output<'POST /rate-cards/csv'>;

export interface Mistake {
  line: number;
  /** Column of a sheet, path of a field in JSON; `null` for the line or the file as a whole. */
  field: string | null;
  code: string;
}

/** What a file would do, or has done. */
export interface Outcome {
  cardId: string | null;
  code: string;
  created: boolean;
  versionsAdded: readonly number[];
  mistakes: readonly Mistake[];
  warnings: readonly Warning[];
  ignoredColumns: readonly string[];
}

export const outcomeOfCsv = ({ errors, ...rest }: CsvOutcome): Outcome => ({ ...rest, mistakes: errors });

/** Whether there is something to store and nothing in its way. */
export const isStorable = ({ mistakes, versionsAdded }: Outcome): boolean =>
  mistakes.length === 0 && versionsAdded.length > 0;
