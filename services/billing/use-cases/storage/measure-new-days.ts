import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { dayCharges, plainDay } from '../../domain/charge-types/storage.ts';
import { needsLayers, needsWholeMonth, type StorageDay, type StorageTerms } from '../../domain/storage/storage-day.ts';
import { daysAfter, findPolicies, findSharedBins, lockStorage, type Stretch } from '../../persistence/storage-days.ts';
import type { NewSnapshot } from '../../persistence/storage.ts';
import { chargeFacts } from '../charges/charge-facts.ts';
import { measureStorage } from './measure-storage.ts';
import { termsOfDays } from './storage-merchants.ts';

interface Measuring {
  /** Charges days that have just been recorded, and corrects those that depend on them. */
  charge: (deps: Pick<BillingDeps, 'rules' | 'now'>, fresh: readonly StorageDay[]) => Promise<void>;
}

/**
 * Takes the locks that measuring needs, before anything is recorded: terms and prices stand still, and whoever's days
 * depend on other days or other merchants goes alone.
 */
export async function openMeasuring(em: EntityManager, days: readonly NewSnapshot[]): Promise<Measuring> {
  const termsOf = await termsOfDays(em, days);
  const policies = await findPolicies(em);
  const isPlain = (day: Pick<StorageDay, 'merchantId' | 'day'>) => policies.length === 0 && isByItself(termsOf(day));
  // a merchant whose contract changes its method in between has days of both kinds
  const dependent = new Set(days.filter((day) => !isPlain(day)).map(({ merchantId }) => merchantId));
  if (dependent.size) await lockStorage(em);
  const divides = policies.some(({ sharedBins }) => sharedBins !== 'whole');
  const byOwner = policies.some(({ sharedBins }) => sharedBins === 'firstOwner');
  return {
    charge: async (deps, fresh) => {
      await chargeFacts(
        deps,
        em,
        fresh.flatMap((day) => {
          const terms = dependent.has(day.merchantId) ? undefined : termsOf(day);
          return terms?.method ? dayCharges(plainDay(day, terms), terms) : [];
        }),
      );
      const own = stretchesOf(fresh.filter(({ merchantId }) => dependent.has(merchantId)));
      // who was first in a bin counts for all later days
      const whole: Stretch[] = [];
      for (const stretch of own) whole.push(byOwner ? await toTheLast(em, stretch) : stretch);
      await measureStorage(em, deps, divides ? await withNeighbours(em, whole) : whole);
    },
  };
}

/** Whether a day is measured by nothing but its own lines. */
const isByItself = (terms: StorageTerms | undefined): boolean =>
  terms === undefined || !(needsWholeMonth(terms.method) || needsLayers(terms));

function stretchesOf(days: readonly StorageDay[]): Stretch[] {
  const places = Map.groupBy(days, ({ merchantId, warehouse }) => JSON.stringify([merchantId, warehouse]));
  return [...places.values()].map((members) => {
    const sorted = members.map(({ day }) => day).toSorted();
    const { merchantId, warehouse } = members[0]!;
    return { merchantId, warehouse, from: sorted[0]!, to: sorted.at(-1)! };
  });
}

async function toTheLast(em: EntityManager, stretch: Stretch): Promise<Stretch> {
  const { last } = await daysAfter(em, stretch, stretch.to);
  return { ...stretch, to: last ?? stretch.to };
}

/** With the days of others whose goods lie in the same bins: their shares changed. */
async function withNeighbours(em: EntityManager, own: readonly Stretch[]): Promise<Stretch[]> {
  const all = new Map(own.map((stretch) => [keyOf(stretch), stretch]));
  for (const stretch of own)
    for (const owners of (await findSharedBins(em, stretch)).values())
      for (const { merchantId, day } of owners) {
        const key = keyOf({ merchantId, warehouse: stretch.warehouse });
        const known = all.get(key) ?? { merchantId, warehouse: stretch.warehouse, from: day, to: day };
        all.set(key, { ...known, from: day < known.from ? day : known.from, to: day > known.to ? day : known.to });
      }
  return [...all.values()];
}

const keyOf = ({ merchantId, warehouse }: Pick<Stretch, 'merchantId' | 'warehouse'>): string =>
  JSON.stringify([merchantId, warehouse]);
