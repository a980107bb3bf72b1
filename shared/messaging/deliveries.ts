import { setTimeout as sleep } from 'node:timers/promises';
import { cut } from '../kernel/cut.ts';
import type { RawBuilder } from 'kysely';
import type { Envelope } from '../protocol/define.ts';
import type { EntityManager } from '../persistence/orm.ts';
import { affected, firstRow, rows, sql } from '../persistence/sql.ts';
import { inOneStatement, inTransaction } from '../persistence/transaction.ts';
import type { TransactDeps } from './transact.ts';

type Deps = Pick<TransactDeps, 'orm'>;

/** With the pauses between them about two hours: longer than most outages that look like a fault of the event. */
export const MAX_ATTEMPTS = 20;
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 600_000;
/** Of the deliveries that were tried before, how many are looked at to tell the oldest. */
const LOOK_AT = 1_000;

const open = sql`done_at is null and parked_at is null`;
const exhausted = sql`attempts - excused >= ${MAX_ATTEMPTS}`;

/** Doubles with every attempt, with up to a quarter of jitter so that many failures do not come back together. */
const afterPause = (attempts: RawBuilder<unknown>) =>
  sql`clock_timestamp() + least(${LONGEST_PAUSE_MS}, ${FIRST_PAUSE_MS} * power(2, least(${attempts}, 30))) * (1 + random() / 4) * interval '1 ms'`;

/** The events a consumer took up: what was never tried, and what failed before. */
export interface Claimed {
  fresh: string[];
  again: string[];
}

const dueOf = (consumer: RawBuilder<unknown>, kind: keyof Claimed) =>
  sql`consumer = ${consumer} and ${open} and next_at <= now() and ${kind === 'fresh' ? sql`attempts = 0` : sql`attempts > 0 and not (${exhausted})`}`;

/**
 * Counts an attempt and keeps the rows for the pause that would follow it, so that what ends its process comes back as
 * rarely as what fails.
 * @param atMost  how many of each kind
 * @returns the ids of the events
 */
export async function claim(deps: Deps, consumer: string, atMost: Record<keyof Claimed, number>): Promise<Claimed> {
  const first = (kind: keyof Claimed) =>
    sql`select consumer, event_id from messaging.delivery where ${dueOf(sql`${consumer}`, kind)}
        order by next_at, event_id limit ${atMost[kind]} for update skip locked`;
  const claimed = await inOneStatement<{ eventId: string; isFresh: boolean }>(
    deps.orm,
    sql`with fresh as (${first('fresh')}), again as (${first('again')})
        update messaging.delivery d set attempts = d.attempts + 1, next_at = ${afterPause(sql`d.attempts`)}
        from (select * from fresh union all select * from again) due
        where d.consumer = due.consumer and d.event_id = due.event_id
        returning d.event_id as "eventId", d.attempts = 1 as "isFresh"`,
  );
  const idsOf = (kind: boolean) => claimed.filter(({ isFresh }) => isFresh === kind).map(({ eventId }) => eventId);
  return { fresh: idsOf(true), again: idsOf(false) };
}

/** An event as it is stored; what it brings is not looked at yet. */
export type StoredEvent = Omit<Envelope, 'occurredAt'> & { occurredAt: string | Date; requestId: string };

/** Between looks at what somebody else holds. */
const HOLD_AGAIN_MS = [10, 40, 160, 640];

/**
 * Holds what was claimed until the end of the transaction. A claim of another worker that began before ours ended holds
 * it for the length of its statement, so it is looked for again; whoever holds it longer works on it.
 * @returns what is held and still to be done, in the order of time
 */
export async function holdClaimed(em: EntityManager, consumer: string, eventIds: string[]): Promise<StoredEvent[]> {
  const claimed = sql`d.consumer = ${consumer} and d.event_id = any(${eventIds}::uuid[]) and ${open}`;
  const hold = () =>
    rows(
      em,
      sql<StoredEvent>`select e.id, e.type, e.merchant_id as "merchantId", e.occurred_at as "occurredAt", e.payload, e.request_id as "requestId"
          from messaging.delivery d join messaging.event e on e.id = d.event_id
          where ${claimed} order by e.id for update of d skip locked`,
    );
  let held = await hold();
  for (const waitMs of HOLD_AGAIN_MS) {
    if (held.length === eventIds.length) break;
    const left = await rows(em, sql`select 1 from messaging.delivery d where ${claimed}`);
    if (held.length === left.length) break;
    await sleep(waitMs);
    held = await hold();
  }
  return held;
}

/** For which of the consumers something is due, in one look for all of them. */
export async function consumersWithDue(deps: Deps, consumers: readonly string[]): Promise<string[]> {
  const has = (kind: keyof Claimed) => sql`exists (select 1 from messaging.delivery where ${dueOf(sql`c.name`, kind)})`;
  const found = await inOneStatement<{ name: string }>(
    deps.orm,
    sql`select c.name from unnest(${[...consumers]}::text[]) c (name) where ${has('fresh')} or ${has('again')}`,
  );
  return found.map(({ name }) => name);
}

/**
 * Notes why an attempt failed. A batch is tried one by one at once; a single delivery waits, and is parked when its
 * attempts are used up. What is excused waits too, but does not use up an attempt.
 * @returns the attempts made of the first delivery, and whether it is parked
 */
export async function recordFailure(
  deps: Deps,
  consumer: string,
  eventIds: string[],
  { message, excused }: { message: string; excused: boolean },
): Promise<{ attempts: number; parked: boolean }> {
  const nextAt = eventIds.length > 1 && !excused ? sql`clock_timestamp()` : afterPause(sql`attempts - 1`);
  const parkedAt = excused ? sql`null` : sql`case when ${exhausted} then clock_timestamp() end`;
  const first = await inTransaction(deps.orm, 'staff', (em) =>
    firstRow<{ attempts: number; parked: boolean }>(
      em,
      sql`update messaging.delivery set error = ${cut(message, 2_000).replaceAll('\u0000', '')}, next_at = ${nextAt}, parked_at = ${parkedAt}, excused = excused + ${excused ? 1 : 0}
          where consumer = ${consumer} and event_id = any(${eventIds}::uuid[]) and ${open}
          returning attempts, parked_at is not null as parked`,
    ),
  );
  return first ?? { attempts: 0, parked: false };
}

/** Parks what ended its process again and again: its attempts are used up and nobody holds it. @returns how many */
export async function parkExhausted(deps: Deps, consumers: readonly string[]): Promise<number> {
  return inTransaction(deps.orm, 'staff', (em) =>
    affected(
      em,
      sql`update messaging.delivery d set parked_at = clock_timestamp(), error = coalesce(d.error, 'The process ended while handling this event')
          from (select consumer, event_id from messaging.delivery where consumer = any(${[...consumers]}::text[]) and ${open}
                  and attempts > 0 and ${exhausted} and next_at <= now() for update skip locked) stuck
          where d.consumer = stuck.consumer and d.event_id = stuck.event_id`,
    ),
  );
}

/** What waits for one consumer. */
export interface Backlog {
  consumer: string;
  /** Given up; for an administrator. */
  parked: number;
  /** Since when the oldest delivery that is neither done nor parked waits; 0 when none does. */
  oldestSeconds: number;
}

/** Reads the ends of indexes only, so a long backlog costs no more than a short one. */
export async function backlogs(deps: Deps, consumers: readonly string[]): Promise<Backlog[]> {
  return inTransaction(
    deps.orm,
    'staff',
    (em) =>
      rows<Backlog>(
        em,
        sql`select c.consumer, coalesce(p.parked, 0) as parked,
              greatest(0, coalesce(extract(epoch from clock_timestamp() - least(fresh.since, again.since)), 0))::float8 as "oldestSeconds"
            from unnest(${[...consumers]}::text[]) c (consumer)
            left join (select consumer, count(*)::int as parked from messaging.delivery where parked_at is not null group by consumer) p using (consumer)
            left join lateral (select min(next_at) as since from messaging.delivery where consumer = c.consumer and ${open} and attempts = 0) fresh on true
            left join lateral (
              select min(e.recorded_at) as since from messaging.event e join (
                select event_id from messaging.delivery where consumer = c.consumer and ${open} and attempts > 0
                order by next_at limit ${LOOK_AT}) tried on tried.event_id = e.id) again on true`,
      ),
    { readOnly: true },
  );
}
