import { eachDay, firstDayOf, lastDayOf, monthOf } from '../../../../shared/kernel/dates.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { covers, needsWholeMonth, type StorageTerms } from '../../domain/storage/storage-day.ts';
import { recordedDays, stretchesWithin, type Stretch } from '../../persistence/storage-days.ts';

/**
 * What lies in other warehouses in months that new days complete. A month is charged once each of its days is told of
 * in any warehouse, so those that were told of before wait for these.
 * @param terms  what was agreed with the merchants of the new days
 */
export async function completedElsewhere(
  em: EntityManager,
  fresh: readonly Stretch[],
  terms: ReadonlyMap<string, readonly StorageTerms[]>,
): Promise<Stretch[]> {
  const found = new Map<string, Stretch>();
  for (const { merchantId, warehouse, from, to } of fresh)
    for (const month of new Set(eachDay(from, to).map(monthOf))) {
      const byMonth = (terms.get(merchantId) ?? []).filter(({ method }) => needsWholeMonth(method));
      if (!(await isComplete(em, merchantId, month, byMonth))) continue;
      for (const other of await stretchesWithin(em, { merchantId, from: firstDayOf(month), to: lastDayOf(month) }))
        if (other.warehouse !== warehouse) found.set(JSON.stringify([merchantId, other.warehouse, month]), other);
    }
  return [...found.values()];
}

/** Whether one of the terms has all of its days of the month recorded. */
async function isComplete(
  em: EntityManager,
  merchantId: string,
  month: string,
  terms: readonly StorageTerms[],
): Promise<boolean> {
  const days = eachDay(firstDayOf(month), lastDayOf(month));
  const active = terms.map((one) => days.filter((day) => covers(one, day))).filter(({ length }) => length > 0);
  if (!active.length) return false;
  const recorded = await recordedDays(em, merchantId, days[0]!, days.at(-1)!);
  return active.some((under) => under.every((day) => recorded.has(day)));
}
