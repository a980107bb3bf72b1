import { daysInMonth, type LocalMonth } from '../../../shared/kernel/dates.ts';
import { MICROS, parseMicros } from '../../../shared/kernel/decimal.ts';
import { lineNetMinor } from '../../../shared/kernel/money.ts';
import type { RateModel, RateTier } from '../../../shared/protocol/billing/rate-card.ts';

/** A quantity at one price: what one invoice line is made of. Everything in millionths. */
export interface PricedPart {
  quantityMicros: bigint;
  unitPriceMicros: bigint;
  baseQuantityMicros: bigint;
  /** Units of the counter the tier covers; both absent outside graduated rules, `tierTo` `null` for the open one. */
  tierFrom?: bigint;
  tierTo?: bigint | null;
}

/**
 * The quantity a charge is billed with: a flat price counts the event, whatever was measured.
 * @param measuredMicros  what the event measured; negative for a correction
 */
export function billedQuantity(model: RateModel, measuredMicros: bigint): bigint {
  switch (model.type) {
    case 'flat':
      return measuredMicros < 0n ? -MICROS : MICROS;
    case 'perUnit':
    case 'graduated':
      return measuredMicros;
  }
}

/**
 * Prices a quantity by a model.
 * @param quantityMicros  millionths of the unit
 * @param counter         units already counted in the service month, for graduated models; millionths
 * @param serviceMonth    decides the base of monthly prices metered by day (billing.md, Storage)
 */
export function priceParts(
  model: RateModel,
  quantityMicros: bigint,
  { counter = 0n, serviceMonth }: { counter?: bigint; serviceMonth: LocalMonth },
): PricedPart[] {
  switch (model.type) {
    case 'flat':
      return [{ quantityMicros, unitPriceMicros: parseMicros(model.amount), baseQuantityMicros: MICROS }];
    case 'perUnit':
      return [
        {
          quantityMicros,
          unitPriceMicros: parseMicros(model.unitPrice),
          baseQuantityMicros: model.perDaysOfMonth
            ? BigInt(daysInMonth(serviceMonth)) * MICROS
            : parseMicros(model.baseQuantity ?? '1'),
        },
      ];
    case 'graduated':
      return graduatedParts(counter, quantityMicros, model.tiers);
  }
}

/**
 * Cuts a quantity into the tiers it falls in: each unit is charged at the rate of its tier. A negative quantity takes
 * the last units back at the rates they had; what would go below zero belongs to the first tier.
 * @param counter   units counted before, millionths
 * @param quantity  millionths
 * @param tiers     ascending by `upTo`, the last one open-ended
 */
export function graduatedParts(counter: bigint, quantity: bigint, tiers: readonly RateTier[]): PricedPart[] {
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
        baseQuantityMicros: MICROS,
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
