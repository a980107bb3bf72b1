import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { affected, rows, sql } from '../../../shared/persistence/sql.ts';
import type { Envelope } from '../../../shared/protocol/define.ts';

/** One message per matching connection and event, whatever number of events, in one statement. */
export async function enqueue(em: EntityManager, events: readonly Envelope[]): Promise<number> {
  return affected(
    em,
    sql`insert into outgoing (id, merchant_id, connection_id, event_id, event_type, occurred_at, state)
        select gen_random_uuid(), c.merchant_id, c.id, e.id, e.type, e.occurred_at, 'pending'
        from unnest(${events.map(({ id }) => id)}::uuid[], ${events.map(({ type }) => type)}::text[],
          ${events.map(({ merchantId }) => merchantId)}::uuid[], ${events.map(({ occurredAt }) => occurredAt.toISOString())}::timestamptz[])
          as e (id, type, merchant_id, occurred_at)
        join connection c on c.active and (c.merchant_id is null or c.merchant_id = e.merchant_id) and e.type = any(c.events)
        on conflict on constraint outgoing_once do nothing`,
  );
}

/** A message that was claimed, with all that is needed to send it. */
export interface DueMessage {
  id: string;
  attempts: number;
  eventId: string;
  type: string;
  occurredAt: string;
  eventMerchantId: string | null;
  payload: unknown;
  connectionId: string;
  merchantId: string | null;
  url: string;
  sealedSecret: string;
}

export interface ClaimLimits {
  perConnection: number;
  altogether: number;
  /** How long the messages are kept; longer than their sending can take. */
  leaseMs: number;
}

/** Takes what is due, a few per connection so that a slow receiver holds up no others. The attempt counts at once. */
export async function claimDue(em: EntityManager, limits: ClaimLimits): Promise<DueMessage[]> {
  return rows<DueMessage>(
    em,
    sql<DueMessage>`update outgoing o set attempts = o.attempts + 1, next_at = clock_timestamp() + ${limits.leaseMs} * interval '1 ms'
        from (select m.id from connection c
              cross join lateral (select id from outgoing where connection_id = c.id and state = 'pending' and next_at <= clock_timestamp()
                                  order by next_at, id limit ${limits.perConnection}) m
              where c.active order by random() limit ${limits.altogether}) due, connection c, messaging.event e
        where o.id = due.id and o.state = 'pending' and o.next_at <= clock_timestamp() and c.id = o.connection_id and e.id = o.event_id
        returning o.id, o.attempts, o.event_id as "eventId", e.type, e.occurred_at as "occurredAt", e.merchant_id as "eventMerchantId",
          e.payload, c.id as "connectionId", o.merchant_id as "merchantId", c.url, c.sealed_secret as "sealedSecret"`,
  );
}

export interface AttemptResult {
  state: 'pending' | 'sent' | 'failed';
  status: number | null;
  error: string | null;
  waitMs: number;
}

/** Writes how an attempt went. @returns false when the message was taken up again meanwhile */
export async function recordAttempt(
  em: EntityManager,
  { id, attempts }: Pick<DueMessage, 'id' | 'attempts'>,
  { state, status, error, waitMs }: AttemptResult,
  now: Date,
): Promise<boolean> {
  const changed = await affected(
    em,
    sql`update outgoing set state = ${state}, last_status = ${status}, last_error = ${error},
          next_at = clock_timestamp() + ${waitMs} * interval '1 ms',
          sent_at = ${state === 'sent' ? now.toISOString() : null}::timestamptz
        where id = ${id} and attempts = ${attempts} and state = 'pending'`,
  );
  return changed === 1;
}

/** Makes due at once what waits or was given up, and what happened since `from` even when it was sent. */
export async function requeue(em: EntityManager, connectionId: string, from: Date | null): Promise<number> {
  return affected(
    em,
    sql`update outgoing set state = 'pending', attempts = 0, next_at = clock_timestamp(), sent_at = null
        where connection_id = ${connectionId}
          and (state <> 'sent' or (${from?.toISOString() ?? null}::timestamptz is not null and occurred_at >= ${from?.toISOString() ?? null}::timestamptz))`,
  );
}
