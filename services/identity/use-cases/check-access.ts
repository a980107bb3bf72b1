import { read, transact } from '../../../shared/messaging/transact.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../shared/protocol/define.ts';
import type { identityActions } from '../../../shared/protocol/identity/actions.ts';
import type { Authority } from '../../../shared/protocol/identity/views.ts';
import { scopeOf } from '../domain/rights.ts';
import type { IdentityDeps } from '../identity.deps.ts';
import { findKeyInUse } from '../persistence/api-key.ts';
import { findOpenSession } from '../persistence/session.ts';
import { sha256 } from '../secrets.ts';

const NOTHING: Authority = { active: false, roles: [], scope: [], displayName: '' };

export async function checkSession(
  deps: IdentityDeps,
  { userId, sessionId }: InputOf<typeof identityActions.checkSession>,
  actor: Actor,
): Promise<Authority> {
  const session = await read(deps, actor, (em) => findOpenSession(em, userId, sessionId, deps.securityNow()));
  if (!session) return NOTHING;
  const { roles, merchantIds, displayName } = session;
  return { active: true, roles, scope: scopeOf(merchantIds), displayName };
}

export async function checkApiKey(
  deps: IdentityDeps,
  { key }: InputOf<typeof identityActions.checkApiKey>,
  actor: Actor,
): Promise<OutputOf<typeof identityActions.checkApiKey>> {
  const found = await transact(
    deps,
    actor,
    async (em) => (await findKeyInUse(em, sha256(key), deps.securityNow())) ?? null,
  );
  if (!found) return { ...NOTHING, id: null };
  const { id, name, roles, merchantIds } = found;
  return { active: true, id, roles, scope: scopeOf(merchantIds), displayName: name };
}
