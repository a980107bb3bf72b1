import type { LocalDate } from '../../../../shared/kernel/dates.ts';
import { parseMicros } from '../../../../shared/kernel/decimal.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import type { ChargeFact } from '../../domain/charge-fact.ts';
import { STORAGE, type CountingRule } from '../../domain/charge-types/storage.ts';
import { measureOf, type StorageMethod, type StorageTerms } from '../../domain/storage/storage-day.ts';
import { findLiveStorage, type LiveStorage } from '../../persistence/storage-days.ts';
import { chargeCorrectable, chargeFacts } from '../charges/charge-facts.ts';

/** What a recorded day or a month should be charged with. */
export interface Wanted {
  /** The header, or the id of the month. */
  referenceId: string;
  isMonth: boolean;
  from: LocalDate;
  to: LocalDate;
  terms: StorageTerms;
  rule: CountingRule;
  facts: readonly ChargeFact[];
}

/**
 * Brings the charges of days and months in line with what they should be. Billed ones are corrected where the facts
 * turned out otherwise; where something else was agreed since, what is billed stays, and so do the days it is for.
 */
export async function correctCharges(
  em: EntityManager,
  deps: Pick<BillingDeps, 'rules' | 'now'>,
  merchantId: string,
  wanted: readonly Wanted[],
): Promise<void> {
  const found = await findLiveStorage(
    em,
    wanted.map(({ referenceId }) => referenceId),
  );
  const live = Map.groupBy(found, ({ referenceId }) => referenceId);
  const open = wanted.filter((one) => !isSettled(one, wanted, live));
  const fresh: ChargeFact[] = [];
  const revised: { sourceEvent: string; merchantId: string; revision: number }[] = [];
  const facts: ChargeFact[] = [];
  for (const one of open) {
    const charged = new Map((live.get(one.referenceId) ?? []).map((charge) => [charge.sourceEvent, charge]));
    const due = new Map(one.facts.map((fact) => [fact.sourceEvent, fact]));
    for (const [sourceEvent, charge] of charged) {
      const fact = due.get(sourceEvent);
      if (charge.isCharged ? fact && isSame(charge, fact) : !fact) continue;
      const revision = charge.revision + 1;
      revised.push({ sourceEvent, merchantId, revision });
      if (fact) facts.push({ ...fact, revision });
    }
    fresh.push(...one.facts.filter(({ sourceEvent }) => !charged.has(sourceEvent)));
  }
  await chargeFacts(deps, em, fresh);
  if (revised.length) await chargeCorrectable(deps, em, STORAGE, revised, facts);
}

type LiveByReference = ReadonlyMap<string, readonly LiveStorage[]>;

/** Whether its days are billed by what was agreed before: by themselves, or with the month or the days they belong to. */
function isSettled(one: Wanted, all: readonly Wanted[], live: LiveByReference): boolean {
  const isKept = (entry: Wanted) =>
    (live.get(entry.referenceId) ?? []).some(
      (charge) => charge.isBilled && charge.isCharged && !isAsAgreed(charge, entry),
    );
  if (isKept(one)) return true;
  return all.some(
    (other) => other.isMonth !== one.isMonth && other.from <= one.to && other.to >= one.from && isKept(other),
  );
}

/** Whether a charge was measured as the terms and the house's rule say now. */
function isAsAgreed({ attributes }: LiveStorage, { terms, rule }: Wanted): boolean {
  const { method, measure, ageBands } = terms;
  const is = (key: string, value: unknown, before: unknown) => (attributes[key] ?? before) === value;
  if (attributes['method'] !== method) return false;
  const measured = measureOf(terms);
  if (!is('measure', measured, measureOf({ method: attributes['method'] as StorageMethod, measure: null })))
    return false;
  if (
    measured === 'bin' &&
    !(is('emptiedBins', rule.emptiedBins, 'counts') && is('sharedBins', rule.sharedBins, 'whole'))
  )
    return false;
  const over = attributes['ageDaysOver'];
  if (attributes['blocked'] || method === 'anniversary' || measure !== null) return true;
  if (over === undefined) return ageBands.length === 0;
  const index = over === 0 ? 0 : ageBands.indexOf(over as number) + 1;
  return (over === 0 || index > 0) && ageBands.length > 0 && ageBands[index] === attributes['ageDaysUpTo'];
}

/** Differences that are worth a revision. */
function isSame({ unit, serviceDate, measured, attributes }: LiveStorage, fact: ChargeFact): boolean {
  const same = (key: keyof ChargeFact['attributes'], before?: unknown) =>
    (attributes[key] ?? before) === (fact.attributes[key] ?? before);
  return (
    unit === fact.unit &&
    serviceDate === fact.serviceDate &&
    parseMicros(measured) === fact.quantityMicros &&
    same('method') &&
    same('blocked') &&
    same('ageDaysOver') &&
    same('ageDaysUpTo') &&
    same('emptiedBins', 'counts') &&
    same('sharedBins', 'whole')
  );
}
