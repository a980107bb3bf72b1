import type { Account, Book } from './account.ts';
import { dayAfter, lastDayOf, monthOf } from './days.ts';
import type { OracleMerchant } from './facts.ts';
import { sectionOf, type Section } from './groups.ts';
import { isHeld } from './held.ts';
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

interface Moment extends Pick<OracleAccount, 'cutOff' | 'when'> {
  /** the run of the cut-off is still to be done, or stands still because something has no price */
  isOpen: boolean;
}

/**
 * Everything unbilled at the price it has together; nothing of it is billed by that. Minimums are not asked for, the fee
 * of a month is there when the month is over, and what the run that bills it will hold as too old is left out.
 */
export function runningAccount(
  { number, cadence }: OracleMerchant,
  account: Account,
  book: Book,
  { cutOff, when, isOpen }: Moment,
): OracleAccount {
  const upTo = lastDayOf(monthOf(when === 'before' ? cutOff : dayAfter(cutOff)));
  const from = isOpen ? cutOff : dayAfter(cutOff);
  const half = `${monthOf(from)}-15`;
  const nextRun = (section: Section) =>
    section === 'fulfilment' && cadence !== 'monthly' && from <= half ? half : lastDayOf(monthOf(from));
  const days = account.open.filter(
    (day) =>
      day.serviceDate <= upTo &&
      day.knownOn <= cutOff &&
      !(day.rate.rule.chargeType === 'software_fee' && day.serviceDate === upTo) &&
      !isHeld(day, nextRun(sectionOf(day.rate.rule.chargeType)), account, cutOff),
  );
  const lines = billedLines(days, upTo, book, structuredClone(account.billed), false);
  return { merchant: number, cutOff, when, upTo, lines, net: lines.reduce((sum, { net }) => sum + net, 0n) };
}
