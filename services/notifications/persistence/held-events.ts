import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import type { Envelope } from '../../../shared/protocol/define.ts';

/**
 * Makes holding an event and hearing of its merchant happen one after the other. Without it both could commit at
 * once, each without having seen the other, and the event would wait for ever.
 */
export async function lockArrivals(em: EntityManager): Promise<void> {
  await rows(em, sql`select pg_advisory_xact_lock(hashtextextended('notifications.arrivals', 0))`);
}

/** Keeps events whose merchant is not known here yet. */
export async function holdEvents(em: EntityManager, events: readonly Envelope[]): Promise<void> {
  await rows(
    em,
    sql`insert into held_event (event_id, type, merchant_id, occurred_at, payload)
        select * from unnest(${events.map(({ id }) => id)}::uuid[], ${events.map(({ type }) => type)}::text[],
          ${events.map(({ merchantId }) => merchantId)}::uuid[],
          ${events.map(({ occurredAt }) => occurredAt.toISOString())}::timestamptz[],
          ${events.map(({ payload }) => JSON.stringify(payload))}::jsonb[])
        on conflict do nothing`,
  );
}

/** Takes the held events of merchants out, oldest first. */
export async function releaseEvents(em: EntityManager, merchantIds: readonly string[]): Promise<Envelope[]> {
  const released = await rows<Omit<Envelope, 'occurredAt'> & { occurredAt: string }>(
    em,
    sql`with released as (delete from held_event where merchant_id = any(${merchantIds}::uuid[]) returning *)
        select event_id as id, type, merchant_id as "merchantId", occurred_at as "occurredAt", payload
        from released order by event_id`,
  );
  return released.map((event) => ({ ...event, occurredAt: new Date(event.occurredAt) }));
}
