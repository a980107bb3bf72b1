import { AppError } from '../../../shared/kernel/errors.ts';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import { read, transact } from '../../../shared/messaging/transact.ts';
import { signAccessToken } from '../../../shared/moleculer/access-token.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import { serviceActor, type Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { identityActions } from '../../../shared/protocol/identity/actions.ts';
import type { Session } from '../../../shared/protocol/identity/views.ts';
import { ACCESS_TOKEN_S, SESSION_IDLE_MS } from '../domain/lifetimes.ts';
import type { IdentityDeps } from '../identity.deps.ts';
import { countAttempt, forgetAttempts } from '../persistence/login-attempt.ts';
import { insertSession } from '../persistence/session.ts';
import { findUser, findUserByEmail, userView, type UserRow } from '../persistence/user-account.ts';
import { newRefreshToken, sha256 } from '../secrets.ts';

/**
 * Opens a session. An unknown address, a wrong password and a deactivated user get the same answer in the same time.
 * @throws AppError 401, or 429 after too many wrong passwords of one account
 */
export async function login(
  deps: IdentityDeps,
  input: InputOf<typeof identityActions.login>,
  actor: Actor,
): Promise<Session> {
  const user = await assertPassword(deps, input.email, input.password, actor.requestId);
  if (!user?.active) throw wrongCredentials();
  const token = newRefreshToken();
  const sessionId = uuidv7(deps.securityNow());
  const view = await transact(deps, serviceActor('identity', actor.requestId), async (em) => {
    const now = deps.securityNow();
    // deactivated or given another password while the hash was computed
    const current = await findUser(em, user.id, true);
    if (!current.active || current.passwordHash !== user.passwordHash) throw wrongCredentials();
    await insertSession(em, {
      sessionId,
      userId: user.id,
      tokenHash: token.hash,
      now,
      expiresAt: new Date(now.getTime() + SESSION_IDLE_MS),
    });
    await rows(
      em,
      sql`update identity.user_account set last_login_at = ${now.toISOString()}::timestamptz where id = ${user.id}`,
    );
    await forgetAttempts(em, accountHash(input.email));
    return { ...userView(current), lastLoginAt: now.toISOString() };
  });
  return {
    accessToken: await signAccessToken({ userId: user.id, sessionId }, deps.accessTokenKey, ACCESS_TOKEN_S),
    expiresIn: ACCESS_TOKEN_S,
    user: view,
    refreshToken: token.secret,
  };
}

/**
 * @returns the user whose password it is, whether active or not; `undefined` for anybody else
 * @throws AppError 429
 */
export async function assertPassword(
  deps: IdentityDeps,
  email: string,
  password: string,
  requestId: string,
): Promise<UserRow | undefined> {
  const own = serviceActor('identity', requestId);
  const lockedFor = await transact(deps, own, (em) => countAttempt(em, accountHash(email), deps.securityNow()));
  if (lockedFor)
    throw new AppError(429, 'TOO_MANY_ATTEMPTS', 'Too many wrong passwords; try again later', {
      retryAfterSeconds: lockedFor,
    });
  const user = await read(deps, own, (em) => findUserByEmail(em, email));
  const right = user
    ? await deps.passwords.matches(user.passwordHash, password)
    : await deps.passwords.matchesNobody(password);
  return user && right ? user : undefined;
}

export const accountHash = (email: string): string => sha256(email.toLowerCase());

const wrongCredentials = () => new AppError(401, 'CREDENTIALS_WRONG', 'The e-mail address or the password is wrong');
