import { transact } from '../../../shared/messaging/transact.ts';
import { serviceActor, type Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { identityActions } from '../../../shared/protocol/identity/actions.ts';
import type { IdentityDeps } from '../identity.deps.ts';
import { endSession, findTokenForUpdate } from '../persistence/session.ts';
import { sha256 } from '../secrets.ts';

/** Ends the session of a refresh token. Nothing to end is fine: who logs out is logged out afterwards. */
export async function logout(
  deps: IdentityDeps,
  { refreshToken }: InputOf<typeof identityActions.logout>,
  actor: Actor,
): Promise<Record<string, never>> {
  if (refreshToken === undefined) return {};
  const userId = await transact(deps, serviceActor('identity', actor.requestId), async (em) => {
    const token = await findTokenForUpdate(em, sha256(refreshToken), deps.securityNow(), deps.securityNow());
    if (token) await endSession(em, token.sessionId, 'logout', deps.securityNow());
    return token?.userId;
  });
  if (userId) deps.accessChanged(userId);
  return {};
}
