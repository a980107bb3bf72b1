import { addDays, eachDay, firstDayOf, lastDayOf, monthOf, type LocalDate } from '../../../../shared/kernel/dates.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import type { StoragePolicy } from '../../../../shared/protocol/billing/storage-actions.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import {
  dayCharges,
  monthCharges,
  monthEvent,
  PLAIN_RULE,
  type CountedStorage,
  type CountingRule,
} from '../../domain/charge-types/storage.ts';
import { countBins } from '../../domain/storage/count-bins.ts';
import { carryLayers, type Layers } from '../../domain/storage/layers.ts';
import {
  amountsOf,
  covers,
  measureOf,
  needsLayers,
  needsWholeMonth,
  type StorageDay,
  type StorageTerms,
} from '../../domain/storage/storage-day.ts';
import {
  binKey,
  daysAfter,
  findDays,
  findPolicies,
  findSharedBins,
  findStorageTerms,
  lastDayUpTo,
  recordedDays,
  type Stretch,
} from '../../persistence/storage-days.ts';
import { correctCharges, type Wanted } from './correct-charges.ts';

type Deps = Pick<BillingDeps, 'rules' | 'now'>;

/** Earlier than any recorded day. */
const EVER: LocalDate = '2000-01-01';

/**
 * Measures recorded days anew and brings their charges in line: what is missing is made, what is measured differently
 * is replaced by the next revision. The result depends on what is recorded and agreed alone, not on what came first.
 * The caller has taken the rate book and the storage lock.
 * @param widen  also the other days that depend on these
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
  for (const stretch of stretches) {
    const agreed = terms.get(stretch.merchantId) ?? [];
    const whole = await affected(em, stretch, agreed, policies, widen);
    await correctCharges(em, deps, whole.merchantId, await wantedOf(em, whole, agreed, policies));
  }
}

/** The rule bins are counted by on a day. */
export const ruleOn = (policies: readonly StoragePolicy[], day: LocalDate): CountingRule =>
  policies.find(({ validFrom }) => validFrom <= day) ?? PLAIN_RULE;

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

/** For how many days back history can change an age. */
const reachOf = (layered: readonly StorageTerms[]): number =>
  layered.some(({ method }) => method === 'anniversary')
    ? 36_500
    : Math.max(...layered.map(({ ageBands }) => ageBands.at(-1)!));

async function wantedOf(
  em: EntityManager,
  stretch: Stretch,
  agreed: readonly StorageTerms[],
  policies: readonly StoragePolicy[],
): Promise<Wanted[]> {
  const { from, to } = stretch;
  const layered = agreed.filter(needsLayers);
  const back = layered.length ? addDays(from, -Math.min(reachOf(layered), 9_000)) : from;
  const start = layered.length ? ((await lastDayUpTo(em, stretch, back)) ?? EVER) : from;
  const days = await findDays(em, { ...stretch, from: start, to: addDays(to, 1) });
  const shared = policies.some(({ sharedBins }) => sharedBins !== 'whole')
    ? await findSharedBins(em, stretch)
    : new Map<string, never>();
  const next = new Map(days.map((day) => [day.day, day]));
  const count = (stored: StorageDay, terms: StorageTerms): CountedStorage => {
    const rule = ruleOn(policies, stored.day);
    const amounts =
      measureOf(terms) === 'bin'
        ? countBins(stored, rule, next.get(addDays(stored.day, 1)), (bin) => shared.get(binKey(stored.day, bin)))
        : amountsOf(stored.lines, measureOf(terms));
    return { stored, rule, amounts };
  };
  const layers = new Map(layered.map((terms) => [terms, layersOf(days, terms)]));
  const inside = days.filter(({ day }) => day >= from && day <= to);
  const daily = inside.flatMap((stored): Wanted[] => {
    const terms = agreed.find((contract) => covers(contract, stored.day));
    if (!terms) return [];
    const ages = layers.get(terms)?.get(stored.day);
    const counted = { ...count(stored, terms), ...(ages ? { layers: ages } : {}) };
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
  return [...daily, ...(await wantedMonths(em, stretch, agreed, inside, count, policies))];
}

/** The layers of every recorded day, from the first one on; a day whose volume is not known changes nothing. */
function layersOf(days: readonly StorageDay[], terms: StorageTerms): Map<LocalDate, Layers> {
  let layers: Layers = new Map();
  return new Map(
    days.map(({ day, lines }) => {
      const amounts = amountsOf(lines, measureOf(terms));
      if (amounts !== 'VOLUME_MISSING') layers = carryLayers(layers, day, amounts);
      return [day, layers];
    }),
  );
}

/** A month is charged once all of its days under contract are recorded; a gap blocks the run meanwhile. */
async function wantedMonths(
  em: EntityManager,
  stretch: Stretch,
  agreed: readonly StorageTerms[],
  days: readonly StorageDay[],
  count: (stored: StorageDay, terms: StorageTerms) => CountedStorage,
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
