import { daysOfMonth, lastDayOf, monthOf } from './days.ts';
import { decimal, ONE, roundedQuotient } from './decimal.ts';
import type { ChargeGroup, Section } from './groups.ts';
import type { PricedLine } from './pricing.ts';
import { versionOn, type Minimum, type RateCard } from './rate-card.ts';

/** What is billed per service month and group, and what was paid for its minimums, in cents. */
export interface MinimumAccount {
  net: Map<string, bigint>;
  paid: Map<string, bigint>;
  /** Months whose end a run has come to. */
  seen: Set<string>;
  /** Of these, the ones that the next month end has to look at: it blocked, was carried, or a 15th billed of them since. */
  open: Set<string>;
}
export const emptyMinimums = (): MinimumAccount => ({
  net: new Map(),
  paid: new Map(),
  seen: new Set(),
  open: new Set(),
});

/** A run comes to the end of a month, whatever becomes of it. */
export function comeTo(month: string, { seen, open }: MinimumAccount): void {
  seen.add(month);
  open.add(month);
}

/**
 * The differences to the minimums that an invoice settles: at month end of every month that is open, its own among them,
 * and of those it brings late charges of; on a 15th what is late can only use a difference up.
 * @param activeDays  the days of a month on which the merchant has a contract, ascending
 * @param account     read and moved on
 * @param mayAsk      false for a running account, which only tells what late charges use up
 */
export function minimumLines(
  lines: readonly PricedLine[],
  cutOff: string,
  { cardsOn, activeDays }: { cardsOn: (day: string) => readonly RateCard[]; activeDays: (month: string) => string[] },
  account: MinimumAccount,
  mayAsk = true,
): PricedLine[] {
  for (const { serviceMonth, group, net } of lines) add(account.net, `${serviceMonth}|${group}`, net);
  const isMonthEnd = mayAsk && cutOff === lastDayOf(monthOf(cutOff));
  const late = lines.map(({ serviceMonth }) => serviceMonth).filter((month) => lastDayOf(month) < cutOff);
  const months = new Set([...(isMonthEnd ? account.open : []), ...late]);
  if (isMonthEnd) account.open.clear();
  else for (const month of late) if (account.seen.has(month)) account.open.add(month);
  return [...months].sort().flatMap((month) => {
    const asks = isMonthEnd && account.seen.has(month);
    const days = activeDays(month);
    return minimumsOn(cardsOn(days.at(-1) ?? ''), days.at(-1)).flatMap(({ card, version, minimum }) => {
      const cents = decimal(minimum.amount) / 10_000n;
      const target = roundedQuotient(cents * BigInt(days.length), BigInt(daysOfMonth(month)));
      const missing = target - reached(minimum, month, account);
      const name = `${month}|${minimum.key}`;
      const change = (missing > 0n ? missing : 0n) - (account.paid.get(name) ?? 0n);
      if (change === 0n || (change > 0n && !asks)) return [];
      add(account.paid, name, change);
      return [lineOf(minimum, { card, version, month, section: isMonthEnd ? 'monthly' : 'fulfilment', change })];
    });
  });
}

function reached({ groups }: Minimum, month: string, { net }: MinimumAccount): bigint {
  let sum = 0n;
  for (const [name, cents] of net) {
    const [of, group] = name.split('|') as [string, ChargeGroup];
    if (of === month && (groups ? groups.includes(group) : group !== 'freight')) sum += cents;
  }
  return sum;
}

/** The minimums in force on the month's last active day; a key of the first card hides that of the second. */
function minimumsOn(cards: readonly RateCard[], day: string | undefined) {
  const found: { card: string; version: number; minimum: Minimum }[] = [];
  if (day === undefined) return found;
  for (const card of cards) {
    const version = versionOn(card, day);
    for (const minimum of version?.minimums ?? [])
      if (!found.some((one) => one.minimum.key === minimum.key))
        found.push({ card: card.code, version: version!.version, minimum });
  }
  return found;
}

function lineOf(
  { key, label }: Minimum,
  {
    card,
    version,
    month,
    section,
    change,
  }: { card: string; version: number; month: string; section: Section; change: bigint },
): PricedLine {
  return {
    ...{ kind: 'minimum', section, group: null, chargeType: 'minimum', card, ruleKey: key, ruleVersion: version },
    ...{ tier: null, tierFrom: null, tierUpTo: null, unitPrice: change * 10_000n, baseQuantity: ONE },
    ...{ serviceMonth: month, label: label.en, unit: 'lump_sum', quantity: ONE, charges: 0, net: change, own: null },
  };
}

const add = (map: Map<string, bigint>, name: string, cents: bigint) => map.set(name, (map.get(name) ?? 0n) + cents);
