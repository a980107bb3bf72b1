import { MICROS } from '../../../../shared/kernel/decimal.ts';
import type { LocalDate } from '../../../../shared/kernel/dates.ts';
import type { StoragePolicy } from '../../../../shared/protocol/billing/storage-actions.ts';

/** A merchant with goods in a bin on a day. */
export interface BinOwner {
  merchantId: string;
  /** Millionths of a cubic metre of its goods; `null` where a volume is missing. */
  volumeMicros: bigint | null;
  /** The first recorded day from which on its goods were in the bin without a break. */
  since: LocalDate;
}

/**
 * How the one bin of a day is divided among those whose goods lie in it (F4). The shares add up to exactly one bin:
 * by volume each is cut to six places, and the millionths left go to the largest remainders, of equal ones to the
 * longer owner and then the lower id. Without any volume the parts are equal.
 * @returns millionths of a bin per merchant; `VOLUME_MISSING` where the division cannot be known
 */
export function shareBin(
  owners: readonly BinOwner[],
  rule: StoragePolicy['sharedBins'],
): ReadonlyMap<string, bigint> | 'VOLUME_MISSING' {
  if (rule === 'whole' || owners.length < 2) return new Map(owners.map(({ merchantId }) => [merchantId, MICROS]));
  const ordered = owners.toSorted(byOwnership);
  if (rule === 'firstOwner')
    return new Map(ordered.map(({ merchantId }, index) => [merchantId, index === 0 ? MICROS : 0n]));
  if (owners.some(({ volumeMicros }) => volumeMicros === null)) return 'VOLUME_MISSING';
  const total = owners.reduce((sum, { volumeMicros }) => sum + volumeMicros!, 0n);
  const parts = ordered.map(({ merchantId, volumeMicros }) => {
    const [weight, of] = total === 0n ? [1n, BigInt(owners.length)] : [volumeMicros!, total];
    return { merchantId, share: (weight * MICROS) / of, remainder: (weight * MICROS) % of };
  });
  const left = Number(MICROS - parts.reduce((sum, { share }) => sum + share, 0n));
  const favoured = new Set(
    parts
      .toSorted((a, b) => (a.remainder < b.remainder ? 1 : a.remainder > b.remainder ? -1 : 0))
      .slice(0, left)
      .map(({ merchantId }) => merchantId),
  );
  return new Map(parts.map(({ merchantId, share }) => [merchantId, share + (favoured.has(merchantId) ? 1n : 0n)]));
}

function byOwnership(left: BinOwner, right: BinOwner): number {
  if (left.since !== right.since) return left.since < right.since ? -1 : 1;
  return left.merchantId < right.merchantId ? -1 : 1;
}
