import { NotFound } from '../../../shared/kernel/errors.ts';
import { read, transact } from '../../../shared/messaging/transact.ts';
import { readCursor, toPage } from '../../../shared/persistence/page.ts';
import { firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../shared/protocol/define.ts';
import type { syncActions } from '../../../shared/protocol/sync/actions.ts';
import type { SyncDeps } from '../sync.deps.ts';
import { assertStaff } from './staff-only.ts';

type Answer = OutputOf<typeof syncActions.listDeadEvents>;

/** Deliveries that were given up in any service, oldest first. */
export async function listDeadEvents(
  deps: SyncDeps,
  { limit, cursor }: InputOf<typeof syncActions.listDeadEvents>,
  actor: Actor,
): Promise<Answer> {
  assertStaff(actor);
  const after = readCursor(cursor, ['instant', 'text', 'id']);
  const found = await read(deps, actor, (em) =>
    rows<Omit<Answer['items'][number], 'id'>>(
      em,
      sql`select d.consumer, d.event_id as "eventId", e.type, e.merchant_id as "merchantId", e.occurred_at as "occurredAt",
            d.parked_at as "parkedAt", d.attempts, d.error, e.payload
          from messaging.delivery d join messaging.event e on e.id = d.event_id
          where d.parked_at is not null and ${after ? sql`(d.parked_at, d.consumer, d.event_id) > (${after[0]}::timestamptz, ${after[1]}, ${after[2]}::uuid)` : sql`true`}
          order by d.parked_at, d.consumer, d.event_id limit ${limit + 1}`,
    ),
  );
  return toPage(
    found,
    limit,
    ({ parkedAt, consumer, eventId }) => [parkedAt, consumer, eventId],
    (event) => ({
      ...event,
      id: `${event.consumer}:${event.eventId}`,
      occurredAt: new Date(event.occurredAt).toISOString(),
      parkedAt: new Date(event.parkedAt).toISOString(),
    }),
  );
}

const AFRESH = sql`parked_at = null, attempts = 0, excused = 0, next_at = clock_timestamp()`;
/** More would hold their rows for long; the answer says that there are some left. */
const AT_ONCE = 10_000;

/** Has one delivery handled again, with all its attempts. @throws NotFound when it is not parked */
export async function retryDeadEvent(
  deps: SyncDeps,
  { id }: InputOf<typeof syncActions.retryDeadEvent>,
  actor: Actor,
): Promise<OutputOf<typeof syncActions.retryDeadEvent>> {
  assertStaff(actor);
  const [consumer = '', eventId = ''] = id.split(':');
  let type = '';
  const answer = await transact(deps, actor, async (em, _announce, audit) => {
    const retried = await firstRow<{ type: string; merchantId: string | null; error: string | null }>(
      em,
      sql`update messaging.delivery d set ${AFRESH}
          from messaging.event e
          where e.id = d.event_id and d.consumer = ${consumer} and d.event_id = ${eventId} and d.parked_at is not null
          returning e.type, e.merchant_id as "merchantId", d.error`,
    );
    if (!retried) throw new NotFound('dead event');
    type = retried.type;
    audit({
      action: 'dead-event.retried',
      entity: 'event',
      entityId: eventId,
      merchantId: retried.merchantId,
      before: { consumer, error: retried.error },
    });
    return { id, retriedAt: deps.now().toISOString() };
  });
  if (type) deps.wake(type, [eventId]);
  return answer;
}

/** Has what one consumer could not handle handled again, the oldest first, at most 10,000 at once. */
export async function retryDeadEvents(
  deps: SyncDeps,
  { consumer }: InputOf<typeof syncActions.retryDeadEvents>,
  actor: Actor,
): Promise<OutputOf<typeof syncActions.retryDeadEvents>> {
  assertStaff(actor);
  let types: string[] = [];
  const answer = await transact(deps, actor, async (em, _announce, audit) => {
    const retried = await rows<{ type: string }>(
      em,
      sql`update messaging.delivery d set ${AFRESH}
          from messaging.event e, (select consumer, event_id from messaging.delivery
            where consumer = ${consumer} and parked_at is not null order by parked_at, event_id limit ${AT_ONCE} for update) parked
          where e.id = d.event_id and d.consumer = parked.consumer and d.event_id = parked.event_id
          returning e.type`,
    );
    const left = await firstRow(
      em,
      sql`select 1 from messaging.delivery where consumer = ${consumer} and parked_at is not null limit 1`,
    );
    types = [...new Set(retried.map(({ type }) => type))];
    const result = { consumer, retried: retried.length, more: left !== undefined };
    if (retried.length)
      audit({ action: 'dead-events.retried', entity: 'consumer', entityId: consumer, merchantId: null, after: result });
    return result;
  });
  // without ids, which would be a large message: a consumer looks for what is due
  for (const type of types) deps.wake(type, []);
  return answer;
}
