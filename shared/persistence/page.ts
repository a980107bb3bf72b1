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
export type CursorPart = 'text' | 'id' | 'instant' | 'day' | 'openDay' | 'integer';

/** As JavaScript and as PostgreSQL write it, in UTC; a leap second or a 24th hour is none that we write. */
const INSTANT = /^(\d{4}-\d\d-\d\d)[ T]([01]\d|2[0-3])(:[0-5]\d){2}(\.\d{1,6})?(Z|\+00)$/;

const FITS: Record<CursorPart, (value: string) => boolean> = {
  text: (value) => !value.includes('\u0000') && value.isWellFormed(),
  id: (value) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value),
  instant: (value) => isDay(INSTANT.exec(value)?.[1]),
  day: isLocalDate,
  // a day that is still to come sorts last
  openDay: (value) => value === 'infinity' || isLocalDate(value),
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

/**
 * The cursor of a list that is ordered by time and id.
 * @throws InvalidInput when it is not one of ours
 */
export const readTimeCursor = (cursor: string | undefined): [time: string, id: string] | undefined =>
  readCursor(cursor, ['instant', 'id']) as [string, string] | undefined;

/** A day of the calendar after the year 0, which PostgreSQL does not know; `Date.parse` takes 30 February for March. */
function isDay(day: string | undefined): boolean {
  if (day === undefined || day.startsWith('0000')) return false;
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}
