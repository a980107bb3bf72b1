import { AppError, invalidField } from '../../../shared/kernel/errors.ts';
import { read, transact } from '../../../shared/messaging/transact.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { identityActions } from '../../../shared/protocol/identity/actions.ts';
import type { IdentityDeps } from '../identity.deps.ts';
import { forgetAttempts } from '../persistence/login-attempt.ts';
import { endSessionsOf } from '../persistence/session.ts';
import { findUser } from '../persistence/user-account.ts';
import { forHouseUnrepeated } from './acting.ts';
import { accountHash, assertPassword } from './login.ts';

/**
 * Changes the own password and ends every session, this one included: who knew the old password is out.
 * @throws InvalidInput when the current password is wrong; AppError 429 after too many tries, 403 for an API key
 */
export async function changePassword(
  deps: IdentityDeps,
  input: InputOf<typeof identityActions.changePassword>,
  actor: Actor,
): Promise<Record<string, never>> {
  if (actor.kind !== 'user') throw new AppError(403, 'USERS_ONLY', 'Only a user has a password');
  const { email } = await read(deps, actor, (em) => findUser(em, actor.id));
  const user = await assertPassword(deps, email, input.currentPassword, actor.requestId);
  if (!user) throw invalidField('currentPassword', 'PASSWORD_WRONG', 'This is not the current password');
  const passwordHash = await deps.passwords.hash(input.newPassword);
  await transact(deps, forHouseUnrepeated(actor), async (em, _announce, audit) => {
    const current = await findUser(em, actor.id, true);
    current.passwordHash = passwordHash;
    current.updatedAt = deps.now();
    await endSessionsOf(em, actor.id, 'password', deps.securityNow());
    await forgetAttempts(em, accountHash(email));
    audit({ action: 'user.password-changed', entity: 'user', entityId: actor.id, merchantId: null });
  });
  deps.accessChanged(actor.id);
  return {};
}
