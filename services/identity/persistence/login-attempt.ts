import { uuidv7 } from '../../../shared/kernel/ids.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import { ATTEMPT_WINDOW_MS, lockedForSeconds } from '../domain/lifetimes.ts';

/**
 * Counts an attempt before the password is looked at, one account at a time, so that parallel guesses over any
 * number of processes are held to the limit too.
 * @returns seconds the account stays locked; 0 when the attempt was counted and may go on
 */
export async function countAttempt(em: EntityManager, accountHash: string, now: Date): Promise<number> {
  await rows(em, sql`select pg_advisory_xact_lock(hashtextextended(${`identity.login ${accountHash}`}, 0))`);
  const since = new Date(now.getTime() - ATTEMPT_WINDOW_MS).toISOString();
  const attempts = await rows<{ at: string }>(
    em,
    sql`select at from identity.login_attempt where account_hash = ${accountHash} and at > ${since}::timestamptz`,
  );
  const lockedFor = lockedForSeconds(
    attempts.map(({ at }) => new Date(at)),
    now,
  );
  if (lockedFor) return lockedFor;
  await rows(
    em,
    sql`insert into identity.login_attempt (id, account_hash, at)
        values (${uuidv7(now)}, ${accountHash}, ${now.toISOString()}::timestamptz)`,
  );
  return 0;
}

/** The right password was given: earlier wrong ones count no more. */
export const forgetAttempts = (em: EntityManager, accountHash: string) =>
  rows(em, sql`delete from identity.login_attempt where account_hash = ${accountHash}`);
