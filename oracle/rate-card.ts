import { dayNumber } from './days.ts';
import { decimal } from './decimal.ts';
import type { ChargeGroup } from './groups.ts';

export interface RateCard {
  code: string;
  name: string;
  currency: string;
  versions: RateVersion[];
}

export interface RateVersion {
  version: number;
  validFrom: string;
  rules: RateRule[];
  adjustments?: Adjustment[];
  minimums?: Minimum[];
}

export interface RateRule {
  key: string;
  chargeType: string;
  priority: number;
  conditions?: {
    countries?: string[];
    countriesNot?: string[];
    weightGramsUpTo?: number;
    weightGramsOver?: number;
    carriers?: string[];
    channels?: string[];
    codes?: string[];
    ageDaysOver?: number;
    ageDaysUpTo?: number;
    tags?: string[];
  };
  model: RateModel;
  label: { de: string; en: string };
  unit: string;
}

export interface Tier {
  upTo: string | null;
  unitPrice: string;
}

export type RateModel =
  | { type: 'perUnit'; unitPrice: string; baseQuantity?: string; perDaysOfMonth?: boolean; freeQuantity?: string }
  | { type: 'flat'; amount: string }
  | { type: 'package'; size: string; unitPrice: string }
  | { type: 'graduated'; tiers: Tier[] }
  | { type: 'volume'; tiers: Tier[] }
  | { type: 'percentage'; percent: string; minimum?: string; maximum?: string }
  | { type: 'costPlus'; percent: string; minimumMargin?: string };

export interface Adjustment {
  key: string;
  kind: 'surcharge' | 'discount';
  label: { de: string; en: string };
  from?: string;
  to?: string;
  groups?: ChargeGroup[];
  chargeTypes?: string[];
  rules?: string[];
  value: { type: 'percent'; percent: string } | { type: 'perUnit'; unitPrice: string };
  maximumPerMonth?: string;
}

export interface Minimum {
  key: string;
  label: { de: string; en: string };
  amount: string;
  groups?: ChargeGroup[];
}

/** The rule that prices an event, and the card and version it stands in. */
export interface Rate {
  card: string;
  version: number;
  rule: RateRule;
}

export interface Priceable {
  chargeType: string;
  serviceDate: string;
  country?: string;
  weightGrams?: number;
  carrier?: string;
  channel?: string;
  code?: string;
  tags?: string[];
  unit?: string;
  age?: { over: number; upTo: number };
}

/** The version of a card valid on a day: the latest start up to it, of equal ones the highest number. */
export function versionOn(card: RateCard, day: string): RateVersion | undefined {
  return card.versions
    .filter(({ validFrom }) => validFrom <= day)
    .sort((a, b) => dayNumber(b.validFrom) - dayNumber(a.validFrom) || b.version - a.version)[0];
}

/**
 * The rate of an event: of the cards in their order, the first whose version on the day has a rule that fits.
 * @throws Error when two rules of equal priority fit
 */
export function rateOf(cards: readonly RateCard[], event: Priceable): Rate | null {
  for (const card of cards) {
    const version = versionOn(card, event.serviceDate);
    const fitting = (version?.rules ?? []).filter((rule) => rule.chargeType === event.chargeType && fits(rule, event));
    const highest = fitting.reduce((most, { priority }) => Math.max(most, priority), -Infinity);
    const [rule, rival] = fitting.filter(({ priority }) => priority === highest);
    if (rival) throw new Error(`The rules ${rule!.key} and ${rival.key} have the same priority and both fit`);
    if (rule) return { card: card.code, version: version!.version, rule };
  }
  return null;
}

/** The rates of one card alone. Throws for tiers that do not ascend, and where two rules of equal priority fit. */
export function rates(card: RateCard): (event: Priceable) => Rate | null {
  checkCard(card);
  return (event) => rateOf([card], event);
}

const LISTS = [
  ['countries', 'country'],
  ['carriers', 'carrier'],
  ['channels', 'channel'],
  ['codes', 'code'],
] as const;

function fits({ conditions = {}, unit }: RateRule, event: Priceable): boolean {
  const { countriesNot, weightGramsUpTo, weightGramsOver, ageDaysOver, ageDaysUpTo, tags } = conditions;
  const { country, weightGrams, age } = event;
  if (event.unit !== undefined && event.unit !== unit) return false;
  // the rule must hold for everything in the band
  if (ageDaysOver !== undefined && !(age && age.over >= ageDaysOver)) return false;
  if (ageDaysUpTo !== undefined && !(age && age.upTo <= ageDaysUpTo)) return false;
  // one of the groups is enough
  if (tags && !event.tags?.some((tag) => tags.includes(tag))) return false;
  for (const [list, attribute] of LISTS) {
    const value = event[attribute];
    if (conditions[list] && !(value !== undefined && conditions[list].includes(value))) return false;
  }
  if (countriesNot && (country === undefined || countriesNot.includes(country))) return false;
  if (weightGramsUpTo !== undefined && !(weightGrams !== undefined && weightGrams <= weightGramsUpTo)) return false;
  return weightGramsOver === undefined || (weightGrams !== undefined && weightGrams > weightGramsOver);
}

const KNOWN_CONDITIONS = [
  ...['countries', 'countriesNot', 'weightGramsUpTo', 'weightGramsOver', 'carriers', 'channels', 'codes'],
  ...['ageDaysOver', 'ageDaysUpTo', 'tags'],
];

/**
 * @throws Error for a condition that is not known here, for a software fee whose price does not go by the days, and when
 *   the tiers of a rule do not ascend to an open end
 */
export function checkCard(card: RateCard): void {
  for (const { rules } of card.versions)
    for (const { key, chargeType, model, conditions = {} } of rules) {
      const [unknown] = Object.entries(conditions).filter(
        ([name, value]) => value !== undefined && !KNOWN_CONDITIONS.includes(name),
      );
      if (unknown) throw new Error(`The condition ${unknown[0]} of ${key} is not known`);
      if (chargeType === 'software_fee' && (model.type === 'flat' || model.type === 'package'))
        throw new Error(`The software fee ${key} does not go by the days of the month`);
      if (model.type !== 'graduated' && model.type !== 'volume') continue;
      const limits = model.tiers.map(({ upTo }) => (upTo === null ? null : decimal(upTo)));
      const ascending = limits.every((limit, index) =>
        index === limits.length - 1 ? limit === null : limit !== null && limit > (limits[index - 1] ?? 0n),
      );
      if (!ascending) throw new Error(`The tiers of ${key} do not ascend to an open end`);
    }
}
