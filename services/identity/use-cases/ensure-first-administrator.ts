import { transact } from '../../../shared/messaging/transact.ts';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../shared/protocol/define.ts';
import type { identityActions } from '../../../shared/protocol/identity/actions.ts';
import type { IdentityDeps } from '../identity.deps.ts';
import { UserAccount } from '../persistence/user-account.ts';
import { newPassword } from '../secrets.ts';
import { forHouseUnrepeated, lockId } from './acting.ts';

const EMAIL = 'admin@kontor.local';

/** Lets the first person in. However many processes start together, one of them makes the account. */
export async function ensureFirstAdministrator(
  deps: IdentityDeps,
  _input: InputOf<typeof identityActions.ensureFirstAdministrator>,
  actor: Actor,
): Promise<OutputOf<typeof identityActions.ensureFirstAdministrator>> {
  const password = newPassword();
  const passwordHash = await deps.passwords.hash(password);
  return transact(deps, forHouseUnrepeated(actor), async (em, _announce, audit) => {
    await lockId(em, 'first administrator');
    if (await em.count(UserAccount)) return null;
    const id = uuidv7(deps.now());
    em.persist(
      em.create(UserAccount, {
        id,
        email: EMAIL,
        displayName: 'Administrator',
        roles: ['admin'],
        merchantIds: [],
        passwordHash,
        active: true,
        createdAt: deps.now(),
        updatedAt: deps.now(),
      }),
    );
    audit({
      action: 'user.created',
      entity: 'user',
      entityId: id,
      merchantId: null,
      after: { email: EMAIL, roles: ['admin'] },
    });
    return { email: EMAIL, password };
  });
}
