import { transact } from '../../../shared/messaging/transact.ts';
import { assertVersion, type Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { identityActions } from '../../../shared/protocol/identity/actions.ts';
import type { IdentityDeps } from '../identity.deps.ts';
import { findApiKey } from '../persistence/api-key.ts';
import { forHouse } from './acting.ts';

/** Ends a key. The row stays, because the audit trail names it. */
export async function deleteApiKey(
  deps: IdentityDeps,
  { id }: InputOf<typeof identityActions.deleteApiKey>,
  actor: Actor,
): Promise<Record<string, never>> {
  await transact(deps, forHouse(actor), async (em, _announce, audit) => {
    const key = await findApiKey(em, id, true);
    assertVersion(actor, key.version);
    if (key.active) audit({ action: 'api-key.ended', entity: 'apiKey', entityId: id, merchantId: null });
    key.active = false;
    key.updatedAt = deps.now();
    return {};
  });
  deps.accessChanged(id);
  return {};
}
