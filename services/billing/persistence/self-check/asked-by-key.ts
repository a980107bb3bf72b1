import type { RawBuilder } from 'kysely';
import { sql } from '../../../../shared/persistence/sql.ts';

/** Events `e` of a type that a consumer has handled, to select from. */
export const handled = (consumer: string, type: string) => sql`(
  select e.* from messaging.delivery d join messaging.event e on e.id = d.event_id
  where d.consumer = ${consumer} and d.done_at is not null and e.type = ${type}) e`;

/**
 * Asked for each event by the key of charges: `offset 0` keeps the planner from joining the tables as a whole, for which
 * it takes a loop over all charges of a source as long as its statistics do not know that source.
 * @param sourceEvent  of anything but `c`
 * @param also  of a charge `c`
 */
export const charged = (source: string, sourceEvent: RawBuilder<unknown>, also: RawBuilder<unknown>) => sql`exists (
  select 1 from charge c where c.source = ${source} and c.source_event = (${sourceEvent})::uuid and ${also} offset 0)`;

/** A field of the payload of an event `e`. */
export const payloadText = (field: string) => sql`(e.payload ->> ${sql.lit(field)})`;
export const payloadNumber = (field: string) => sql`(e.payload ->> ${sql.lit(field)})::int`;

const SEPARATOR = sql` || decode('00', 'hex') || `;

/** The id that `uuidOf` makes of the same texts (shared/kernel/ids.ts). */
export const sqlUuidOf = (...parts: readonly RawBuilder<unknown>[]) => sql`(
  select encode(set_byte(set_byte(digest, 6, get_byte(digest, 6) & 15 | 128), 8, get_byte(digest, 8) & 63 | 128), 'hex')
  from (select substr(sha256(${sql.join(
    parts.map((part) => sql`convert_to(${part}, 'UTF8')`),
    SEPARATOR,
  )}), 1, 16) as digest) hashed)::uuid`;
