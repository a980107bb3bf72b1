import type { MikroORM } from '@mikro-orm/postgresql';
import type { RawBuilder } from 'kysely';
import type { z } from 'zod';
import type { Clock } from '../kernel/clock.ts';
import { uuidv7 } from '../kernel/ids.ts';
import type { Actor } from '../protocol/actor.ts';
import type { EventDefinition } from '../protocol/define.ts';
import { consumersOf } from '../protocol/consumers.ts';
import type { EntityManager } from '../persistence/orm.ts';
import { rows, sql } from '../persistence/sql.ts';
import { inTransaction, type TransactionOptions } from '../persistence/transaction.ts';
import type { AuditEntry } from './audit.ts';
import { insertAudit } from './audit.ts';
import { noticesOf, type Change, type Changed, type Tell } from './changes.ts';
import type { Reached } from './crash-points.ts';
import { claimIdempotencyKey, findResponse, storeResponse } from './idempotency.ts';

/** What every use case needs to write. */
export interface TransactDeps {
  service: string;
  orm: MikroORM;
  now: Clock;
  /** Tells consumers that there is work; losing the call costs latency only. */
  wake: (eventType: string, eventIds: string[]) => void;
  /** Tells open screens what changed; without it they find out when they ask again. */
  tell?: Tell;
  /** Makes good again what ends in an answer that was kept for repetitions: links. In the transaction of the request. */
  renew?: (em: EntityManager, answer: unknown) => Promise<unknown>;
  /** Hears of the points at which the process may end; tests only. */
  reached?: Reached | undefined;
}

export interface AnnounceOptions {
  /** When the fact happened in the business, if not now; billing waits for what happened before a cut-off. */
  occurredAt?: Date;
  /** A stable id, so that a repeated import announces nothing twice. */
  eventId?: string;
}

/** Stores an event and one delivery per listed consumer in the surrounding transaction. */
export type Announce = <E extends EventDefinition>(
  event: E,
  payload: z.input<E['payload']>,
  options?: AnnounceOptions,
) => void;
export type Audit = (entry: AuditEntry) => void;

/** Announced facts, audit rows and changes of one transaction: the first two are written at its end, all are told after it. */
export interface Outgoing {
  announce: Announce;
  audit: Audit;
  changed: Changed;
  events: PendingEvent[];
  audits: AuditEntry[];
  changes: Change[];
}

interface PendingEvent {
  id: string;
  type: string;
  merchantId: string | null;
  occurredAt: Date;
  payload: unknown;
}

/**
 * One transaction of a use case: its rows, its events with their deliveries, its audit rows and, for a request with
 * an `Idempotency-Key`, its answer commit together or not at all. The value returned by `work` must be the answer
 * of the action, because it is what a repeated request gets. What has an audit row or an event shows on other screens
 * by itself; `changed` is for what has neither (docs/decisions/009-live-changes.md).
 * @throws AppError 422 when the key was used with another body, 409 while its twin is running
 */
export async function transact<Result>(
  deps: TransactDeps,
  actor: Actor,
  work: (em: EntityManager, announce: Announce, audit: Audit, changed: Changed) => Promise<Result>,
  options: Pick<TransactionOptions, 'opening'> = {},
): Promise<Result> {
  let done: Outgoing | undefined;
  const inside = async (em: EntityManager): Promise<Result> => {
    const earlier = await claimIdempotencyKey(em, actor);
    done = undefined;
    if (earlier) return renewed<Result>(deps, em, earlier);
    const outgoing = collectOutgoing(deps.now);
    const answer = await work(em, outgoing.announce, outgoing.audit, outgoing.changed);
    await em.flush();
    await writeOutgoing(em, outgoing, deps, actor);
    await storeResponse(em, actor, answer);
    done = outgoing;
    return answer;
  };
  const result = await inTransaction(deps.orm, actor.scope, inside, options);
  if (done?.events.length) deps.reached?.('event.stored', deps.service);
  if (done) tellOthers(deps, done);
  return result;
}

/**
 * The answer that a repeated request has got before, for use cases that decide or work before their transaction: what
 * the first request left would refuse its repetition there, or the work would be done twice. Ask after the facts are
 * read, so that they never tell of what the first one did without its answer being found. `undefined`: go on;
 * {@link transact} decides between twins in flight.
 * @throws AppError 422 when the key was used with another body
 */
export async function answeredBefore<Result>(
  deps: TransactDeps,
  actor: Actor,
): Promise<{ answer: Result } | undefined> {
  if (!actor.idempotency) return undefined;
  return read(deps, actor, async (em) => {
    const earlier = await findResponse(em, actor);
    return earlier && { answer: await renewed<Result>(deps, em, earlier) };
  });
}

const renewed = async <Result>(deps: TransactDeps, em: EntityManager, { response }: { response: unknown }) =>
  (deps.renew ? await deps.renew(em, response) : response) as Result;

/** A read-only transaction in the actor's scope. */
export async function read<Result>(
  deps: Pick<TransactDeps, 'orm'>,
  actor: Actor,
  work: (em: EntityManager) => Promise<Result>,
): Promise<Result> {
  return inTransaction(deps.orm, actor.scope, work, { readOnly: true });
}

export function collectOutgoing(now: Clock): Outgoing {
  const events: PendingEvent[] = [];
  const audits: AuditEntry[] = [];
  const changes: Change[] = [];
  return {
    events,
    audits,
    changes,
    announce: (event, payload, options = {}) => {
      const checked = event.payload.parse(payload) as { merchantId?: string };
      events.push({
        id: options.eventId ?? uuidv7(now()),
        type: event.type,
        merchantId: checked.merchantId ?? null,
        occurredAt: options.occurredAt ?? now(),
        payload: checked,
      });
    },
    audit: (entry) => void audits.push(entry),
    changed: (change) => void changes.push(change),
  };
}

/** Writes what {@link collectOutgoing} gathered, events, deliveries and audit rows, in one statement. */
export async function writeOutgoing(
  em: EntityManager,
  { events, audits }: Outgoing,
  deps: TransactDeps,
  actor: Actor,
): Promise<void> {
  const audited = audits.length ? insertAudit(audits, deps, actor) : undefined;
  if (events.length) await rows(em, insertEvents(events, actor, audited));
  else if (audited) await rows(em, audited);
}

/** After the commit: wakes the consumers of each event type once, and tells open screens what changed. */
export function tellOthers(deps: TransactDeps, outgoing: Outgoing): void {
  deps.tell?.(noticesOf(outgoing));
  const { events } = outgoing;
  const byType = Map.groupBy(events, ({ type }) => type);
  for (const [type, group] of byType)
    deps.wake(
      type,
      group.map(({ id }) => id),
    );
}

/** @param beside  a further statement that writes along with them */
function insertEvents(events: PendingEvent[], actor: Actor, beside: RawBuilder<unknown> | undefined) {
  const deliveries = events.flatMap((event) => consumersOf(event.type).map((consumer) => ({ consumer, event })));
  return sql`with announced as (
      insert into messaging.event (id, type, merchant_id, occurred_at, payload, request_id)
      select *, ${actor.requestId} from unnest(${events.map(({ id }) => id)}::uuid[], ${events.map(({ type }) => type)}::text[],
        ${events.map(({ merchantId }) => merchantId)}::uuid[], ${events.map(({ occurredAt }) => occurredAt.toISOString())}::timestamptz[],
        ${events.map(({ payload }) => JSON.stringify(payload))}::jsonb[]))${beside ? sql`, audited as (${beside})` : sql``}
    insert into messaging.delivery (consumer, event_id, occurred_at)
    select * from unnest(${deliveries.map(({ consumer }) => consumer)}::text[], ${deliveries.map(({ event }) => event.id)}::uuid[],
      ${deliveries.map(({ event }) => event.occurredAt.toISOString())}::timestamptz[])`;
}
