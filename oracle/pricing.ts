import { daysOfMonth, monthOf } from './days.ts';
import { decimal, netCents, ONE, roundedQuotient } from './decimal.ts';
import { groupOf, sectionOf, type ChargeGroup, type Section } from './groups.ts';
import type { Rate, RateModel } from './rate-card.ts';
import { bandAt, bandsOf, tiersOf, unitsIn, type Band } from './tiers.ts';

/**
 * Charges of one merchant, day and rule, added up: within a day their order cannot change a price. What is charged and
 * what is credited stand apart, because they are not held alike.
 */
export interface DayOfCharges {
  serviceDate: string;
  knownOn: string;
  rate: Rate;
  /** what is billed, in millionths: a flat price counts events, a price per package started packages */
  quantity: bigint;
  count: number;
  /** of a share of an amount: its price, and the event it belongs to */
  own?: { price: bigint; reference: string };
  /** where this takes something back: what it takes something of */
  takesBackOf?: DayOfCharges;
  /** of what a carrier bills or gives back: its parcel and kind */
  surchargeOf?: string;
  isBilled: boolean;
}

export type LineKind = 'charges' | 'volumeBack' | 'volumeAgain' | 'surcharge' | 'discount' | 'minimum';

export interface PricedLine {
  kind: LineKind;
  section: Section;
  group: ChargeGroup | null;
  chargeType: string;
  card: string;
  ruleKey: string;
  ruleVersion: number;
  /** from 1; null outside tiers. `tierFrom` and `tierUpTo` are the units it covers */
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
  /** the event of a share */
  own: string | null;
}

/** A part of a line that lies on one day; surcharges and discounts go by it. */
export type Part = PricedLine & { day: string };

/** What a volume price has billed: units by day per version, at the price they stand at now. */
interface VolumeAccount {
  rate: Rate;
  price: bigint;
  days: Map<string, bigint>;
}

/** Units billed per card, rule and service month of one merchant; `volume` in detail. */
export interface Counters {
  units: Map<string, bigint>;
  volume: Map<string, Map<number, VolumeAccount>>;
}
export const emptyCounters = (): Counters => ({ units: new Map(), volume: new Map() });

/** The quantity an event is billed with, in millionths. */
export function billedUnits(model: RateModel, measured: bigint): bigint {
  const sign = measured < 0n ? -1n : 1n;
  if (model.type === 'flat' || model.type === 'percentage' || model.type === 'costPlus') return sign * ONE;
  if (model.type !== 'package') return measured;
  const size = decimal(model.size);
  const whole = (sign * measured) / size;
  return sign * (whole * size === sign * measured ? whole : whole + 1n) * ONE;
}

/** The price of an event that costs a share of its amount, in millionths; null for every other model. */
export function sharePrice(model: RateModel, cents: number): bigint | null {
  if (model.type !== 'percentage' && model.type !== 'costPlus') return null;
  // cents × percent are millionths of a euro × 100, and percents have two places
  const share = roundedQuotient(BigInt(cents) * decimal(model.percent), 10_000n);
  const atLeast = decimal((model.type === 'costPlus' ? model.minimumMargin : model.minimum) ?? '0');
  const raised = share < atLeast ? atLeast : share;
  if (model.type === 'costPlus') return BigInt(cents) * 10_000n + raised;
  const most = model.maximum === undefined ? raised : decimal(model.maximum);
  return raised > most ? most : raised;
}

/**
 * The parts that one invoice bills of charges, and what volume prices take back and bill again.
 * @param counters  read and moved on: tiers go on where the month's earlier invoice stopped
 */
export function priceParts(days: readonly DayOfCharges[], counters: Counters): Part[] {
  const inOrder = [...days].sort((a, b) =>
    a.serviceDate < b.serviceDate ? -1 : a.serviceDate > b.serviceDate ? 1 : 0,
  );
  const byCounter = Map.groupBy(inOrder, counterOf);
  return [...byCounter].flatMap(([counter, members]) => {
    const isVolume = members.filter(({ rate }) => rate.rule.model.type === 'volume');
    return isVolume.length > 0
      ? volumeParts(counter, members, counters)
      : members.flatMap((day) => partsOf(counter, day, counters));
  });
}

/** Lines of parts: what shares everything a line is made of, its net rounded once. */
export function linesOf(parts: readonly Part[]): PricedLine[] {
  const groups = Map.groupBy(parts, lineName);
  return [...groups.values()].map((members) => {
    const { day: _, ...first } = members[0]!;
    const quantity = members.reduce((sum, part) => sum + part.quantity, 0n);
    const charges = members.reduce((sum, part) => sum + part.charges, 0);
    return { ...first, quantity, charges, net: netCents(quantity, first.unitPrice, first.baseQuantity) };
  });
}

const lineName = (part: Part): string =>
  [
    ...[part.kind, part.own, part.chargeType, part.card, part.ruleKey, part.ruleVersion, part.tier],
    ...[part.unitPrice, part.baseQuantity, part.serviceMonth],
  ].join('|');

const counterOf = ({ rate, serviceDate }: DayOfCharges): string =>
  `${rate.card}|${rate.rule.key}|${monthOf(serviceDate)}`;

function partsOf(counter: string, day: DayOfCharges, counters: Counters): Part[] {
  const whole = wholePart(day);
  const { model } = day.rate.rule;
  const tiers = tiersOf(model);
  if (!tiers) return [{ ...whole, unitPrice: day.own?.price ?? priceOf(model) }];
  const before = counters.units.get(counter) ?? 0n;
  const after = before + day.quantity;
  counters.units.set(counter, after);
  return bandsOf(tiers)
    .map((band) => ({ ...whole, ...banded(band), quantity: unitsIn(band, after) - unitsIn(band, before) }))
    .filter(({ quantity }) => quantity !== 0n);
}

const priceOf = (model: RateModel): bigint =>
  model.type === 'flat' ? decimal(model.amount) : 'unitPrice' in model ? decimal(model.unitPrice) : 0n;

const banded = ({ tier, from, upTo, price }: Band) => ({ tier, tierFrom: from, tierUpTo: upTo, unitPrice: price });

function volumeParts(counter: string, days: readonly DayOfCharges[], counters: Counters): Part[] {
  const total = days.reduce((sum, { quantity }) => sum + quantity, counters.units.get(counter) ?? 0n);
  counters.units.set(counter, total);
  const accounts = counters.volume.get(counter) ?? new Map<number, VolumeAccount>();
  counters.volume.set(counter, accounts);
  const reached = (rate: Rate) => bandAt(bandsOf(tiersOf(rate.rule.model)!), total);
  const moved = [...accounts.values()].flatMap((account): Part[] => {
    const band = reached(account.rate);
    const standing = [...account.days.values()].reduce((sum, units) => sum + units, 0n);
    const { price: old } = account;
    account.price = band.price;
    if (old === band.price || standing === 0n) return [];
    return [...account.days].flatMap(([serviceDate, quantity]) => {
      const whole = wholePart({ rate: account.rate, serviceDate, knownOn: '', quantity, count: 0, isBilled: true });
      return [
        { ...whole, kind: 'volumeBack' as const, quantity: -quantity, unitPrice: old },
        { ...whole, kind: 'volumeAgain' as const, ...banded(band) },
      ];
    });
  });
  const fresh = days.map((day): Part => {
    const { rate, serviceDate, quantity } = day;
    const band = reached(rate);
    const account = accounts.get(rate.version) ?? { rate, price: band.price, days: new Map<string, bigint>() };
    account.days.set(serviceDate, (account.days.get(serviceDate) ?? 0n) + quantity);
    accounts.set(rate.version, account);
    return { ...wholePart(day), ...banded(band) };
  });
  return [...moved, ...fresh];
}

function wholePart({ rate, serviceDate, quantity, count, own }: DayOfCharges): Part {
  const { rule, version, card } = rate;
  const { model } = rule;
  const month = monthOf(serviceDate);
  return {
    ...{ kind: 'charges', section: sectionOf(rule.chargeType), group: groupOf(rule.chargeType) },
    ...{ chargeType: rule.chargeType, card, ruleKey: rule.key, ruleVersion: version },
    ...{ tier: null, tierFrom: null, tierUpTo: null, unitPrice: 0n },
    baseQuantity: model.type !== 'perUnit' ? ONE : baseOf(model, month),
    ...{ serviceMonth: month, label: rule.label.en, unit: rule.unit, quantity, charges: count, net: 0n },
    ...{ own: own?.reference ?? null, day: serviceDate },
  };
}

const baseOf = (model: Extract<RateModel, { type: 'perUnit' }>, month: string): bigint =>
  model.perDaysOfMonth ? BigInt(daysOfMonth(month)) * ONE : decimal(model.baseQuantity ?? '1');
