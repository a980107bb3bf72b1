import type { Billed, Book } from './account.ts';
import { adjustmentLines } from './adjustments.ts';
import { minimumLines } from './minimums.ts';
import { linesOf, priceParts, type DayOfCharges, type PricedLine } from './pricing.ts';

/**
 * Charges, what is taken of them, and the difference to minimums, in the order of the paper.
 * @param billed  read and moved on
 * @param mayAsk  false for a running account, which never comes to a minimum
 */
export function billedLines(
  days: readonly DayOfCharges[],
  cutOff: string,
  book: Book,
  billed: Billed,
  mayAsk = true,
): PricedLine[] {
  const parts = priceParts(days, billed.counters);
  const lines = [...linesOf(parts), ...adjustmentLines(parts, book.cardsOn, billed.adjustments)];
  const differences = minimumLines(lines, cutOff, book, billed.minimums, mayAsk);
  return [...lines, ...differences].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

const sortKey = (line: PricedLine): string =>
  [line.section, line.serviceMonth, line.chargeType, line.ruleKey, line.ruleVersion, line.tier ?? 0].join('|');
