import { weighted, type CountedStorage } from '../charge-types/storage.ts';
import { ageOf, isAnniversary, type Layer } from './layers.ts';
import { amountsOf, measureOf, totalOf, type Amounts, type Missing, type StorageTerms } from './storage-day.ts';

/** Days that goods have been there: more than `over`, at most `upTo`; `null` is open. */
export interface AgeBand {
  over: number;
  upTo: number | null;
}

/**
 * What of each line of a recorded day counts for a charge, in millionths, in the order of the lines. A bin counts with
 * its first line. Of an article that lies in several bins nobody knows where the older goods are: what counts of it
 * stands with its first lines, each up to what lies there.
 * @param band  of the charge, where goods are told apart by age
 */
export function countedLines(
  counted: CountedStorage,
  terms: Pick<StorageTerms, 'method' | 'measure'>,
  band: AgeBand | null,
): bigint[] | Missing {
  const { stored, amounts } = counted;
  if (amounts === 'VOLUME_MISSING') return amounts;
  const measure = measureOf(terms);
  const left = new Map(countedGoods(counted, amounts, terms, band));
  return stored.lines.map((line) => {
    const key = measure === 'bin' ? line.bin : (line.sku ?? '');
    const open = left.get(key) ?? 0n;
    const own = measure === 'bin' ? open : amountOf(amountsOf([line], measure));
    const part = own < open ? own : open;
    left.set(key, open - part);
    return part;
  });
}

const amountOf = (amounts: Amounts | Missing): bigint => (amounts === 'VOLUME_MISSING' ? 0n : totalOf(amounts));

/** What counts of each bin or SKU. */
function countedGoods(
  counted: CountedStorage,
  amounts: Amounts,
  { method }: Pick<StorageTerms, 'method'>,
  band: AgeBand | null,
): Amounts {
  const { day } = counted.stored;
  const counts =
    method === 'anniversary'
      ? (layer: Layer) => isAnniversary(layer, day)
      : band && ((layer: Layer) => ageOf(layer, day) > band.over && ageOf(layer, day) <= (band.upTo ?? Infinity));
  if (!counts) return amounts;
  const goods = new Map<string, bigint>();
  for (const { key, layer, micros } of weighted(counted, amounts))
    if (counts(layer)) goods.set(key, (goods.get(key) ?? 0n) + micros);
  return goods;
}
