import { decimal } from './decimal.ts';
import type { RateModel, Tier } from './rate-card.ts';

/** A tier with its bounds in millionths; the units over `from` up to `upTo`. */
export interface Band {
  tier: number;
  from: bigint;
  upTo: bigint | null;
  price: bigint;
}

export const bandsOf = (tiers: readonly Tier[]): Band[] =>
  tiers.map(({ upTo, unitPrice }, index) => ({
    tier: index + 1,
    from: index === 0 ? 0n : decimal(tiers[index - 1]!.upTo!),
    upTo: upTo === null ? null : decimal(upTo),
    price: decimal(unitPrice),
  }));

/** The tiers of a model that counts the units of a month; free units are a first tier at nothing. */
export function tiersOf(model: RateModel): readonly Tier[] | null {
  if (model.type === 'graduated' || model.type === 'volume') return model.tiers;
  if (model.type !== 'perUnit' || model.freeQuantity === undefined) return null;
  return [
    { upTo: model.freeQuantity, unitPrice: '0' },
    { upTo: null, unitPrice: model.unitPrice },
  ];
}

/**
 * How many of a number of units lie in a band. What a counter that moves from one number to another adds to a band is
 * the difference of two such figures. A number below zero lies in the first band.
 */
export function unitsIn({ from, upTo, tier }: Band, units: bigint): bigint {
  const below = upTo !== null && units > upTo ? upTo : units;
  if (tier === 1) return below;
  return below > from ? below - from : 0n;
}

/** The band that a number of units reaches; its limit belongs to it. */
export const bandAt = (bands: readonly Band[], units: bigint): Band =>
  bands.find(({ upTo }) => upTo === null || units <= upTo)!;
