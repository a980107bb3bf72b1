import type { LocalDate } from '../../../shared/kernel/dates.ts';
import { formatMicros } from '../../../shared/kernel/decimal.ts';
import type { RateAdjustment, RateMinimum } from '../../../shared/protocol/billing/rate-adjustment.ts';
import type { RateConditions } from '../../../shared/protocol/billing/rate-card.ts';
import type { RateModel } from '../../../shared/protocol/billing/rate-model.ts';
import type { ChargeAttributes } from './charge-fact.ts';
import { rejectedBy, type Rejection } from './conditions.ts';
import { billedQuantity, sharePriceMicros, takesShare } from './rate-models.ts';

export interface RateRule {
  id: string;
  key: string;
  priority: number;
  conditions: RateConditions;
  model: RateModel;
  unit: string;
}

export interface RateVersion {
  id: string;
  version: number;
  validFrom: LocalDate;
  /** Per charge type, highest priority first. */
  rules: ReadonlyMap<string, readonly RateRule[]>;
  adjustments: readonly RateAdjustment[];
  minimums: readonly RateMinimum[];
}

export interface RateCard {
  code: string;
  merchantId: string | null;
  /** Latest `validFrom` first, of equal ones the highest version. */
  versions: readonly RateVersion[];
}

export interface RatedContract {
  startsOn: LocalDate;
  endsOn: LocalDate | null;
  rateCardCode: string | null;
}

/** Everything that decides prices, as of one moment. */
export interface RateBook {
  /** Contracts per known merchant, latest start first. */
  merchants: ReadonlyMap<string, readonly RatedContract[]>;
  cards: ReadonlyMap<string, RateCard>;
  base: RateCard | undefined;
}

/** What is rated. `unitDecides`: the event says the unit, and a rule for another one does not apply. */
export interface Rateable {
  merchantId: string;
  chargeType: string;
  serviceDate: LocalDate;
  unit: string;
  unitDecides: boolean;
  quantityMicros: bigint;
  /** Minor units; for prices that are a share of it. */
  amountMinor?: number | null | undefined;
  attributes: ChargeAttributes;
}

export type UnratedReason =
  | 'MERCHANT_UNKNOWN'
  | 'CARD_MISSING'
  | 'NO_VERSION'
  | 'NO_RULE'
  | 'AMBIGUOUS'
  | 'VOLUME_MISSING'
  | 'AMOUNT_MISSING'
  | 'RERATING';

/** Why a charge has the price it has, stored with it (X1). Rule keys are grouped by what spoke against them. */
export interface RatingTrace {
  /** What the event measured; `quantity` is what is billed. */
  measured: string;
  quantity: string;
  card?: string;
  version?: number;
  validFrom?: LocalDate;
  rule?: string;
  priority?: number;
  price?: RateModel;
  /** Minor units the price is a share of, and the price that comes of it. */
  amountMinor?: number;
  unitPrice?: string;
  reason?: UnratedReason;
  /** Per `card#version`. */
  rejected?: Record<string, Partial<Record<Rejection | 'UNIT' | 'PRIORITY', string[]>>>;
}

export interface Rating {
  matched: { ruleId: string; ruleKey: string; versionId: string } | null;
  quantityMicros: bigint;
  /** Of this charge alone, where the price is a share of its amount. */
  unitPriceMicros: bigint | null;
  trace: RatingTrace;
}

/**
 * Finds the price of a charge: the version valid on the service date of the card that the merchant's contract names,
 * then of the base card; within a version the matching rule of the highest priority (billing.md, Price).
 * @returns `matched: null` with a reason when there is none; never a price of zero
 */
export function rate(fact: Rateable, book: RateBook): Rating {
  const cards = cardsOf(book, fact.merchantId, fact.serviceDate);
  if (typeof cards === 'string') return unrated(fact, cards);
  if (fact.attributes.blocked) return unrated(fact, fact.attributes.blocked);
  const rejected: NonNullable<RatingTrace['rejected']> = {};
  let reason: UnratedReason = 'NO_VERSION';
  for (const card of cards) {
    const version = versionOn(card, fact.serviceDate);
    if (!version) continue;
    const { matching, reasons } = sift(version.rules.get(fact.chargeType) ?? [], fact);
    const [rule, rival] = matching;
    const lower = matching.slice(1).map(({ key }) => key);
    if (lower.length) reasons.PRIORITY = lower;
    if (Object.keys(reasons).length) rejected[`${card.code}#${version.version}`] = reasons;
    // a save refuses this; a price picked by chance would be worse than none
    if (rule && rival?.priority === rule.priority) return unrated(fact, 'AMBIGUOUS', rejected);
    if (rule) return rated(fact, card, version, rule, rejected);
    reason = 'NO_RULE';
  }
  return unrated(fact, reason, rejected);
}

/** The version of a card valid on a day: the greatest `validFrom` up to it, of equal ones the highest version. */
export const versionOn = (card: RateCard, day: LocalDate): RateVersion | undefined =>
  card.versions.find(({ validFrom }) => validFrom <= day);

/** The versions that price a merchant on a day: of the card the contract names, then of the base card. */
export function versionsOn(book: RateBook, merchantId: string, day: LocalDate): RateVersion[] {
  const cards = cardsOf(book, merchantId, day);
  return typeof cards === 'string' ? [] : cards.flatMap((card) => versionOn(card, day) ?? []);
}

/**
 * The merchant's card, then the base card. The contract is the one in force on the day, or the latest that began
 * before it: what comes late after its end keeps its prices.
 */
function cardsOf(book: RateBook, merchantId: string, serviceDate: LocalDate): RateCard[] | UnratedReason {
  const contracts = book.merchants.get(merchantId);
  if (!contracts) return 'MERCHANT_UNKNOWN';
  const code = contracts.find(({ startsOn }) => startsOn <= serviceDate)?.rateCardCode ?? null;
  const own = code === null ? undefined : book.cards.get(code);
  // falling back to the base card would be a wrong price, not a missing one
  if (code !== null && (!own || (own.merchantId !== null && own.merchantId !== merchantId))) return 'CARD_MISSING';
  return [own, own === book.base ? undefined : book.base].filter((card) => card !== undefined);
}

function sift(rules: readonly RateRule[], { attributes, unit, unitDecides }: Rateable) {
  const reasons: Partial<Record<Rejection | 'UNIT' | 'PRIORITY', string[]>> = {};
  const matching = rules.filter((rule) => {
    const code = unitDecides && rule.unit !== unit ? 'UNIT' : rejectedBy(rule.conditions, attributes);
    if (code) (reasons[code] ??= []).push(rule.key);
    return code === undefined;
  });
  return { matching, reasons };
}

function rated(
  fact: Rateable,
  card: RateCard,
  version: RateVersion,
  rule: RateRule,
  rejected: NonNullable<RatingTrace['rejected']>,
): Rating {
  const quantityMicros = billedQuantity(rule.model, fact.quantityMicros);
  const unitPriceMicros = sharePriceMicros(rule.model, fact.amountMinor) ?? null;
  if (takesShare(rule.model) && unitPriceMicros === null) return unrated(fact, 'AMOUNT_MISSING', rejected);
  return {
    matched: { ruleId: rule.id, ruleKey: rule.key, versionId: version.id },
    quantityMicros,
    unitPriceMicros,
    trace: {
      measured: formatMicros(fact.quantityMicros),
      quantity: formatMicros(quantityMicros),
      card: card.code,
      version: version.version,
      validFrom: version.validFrom,
      rule: rule.key,
      priority: rule.priority,
      price: rule.model,
      ...(unitPriceMicros === null ? {} : { amountMinor: fact.amountMinor!, unitPrice: formatMicros(unitPriceMicros) }),
      ...(Object.keys(rejected).length ? { rejected } : {}),
    },
  };
}

function unrated(fact: Rateable, reason: UnratedReason, rejected: RatingTrace['rejected'] = {}): Rating {
  const measured = formatMicros(fact.quantityMicros);
  return {
    matched: null,
    quantityMicros: fact.quantityMicros,
    unitPriceMicros: null,
    trace: { measured, quantity: measured, reason, ...(Object.keys(rejected).length ? { rejected } : {}) },
  };
}
