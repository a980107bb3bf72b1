import { z } from 'zod';
import { invalidField } from '../../../shared/kernel/errors.ts';

/**
 * The key of a list that is ordered by time and id. A cursor is client input, so its parts are checked before they
 * reach the database.
 * @throws InvalidInput when they are no time and id
 */
export function timeCursor(key: string[] | undefined): [time: string, id: string] | undefined {
  if (!key) return undefined;
  const [time = '', id = ''] = key;
  if (
    !/^\d{4}-\d\d-\d\d[ T][\d:.]{5,16}(\+00|Z)$/.test(time) ||
    Number.isNaN(Date.parse(time)) ||
    !z.uuid().safeParse(id).success
  )
    throw invalidField('cursor', 'INVALID_CURSOR', 'This cursor does not come from a list');
  return [time, id];
}
