import type { LocalDate } from '../../../../shared/kernel/dates.ts';
import { uuidOf } from '../../../../shared/kernel/ids.ts';
import type { StoragePolicy } from '../../../../shared/protocol/billing/storage-actions.ts';
import type { ChargeAttributes, ChargeFact, ChargeType } from '../charge-fact.ts';
import { ageOf, bandOf, isAnniversary, type Layers } from '../storage/layers.ts';
import { countedDays, monthQuantity } from '../storage/month-quantity.ts';
import {
  amountsOf,
  measureOf,
  totalOf,
  UNITS,
  type Amounts,
  type Missing,
  type StorageDay,
  type StorageTerms,
} from '../storage/storage-day.ts';

export type { StorageLine, StorageMethod } from '../storage/storage-day.ts';

/** The unit follows from the contract's method, so a price per bin is never applied to pallets. */
export const storage: ChargeType = {
  key: 'storage',
  stream: 'monthly',
  section: 'storage',
  unit: null,
  label: { de: 'Lagerung', en: 'Storage' },
  conditions: ['methods', 'ageDaysOver', 'ageDaysUpTo'],
};

/** Its charge is corrected by a higher revision when something else is agreed or learned of the day. */
export const STORAGE = 'billing.storage';

export type CountingRule = Pick<StoragePolicy, 'sharedBins' | 'emptiedBins'>;
export const PLAIN_RULE: CountingRule = { sharedBins: 'whole', emptiedBins: 'counts' };

/** A recorded day as it is counted. */
export interface CountedStorage {
  stored: StorageDay;
  rule: CountingRule;
  /** Bins that count for less than one, or not at all: shared ones and those that were emptied. */
  amounts: Amounts | Missing;
  /** Where the method asks for ages: how long the goods have been there. */
  layers?: Layers;
}

/** A day with every bin as one whole bin. */
export const plainDay = (stored: StorageDay, terms: StorageTerms): CountedStorage => ({
  stored,
  rule: PLAIN_RULE,
  amounts: amountsOf(stored.lines, measureOf(terms)),
});

/** Id of the charge of a recorded day, or of one of its age bands. */
const bandEvent = (headerId: string, over: number): string => uuidOf('storage-age', headerId, over);

/**
 * The charges of one recorded day by a method that charges days: one, or one per age band (F5); none for an empty
 * warehouse, which is a valid zero. A volume that is missing makes the whole day unrated: a part of it would be a
 * wrong amount (F6).
 */
export function dayCharges(counted: CountedStorage, terms: StorageTerms): ChargeFact[] {
  const { stored, amounts } = counted;
  const measure = measureOf(terms);
  const whole = (quantityMicros: bigint, extra: Partial<ChargeAttributes> = {}, sourceEvent = stored.headerId) =>
    fact(terms, stored, [counted], {
      sourceEvent,
      unit: terms.method === 'anniversary' ? UNITS[measure].month : UNITS[measure].day,
      serviceDate: stored.day,
      quantityMicros,
      extra,
      reference: { id: stored.headerId, number: stored.day, from: stored.day, to: stored.day },
    });
  if (amounts === 'VOLUME_MISSING') return [whole(0n, { blocked: amounts })];
  if (terms.method === 'anniversary') return nonZero([whole(anniversaries(counted, amounts))]);
  if (!terms.ageBands.length) return nonZero([whole(totalOf(amounts))]);
  return nonZero(
    agedAmounts(counted, amounts, terms.ageBands).map((quantity, index) => {
      const over = terms.ageBands[index - 1] ?? 0;
      const upTo = terms.ageBands[index];
      const age = { ageDaysOver: over, ...(upTo === undefined ? {} : { ageDaysUpTo: upTo }) };
      return whole(quantity, age, bandEvent(stored.headerId, over));
    }),
  );
}

/** Everything a month of one warehouse and contract is made of. */
export interface StorageMonth {
  merchantId: string;
  warehouse: string;
  /** Days under contract, ascending, at least one. */
  active: readonly LocalDate[];
  /** By day; a warehouse that was not told of had nothing. */
  days: ReadonlyMap<LocalDate, CountedStorage>;
}

/** Id of a month's charge. */
export const monthEvent = (contractId: string, warehouse: string, month: string): string =>
  uuidOf('storage-month', contractId, warehouse, month);

/** The charge of a month by a method that needs all of it; none for a month without goods. */
export function monthCharges({ merchantId, warehouse, active, days }: StorageMonth, terms: StorageTerms): ChargeFact[] {
  const to = active.at(-1)!;
  const id = monthEvent(terms.contractId, warehouse, to.slice(0, 7));
  const used = countedDays(terms.method!, active).days.flatMap(({ day }) => days.get(day) ?? []);
  const isMissing = used.some(({ amounts }) => amounts === 'VOLUME_MISSING');
  const amountOn = (day: LocalDate) => {
    const amounts = days.get(day)?.amounts;
    return amounts === undefined || amounts === 'VOLUME_MISSING' ? 0n : totalOf(amounts);
  };
  const month = fact(terms, { merchantId, warehouse }, used, {
    sourceEvent: id,
    unit: UNITS[measureOf(terms)].month,
    serviceDate: to,
    quantityMicros: isMissing ? 0n : monthQuantity(terms.method!, active, amountOn),
    extra: isMissing ? { blocked: 'VOLUME_MISSING' } : {},
    reference: { id, number: to.slice(0, 7), from: active[0]!, to },
  });
  return nonZero([month]);
}

interface FactParts {
  sourceEvent: string;
  unit: string;
  serviceDate: LocalDate;
  quantityMicros: bigint;
  extra: Partial<ChargeAttributes>;
  reference: { id: string; number: string; from: LocalDate; to: LocalDate };
}

function fact(
  terms: StorageTerms,
  { merchantId, warehouse }: Pick<StorageDay, 'merchantId' | 'warehouse'>,
  counted: readonly CountedStorage[],
  { sourceEvent, unit, serviceDate, quantityMicros, extra, reference }: FactParts,
): ChargeFact {
  const measure = measureOf(terms);
  const rule = counted.at(-1)?.rule ?? PLAIN_RULE;
  const reconstructedDays = counted.filter(({ stored }) => stored.source === 'reconstructed').length;
  const attributes = {
    method: terms.method!,
    ...(terms.measure === null ? {} : { measure }),
    ...(measure === 'bin' && rule.emptiedBins !== 'counts' ? { emptiedBins: rule.emptiedBins } : {}),
    ...(measure === 'bin' && rule.sharedBins !== 'whole' ? { sharedBins: rule.sharedBins } : {}),
    ...(reconstructedDays ? { reconstructedDays } : {}),
    ...extra,
  };
  return {
    ...{ source: STORAGE, sourceEvent, revision: 0, merchantId, type: storage, unit, serviceDate, quantityMicros },
    attributes,
    reference: { kind: 'storage', ...reference, warehouse },
  };
}

const nonZero = (facts: readonly ChargeFact[]): ChargeFact[] =>
  facts.filter(({ quantityMicros, attributes }) => quantityMicros !== 0n || attributes.blocked);

/** What counts of each layer of a bin or SKU: all of it, but of a bin what the bin counts for. */
export function* weighted({ layers = new Map() }: CountedStorage, amounts: Amounts) {
  for (const [key, amount] of amounts) {
    const parts = layers.get(key) ?? [];
    const whole = parts.reduce((sum, { micros }) => sum + micros, 0n);
    for (const layer of parts)
      yield { key, layer, micros: whole === amount ? layer.micros : (amount * layer.micros) / whole };
  }
}

function agedAmounts(counted: CountedStorage, amounts: Amounts, bands: readonly number[]): bigint[] {
  const byBand = Array.from({ length: bands.length + 1 }, () => 0n);
  for (const { layer, micros } of weighted(counted, amounts)) {
    byBand[bandOf(ageOf(layer, counted.stored.day), bands)]! += micros;
  }
  return byBand;
}

function anniversaries(counted: CountedStorage, amounts: Amounts): bigint {
  let total = 0n;
  for (const { layer, micros } of weighted(counted, amounts))
    if (isAnniversary(layer, counted.stored.day)) total += micros;
  return total;
}
