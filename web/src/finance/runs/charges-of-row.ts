import { lastDayOf, monthOf, type LocalDate } from '../../../../shared/kernel/dates.ts';

export interface CollectingRow {
  merchantId: string;
  cutoff: LocalDate;
  /** The last bill of a contract. */
  final: boolean;
}

/**
 * The charges that a row collects, as filters of their list: those of the streams that its cut-off bills (billing.md,
 * Streams). A final one takes all streams and all of its month, as the fee of a month bears its last day.
 */
export function chargesOfRow({ merchantId, cutoff, final }: CollectingRow): Record<string, string> {
  if (final) return { merchantId, to: lastDayOf(monthOf(cutoff)) };
  return { merchantId, to: cutoff, ...(cutoff.endsWith('-15') ? { stream: 'fulfilment' } : {}) };
}
