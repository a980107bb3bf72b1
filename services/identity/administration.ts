import { systemClock } from '../../shared/kernel/clock.ts';
import { uuidv7 } from '../../shared/kernel/ids.ts';
import { read } from '../../shared/messaging/transact.ts';
import { openOrm } from '../../shared/persistence/orm.ts';
import { serviceActor } from '../../shared/protocol/actor.ts';
import { MERCHANT_USERS, ROLES } from '../../shared/protocol/define.ts';
import { identityActions } from '../../shared/protocol/identity/actions.ts';
import type { Administration, IssuedPassword } from '../../shared/protocol/identity/administration.ts';
import { IDENTITY_ENTITIES, type IdentityDeps } from './identity.deps.ts';
import { createPasswords } from './passwords.ts';
import { findUserByEmail, UserAccount, type UserRow } from './persistence/user-account.ts';
import { newPassword } from './secrets.ts';
import { changeUser } from './use-cases/change-user.ts';
import { createUser } from './use-cases/create-user.ts';
import { ensureFirstAdministrator } from './use-cases/ensure-first-administrator.ts';

/** The command line's way in. Nobody is told over the bus, so caches of rights follow when their entries end. */
export async function openAdministration(databaseUrl: string): Promise<Administration> {
  const deps: IdentityDeps = {
    service: 'identity',
    orm: await openOrm({ service: 'identity', url: databaseUrl, entities: IDENTITY_ENTITIES, poolSize: 2 }),
    now: systemClock,
    securityNow: systemClock,
    wake: () => undefined,
    accessTokenKey: new Uint8Array(),
    passwords: await createPasswords(),
    accessChanged: () => undefined,
    // only staff are made here, and they have none
    unknownMerchants: (ids) => Promise.resolve([...ids]),
  };
  const actor = serviceActor('command-line', `command-line-${uuidv7(systemClock())}`);

  return {
    resetPassword: async (email) => {
      const first = await ensureFirstAdministrator(deps, {}, actor);
      if (first && (email === undefined || email.toLowerCase() === first.email)) return first;
      const user = email === undefined ? await onlyAdministrator(deps) : await userOf(deps, email);
      const password = newPassword();
      await changeUser(deps, { id: user.id, password, reason: 'reset on the command line' }, actor);
      return { email: user.email, password };
    },
    createUser: async (user): Promise<IssuedPassword> => {
      refuseUnknownRoles(user.roles);
      const password = newPassword();
      const body = identityActions.createUser.body.safeParse({ ...user, password });
      if (!body.success)
        throw new Error(body.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
      const { email } = await createUser(deps, body.data, actor);
      return { email, password };
    },
    close: () => deps.orm.close(),
  };
}

function refuseUnknownRoles(roles: string[]): void {
  const unknown = roles.filter((role) => !(ROLES as readonly string[]).includes(role));
  if (!unknown.length) return;
  const staff = ROLES.filter((role) => role !== 'api' && !(MERCHANT_USERS as readonly string[]).includes(role));
  throw new Error(`--roles knows ${staff.join(', ')}, not ${unknown.map((role) => `“${role}”`).join(', ')}`);
}

const inHouse = serviceActor('command-line', 'command-line');

async function onlyAdministrator(deps: IdentityDeps): Promise<UserRow> {
  const administrators = await read(deps, inHouse, (em) =>
    em.find(UserAccount, { active: true, roles: { $contains: ['admin'] } }, { orderBy: { email: 'asc' } }),
  );
  const [only, ...others] = administrators;
  if (!only)
    throw new Error('There is no active administrator. Make one: npm run admin -- create-user --email … --name …');
  if (others.length)
    throw new Error(
      `Say whose with --email. The administrators are: ${administrators.map(({ email }) => email).join(', ')}`,
    );
  return only;
}

async function userOf(deps: IdentityDeps, email: string): Promise<UserRow> {
  const user = await read(deps, inHouse, (em) => findUserByEmail(em, email));
  if (!user) throw new Error(`There is no user ${email}. Make one: npm run admin -- create-user --email … --name …`);
  return user;
}
