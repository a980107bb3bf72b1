import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { affected, firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import type { Role } from '../../../shared/protocol/define.ts';

export type EndedBecause = 'logout' | 'reuse' | 'password' | 'deactivated';

export interface NewSession {
  sessionId: string;
  userId: string;
  tokenHash: string;
  now: Date;
  expiresAt: Date;
}

export async function insertSession(em: EntityManager, session: NewSession): Promise<void> {
  const { sessionId, userId, tokenHash, now, expiresAt } = session;
  await rows(
    em,
    sql`insert into identity.session (id, user_id, created_at, expires_at)
        values (${sessionId}, ${userId}, ${now.toISOString()}::timestamptz, ${expiresAt.toISOString()}::timestamptz)`,
  );
  await insertToken(em, sessionId, tokenHash, now);
}

export interface PresentedToken {
  sessionId: string;
  userId: string;
  /** It was used longer ago than a lost answer explains. */
  reused: boolean;
  /** Neither ended nor run out. */
  open: boolean;
}

/**
 * The token with its session, locked: requests with one token come one after the other.
 * @param forgivenAfter  a token that was used later than this may come again
 */
export async function findTokenForUpdate(
  em: EntityManager,
  tokenHash: string,
  now: Date,
  forgivenAfter: Date,
): Promise<PresentedToken | undefined> {
  return firstRow(
    em,
    sql<PresentedToken>`select s.id as "sessionId", s.user_id as "userId", coalesce(t.used_at <= ${forgivenAfter.toISOString()}::timestamptz, false) as reused,
          s.revoked_at is null and s.expires_at > ${now.toISOString()}::timestamptz as open
        from identity.refresh_token t join identity.session s on s.id = t.session_id
        where t.token_hash = ${tokenHash} for update`,
  );
}

/** Replaces the current token of a session by the next one. */
export async function rotateToken(
  em: EntityManager,
  sessionId: string,
  tokenHash: string,
  now: Date,
  expiresAt: Date,
): Promise<void> {
  await rows(
    em,
    sql`update identity.refresh_token set used_at = ${now.toISOString()}::timestamptz where session_id = ${sessionId} and used_at is null`,
  );
  await insertToken(em, sessionId, tokenHash, now);
  await rows(
    em,
    sql`update identity.session set expires_at = ${expiresAt.toISOString()}::timestamptz where id = ${sessionId}`,
  );
}

/** Ends one session. */
export const endSession = (em: EntityManager, id: string, because: EndedBecause, now: Date): Promise<number> =>
  affected(
    em,
    sql`update identity.session set revoked_at = ${now.toISOString()}::timestamptz, revoked_because = ${because}
        where id = ${id} and revoked_at is null`,
  );

/** Ends every session of a user. */
export const endSessionsOf = (em: EntityManager, userId: string, because: EndedBecause, now: Date): Promise<number> =>
  affected(
    em,
    sql`update identity.session set revoked_at = ${now.toISOString()}::timestamptz, revoked_because = ${because}
        where user_id = ${userId} and revoked_at is null`,
  );

export interface OpenSession {
  roles: Role[];
  merchantIds: string[];
  displayName: string;
}

/** The rights behind an open session of an active user, as they are now. */
export async function findOpenSession(
  em: EntityManager,
  userId: string,
  sessionId: string,
  now: Date,
): Promise<OpenSession | undefined> {
  return firstRow(
    em,
    sql<OpenSession>`select u.roles, u.merchant_ids as "merchantIds", u.display_name as "displayName"
        from identity.session s join identity.user_account u on u.id = s.user_id
        where s.id = ${sessionId} and u.id = ${userId} and u.active
          and s.revoked_at is null and s.expires_at > ${now.toISOString()}::timestamptz`,
  );
}

const insertToken = (em: EntityManager, sessionId: string, tokenHash: string, now: Date) =>
  rows(
    em,
    sql`insert into identity.refresh_token (token_hash, session_id, issued_at)
        values (${tokenHash}, ${sessionId}, ${now.toISOString()}::timestamptz)`,
  );
