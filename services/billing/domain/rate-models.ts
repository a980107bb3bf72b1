import { daysInMonth, type LocalMonth } from '../../../shared/kernel/dates.ts';
import { divideRounded, MICROS, parseMicros } from '../../../shared/kernel/decimal.ts';
import { lineNetMinor } from '../../../shared/kernel/money.ts';
import type { RateModel, RateTier } from '../../../shared/protocol/billing/rate-model.ts';

/** A quantity at one price: what one invoice line is made of. Everything in millionths. */
export interface PricedPart {
  quantityMicros: bigint;
  unitPriceMicros: bigint;
  baseQuantityMicros: bigint;
  /** Units of the counter the tier covers; both absent outside tiers, `tierTo` `null` for the open one. */
  tierFrom?: bigint;
  tierTo?: bigint | null;
}

/** Where the quantity stands in its service month. */
export interface MonthPosition {
  /** Decides the base of monthly prices metered by day (billing.md, Storage). */
  serviceMonth: LocalMonth;
  /** Units counted before, for models that count the month; millionths. */
  counter?: bigint;
  /** What the event cost or is worth, in minor units, for models that take a share of it. */
  amountMinor?: number | null;
}

/** Models whose price depends on how many units the service month has. */
export const countsMonth = (model: RateModel): boolean =>
  model.type === 'graduated' ||
  model.type === 'volume' ||
  (model.type === 'perUnit' && model.freeQuantity !== undefined);

/** Models that take a share of an amount the event carries. */
export const takesShare = (model: RateModel): model is Extract<RateModel, { type: 'percentage' | 'costPlus' }> =>
  model.type === 'percentage' || model.type === 'costPlus';

/**
 * The quantity a charge is billed with: a flat price or a share counts the event, whatever was measured; a price per
 * package counts the started ones.
 * @param measuredMicros  what the event measured; negative for a correction
 */
export function billedQuantity(model: RateModel, measuredMicros: bigint): bigint {
  switch (model.type) {
    case 'flat':
    case 'percentage':
    case 'costPlus':
      return measuredMicros < 0n ? -MICROS : MICROS;
    case 'package': {
      const size = parseMicros(model.size);
      const magnitude = measuredMicros < 0n ? -measuredMicros : measuredMicros;
      const packages = ((magnitude + size - 1n) / size) * MICROS;
      return measuredMicros < 0n ? -packages : packages;
    }
    case 'perUnit':
    case 'graduated':
    case 'volume':
      return measuredMicros;
  }
}

/**
 * The price of one event whose model takes a share: exact, because the amount has two places and the percentage two.
 * @returns millionths of the major currency unit; `undefined` for other models and without an amount
 */
export function sharePriceMicros(model: RateModel, amountMinor: number | null | undefined): bigint | undefined {
  if (!takesShare(model) || amountMinor === null || amountMinor === undefined) return undefined;
  const share = shareMicros(amountMinor, model.percent);
  if (model.type === 'costPlus')
    return minorMicros(amountMinor) + larger(share, parseMicros(model.minimumMargin ?? '0'));
  const atLeast = larger(share, parseMicros(model.minimum ?? '0'));
  return model.maximum === undefined ? atLeast : smaller(atLeast, parseMicros(model.maximum));
}

/**
 * A percentage of an amount, exact.
 * @param percent  at most two places
 * @returns millionths of the major currency unit
 */
export const shareMicros = (amountMinor: number, percent: string): bigint =>
  // cents × millionths of a percent ÷ 100 cents ÷ 100 percent
  divideRounded(BigInt(amountMinor) * parseMicros(percent), 10_000n);

const minorMicros = (amountMinor: number): bigint => BigInt(amountMinor) * (MICROS / 100n);

/**
 * Prices a quantity by a model.
 * @param quantityMicros  millionths of the unit
 * @throws RangeError for a share of an amount that is missing
 */
export function priceParts(model: RateModel, quantityMicros: bigint, position: MonthPosition): PricedPart[] {
  const counter = position.counter ?? 0n;
  const simple = (unitPriceMicros: bigint, baseQuantityMicros = MICROS): PricedPart[] => [
    { quantityMicros, unitPriceMicros, baseQuantityMicros },
  ];
  switch (model.type) {
    case 'flat':
      return simple(parseMicros(model.amount));
    case 'package':
      return simple(parseMicros(model.unitPrice));
    case 'perUnit': {
      const base = baseQuantityOf(model, position.serviceMonth);
      return model.freeQuantity === undefined
        ? simple(parseMicros(model.unitPrice), base)
        : graduatedParts(counter, quantityMicros, tiersOf(model), base);
    }
    case 'graduated':
      return graduatedParts(counter, quantityMicros, model.tiers);
    case 'volume': {
      const tier = tierAt(model.tiers, counter + quantityMicros);
      return [{ quantityMicros, baseQuantityMicros: MICROS, ...tier }];
    }
    case 'percentage':
    case 'costPlus': {
      const price = sharePriceMicros(model, position.amountMinor);
      if (price === undefined) throw new RangeError('There is no amount to take a share of');
      return simple(price);
    }
  }
}

/** The tiers of a model that counts the month; free units are a first tier at zero. */
export function tiersOf(model: RateModel): readonly RateTier[] {
  if (model.type === 'graduated' || model.type === 'volume') return model.tiers;
  if (model.type !== 'perUnit' || model.freeQuantity === undefined) return [];
  return [
    { upTo: model.freeQuantity, unitPrice: '0' },
    { upTo: null, unitPrice: model.unitPrice },
  ];
}

function baseQuantityOf(model: Extract<RateModel, { type: 'perUnit' }>, serviceMonth: LocalMonth): bigint {
  return model.perDaysOfMonth ? BigInt(daysInMonth(serviceMonth)) * MICROS : parseMicros(model.baseQuantity ?? '1');
}

/** The tier that a number of units reaches; `upTo` belongs to its tier, what is below zero to the first one. */
export function tierAt(
  tiers: readonly RateTier[],
  units: bigint,
): Required<Pick<PricedPart, 'unitPriceMicros' | 'tierFrom' | 'tierTo'>> {
  let tierFrom = 0n;
  for (const { upTo, unitPrice } of tiers) {
    const tierTo = upTo === null ? null : parseMicros(upTo);
    if (tierTo === null || units <= tierTo) return { unitPriceMicros: parseMicros(unitPrice), tierFrom, tierTo };
    tierFrom = tierTo;
  }
  throw new RangeError('The last tier is not open-ended');
}

/**
 * Cuts a quantity into the tiers it falls in: each unit is charged at the rate of its tier. A negative quantity takes
 * the last units back at the rates they had; what would go below zero belongs to the first tier.
 * @param counter   units counted before, millionths
 * @param quantity  millionths
 * @param tiers     ascending by `upTo`, the last one open-ended
 */
export function graduatedParts(
  counter: bigint,
  quantity: bigint,
  tiers: readonly RateTier[],
  baseQuantityMicros = MICROS,
): PricedPart[] {
  const [from, to] = quantity < 0n ? [counter + quantity, counter] : [counter, counter + quantity];
  const parts: PricedPart[] = [];
  let tierFrom = 0n;
  tiers.forEach(({ upTo, unitPrice }, index) => {
    const tierTo = upTo === null ? null : parseMicros(upTo);
    const low = index === 0 ? from : larger(from, tierFrom);
    const high = tierTo === null ? to : smaller(to, tierTo);
    if (high > low)
      parts.push({
        quantityMicros: quantity < 0n ? low - high : high - low,
        unitPriceMicros: parseMicros(unitPrice),
        baseQuantityMicros,
        tierFrom,
        tierTo,
      });
    tierFrom = tierTo ?? tierFrom;
  });
  return parts;
}

/**
 * Graduated amount of a number of units from zero on: each tier touched is a line of its own and rounded once.
 * @param quantityMicros  millionths of the unit
 * @returns minor units
 */
export function graduatedAmount(quantityMicros: bigint, tiers: readonly RateTier[]): number {
  return amountMinor(graduatedParts(0n, quantityMicros, tiers));
}

/** Sum of the nets of the parts, each rounded once, half away from zero (billing.md, Lines). */
export const amountMinor = (parts: readonly PricedPart[]): number =>
  parts.reduce(
    (total, part) => total + lineNetMinor(part.quantityMicros, part.unitPriceMicros, part.baseQuantityMicros),
    0,
  );

const larger = (left: bigint, right: bigint): bigint => (left > right ? left : right);
const smaller = (left: bigint, right: bigint): bigint => (left < right ? left : right);
