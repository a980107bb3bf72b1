import type { Account, Book } from './account.ts';
import { dayAfter, lastDayOf, monthOf } from './days.ts';
import { billedLines } from './invoice-lines.ts';
import type { PricedLine } from './pricing.ts';

/** What a merchant would be billed at the end of a month by what is there, around a run. */
export interface OracleAccount {
  merchant: string;
  cutOff: string;
  /** on the day of the cut-off, or on the day after it with the run done */
  when: 'before' | 'after';
  /** the end of the month of that day; charges up to it count */
  upTo: string;
  lines: PricedLine[];
  net: bigint;
}

/**
 * Everything unbilled at the price it has together; nothing of it is billed by that. Minimums are not asked for, and the
 * fee of a month is there when the month is over.
 */
export function runningAccount(
  account: Account,
  book: Book,
  cutOff: string,
  when: OracleAccount['when'],
): Omit<OracleAccount, 'merchant'> {
  const upTo = lastDayOf(monthOf(when === 'before' ? cutOff : dayAfter(cutOff)));
  const days = account.open.filter(
    ({ serviceDate, knownOn, rate }) =>
      serviceDate <= upTo && knownOn <= cutOff && !(rate.rule.chargeType === 'software_fee' && serviceDate === upTo),
  );
  const lines = billedLines(days, upTo, book, structuredClone(account.billed), false);
  return { cutOff, when, upTo, lines, net: lines.reduce((sum, { net }) => sum + net, 0n) };
}
