import { addDays, type LocalDate } from '../../../../shared/kernel/dates.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import type { StoragePolicy } from '../../../../shared/protocol/billing/storage-actions.ts';
import { PLAIN_RULE, type CountedStorage, type CountingRule } from '../../domain/charge-types/storage.ts';
import { countBins } from '../../domain/storage/count-bins.ts';
import { carryLayers, type Layers } from '../../domain/storage/layers.ts';
import {
  amountsOf,
  measureOf,
  needsLayers,
  type StorageDay,
  type StorageTerms,
} from '../../domain/storage/storage-day.ts';
import { binKey, findDays, findSharedBins, lastDayUpTo, type Stretch } from '../../persistence/storage-days.ts';

/** Earlier than any recorded day. */
export const EVER: LocalDate = '2000-01-01';

/** The recorded days of a stretch, and how each of them counts. */
export interface Counting {
  days: readonly StorageDay[];
  count: (stored: StorageDay, terms: StorageTerms) => CountedStorage;
}

/**
 * Reads what recorded days are counted by: the day after, who else has goods in their bins, how long goods were there.
 * @param agreed    the terms that `count` will be asked for
 * @param policies  latest first
 */
export async function openCounting(
  em: EntityManager,
  stretch: Stretch,
  agreed: readonly StorageTerms[],
  policies: readonly StoragePolicy[],
): Promise<Counting> {
  const { from, to } = stretch;
  const layered = agreed.filter(needsLayers);
  const back = layered.length ? addDays(from, -Math.min(reachOf(layered), 9_000)) : from;
  const start = layered.length ? ((await lastDayUpTo(em, stretch, back)) ?? EVER) : from;
  const days = await findDays(em, { ...stretch, from: start, to: addDays(to, 1) });
  const shared = policies.some(({ sharedBins }) => sharedBins !== 'whole')
    ? await findSharedBins(em, stretch)
    : new Map<string, never>();
  const next = new Map(days.map((day) => [day.day, day]));
  const layers = new Map(layered.map((terms) => [terms, layersOf(days, terms)]));
  return {
    days: days.filter(({ day }) => day >= from && day <= to),
    count: (stored, terms) => {
      const rule = ruleOn(policies, stored.day);
      const amounts =
        measureOf(terms) === 'bin'
          ? countBins(stored, rule, next.get(addDays(stored.day, 1)), (bin) => shared.get(binKey(stored.day, bin)))
          : amountsOf(stored.lines, measureOf(terms));
      const ages = layers.get(terms)?.get(stored.day);
      return { stored, rule, amounts, ...(ages ? { layers: ages } : {}) };
    },
  };
}

/** The rule bins are counted by on a day. @param policies  latest first */
export const ruleOn = (policies: readonly StoragePolicy[], day: LocalDate): CountingRule =>
  policies.find(({ validFrom }) => validFrom <= day) ?? PLAIN_RULE;

/** For how many days back history can change an age. */
export const reachOf = (layered: readonly StorageTerms[]): number =>
  layered.some(({ method }) => method === 'anniversary')
    ? 36_500
    : Math.max(...layered.map(({ ageBands }) => ageBands.at(-1)!));

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
