import { eachDay, firstDayOf, lastDayOf, type LocalDate, type LocalMonth } from '../../../../shared/kernel/dates.ts';
import type { ItemOf, Output } from '../../app/api/contract.ts';

export type Snapshot = ItemOf<'GET /storage-snapshots'>;
export type StorageGap = Output<'GET /storage-snapshots/gaps'>['gaps'][number];
type Contract = Pick<ItemOf<'GET /contracts'>, 'startsOn' | 'endsOn' | 'storageMethod'>;

export interface StorageDay {
  day: LocalDate;
  snapshots: Snapshot[];
  /** Warehouses that held goods and do not tell of this day, while others do. */
  silent: string[];
  /** `gap`: under a storage contract without a record of each warehouse with goods, so that its run is parked. */
  kind: 'recorded' | 'gap' | 'notAgreed' | 'toCome';
}

export interface StorageMonth {
  month: LocalMonth;
  snapshots: readonly Snapshot[];
  /** As the server finds them: by the rule that parks a run. */
  gaps: readonly StorageGap[];
  contracts: readonly Contract[];
  /** The last day that can be recorded. */
  today: LocalDate;
}

/** The days of a month with what was recorded of them (billing.md, Storage). */
export function storageDays({ month, snapshots, gaps, contracts, today }: StorageMonth): StorageDay[] {
  const byDay = Map.groupBy(snapshots, ({ day }) => day);
  const gapsByDay = Map.groupBy(gaps, ({ day }) => day);
  const isAgreed = (day: LocalDate) =>
    contracts.some(
      ({ startsOn, endsOn, storageMethod }) =>
        storageMethod !== null && startsOn <= day && (endsOn === null || day <= endsOn),
    );
  return eachDay(firstDayOf(month), lastDayOf(month)).map((day) => {
    const found = byDay.get(day) ?? [];
    const missing = gapsByDay.get(day);
    const silent = missing?.flatMap(({ warehouse }) => warehouse ?? []) ?? [];
    if (missing) return { day, snapshots: found, silent, kind: 'gap' };
    if (found.length) return { day, snapshots: found, silent, kind: 'recorded' };
    return { day, snapshots: [], silent, kind: isAgreed(day) && day > today ? 'toCome' : 'notAgreed' };
  });
}

/**
 * What is missing of each warehouse. A day that none told of is missing of all of them: where one holds nothing, its
 * day is rebuilt as empty.
 */
export const gapsByWarehouse = (
  gaps: readonly StorageGap[],
  warehouses: readonly string[],
): { warehouse: string; days: LocalDate[] }[] =>
  warehouses
    .map((warehouse) => ({
      warehouse,
      days: gaps.filter((gap) => gap.warehouse === null || gap.warehouse === warehouse).map(({ day }) => day),
    }))
    .filter(({ days }) => days.length > 0);
