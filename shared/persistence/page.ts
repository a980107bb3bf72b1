import { isLocalDate } from '../kernel/dates.ts';
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

/** What a value of a key is, so that a forged cursor never reaches a cast of the database. */
export type CursorPart = 'text' | 'id' | 'instant' | 'day' | 'integer';

const FITS: Record<CursorPart, (value: string) => boolean> = {
  text: (value) => !value.includes('\u0000') && value.isWellFormed(),
  id: (value) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value),
  instant: (value) => /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) && !Number.isNaN(Date.parse(value)),
  day: isLocalDate,
  integer: (value) => /^-?\d{1,18}$/.test(value),
};

/**
 * @param parts  what each value of the key is, or how many there are when all are text to the database
 * @throws InvalidInput when the cursor is not one of ours
 */
export function readCursor(cursor: string | undefined, parts: number | readonly CursorPart[]): string[] | undefined {
  if (cursor === undefined) return undefined;
  const kinds = typeof parts === 'number' ? Array.from({ length: parts }, () => 'text' as const) : parts;
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (
      Array.isArray(key) &&
      key.length === kinds.length &&
      key.every((value, index) => typeof value === 'string' && FITS[kinds[index]!](value))
    )
      return key;
  } catch {
    // falls through: any unreadable cursor gets the same answer
  }
  throw invalidField('cursor', 'INVALID_CURSOR', 'This cursor does not come from a list');
}

const TIME = /^2\d{3}-\d\d-\d\d[ T][\d:.]{5,16}(\+00|Z)$/;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The cursor of a list that is ordered by time and id. It is client input, so its parts are checked before they reach
 * the database.
 * @throws InvalidInput when it is not one of ours
 */
export function readTimeCursor(cursor: string | undefined): [time: string, id: string] | undefined {
  const key = readCursor(cursor, 2);
  if (!key) return undefined;
  const [time = '', id = ''] = key;
  if (TIME.test(time) && !Number.isNaN(Date.parse(time)) && ID.test(id)) return [time, id];
  throw invalidField('cursor', 'INVALID_CURSOR', 'This cursor does not come from a list');
}
