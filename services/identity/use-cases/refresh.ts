import { AppError } from '../../../shared/kernel/errors.ts';
import { transact } from '../../../shared/messaging/transact.ts';
import { signAccessToken } from '../../../shared/moleculer/access-token.ts';
import { serviceActor, type Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { identityActions } from '../../../shared/protocol/identity/actions.ts';
import type { Session, UserView } from '../../../shared/protocol/identity/views.ts';
import { ACCESS_TOKEN_S, REFRESH_GRACE_MS, SESSION_IDLE_MS } from '../domain/lifetimes.ts';
import type { IdentityDeps } from '../identity.deps.ts';
import { endSession, findTokenForUpdate, rotateToken } from '../persistence/session.ts';
import { findUser, userView } from '../persistence/user-account.ts';
import { newRefreshToken, sha256 } from '../secrets.ts';

type Outcome =
  { kind: 'ended' } | { kind: 'reused'; userId: string } | { kind: 'rotated'; sessionId: string; user: UserView };

/**
 * Exchanges a refresh token; each counts once, and shortly again should the answer have been lost. One that comes later
 * than that was copied, so its whole session ends for the thief and the owner alike (RFC 9700, 4.14.2): whoever was
 * overtaken within the grace comes with a used token minutes later.
 * @throws AppError 401
 */
export async function refresh(
  deps: IdentityDeps,
  { refreshToken }: InputOf<typeof identityActions.refresh>,
  actor: Actor,
): Promise<Session> {
  if (refreshToken === undefined) throw sessionEnded();
  const next = newRefreshToken();
  // the end of a session must be kept although the request fails, so the verdict leaves the transaction as a value
  const outcome = await transact(
    deps,
    serviceActor('identity', actor.requestId),
    async (em, _announce, audit): Promise<Outcome> => {
      const now = deps.securityNow();
      const token = await findTokenForUpdate(em, sha256(refreshToken), now, new Date(now.getTime() - REFRESH_GRACE_MS));
      if (!token?.open) return { kind: 'ended' };
      const { sessionId, userId } = token;
      if (token.reused) {
        await endSession(em, sessionId, 'reuse', now);
        audit({
          action: 'session.reuse-detected',
          entity: 'user',
          entityId: userId,
          merchantId: null,
          after: { sessionId },
        });
        return { kind: 'reused', userId };
      }
      const user = await findUser(em, userId);
      if (!user.active) return { kind: 'ended' };
      await rotateToken(em, sessionId, next.hash, now, new Date(now.getTime() + SESSION_IDLE_MS));
      return { kind: 'rotated', sessionId, user: userView(user) };
    },
  );
  if (outcome.kind === 'reused') deps.accessChanged(outcome.userId);
  if (outcome.kind !== 'rotated') throw sessionEnded();
  const { sessionId, user } = outcome;
  return {
    accessToken: await signAccessToken({ userId: user.id, sessionId }, deps.accessTokenKey, ACCESS_TOKEN_S),
    expiresIn: ACCESS_TOKEN_S,
    user,
    refreshToken: next.secret,
  };
}

const sessionEnded = () => new AppError(401, 'SESSION_ENDED', 'The session has ended; log in again');
