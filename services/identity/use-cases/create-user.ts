import { invalidField, RuleViolation } from '../../../shared/kernel/errors.ts';
import { asRepeated } from '../../../shared/moleculer/repeated.ts';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import { transact } from '../../../shared/messaging/transact.ts';
import { violatedConstraint } from '../../../shared/persistence/transaction.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { identityActions } from '../../../shared/protocol/identity/actions.ts';
import type { UserView } from '../../../shared/protocol/identity/views.ts';
import { assertUserRights, sameSet } from '../domain/rights.ts';
import type { IdentityDeps } from '../identity.deps.ts';
import { findUserByEmail, UserAccount, userView, type UserRow } from '../persistence/user-account.ts';
import { forHouse, lockId } from './acting.ts';
import { tellAccess } from './tell-access.ts';

type NewUser = InputOf<typeof identityActions.createUser>;

/** @throws InvalidInput for roles and merchants that do not fit; RuleViolation when the e-mail or the id is taken */
export async function createUser(deps: IdentityDeps, input: NewUser, actor: Actor): Promise<UserView> {
  assertUserRights(input);
  await assertMerchantsExist(deps, input.merchantIds, actor.requestId);
  const passwordHash = await deps.passwords.hash(input.password);
  return translateTaken(() =>
    transact(deps, forHouse(actor), async (em, announce, audit) => {
      const id = input.id ?? uuidv7(deps.now());
      await lockId(em, id);
      const existing = await em.findOne(UserAccount, { id });
      if (existing) return repeatedCreate(deps, existing, input);
      if (await findUserByEmail(em, input.email)) throw emailTaken();
      const { email, displayName, roles, merchantIds } = input;
      const user = em.create(UserAccount, {
        id,
        email,
        displayName,
        roles,
        merchantIds,
        passwordHash,
        active: true,
        createdAt: deps.now(),
        updatedAt: deps.now(),
      });
      em.persist(user);
      await em.flush();
      if (merchantIds.length) tellAccess(announce, user);
      audit({
        action: 'user.created',
        entity: 'user',
        entityId: id,
        merchantId: null,
        after: { email, displayName, roles, merchantIds },
      });
      return userView(user);
    }),
  );
}

/** @throws InvalidInput with the place of each unknown merchant */
export async function assertMerchantsExist(
  deps: IdentityDeps,
  ids: readonly string[],
  requestId: string,
): Promise<void> {
  const [unknown] = ids.length ? await deps.unknownMerchants(ids, requestId) : [];
  if (unknown !== undefined)
    throw invalidField(`merchantIds.${ids.indexOf(unknown)}`, 'MERCHANT_UNKNOWN', 'There is no such merchant');
}

/** The check before cannot see a twin in flight; the unique index can. */
export async function translateTaken<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw violatedConstraint(error) === 'user_account_email' ? emailTaken() : error;
  }
}

export const emailTaken = () => new RuleViolation('EMAIL_TAKEN', 'Another user has this e-mail address');

async function repeatedCreate(deps: IdentityDeps, existing: UserRow, input: NewUser): Promise<UserView> {
  const same =
    existing.email === input.email &&
    existing.displayName === input.displayName &&
    sameSet(existing.roles, input.roles) &&
    sameSet(existing.merchantIds, input.merchantIds) &&
    (await deps.passwords.matches(existing.passwordHash, input.password));
  if (!same) throw new RuleViolation('ID_TAKEN', 'A user with this id and other content exists');
  return asRepeated(userView(existing));
}
