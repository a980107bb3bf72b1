import { MICROS } from '../../../../shared/kernel/decimal.ts';
import type { CountingRule } from '../charge-types/storage.ts';
import { shareBin, type BinOwner } from './shared-bins.ts';
import type { Amounts, Missing, StorageDay } from './storage-day.ts';

/**
 * What the bins of a day count for: each one whole, its share where several merchants' goods lie in it (F4), nothing
 * where the house does not charge for bins emptied in the course of the day (F3).
 * @param next     the recorded day after it, if there is one; until then no bin was emptied
 * @param ownersOf those with goods in a bin, where they are several
 */
export function countBins(
  { lines, merchantId }: StorageDay,
  rule: CountingRule,
  next: StorageDay | undefined,
  ownersOf: (bin: string) => readonly BinOwner[] | undefined,
): Amounts | Missing {
  const left = rule.emptiedBins === 'free' && next ? new Set(next.lines.map(({ bin }) => bin)) : undefined;
  const amounts = new Map<string, bigint>();
  for (const bin of new Set(lines.map((line) => line.bin))) {
    if (left && !left.has(bin)) continue;
    const shares = shareBin(ownersOf(bin) ?? [], rule.sharedBins);
    if (shares === 'VOLUME_MISSING') return shares;
    const share = shares.get(merchantId) ?? MICROS;
    if (share) amounts.set(bin, share);
  }
  return amounts;
}
