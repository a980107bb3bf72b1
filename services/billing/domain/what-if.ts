import type { LocalDate } from '../../../shared/kernel/dates.ts';
import { formatMicros, parseMicros } from '../../../shared/kernel/decimal.ts';
import { uuidOf } from '../../../shared/kernel/ids.ts';
import type { RateVersionInput } from '../../../shared/protocol/billing/rate-card.ts';
import type { ChargeAttributes } from './charge-fact.ts';
import { findChargeType } from './charge-types/index.ts';
import { isLeftOut } from './optional-charges.ts';
import { rate, type Rateable, type RateBook, type RateCard, type RateRule, type UnratedReason } from './rating.ts';

/** Charges that are alike in all that a price depends on, as they really came. */
export interface FactGroup {
  stream: string;
  section: string;
  chargeType: string;
  serviceDate: LocalDate;
  unit: string;
  /** Of one charge, decimal; negative for what was taken back. */
  measured: string;
  amountMinor: number | null;
  attributes: ChargeAttributes;
  charges: number;
  /** Of these, how many have no price now. */
  unrated: number;
}

/** What the same charges come to in units and prices of a supposed book; the names are those of the pricing query. */
export interface SupposedRating {
  charges: {
    id: string;
    stream: string;
    section: string;
    charge_type: string;
    rule_id: string;
    service_date: LocalDate;
    quantity: string;
    own_price: string | null;
  }[];
  rules: { rule_id: string; version_id: string; card_id: string; rule_key: string; unit: string; model: unknown }[];
  unrated: number;
  reasons: UnratedReason[];
}

/** Before every service there is a record of. */
const ALWAYS: LocalDate = '2000-01-01';

/** A version that is in force always, as the only one of its card; its ids stand for nothing stored. */
export function supposedCard(
  code: string,
  { version, rules, adjustments, minimums }: Pick<RateVersionInput, 'rules' | 'adjustments' | 'minimums' | 'version'>,
): RateCard {
  const id = uuidOf('what-if', 'version', code);
  const rated = rules
    .map(({ key, chargeType, priority, conditions, model, unit }) => ({
      ...{ id: uuidOf(id, key), key, chargeType, priority, conditions, model, unit },
    }))
    // as the rate book has them: the highest priority first
    .toSorted((left, right) => right.priority - left.priority || (left.key < right.key ? -1 : 1));
  const byType: ReadonlyMap<string, readonly RateRule[]> = Map.groupBy(rated, ({ chargeType }) => chargeType);
  return {
    code,
    merchantId: null,
    versions: [{ id, version, validFrom: ALWAYS, rules: byType, adjustments, minimums }],
  };
}

/**
 * The book of a merchant as if a card had been in force all the time: in place of the base card, or as the card that
 * every contract of the merchant names. A merchant without contract is priced as if there had always been one.
 */
export function supposeCard(book: RateBook, merchantId: string, card: RateCard, isBase: boolean): RateBook {
  const cards = new Map(book.cards).set(card.code, card);
  if (isBase) return { ...book, base: card, cards };
  const contracts = book.merchants.get(merchantId) ?? [];
  const named = (contracts.length ? contracts : [{ startsOn: ALWAYS, endsOn: null }]).map((contract) => ({
    ...contract,
    rateCardCode: card.code,
  }));
  // the same object, or the card would be asked twice
  const base = book.base?.code === card.code ? card : book.base;
  return { merchants: new Map(book.merchants).set(merchantId, named), cards, base };
}

/**
 * Rates real charges by a supposed book. What has the same rule and day is summed up: a month's total does not depend
 * on how it is split, and shares of an amount, which are rounded each by itself, stay apart.
 */
export function supposeRating(groups: readonly FactGroup[], book: RateBook, merchantId: string): SupposedRating {
  const summed = new Map<string, { row: Omit<SupposedRating['charges'][number], 'id' | 'quantity'>; micros: bigint }>();
  const own: typeof summed extends Map<string, infer Entry> ? Entry[] : never = [];
  const used = new Set<string>();
  const reasons = new Set<UnratedReason>();
  let unrated = 0;
  for (const group of groups) {
    const fact = factOf(group, merchantId);
    const rating = rate(fact, book);
    if (!rating.matched) {
      const type = findChargeType(group.chargeType);
      // what is optional and in no card would not be charged
      if (type && isLeftOut(fact, type, rating, book)) continue;
      unrated += group.charges;
      reasons.add(rating.trace.reason!);
      continue;
    }
    used.add(rating.matched.ruleId);
    const { stream, section, chargeType, serviceDate } = group;
    const row = {
      ...{ stream, section, charge_type: chargeType, rule_id: rating.matched.ruleId, service_date: serviceDate },
      own_price: rating.unitPriceMicros === null ? null : formatMicros(rating.unitPriceMicros),
    };
    if (row.own_price !== null) {
      for (let count = 0; count < group.charges; count += 1) own.push({ row, micros: rating.quantityMicros });
      continue;
    }
    const key = [row.rule_id, serviceDate, stream, section, chargeType].join('|');
    const before = summed.get(key)?.micros ?? 0n;
    summed.set(key, { row, micros: before + rating.quantityMicros * BigInt(group.charges) });
  }
  const charges = [...summed.values(), ...own]
    .filter(({ micros }) => micros !== 0n)
    .map(({ row, micros }, index) => ({ ...row, id: rowId(index), quantity: formatMicros(micros) }));
  return { charges, rules: rulesOf(book, used), unrated, reasons: [...reasons].toSorted() };
}

const factOf = (group: FactGroup, merchantId: string): Rateable => ({
  ...group,
  merchantId,
  unitDecides: findChargeType(group.chargeType)?.unit === null,
  quantityMicros: parseMicros(group.measured),
});

/** Names a row of the query and nothing else. */
const rowId = (index: number): string => `00000000-0000-0000-0000-${index.toString(16).padStart(12, '0')}`;

function rulesOf({ base, cards }: RateBook, used: ReadonlySet<string>): SupposedRating['rules'] {
  const all = new Set([...cards.values(), ...(base ? [base] : [])]);
  return [...all].flatMap(({ code, versions }) =>
    versions.flatMap(({ id, rules }) =>
      [...rules.values()]
        .flat()
        .filter((rule) => used.has(rule.id))
        .map((rule) => ({
          ...{ rule_id: rule.id, version_id: id, rule_key: rule.key, unit: rule.unit, model: rule.model },
          // counters go on over the versions of a card
          card_id: uuidOf('what-if', 'card', code),
        })),
    ),
  );
}
