import type { Logger } from 'pino';
import type { EnvelopeOf, EventDefinition, Envelope } from '../protocol/define.ts';
import { serviceActor } from '../protocol/actor.ts';
import type { ConsumerName } from '../protocol/consumers.ts';
import type { EntityManager } from '../persistence/orm.ts';
import { affected, rows, sql } from '../persistence/sql.ts';
import { inTransaction } from '../persistence/transaction.ts';
import { backOffMs } from '../persistence/work.ts';
import {
  collectOutgoing,
  wakeConsumers,
  writeOutgoing,
  type Announce,
  type Audit,
  type TransactDeps,
} from './transact.ts';

/** What a handler works in: the transaction that also marks its deliveries done. */
export interface ConsumerTx {
  em: EntityManager;
  announce: Announce;
  audit: Audit;
}

export interface Consumer {
  name: ConsumerName;
  event: EventDefinition;
  /** Deliveries handled in one transaction; 500 unless the work per event is heavy. */
  batch: number;
  handle: (tx: ConsumerTx, events: Envelope[]) => Promise<void>;
}

export interface ConsumerDeps extends TransactDeps {
  log: Logger;
}

const BATCH = 500;
const MAX_ATTEMPTS = 8;
/** Covers the moment between counting an attempt and locking the rows; a dead process is replaced after it. */
const CLAIM_MS = 2_000;

/** Binds a handler to a name of the static list in `shared/protocol/consumers.ts`. */
export function consume<E extends EventDefinition>(
  name: ConsumerName,
  event: E,
  handle: (tx: ConsumerTx, events: EnvelopeOf<E>[]) => Promise<void>,
  { batch = BATCH } = {},
): Consumer {
  return { name, event, batch, handle: handle as Consumer['handle'] };
}

/**
 * Handles what is due for one consumer, once. The effect and `done_at` commit together, so every event takes effect
 * exactly once whatever the broker loses or repeats. An attempt is counted and committed before it is made, so a
 * handler that kills its process is parked in the end; what failed once is tried alone, so that one bad event holds
 * up no others.
 * @returns how many deliveries were taken up; 0 means nothing is due
 */
export async function consumeDue(deps: ConsumerDeps, consumer: Consumer): Promise<number> {
  const fresh = await claim(deps, consumer, consumer.batch, 'fresh');
  if (fresh.length) {
    await attempt(deps, consumer, fresh);
    return fresh.length;
  }
  const again = await claim(deps, consumer, 1, 'again');
  if (again.length) await attempt(deps, consumer, again);
  return again.length;
}

async function attempt(deps: ConsumerDeps, consumer: Consumer, claimed: Claimed[]): Promise<void> {
  try {
    await handleClaimed(
      deps,
      consumer,
      claimed.map(({ eventId }) => eventId),
    );
  } catch (error) {
    await recordFailure(deps, consumer, claimed, error);
  }
}

interface Claimed {
  eventId: string;
  attempts: number;
}

/** Counts the attempt and keeps the rows for a moment. */
async function claim(
  deps: ConsumerDeps,
  consumer: Consumer,
  limit: number,
  which: 'fresh' | 'again',
): Promise<Claimed[]> {
  return inTransaction(deps.orm, 'staff', (em) =>
    rows<Claimed>(
      em,
      sql`update messaging.delivery d set attempts = d.attempts + 1, next_at = clock_timestamp() + ${CLAIM_MS} * interval '1 ms'
          from (select consumer, event_id from messaging.delivery
                where consumer = ${consumer.name} and done_at is null and parked_at is null and next_at <= now()
                  and ${which === 'fresh' ? sql`attempts = 0` : sql`attempts > 0`}
                order by ${which === 'fresh' ? sql`event_id` : sql`next_at, event_id`} limit ${limit} for update skip locked) due
          where d.consumer = due.consumer and d.event_id = due.event_id
          returning d.event_id as "eventId", d.attempts`,
    ),
  );
}

async function handleClaimed(deps: ConsumerDeps, consumer: Consumer, eventIds: string[]): Promise<void> {
  let outgoing = collectOutgoing(deps.now);
  await inTransaction(deps.orm, 'staff', async (em) => {
    outgoing = collectOutgoing(deps.now);
    const found = await rows<Omit<Envelope, 'occurredAt'> & { occurredAt: string | Date; requestId: string }>(
      em,
      sql`select e.id, e.type, e.merchant_id as "merchantId", e.occurred_at as "occurredAt", e.payload, e.request_id as "requestId"
          from messaging.delivery d join messaging.event e on e.id = d.event_id
          where d.consumer = ${consumer.name} and d.event_id = any(${eventIds}::uuid[]) and d.done_at is null and d.parked_at is null
          order by e.id for update of d skip locked`,
    );
    if (!found.length) return;
    const events = found.map(({ requestId: _, ...event }) => ({
      ...event,
      occurredAt: new Date(event.occurredAt),
      payload: consumer.event.payload.parse(event.payload),
    }));
    await consumer.handle({ em, announce: outgoing.announce, audit: outgoing.audit }, events);
    await em.flush();
    await writeOutgoing(em, outgoing, deps, serviceActor(deps.service, found[0]!.requestId));
    const done = await affected(
      em,
      sql`update messaging.delivery set done_at = clock_timestamp(), error = null
          where consumer = ${consumer.name} and event_id = any(${found.map(({ id }) => id)}::uuid[])`,
    );
    if (done !== found.length)
      throw new Error(`${consumer.name}: ${found.length} deliveries held, ${done} marked done`);
  });
  wakeConsumers(deps, outgoing.events);
}

/** A batch that failed is tried one by one; a single one backs off and is parked after {@link MAX_ATTEMPTS}. */
async function recordFailure(
  deps: ConsumerDeps,
  consumer: Consumer,
  claimed: Claimed[],
  error: unknown,
): Promise<void> {
  const message = error instanceof Error ? error.message : String(error);
  const [first] = claimed;
  const parked = claimed.length === 1 && first!.attempts >= MAX_ATTEMPTS;
  const waitMs = claimed.length > 1 ? 0 : backOffMs(first!.attempts, Math.random(), { firstMs: 250, maxMs: 300_000 });
  deps.log.warn(
    {
      consumer: consumer.name,
      events: claimed.length,
      eventId: first!.eventId,
      attempts: first!.attempts,
      parked,
      err: error,
    },
    'delivery failed',
  );
  await inTransaction(deps.orm, 'staff', (em) =>
    rows(
      em,
      sql`update messaging.delivery
          set error = ${message.slice(0, 2_000)}, next_at = clock_timestamp() + ${waitMs} * interval '1 ms',
              parked_at = ${parked ? sql`clock_timestamp()` : sql`null`}
          where consumer = ${consumer.name} and event_id = any(${claimed.map(({ eventId }) => eventId)}::uuid[]) and done_at is null`,
    ),
  );
}

/** Parks what ended its process again and again: its attempts are used up and nobody holds it. */
export async function parkExhausted(deps: ConsumerDeps, consumer: Consumer): Promise<number> {
  return inTransaction(deps.orm, 'staff', (em) =>
    affected(
      em,
      sql`update messaging.delivery d set parked_at = clock_timestamp(), error = coalesce(d.error, 'The process ended while handling this event')
          from (select consumer, event_id from messaging.delivery where consumer = ${consumer.name} and done_at is null
                  and parked_at is null and attempts >= ${MAX_ATTEMPTS} and next_at <= now() for update skip locked) stuck
          where d.consumer = stuck.consumer and d.event_id = stuck.event_id`,
    ),
  );
}
