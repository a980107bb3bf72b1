import fc from 'fast-check';
import { addDays, eachDay, lastDayOf } from '../../shared/kernel/dates.ts';
import type { ContractTerms } from '../../shared/protocol/merchants/events.ts';
import type { StoragePolicy } from '../../shared/protocol/billing/storage-actions.ts';
import type { StockDay } from './scenario-steps.ts';

type Terms = Pick<ContractTerms, 'startsOn' | 'endsOn' | 'storageMethod' | 'storageMeasure' | 'storageAgeBands'>;

/** Two merchants whose goods lie in the same warehouse for two months, by chance, and in a second one from some day on. */
export interface StorageWorld {
  policy: Omit<StoragePolicy, 'validFrom'>;
  merchants: { contracts: Terms[]; stock: StockDay[] }[];
}

const METHODS = [
  ...['binDay', 'palletDay', 'cubicMetreDay', 'pieceDay'],
  ...['monthEnd', 'monthAverage', 'monthPeak', 'halfMonth', 'anniversary'],
] as const;

const agreed = fc.record({
  storageMethod: fc.constantFrom(...METHODS),
  storageMeasure: fc.constantFrom('bin' as const, 'pallet' as const, 'cubicMetre' as const, 'piece' as const),
  storageAgeBands: fc.subarray([5, 10, 20]),
});

/** A number of pieces that lies in a bin from a day on. */
const move = fc.record({
  after: fc.integer({ min: 0, max: 60 }),
  bin: fc.constantFrom('A', 'A', 'B', 'C'),
  sku: fc.constantFrom('S-1', 'S-2'),
  pieces: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 40 })),
});

/** @param months  the two months, as their first days */
export const storageWorld = ([first, second]: readonly [string, string]): fc.Arbitrary<StorageWorld> => {
  const last = lastDayOf(second.slice(0, 7));
  const contracts = fc
    .record({
      ...{ terms: agreed, later: agreed },
      joins: fc.constantFrom(first, first, addDays(first, 9)),
      changes: fc.constantFrom(null, null, second, addDays(second, 12)),
      leaves: fc.constantFrom(null, null, addDays(second, 19)),
    })
    .map(({ terms, later, joins, changes, leaves }): Terms[] =>
      changes === null
        ? [{ startsOn: joins, endsOn: leaves, ...terms }]
        : [
            { startsOn: joins, endsOn: addDays(changes, -1), ...terms },
            { startsOn: changes, endsOn: leaves, ...later },
          ],
    );
  const merchant = fc
    .record({
      contracts,
      moves: fc.array(move, { minLength: 3, maxLength: 25 }),
      north: fc.option(
        fc.record({
          opensAfter: fc.integer({ min: 0, max: 50 }),
          moves: fc.array(move, { minLength: 1, maxLength: 8 }),
          toldFirst: fc.boolean(),
        }),
      ),
    })
    .map(({ contracts: agreements, moves, north }) => {
      const stock = stockOf(moves, first, last, agreements);
      if (north === null) return { contracts: agreements, stock };
      const opens = addDays(first, north.opensAfter);
      const there = stockOf(north.moves, first, last, agreements)
        .filter(({ day }) => day >= opens)
        .map((day) => ({ ...day, warehouse: 'north' }));
      return { contracts: agreements, stock: north.toldFirst ? [...there, ...stock] : [...stock, ...there] };
    });
  return fc.record({
    policy: fc.record({
      sharedBins: fc.constantFrom('whole' as const, 'byVolume' as const, 'firstOwner' as const),
      emptiedBins: fc.constantFrom('counts' as const, 'free' as const),
    }),
    merchants: fc.tuple(merchant, merchant),
  });
};

/** What lies there at the start of each day under contract. */
function stockOf(
  moves: readonly { after: number; bin: string; sku: string; pieces: number }[],
  first: string,
  last: string,
  contracts: readonly Terms[],
): StockDay[] {
  const ordered = moves.toSorted((a, b) => a.after - b.after);
  return eachDay(first, last)
    .filter((day) => contracts.some(({ startsOn, endsOn }) => startsOn <= day && day <= (endsOn ?? day)))
    .map((day) => {
      const there = new Map<string, { bin: string; sku: string; pieces: number }>();
      for (const one of ordered) if (addDays(first, one.after) <= day) there.set(`${one.bin} ${one.sku}`, one);
      const lines = [...there.values()].filter(({ pieces }) => pieces > 0);
      return {
        day,
        lines: lines.map(({ bin, sku, pieces }) => ({
          ...{ bin, sku, quantity: String(pieces) },
          ...(bin === 'B' ? { type: 'pallet' as const } : {}),
          // 0.012345 and 0.007 m³ a piece
          m3: ((pieces * (sku === 'S-1' ? 12_345 : 7_000)) / 1_000_000).toFixed(6),
        })),
      };
    });
}
