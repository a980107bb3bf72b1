import { RuleViolation } from '../../../shared/kernel/errors.ts';
import { transact, type Audit } from '../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { assertVersion, type Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { identityActions } from '../../../shared/protocol/identity/actions.ts';
import type { UserView } from '../../../shared/protocol/identity/views.ts';
import { assertUserRights, sameSet } from '../domain/rights.ts';
import type { IdentityDeps } from '../identity.deps.ts';
import { forgetAttempts } from '../persistence/login-attempt.ts';
import { endSessionsOf } from '../persistence/session.ts';
import { findUser, findUserByEmail, lockAdministrators, userView, type UserRow } from '../persistence/user-account.ts';
import { forHouse } from './acting.ts';
import { assertMerchantsExist, emailTaken, translateTaken } from './create-user.ts';
import { accountHash } from './login.ts';
import { accessOf, tellAccess } from './tell-access.ts';

type UserChange = InputOf<typeof identityActions.changeUser>;

/**
 * Changes a user. A new password and a deactivation end every session in the same transaction; other rights count
 * from the next request on.
 * @throws RuleViolation `LAST_ADMINISTRATOR`, `EMAIL_TAKEN`; InvalidInput for rights that do not fit
 */
export async function changeUser(deps: IdentityDeps, input: UserChange, actor: Actor): Promise<UserView> {
  await assertMerchantsExist(deps, input.merchantIds ?? [], actor.requestId);
  const passwordHash = input.password === undefined ? undefined : await deps.passwords.hash(input.password);
  const view = await translateTaken(() =>
    transact(deps, forHouse(actor), async (em, announce, audit) => {
      await assertAdministratorStays(em, input);
      const user = await findUser(em, input.id, true);
      assertVersion(actor, user.version);
      await assertEmailFree(em, user, input.email);
      assertUserRights({ roles: input.roles ?? user.roles, merchantIds: input.merchantIds ?? user.merchantIds });
      auditChange(audit, user, input);
      const before = accessOf(user);
      user.email = input.email ?? user.email;
      user.displayName = input.displayName ?? user.displayName;
      user.roles = input.roles ?? user.roles;
      user.merchantIds = input.merchantIds ?? user.merchantIds;
      user.active = input.active ?? user.active;
      user.passwordHash = passwordHash ?? user.passwordHash;
      user.updatedAt = deps.now();
      await em.flush();
      if (!sameSet(before, accessOf(user))) tellAccess(announce, user);
      if (!user.active) await endSessionsOf(em, user.id, 'deactivated', deps.securityNow());
      if (passwordHash) {
        await endSessionsOf(em, user.id, 'password', deps.securityNow());
        await forgetAttempts(em, accountHash(user.email));
      }
      return userView(user);
    }),
  );
  deps.accessChanged(input.id);
  return view;
}

/** Somebody must be able to let others in. */
async function assertAdministratorStays(em: EntityManager, { id, roles, active }: UserChange): Promise<void> {
  if (active !== false && (roles === undefined || roles.includes('admin'))) return;
  const administrators = await lockAdministrators(em);
  if (administrators.length === 1 && administrators[0] === id)
    throw new RuleViolation('LAST_ADMINISTRATOR', 'This is the last active administrator');
}

async function assertEmailFree(em: EntityManager, user: UserRow, email: string | undefined): Promise<void> {
  if (email === undefined) return;
  const owner = await findUserByEmail(em, email);
  if (owner && owner.id !== user.id) throw emailTaken();
}

const AUDITED = ['email', 'displayName', 'roles', 'merchantIds', 'active'] as const;

function auditChange(audit: Audit, user: UserRow, input: UserChange): void {
  const changed = AUDITED.filter((field) => input[field] !== undefined);
  audit({
    action: input.active === false && user.active ? 'user.deactivated' : 'user.changed',
    entity: 'user',
    entityId: user.id,
    merchantId: null,
    before: Object.fromEntries(changed.map((field) => [field, user[field]])),
    after: {
      ...Object.fromEntries(changed.map((field) => [field, input[field]])),
      ...(input.password === undefined ? {} : { password: 'changed' }),
    },
    ...(input.reason === undefined ? {} : { reason: input.reason }),
  });
}
