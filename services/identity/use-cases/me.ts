import { read } from '../../../shared/messaging/transact.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { identityActions } from '../../../shared/protocol/identity/actions.ts';
import type { InputOf, OutputOf } from '../../../shared/protocol/define.ts';
import type { IdentityDeps } from '../identity.deps.ts';
import { findApiKey } from '../persistence/api-key.ts';
import { findUser } from '../persistence/user-account.ts';
import { scopeOf } from '../domain/rights.ts';

/** Who the caller is and what it may do now. */
export async function me(
  deps: IdentityDeps,
  _input: InputOf<typeof identityActions.me>,
  actor: Actor,
): Promise<OutputOf<typeof identityActions.me>> {
  return read(deps, actor, async (em) => {
    if (actor.kind === 'apiKey') {
      const { id, name, roles, merchantIds } = await findApiKey(em, actor.id);
      return { kind: 'apiKey' as const, id, displayName: name, email: null, roles, scope: scopeOf(merchantIds) };
    }
    const { id, displayName, email, roles, merchantIds } = await findUser(em, actor.id);
    return { kind: 'user' as const, id, displayName, email, roles, scope: scopeOf(merchantIds) };
  });
}
