import { divideRounded, formatMicros, MICROS, parseMicros } from '../../../../shared/kernel/decimal.ts';
import type { StorageLine } from './storage-day.ts';

/** Where goods are put whose place nobody recorded. */
export const UNKNOWN_BIN = '?';

export interface StockMove {
  sku: string;
  /** Pieces; negative when they left. */
  quantity: number;
}

/**
 * The stock of a missed day: an earlier day with what moved since (F8). Goods leave the bins of their SKU in the order
 * of their names and come to the first of them; a bin that is emptied so is gone. What came in and lay nowhere before
 * stands in the bin `?`, its volume unknown. More than there was cannot leave: the ledger knows less than the shelf.
 */
export function rebuildDay(lines: readonly StorageLine[], moves: readonly StockMove[]): StorageLine[] {
  let stock = [...lines];
  for (const { sku, quantity } of moves)
    stock =
      quantity < 0 ? takeOut(stock, sku, BigInt(-quantity) * MICROS) : putIn(stock, sku, BigInt(quantity) * MICROS);
  return stock;
}

const byBin = (left: StorageLine, right: StorageLine): number =>
  left.bin < right.bin ? -1 : left.bin > right.bin ? 1 : 0;

function takeOut(stock: readonly StorageLine[], sku: string, pieces: bigint): StorageLine[] {
  let left = pieces;
  const changed = new Map<StorageLine, StorageLine | undefined>();
  for (const line of stock.filter((entry) => entry.sku === sku).toSorted(byBin)) {
    if (left === 0n) break;
    const quantity = parseMicros(line.quantity);
    const taken = left < quantity ? left : quantity;
    left -= taken;
    changed.set(line, taken === quantity ? undefined : withQuantity(line, quantity - taken));
  }
  return stock.flatMap((line) => (changed.has(line) ? (changed.get(line) ?? []) : line));
}

function putIn(stock: readonly StorageLine[], sku: string, pieces: bigint): StorageLine[] {
  const [first] = stock.filter((entry) => entry.sku === sku).toSorted(byBin);
  if (!first)
    return [...stock, { bin: UNKNOWN_BIN, sku, storageType: 'bin', quantity: formatMicros(pieces), volumeM3: null }];
  const more = withQuantity(first, parseMicros(first.quantity) + pieces);
  return stock.map((line) => (line === first ? more : line));
}

/** The same goods in another number: their volume changes in proportion. */
function withQuantity(line: StorageLine, quantity: bigint): StorageLine {
  const before = parseMicros(line.quantity);
  const volumeM3 =
    line.volumeM3 === null || before === 0n
      ? null
      : formatMicros(divideRounded(parseMicros(line.volumeM3) * quantity, before));
  return { ...line, quantity: formatMicros(quantity), volumeM3 };
}
