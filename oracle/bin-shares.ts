import { decimal, ONE } from './decimal.ts';
import type { StockLine } from './facts.ts';

/** A merchant's stock in a warehouse; `rank` decides where all else is equal. */
export interface BinHistory {
  merchant: string;
  rank: number;
  days: ReadonlyMap<string, readonly StockLine[]>;
}

/**
 * What the bin counts for each merchant with goods in it on a day: for each of them whole, by the volume of its goods,
 * or for the one whose goods are there longest without a break. Shares add up to one bin: they are cut to six places,
 * and the millionths left go to the largest rests, then to the longer owner, then by rank.
 */
export function sharesOf(
  histories: readonly BinHistory[],
  day: string,
  bin: string,
  policy: 'whole' | 'byVolume' | 'firstOwner',
): Map<string, bigint> {
  const owners = histories
    .filter(({ days }) => days.get(day)?.some((line) => line.bin === bin))
    .map((history) => ({ ...history, since: sinceWhen(history, day, bin), volume: volumeIn(history, day, bin) }))
    .sort((a, b) => (a.since === b.since ? a.rank - b.rank : a.since < b.since ? -1 : 1));
  if (policy === 'whole' || owners.length < 2) return new Map(owners.map(({ merchant }) => [merchant, ONE]));
  if (policy === 'firstOwner') return new Map(owners.map(({ merchant }, index) => [merchant, index ? 0n : ONE]));
  const total = owners.reduce((sum, { volume }) => sum + volume, 0n);
  const parts = owners.map(({ merchant, volume }, order) => {
    const exact = total === 0n ? ONE : volume * ONE;
    const of = total === 0n ? BigInt(owners.length) : total;
    return { merchant, order, share: exact / of, rest: exact % of };
  });
  let left = ONE - parts.reduce((sum, { share }) => sum + share, 0n);
  for (const part of [...parts].sort((a, b) => (a.rest === b.rest ? a.order - b.order : a.rest > b.rest ? -1 : 1))) {
    if (left === 0n) break;
    part.share += 1n;
    left -= 1n;
  }
  return new Map(parts.map(({ merchant, share }) => [merchant, share]));
}

/** The first day of the unbroken row of recorded days on which the merchant had the bin. */
function sinceWhen({ days }: BinHistory, day: string, bin: string): string {
  let since = day;
  for (const earlier of [...days.keys()]
    .filter((one) => one < day)
    .sort()
    .reverse()) {
    if (!days.get(earlier)!.some((line) => line.bin === bin)) break;
    since = earlier;
  }
  return since;
}

/** @throws Error where a volume is missing, because the division cannot be known then */
function volumeIn({ days, merchant }: BinHistory, day: string, bin: string): bigint {
  const goods = days.get(day)!.filter((line) => line.bin === bin && decimal(line.quantity) > 0n);
  return goods.reduce((sum, { volumeM3 }) => {
    if (volumeM3 === undefined) throw new Error(`The bin ${bin} of ${merchant} has no volume on ${day}`);
    return sum + decimal(volumeM3);
  }, 0n);
}
