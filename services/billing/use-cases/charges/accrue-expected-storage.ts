import { eachDay, firstDayOf, lastDayOf, type LocalDate, type LocalMonth } from '../../../../shared/kernel/dates.ts';
import { uuidOf } from '../../../../shared/kernel/ids.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import type { ChargeFact } from '../../domain/charge-fact.ts';
import { monthCharges, type CountedStorage } from '../../domain/charge-types/storage.ts';
import { covers, needsWholeMonth, type StorageTerms } from '../../domain/storage/storage-day.ts';
import { findPolicies, findStorageTerms, recordedDays, stretchesWithin } from '../../persistence/storage-days.ts';
import { openCounting } from '../storage/count-days.ts';
import { chargeFacts } from './charge-facts.ts';

/**
 * Charges what a month of storage will be counted as if the stock last recorded stays to its end, where a contract
 * counts the month as one and days of it are not recorded yet (X4). Into a transaction that is undone.
 */
export async function accrueExpectedStorage(
  em: EntityManager,
  deps: Pick<BillingDeps, 'rules' | 'now'>,
  merchantId: string,
  month: LocalMonth,
): Promise<void> {
  const agreed = (await findStorageTerms(em, [merchantId])).get(merchantId) ?? [];
  const facts: ChargeFact[] = [];
  for (const terms of agreed.filter(({ method }) => needsWholeMonth(method))) {
    const active = eachDay(firstDayOf(month), lastDayOf(month)).filter((day) => covers(terms, day));
    if (active.length) facts.push(...(await expectedOf(em, merchantId, terms, active)));
  }
  await chargeFacts(deps, em, facts);
}

/** @param active  days of the month under contract, ascending, at least one */
async function expectedOf(
  em: EntityManager,
  merchantId: string,
  terms: StorageTerms,
  active: readonly LocalDate[],
): Promise<ChargeFact[]> {
  const [from, to] = [active[0]!, active.at(-1)!];
  const recorded = await recordedDays(em, merchantId, from, to);
  // a month that is known whole has its charge
  if (active.every((day) => recorded.has(day))) return [];
  const policies = await findPolicies(em);
  const facts: ChargeFact[] = [];
  for (const { warehouse } of await stretchesWithin(em, { merchantId, from, to })) {
    const { days, count } = await openCounting(em, { merchantId, warehouse, from, to }, [terms], policies);
    const known = new Map(days.map((stored) => [stored.day, count(stored, terms)]));
    facts.push(...monthCharges({ merchantId, warehouse, active, days: goingOn(active, recorded, known) }, terms));
  }
  // never the id of what the month will be charged as
  return facts.map((fact) => ({ ...fact, sourceEvent: uuidOf('expected', fact.sourceEvent) }));
}

/**
 * The days of one warehouse, those that are not recorded as the last one before them. Before its first one it had
 * nothing where others were told of, and is missing like all where none was.
 */
function goingOn(
  active: readonly LocalDate[],
  recorded: ReadonlySet<LocalDate>,
  known: ReadonlyMap<LocalDate, CountedStorage>,
): Map<LocalDate, CountedStorage> {
  const days = new Map<LocalDate, CountedStorage>();
  const first = active.map((day) => known.get(day)).find((day) => day !== undefined);
  let last: CountedStorage | undefined;
  for (const day of active) {
    last = known.get(day) ?? last;
    const stock = last ?? (recorded.has(day) ? undefined : first);
    if (stock) days.set(day, stock);
  }
  return days;
}
