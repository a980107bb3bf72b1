import { eachDay, firstDayOf, lastDayOf, type LocalDate, type LocalMonth } from '../../../../shared/kernel/dates.ts';
import type { ItemOf } from '../../app/api/contract.ts';

export type Snapshot = ItemOf<'GET /storage-snapshots'>;
type Contract = Pick<ItemOf<'GET /contracts'>, 'startsOn' | 'endsOn' | 'storageMethod'>;

export interface StorageDay {
  day: LocalDate;
  snapshots: Snapshot[];
  /** `gap`: under a storage contract without a record, so that its run is parked. */
  kind: 'recorded' | 'gap' | 'notAgreed' | 'toCome';
}

/** The days of a month with what was recorded of them (billing.md, Storage). @param today  the last one that can be recorded */
export function storageDays(
  month: LocalMonth,
  snapshots: readonly Snapshot[],
  contracts: readonly Contract[],
  today: LocalDate,
): StorageDay[] {
  const byDay = Map.groupBy(snapshots, ({ day }) => day);
  const isAgreed = (day: LocalDate) =>
    contracts.some(
      ({ startsOn, endsOn, storageMethod }) =>
        storageMethod !== null && startsOn <= day && (endsOn === null || day <= endsOn),
    );
  return eachDay(firstDayOf(month), lastDayOf(month)).map((day) => {
    const found = byDay.get(day) ?? [];
    if (found.length) return { day, snapshots: found, kind: 'recorded' };
    if (!isAgreed(day)) return { day, snapshots: [], kind: 'notAgreed' };
    return { day, snapshots: [], kind: day > today ? 'toCome' : 'gap' };
  });
}
