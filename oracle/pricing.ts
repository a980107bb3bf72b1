import { daysOfMonth, monthOf } from './days.ts';
import { decimal, netCents, ONE } from './decimal.ts';
import type { Rate, RateRule } from './rate-card.ts';

export const FULFILMENT_TYPES = ['pick_first', 'pick_further', 'pack', 'material', 'freight'];

export const sectionOf = (chargeType: string): Section =>
  FULFILMENT_TYPES.includes(chargeType) ? 'fulfilment' : 'monthly';

export type Section = 'fulfilment' | 'monthly';

/** Charges of one merchant, day and rule, added up: within a day their order cannot change a price. */
export interface DayOfCharges {
  serviceDate: string;
  knownOn: string;
  rate: Rate;
  quantity: bigint;
  count: number;
}

export interface PricedLine {
  section: Section;
  chargeType: string;
  ruleKey: string;
  ruleVersion: number;
  /** from 1; null outside graduated rules. `tierFrom` and `tierUpTo` are the units it covers */
  tier: number | null;
  tierFrom: bigint | null;
  tierUpTo: bigint | null;
  unitPrice: bigint;
  baseQuantity: bigint;
  serviceMonth: string;
  label: string;
  unit: string;
  quantity: bigint;
  charges: number;
  net: bigint;
}

/** Units already billed per rule and service month, of one merchant. Priced lines move it on. */
export type Counters = Map<string, bigint>;

/**
 * Prices what falls into one invoice: one line per section, charge type, rule version, tier, unit price, base quantity
 * and service month; the net of each rounded once.
 * @param counters  read and moved on: graduated tiers go on where the month's earlier invoice stopped
 */
export function priceLines(days: readonly DayOfCharges[], counters: Counters): PricedLine[] {
  const lines = new Map<string, PricedLine>();
  for (const day of [...days].sort((a, b) => (a.serviceDate < b.serviceDate ? -1 : 1))) {
    for (const part of partsOf(day, counters)) {
      const key = [part.chargeType, part.ruleKey, part.ruleVersion, part.tier, part.unitPrice, part.baseQuantity];
      const name = [...key, part.serviceMonth].join('|');
      const line = lines.get(name);
      if (line) {
        line.quantity += part.quantity;
        line.charges += part.charges;
      } else lines.set(name, part);
    }
  }
  for (const line of lines.values()) line.net = netCents(line.quantity, line.unitPrice, line.baseQuantity);
  return [...lines.values()].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

function partsOf(day: DayOfCharges, counters: Counters): PricedLine[] {
  const { model } = day.rate.rule;
  const whole = wholePart(day);
  switch (model.type) {
    case 'flat':
      return [{ ...whole, unitPrice: decimal(model.amount), quantity: BigInt(day.count) * ONE }];
    case 'perUnit': {
      const base = model.perDaysOfMonth
        ? BigInt(daysOfMonth(whole.serviceMonth)) * ONE
        : decimal(model.baseQuantity ?? '1');
      return [{ ...whole, unitPrice: decimal(model.unitPrice), baseQuantity: base }];
    }
    case 'graduated':
      return graduatedParts(whole, model.tiers, counters);
  }
}

function wholePart({ rate, serviceDate, quantity, count }: DayOfCharges): PricedLine {
  const { rule, version }: { rule: RateRule; version: number } = rate;
  return {
    section: sectionOf(rule.chargeType),
    chargeType: rule.chargeType,
    ruleKey: rule.key,
    ruleVersion: version,
    tier: null,
    tierFrom: null,
    tierUpTo: null,
    unitPrice: 0n,
    baseQuantity: ONE,
    serviceMonth: monthOf(serviceDate),
    label: rule.label.en,
    unit: rule.unit,
    quantity,
    charges: count,
    net: 0n,
  };
}

function graduatedParts(
  whole: PricedLine,
  tiers: readonly { upTo: string | null; unitPrice: string }[],
  counters: Counters,
): PricedLine[] {
  const counter = `${whole.ruleKey}|${whole.serviceMonth}`;
  let position = counters.get(counter) ?? 0n;
  let left = whole.quantity;
  let from = 0n;
  const parts: PricedLine[] = [];
  tiers.forEach(({ upTo, unitPrice }, index) => {
    const limit = upTo === null ? null : decimal(upTo);
    const room = limit === null ? left : limit - position;
    const taken = room < left ? room : left;
    if (taken > 0n) {
      const price = decimal(unitPrice);
      parts.push({ ...whole, tier: index + 1, tierFrom: from, tierUpTo: limit, unitPrice: price, quantity: taken });
      position += taken;
      left -= taken;
    }
    from = limit ?? from;
  });
  counters.set(counter, position);
  return parts;
}

const sortKey = (line: PricedLine): string =>
  [line.section, line.serviceMonth, line.chargeType, line.ruleKey, line.ruleVersion, line.tier ?? 0].join('|');
