import { addDays, eachDay, firstDayOf, lastDayOf, monthOf } from '../../../../shared/kernel/dates.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import type { StoragePolicy } from '../../../../shared/protocol/billing/storage-actions.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { dayCharges, monthCharges, monthEvent } from '../../domain/charge-types/storage.ts';
import { covers, needsLayers, needsWholeMonth, type StorageTerms } from '../../domain/storage/storage-day.ts';
import {
  daysAfter,
  findPolicies,
  findStorageTerms,
  recordedDays,
  type Stretch,
} from '../../persistence/storage-days.ts';
import { completedElsewhere } from './completed-months.ts';
import { correctCharges, type Wanted } from './correct-charges.ts';
import { openCounting, reachOf, ruleOn, type Counting } from './count-days.ts';

type Deps = Pick<BillingDeps, 'rules' | 'now'>;

/**
 * Measures recorded days anew and brings their charges in line: what is missing is made, what is measured differently
 * is replaced by the next revision. The result depends on what is recorded and agreed alone, not on what came first.
 * The caller has taken the rate book and the storage lock.
 * @param widen  also the other days and warehouses that depend on these
 */
export async function measureStorage(
  em: EntityManager,
  deps: Deps,
  stretches: readonly Stretch[],
  { widen = true } = {},
): Promise<void> {
  if (!stretches.length) return;
  const policies = await findPolicies(em);
  const terms = await findStorageTerms(em, [...new Set(stretches.map(({ merchantId }) => merchantId))]);
  const elsewhere = widen ? await completedElsewhere(em, stretches, terms) : [];
  for (const stretch of [...stretches, ...elsewhere]) {
    const agreed = terms.get(stretch.merchantId) ?? [];
    const whole = await affected(em, stretch, agreed, policies, widen);
    await correctCharges(em, deps, whole.merchantId, await wantedOf(em, whole, agreed, policies));
  }
}

const overlaps = ({ startsOn, endsOn }: StorageTerms, { from, to }: Stretch): boolean =>
  startsOn <= to && (endsOn === null || endsOn >= from);

/** All days whose charge can depend on those of the stretch. */
async function affected(
  em: EntityManager,
  stretch: Stretch,
  agreed: readonly StorageTerms[],
  policies: readonly StoragePolicy[],
  widen: boolean,
): Promise<Stretch> {
  let { from, to } = stretch;
  // whether a bin was emptied on a day is told by the next one
  if (policies.some(({ emptiedBins }) => emptiedBins === 'free')) from = addDays(from, -1);
  const layered = agreed.filter(needsLayers);
  if (widen && layered.length) {
    const { next, last } = await daysAfter(em, stretch, to);
    // goods first seen on the next recorded day are told apart by age for as long as the bands reach
    if (next && last) to = [last, addDays(next, reachOf(layered))].toSorted()[0]!;
  }
  if (agreed.some((terms) => needsWholeMonth(terms.method) && overlaps(terms, { ...stretch, from, to }))) {
    from = firstDayOf(monthOf(from));
    to = lastDayOf(monthOf(to));
  }
  return { ...stretch, from, to };
}

async function wantedOf(
  em: EntityManager,
  stretch: Stretch,
  agreed: readonly StorageTerms[],
  policies: readonly StoragePolicy[],
): Promise<Wanted[]> {
  const { days, count } = await openCounting(em, stretch, agreed, policies);
  const daily = days.flatMap((stored): Wanted[] => {
    const terms = agreed.find((contract) => covers(contract, stored.day));
    if (!terms) return [];
    const counted = count(stored, terms);
    const facts = terms.method === null || needsWholeMonth(terms.method) ? [] : dayCharges(counted, terms);
    return [
      {
        referenceId: stored.headerId,
        isMonth: false,
        from: stored.day,
        to: stored.day,
        terms,
        rule: counted.rule,
        facts,
      },
    ];
  });
  return [...daily, ...(await wantedMonths(em, stretch, agreed, { days, count }, policies))];
}

/** A month is charged once all of its days under contract are recorded; a gap blocks the run meanwhile. */
async function wantedMonths(
  em: EntityManager,
  stretch: Stretch,
  agreed: readonly StorageTerms[],
  { days, count }: Counting,
  policies: readonly StoragePolicy[],
): Promise<Wanted[]> {
  const months = new Set(eachDay(stretch.from, stretch.to).map(monthOf));
  const wanted: Wanted[] = [];
  for (const month of months)
    for (const terms of agreed) {
      const active = eachDay(firstDayOf(month), lastDayOf(month)).filter((day) => covers(terms, day));
      const [first, last] = [active[0], active.at(-1)];
      if (first === undefined || last === undefined) continue;
      const referenceId = monthEvent(terms.contractId, stretch.warehouse, month);
      const reference = { referenceId, isMonth: true, from: first, to: last };
      const rule = ruleOn(policies, last);
      if (!needsWholeMonth(terms.method)) {
        wanted.push({ ...reference, terms, rule, facts: [] });
        continue;
      }
      // the stretch has whole months of the terms that it touches, and no day of others that count in the same month
      if (!overlaps(terms, stretch)) continue;
      const recorded = await recordedDays(em, stretch.merchantId, first, last);
      const counted = new Map(
        days.filter(({ day }) => day >= first && day <= last).map((stored) => [stored.day, count(stored, terms)]),
      );
      const facts = active.every((day) => recorded.has(day))
        ? monthCharges({ ...stretch, active, days: counted }, terms)
        : [];
      wanted.push({ ...reference, terms, rule, facts });
    }
  return wanted;
}
