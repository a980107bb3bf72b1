import { piecesOf } from './items.ts';
import type { Item, Return } from './model.ts';

/** What was expected of one line and what came (A7), in pieces. Parts count with the line they were split from. */
export interface LineDifference {
  /** The item the line began as. */
  itemId: string;
  sku: string | null;
  name: string;
  expected: number;
  received: number;
  /** Said to be missing, because the inspection ended without them. */
  missing: number;
  /** Neither here nor missing yet. */
  open: number;
  /** Came in place of this line. */
  wrong: number;
  /** Nobody expected them. */
  extra: number;
  /** They belong to someone else. */
  foreign: number;
}

/** One row per line as announced or found, in their order. Received + missing + open = expected + extra + foreign. */
export function differencesOf({ items }: Pick<Return, 'items'>): LineDifference[] {
  const byId = new Map(items.map((item) => [item.id, item]));
  const lines = Map.groupBy(items, (item) => rootOf(item, byId).id);
  const wrong = Map.groupBy(
    items.filter(({ insteadOf }) => insteadOf !== null && byId.has(insteadOf)),
    ({ insteadOf }) => rootOf(byId.get(insteadOf!)!, byId).id,
  );
  return [...lines].map(([itemId, parts]) => {
    const { sku, name } = byId.get(itemId)!;
    return {
      ...{ itemId, sku, name },
      expected: piecesOf(parts, ({ origin }) => origin === 'expected'),
      received: piecesOf(parts, ({ state }) => state !== 'expected' && state !== 'missing'),
      missing: piecesOf(parts, ({ state }) => state === 'missing'),
      open: piecesOf(parts, ({ state }) => state === 'expected'),
      wrong: piecesOf(wrong.get(itemId) ?? []),
      extra: piecesOf(parts, ({ origin }) => origin === 'unexpected'),
      foreign: piecesOf(parts, ({ origin }) => origin === 'foreign'),
    };
  });
}

/** What the item was split from first; a part whose line went to another return is a line of its own. */
function rootOf(item: Item, byId: ReadonlyMap<string, Item>): Item {
  const from = item.splitFrom === null ? undefined : byId.get(item.splitFrom);
  return from ? rootOf(from, byId) : item;
}
