import { decimal, netCents, ONE } from './decimal.ts';
import { GROUPS } from './groups.ts';
import { linesOf, type Part, type PricedLine } from './pricing.ts';
import { versionOn, type Adjustment, type RateCard } from './rate-card.ts';

/** Per key and service month: what surcharges or discounts came to, and would have without their maximum. */
export type AdjustmentAccount = Map<string, { net: bigint; uncapped: bigint }>;

interface Applied {
  card: string;
  version: number;
  adjustment: Adjustment;
}

/**
 * The lines of surcharges and discounts on the parts of an invoice: one per key and version, group and service month,
 * also where it comes to nothing.
 * @param cardsOn  the merchant's card and the base card on a day, in this order
 * @param account  read and moved on
 */
export function adjustmentLines(
  parts: readonly Part[],
  cardsOn: (day: string) => readonly RateCard[],
  account: AdjustmentAccount,
): PricedLine[] {
  const claims = parts.flatMap((part) =>
    inForce(cardsOn(part.day), part.day)
      .filter(({ adjustment }) => concerns(adjustment, part))
      .map((applied) => ({ part, applied })),
  );
  const lines = Map.groupBy(claims, ({ part, applied: { card, version, adjustment } }) =>
    [
      ...[card, version, adjustment.key, part.section, part.group, part.serviceMonth],
      adjustment.value.type === 'perUnit' ? part.unit : '',
    ].join('|'),
  );
  return [...lines.values()]
    .map((members) => ({ applied: members[0]!.applied, of: members.map(({ part }) => part) }))
    .sort((a, b) => (orderOf(a.of) < orderOf(b.of) ? -1 : 1))
    .map(({ applied, of }) => keptTo(applied.adjustment, lineOf(applied, of), account));
}

/** Of both cards as of the day, within their dates; the same key on the first card hides that of the second. */
function inForce(cards: readonly RateCard[], day: string): Applied[] {
  const found: Applied[] = [];
  for (const card of cards) {
    const version = versionOn(card, day);
    for (const adjustment of version?.adjustments ?? [])
      if (!found.some(({ adjustment: { key } }) => key === adjustment.key))
        found.push({ card: card.code, version: version!.version, adjustment });
  }
  return found.filter(({ adjustment: { from, to } }) => (!from || from <= day) && (!to || day <= to));
}

function concerns({ groups, chargeTypes, rules }: Adjustment, part: Part): boolean {
  if (!groups && !chargeTypes && !rules) return true;
  return (
    (groups?.includes(part.group!) ?? false) ||
    (chargeTypes?.includes(part.chargeType) ?? false) ||
    (rules?.includes(part.ruleKey) ?? false)
  );
}

/** Groups in the order of the invoice, then by their first day: who comes first uses a maximum up first. */
const orderOf = (parts: readonly Part[]): string => {
  const first = parts.map(({ day }) => day).sort()[0]!;
  return `${parts[0]!.serviceMonth}|${GROUPS.indexOf(parts[0]!.group!)}|${first}|${parts[0]!.unit}`;
};

function lineOf({ card, version, adjustment }: Applied, parts: readonly Part[]): PricedLine {
  const { kind, key, value, label } = adjustment;
  const sign = kind === 'discount' ? -1n : 1n;
  const first = parts[0]!;
  const basis = linesOf(parts).reduce((sum, { net }) => sum + net, 0n);
  const units = parts.reduce((sum, { quantity }) => sum + quantity, 0n);
  const [quantity, price] =
    // cents × percent: the percentage has two places, so it is exact in millionths of the currency
    value.type === 'percent' ? [ONE, (basis * decimal(value.percent)) / 10_000n] : [units, decimal(value.unitPrice)];
  return {
    ...{ kind, section: first.section, group: first.group, chargeType: kind, card, ruleKey: key, ruleVersion: version },
    ...{ tier: null, tierFrom: null, tierUpTo: null, unitPrice: sign * price, baseQuantity: ONE },
    ...{ serviceMonth: first.serviceMonth, label: label.en, unit: value.type === 'percent' ? 'lump_sum' : first.unit },
    ...{ quantity, charges: 0, net: netCents(quantity, sign * price, ONE), own: null },
  };
}

/** The month comes to at most its maximum, in either direction; a line is what that makes of what is billed, or 0. */
function keptTo({ key, maximumPerMonth }: Adjustment, line: PricedLine, account: AdjustmentAccount): PricedLine {
  if (maximumPerMonth === undefined) return line;
  const name = `${line.serviceMonth}|${key}`;
  const before = account.get(name) ?? { net: 0n, uncapped: 0n };
  const most = decimal(maximumPerMonth) / 10_000n;
  const uncapped = before.uncapped + line.net;
  const month = uncapped > most ? most : uncapped < -most ? -most : uncapped;
  const room = month - before.net;
  // where the maximum changed within the month: no line is more than it would be without one, or turned round
  const [least, whole] = line.net < 0n ? [line.net, 0n] : [0n, line.net];
  const net = room < least ? least : room > whole ? whole : room;
  account.set(name, { net: before.net + net, uncapped });
  return net === line.net ? line : { ...line, net, quantity: ONE, unitPrice: net * 10_000n, unit: 'lump_sum' };
}
