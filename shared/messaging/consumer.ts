import type { Logger } from 'pino';
import type { EnvelopeOf, EventDefinition, Envelope } from '../protocol/define.ts';
import { serviceActor } from '../protocol/actor.ts';
import type { ConsumerName } from '../protocol/consumers.ts';
import type { EntityManager } from '../persistence/orm.ts';
import { affected, sql } from '../persistence/sql.ts';
import { isUnreachable } from '../moleculer/call.ts';
import { inTransaction, isInfrastructure } from '../persistence/transaction.ts';
import { changesOfConsumer, type Changed } from './changes.ts';
import { claim, holdClaimed, recordFailure } from './deliveries.ts';
import {
  collectOutgoing,
  tellOthers,
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
  changed: Changed;
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
 * handler that kills its process is parked in the end. What failed once is tried alone, so that one bad event holds
 * up no others, and beside every batch, so that a stream of new events does not hold it up either.
 * @returns how many deliveries were taken up; 0 means that nothing is due, or that it is better to wait a moment
 */
export async function consumeDue(deps: ConsumerDeps, consumer: Consumer): Promise<number> {
  const { fresh, again } = await claim(deps, consumer.name, { fresh: consumer.batch, again: 1 });
  const outcome = fresh.length ? await attempt(deps, consumer, fresh) : 'handled';
  // its attempt is counted already: whatever prevents it excuses it
  if (again.length) await attempt(deps, consumer, again);
  // going on at once would only count an attempt for everything that waits
  return outcome === 'prevented' ? 0 : fresh.length + again.length;
}

/** `prevented` by what the work needs, such as the database; `failed` by the work itself. */
async function attempt(
  deps: ConsumerDeps,
  consumer: Consumer,
  eventIds: string[],
): Promise<'handled' | 'failed' | 'prevented'> {
  deps.reached?.('delivery.claimed', consumer.name);
  try {
    await handleClaimed(deps, consumer, eventIds);
    return 'handled';
  } catch (error) {
    const excused = isInfrastructure(error) || isUnreachable(error);
    const message = error instanceof Error ? error.message : String(error);
    const { attempts, parked } = await recordFailure(deps, consumer.name, eventIds, { message, excused });
    const { length: events, 0: eventId } = eventIds;
    deps.log.warn(
      { consumer: consumer.name, events, eventId, attempts, excused, parked, err: error },
      'delivery failed',
    );
    return excused ? 'prevented' : 'failed';
  }
}

async function handleClaimed(deps: ConsumerDeps, consumer: Consumer, eventIds: string[]): Promise<void> {
  let outgoing = collectOutgoing(deps.now);
  await inTransaction(deps.orm, 'staff', async (em) => {
    outgoing = collectOutgoing(deps.now);
    const found = await holdClaimed(em, consumer.name, eventIds);
    if (!found.length) return;
    const events = found.map(({ requestId: _, ...event }) => ({
      ...event,
      occurredAt: new Date(event.occurredAt),
      payload: consumer.event.payload.parse(event.payload),
    }));
    await consumer.handle(
      { em, announce: outgoing.announce, audit: outgoing.audit, changed: outgoing.changed },
      events,
    );
    changesOfConsumer(consumer.name, events).forEach(outgoing.changed);
    await em.flush();
    await writeOutgoing(em, outgoing, deps, serviceActor(deps.service, found[0]!.requestId));
    const done = await affected(
      em,
      sql`update messaging.delivery set done_at = clock_timestamp(), error = null
          where consumer = ${consumer.name} and event_id = any(${found.map(({ id }) => id)}::uuid[])`,
    );
    if (done !== found.length)
      throw new Error(`${consumer.name}: ${found.length} deliveries held, ${done} marked done`);
    deps.reached?.('delivery.handled', consumer.name);
  });
  deps.reached?.('delivery.done', consumer.name);
  tellOthers(deps, outgoing);
}
