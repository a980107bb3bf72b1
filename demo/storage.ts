import { daysOf } from './calendar.ts';
import { chanceOf } from './chance.ts';
import type { StockOfDay } from './facts.ts';
import type { Sample } from './sample.ts';
import { idOf, type World } from './world.ts';

/** One bin with one article, as somebody counted it in the night. */
export interface StockLine {
  bin: string;
  sku: string;
  quantity: string;
}

const MOST_BINS = 36;

/** Tells billing for every merchant and day what lay in the bins when the day began. */
export async function recordStock(world: World, done: (count: number, of: number) => void): Promise<void> {
  for (const [index, { number }] of world.merchants.entries()) {
    const days = stockOf(world.sample, number, daysOf(world.month));
    await world.as.finance.post('/storage-snapshots', {
      snapshots: days.map(({ day, lines }) => ({ merchantId: idOf(world, number), day, lines })),
    });
    world.stock.push(...days.map(({ day, lines }): StockOfDay => ({ merchant: number, day, bins: lines.length })));
    done(index + 1, world.merchants.length);
  }
}

/** A bin per article that the merchant sold; some are filled during the month, some sold out. */
export function stockOf(
  sample: Sample,
  merchant: string,
  days: readonly string[],
): { day: string; lines: StockLine[] }[] {
  const skus = new Set(
    sample.orders.filter((order) => order.merchant === merchant).flatMap(({ lines }) => lines.map(({ sku }) => sku)),
  );
  const chance = chanceOf(`stock ${merchant}`);
  const bins = [...skus]
    .toSorted()
    .slice(0, MOST_BINS)
    .map((sku, index) => ({
      sku,
      bin: `${String.fromCodePoint(65 + (Number(merchant) % 8))}-${String(1 + Math.floor(index / 6)).padStart(2, '0')}-${1 + (index % 6)}`,
      from: chance.next() < 0.75 ? 0 : chance.whole(1, days.length - 1),
      until: chance.next() < 0.85 ? days.length : chance.whole(1, days.length),
      quantity: chance.whole(8, 240),
    }));
  return days.map((day, index) => ({
    day,
    lines: bins
      .filter(({ from, until }) => from <= index && index < until)
      .map(({ bin, sku, quantity }) => ({ bin, sku, quantity: String(quantity) })),
  }));
}
