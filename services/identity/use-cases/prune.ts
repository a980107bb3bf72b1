import { transact } from '../../../shared/messaging/transact.ts';
import { affected, sql } from '../../../shared/persistence/sql.ts';
import { serviceActor } from '../../../shared/protocol/actor.ts';
import { ATTEMPT_WINDOW_MS, SESSION_IDLE_MS } from '../domain/lifetimes.ts';
import type { IdentityDeps } from '../identity.deps.ts';

const BATCH = 5_000;

/**
 * Forgets what decides nothing any more: attempts out of the window, sessions that ended a month ago, tokens used a
 * month ago.
 * @returns how many rows went
 */
export async function prune(deps: IdentityDeps): Promise<number> {
  const now = deps.securityNow().getTime();
  const attemptsBefore = new Date(now - ATTEMPT_WINDOW_MS).toISOString();
  const before = new Date(now - SESSION_IDLE_MS).toISOString();
  return transact(deps, serviceActor('identity', 'prune'), async (em) => {
    const attempts = await affected(
      em,
      sql`delete from identity.login_attempt where id in
            (select id from identity.login_attempt where at <= ${attemptsBefore}::timestamptz limit ${BATCH})`,
    );
    const sessions = await affected(
      em,
      sql`delete from identity.session where id in
            (select id from identity.session where least(expires_at, revoked_at) < ${before}::timestamptz limit ${BATCH})`,
    );
    const tokens = await affected(
      em,
      sql`delete from identity.refresh_token where token_hash in
            (select token_hash from identity.refresh_token where used_at < ${before}::timestamptz limit ${BATCH})`,
    );
    return attempts + sessions + tokens;
  });
}
