import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { affected, rows, sql } from '../../../shared/persistence/sql.ts';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import { stateAfter, type Tried, type Verdict } from '../domain/verdict.ts';
import { MESSAGE_COLUMNS, type StoredMessage } from './messages.ts';

/** A message that one worker holds. */
export interface ClaimedMessage extends StoredMessage {
  /** Tells this hold from a later one: a worker that slept too long changes nothing any more. */
  leaseId: string;
  /** Of this sending: what a person sends again begins anew. */
  tried: Tried;
}

/**
 * Takes messages that are due, or whose worker has been gone for longer than its lease. The attempt is counted and
 * committed before it is made, so that it is visible whatever becomes of it. Waiting runs by the clock of the
 * database: business time may be moved.
 */
export async function claimDue(em: EntityManager, limit: number, leaseMs: number): Promise<ClaimedMessage[]> {
  const claimed = await rows<Omit<ClaimedMessage, 'tried'> & { forMs: string | number; unanswered: number }>(
    em,
    sql`update message m set state = 'sending', attempts = m.attempts + 1, lease_id = gen_random_uuid(), version = m.version + 1,
          next_at = clock_timestamp() + ${leaseMs} * interval '1 ms',
          -- the days of trying begin with the first try: a queue that stood still has not been tried
          queued_at = case when m.attempts = 0 then clock_timestamp() else m.queued_at end
        from (select id from message where state in ('queued', 'sending') and next_at <= clock_timestamp()
              order by next_at, id limit ${limit} for update skip locked) due
        where m.id = due.id
        returning ${MESSAGE_COLUMNS}, m.lease_id as "leaseId", extract(epoch from clock_timestamp() - m.queued_at) * 1000 as "forMs",
          (select count(*)::int from attempt a where a.merchant_id = m.merchant_id and a.message_id = m.id
             and a.message_id_header = m.message_id_header and a.outcome = 'unanswered') as unanswered`,
  );
  return claimed.map(({ forMs, unanswered, ...message }) => ({
    ...message,
    tried: { forMs: Number(forMs), unanswered },
  }));
}

/** Keeps a message whose server takes its time. */
export async function prolongLease(
  em: EntityManager,
  { id, leaseId }: Pick<ClaimedMessage, 'id' | 'leaseId'>,
  leaseMs: number,
): Promise<void> {
  await rows(
    em,
    sql`update message set next_at = clock_timestamp() + ${leaseMs} * interval '1 ms'
        where id = ${id} and state = 'sending' and lease_id = ${leaseId}`,
  );
}

/**
 * Writes what an attempt came to, with a line in the log of attempts.
 * @param waitMs  until the next attempt, when there is one
 * @returns false when the lease was lost in the meantime; then nothing changed
 */
export async function recordVerdict(
  em: EntityManager,
  { id, merchantId, leaseId, messageIdHeader }: ClaimedMessage,
  { outcome, response }: Verdict,
  waitMs: number,
  now: Date,
): Promise<boolean> {
  const at = now.toISOString();
  const state = stateAfter(outcome);
  const changed = await affected(
    em,
    sql`update message set state = ${state}, lease_id = null, version = version + 1,
          next_at = clock_timestamp() + ${state === 'queued' ? waitMs : null}::double precision * interval '1 ms',
          sent_at = ${outcome === 'sent' ? sql`${at}::timestamptz` : sql`sent_at`},
          smtp_response = ${response}, error = ${outcome === 'sent' ? null : response}, updated_at = ${at}
        where id = ${id} and state = 'sending' and lease_id = ${leaseId}`,
  );
  if (!changed) return false;
  await rows(
    em,
    sql`insert into attempt (id, merchant_id, message_id, message_id_header, at, outcome, response)
        values (${uuidv7(now)}, ${merchantId}, ${id}, ${messageIdHeader}, ${at}, ${outcome}, ${response})`,
  );
  return true;
}

export interface Attempt {
  at: string;
  outcome: Verdict['outcome'];
  response: string;
  messageIdHeader: string;
}

export async function attemptsOf(em: EntityManager, messageId: string): Promise<Attempt[]> {
  return rows<Attempt>(
    em,
    sql<Attempt>`select at, outcome, response, message_id_header as "messageIdHeader" from attempt
        where message_id = ${messageId} order by recorded_at, id`,
  );
}
