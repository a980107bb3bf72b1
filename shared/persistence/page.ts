import { invalidField } from '../kernel/errors.ts';

/** One page of a list and the way to the next. */
export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/**
 * Keyset paging: the cursor holds the sort key and id of the last row, so pages stay right while rows come in.
 * @param found  at most `limit + 1` rows: one more than asked tells that there is a next page
 * @param keyOf  the values the list is ordered by, the unique id last
 */
export function toPage<Row, Item>(
  found: readonly Row[],
  limit: number,
  keyOf: (row: Row) => string[],
  view: (row: Row) => Item,
): Page<Item> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map(view),
    nextCursor: found.length > limit && last ? Buffer.from(JSON.stringify(keyOf(last))).toString('base64url') : null,
  };
}

/**
 * @param parts  how many values the key has
 * @throws InvalidInput when the cursor is not one of ours
 */
export function readCursor(cursor: string | undefined, parts: number): string[] | undefined {
  if (cursor === undefined) return undefined;
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(key) && key.length === parts && key.every((value) => typeof value === 'string')) return key;
  } catch {
    // falls through: any unreadable cursor gets the same answer
  }
  throw invalidField('cursor', 'INVALID_CURSOR', 'This cursor does not come from a list');
}
