import { eachDay, type LocalDate } from '../../../../shared/kernel/dates.ts';
import { formatMicros, parseMicros } from '../../../../shared/kernel/decimal.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import type { StoragePolicy } from '../../../../shared/protocol/billing/storage-actions.ts';
import { countedLines, type AgeBand } from '../../domain/storage/counted-lines.ts';
import { monthQuantity, weightsOf } from '../../domain/storage/month-quantity.ts';
import { needsWholeMonth, type StorageMeasure, type StorageTerms } from '../../domain/storage/storage-day.ts';
import { evidenceOfPlace, type StorageCharge, type StorageEvidence } from '../../persistence/storage-evidence.ts';
import { EVER, openCounting, type Counting } from './count-days.ts';

/** A recorded line with what of it was counted for a charge: counted × weight ÷ weightOf adds up to the charge. */
export interface CountedEvidence extends StorageEvidence {
  unit: string;
  /** Empty where only the charge as a whole is known. */
  counted: string | null;
  /** Of a day in a month that is charged as one; 1 of 1 elsewhere. */
  weight: string | null;
  weightOf: string | null;
  ageDaysOver: number | null;
  ageDaysUpTo: number | null;
  /** Of the line of the invoice, with the first row of each charge: adds up to the line. */
  lineQuantity: string | null;
  chargeId: string;
}

/**
 * What was recorded behind the charges of a line, with what counted of it; what was replaced on the line itself comes
 * to nothing and is left out. Counts are made anew by the terms each charge keeps; where
 * they come to something else, because its days were told differently since, the charge stands there as a whole.
 */
export async function countedEvidence(
  em: EntityManager,
  written: readonly StorageCharge[],
): Promise<CountedEvidence[]> {
  const charges = remaining(written);
  const found = new Map<string, CountedEvidence[]>();
  for (const members of Map.groupBy(charges, waysOf).values()) {
    const first = members[0]!;
    const stretch = { merchantId: first.merchantId, warehouse: first.warehouse, ...spanOf(members) };
    const terms = termsOf(members, stretch);
    const counting = await openCounting(em, stretch, [terms], [policyOf(first)]);
    const recorded = await evidenceOfPlace(em, stretch);
    for (const charge of members) found.set(charge.id, rowsOf(charge, terms, counting, recorded));
  }
  return charges.flatMap(({ id }) => found.get(id) ?? []);
}

function remaining(charges: readonly StorageCharge[]): readonly StorageCharge[] {
  const byId = new Map(charges.map((charge) => [charge.id, charge]));
  const gone = charges.flatMap(({ id, quantity, reversalOf }) => {
    const original = reversalOf === null ? undefined : byId.get(reversalOf);
    return original && parseMicros(original.quantity) === -parseMicros(quantity) ? [id, original.id] : [];
  });
  const settled = new Set(gone);
  return charges.filter(({ id }) => !settled.has(id));
}

/** Charges of one place that count alike are counted together. */
const waysOf = ({ merchantId, warehouse, unit, attributes }: StorageCharge): string =>
  JSON.stringify([merchantId, warehouse, unit, attributes.method, attributes.sharedBins, attributes.emptiedBins]);

const spanOf = (charges: readonly StorageCharge[]): { from: LocalDate; to: LocalDate } => ({
  from: charges.map(({ from }) => from).toSorted()[0]!,
  to: charges
    .map(({ to }) => to)
    .toSorted()
    .at(-1)!,
});

const MEASURES: Record<string, StorageMeasure> = { bin: 'bin', pallet: 'pallet', m3: 'cubicMetre', piece: 'piece' };

/** What was agreed as the charges were made, as they tell it. */
function termsOf(charges: readonly StorageCharge[], { from, to }: { from: LocalDate; to: LocalDate }): StorageTerms {
  const { unit, attributes } = charges[0]!;
  const limits = charges.flatMap((charge) => {
    const band = bandOf(charge);
    return band ? [band.over, band.upTo ?? 0] : [];
  });
  return {
    ...{ contractId: '', startsOn: from, endsOn: to, method: (attributes.method ?? null) as StorageTerms['method'] },
    measure: MEASURES[unit.split('_')[0]!] ?? null,
    ageBands: [...new Set(limits)].filter((limit) => limit > 0).toSorted((a, b) => a - b),
  };
}

const policyOf = ({ attributes: { sharedBins, emptiedBins } }: StorageCharge): StoragePolicy => ({
  validFrom: EVER,
  sharedBins: (sharedBins ?? 'whole') as StoragePolicy['sharedBins'],
  emptiedBins: (emptiedBins ?? 'counts') as StoragePolicy['emptiedBins'],
});

const bandOf = ({ attributes: { ageDaysOver, ageDaysUpTo } }: StorageCharge): AgeBand | null =>
  ageDaysOver === undefined ? null : { over: ageDaysOver, upTo: ageDaysUpTo ?? null };

interface Share {
  weight: bigint;
  of: bigint;
}
const WHOLE: Share = { weight: 1n, of: 1n };
const NOTHING: Share = { weight: 0n, of: 1n };

/** What counts of each recorded line, by day, and what of the quantity a day has; nothing where the charge says otherwise. */
function countsOf(charge: StorageCharge, terms: StorageTerms, { days, count }: Counting) {
  const { from, to, measured } = charge;
  const parts = new Map<LocalDate, readonly bigint[]>();
  for (const stored of days.filter(({ day }) => day >= from && day <= to)) {
    const lines = countedLines(count(stored, terms), terms, bandOf(charge));
    if (lines !== 'VOLUME_MISSING') parts.set(stored.day, lines);
  }
  const active = eachDay(from, to);
  const amountOn = (day: LocalDate) => (parts.get(day) ?? []).reduce((sum, part) => sum + part, 0n);
  const whole = parseMicros(measured);
  const sign = whole < 0n ? -1n : 1n;
  const isMonth = needsWholeMonth(terms.method);
  const sum = isMonth ? monthQuantity(terms.method!, active, amountOn) : amountOn(from);
  if (sum !== whole * sign) return undefined;
  const weights = isMonth ? weightsOf(terms.method!, active, amountOn) : new Map([[from, WHOLE]]);
  return (day: LocalDate, place: number) => ({
    counted: (parts.get(day)?.[place] ?? 0n) * sign,
    share: weights.get(day) ?? NOTHING,
  });
}

function rowsOf(
  charge: StorageCharge,
  terms: StorageTerms,
  counting: Counting,
  recorded: readonly StorageEvidence[],
): CountedEvidence[] {
  const { id: chargeId, from, to, unit, measured, quantity, attributes } = charge;
  const counts = countsOf(charge, terms, counting);
  const places = new Map<LocalDate, number>();
  const rows = recorded
    .filter(({ day }) => day >= from && day <= to)
    .map((row) => {
      const place = places.get(row.day) ?? 0;
      places.set(row.day, place + 1);
      const found = counts?.(row.day, place);
      return {
        ...row,
        ...{ unit, chargeId, lineQuantity: null },
        ...{ ageDaysOver: attributes.ageDaysOver ?? null, ageDaysUpTo: attributes.ageDaysUpTo ?? null },
        counted: found ? formatMicros(found.counted) : null,
        weight: found ? String(found.share.weight) : null,
        weightOf: found ? String(found.share.of) : null,
      };
    });
  const isByAge = bandOf(charge) !== null || terms.method === 'anniversary';
  // the other goods of the day stand with the charges of their own age
  const [first, ...others] = isByAge ? rows.filter(({ counted }) => counted !== '0') : rows;
  if (!first) return [];
  const asWhole = counts ? {} : { counted: measured, weight: '1', weightOf: '1' };
  return [{ ...first, ...asWhole, lineQuantity: quantity }, ...others];
}
