import type { MikroORM } from '@mikro-orm/postgresql';
import { AppError, invalidField } from '../kernel/errors.ts';
import type { EntityManager } from '../persistence/orm.ts';
import { affected, firstRow, rows, sql } from '../persistence/sql.ts';
import { inTransaction } from '../persistence/transaction.ts';
import type { Actor } from '../protocol/actor.ts';

/**
 * Takes the key for this transaction. The advisory lock ends with the transaction, so a killed process leaves
 * nothing behind, and a twin in flight is told apart from an answer that is already there.
 * @returns the answer that the key has got before, if any
 * @throws AppError 422 when the key was used with another body, 409 while its twin is running
 */
export async function claimIdempotencyKey(em: EntityManager, actor: Actor): Promise<{ response: unknown } | undefined> {
  if (!actor.idempotency) return undefined;
  const { key, action } = actor.idempotency;
  const lock = await firstRow<{ taken: boolean }>(
    em,
    sql`select pg_try_advisory_xact_lock(hashtextextended(${`${actor.id}\u0001${action}\u0001${key}`}, 0)) as taken`,
  );
  if (!lock?.taken)
    throw new AppError(409, 'IDEMPOTENCY_KEY_IN_USE', 'A request with this Idempotency-Key is still running');
  return findResponse(em, actor);
}

/**
 * Looks without taking the key, so that it stands in the way of no twin.
 * @returns the answer that the key has got before, if any
 * @throws AppError 422 when the key was used with another body
 */
export async function findResponse(em: EntityManager, actor: Actor): Promise<{ response: unknown } | undefined> {
  if (!actor.idempotency) return undefined;
  const { key, action, requestHash } = actor.idempotency;
  const earlier = await firstRow<{ requestHash: string; response: unknown }>(
    em,
    sql`select request_hash as "requestHash", response from messaging.idempotency
        where principal = ${actor.id} and action = ${action} and key = ${key}`,
  );
  if (earlier && earlier.requestHash !== requestHash)
    throw invalidField('Idempotency-Key', 'IDEMPOTENCY_KEY_REUSED', 'This key was used with another request');
  return earlier;
}

const KEEP_KEYS_DAYS = 30;
const PRUNE_AT_MOST = 10_000;

/** Forgets keys after 30 days (api.md, Writes), some thousands at a time. @returns how many */
export async function pruneIdempotencyKeys(deps: { orm: MikroORM }): Promise<number> {
  return inTransaction(deps.orm, 'staff', (em) =>
    affected(
      em,
      sql`delete from messaging.idempotency where ctid = any(array(
            select ctid from messaging.idempotency where created_at < now() - ${KEEP_KEYS_DAYS} * interval '1 day' limit ${PRUNE_AT_MOST}))`,
    ),
  );
}

/** Keeps the answer of a request with a key, for its repetitions. */
export async function storeResponse(em: EntityManager, actor: Actor, response: unknown): Promise<void> {
  if (!actor.idempotency) return;
  const { key, action, requestHash } = actor.idempotency;
  await rows(
    em,
    sql`insert into messaging.idempotency (principal, action, key, request_hash, response)
        values (${actor.id}, ${action}, ${key}, ${requestHash}, ${JSON.stringify(response ?? null)}::jsonb)`,
  );
}
