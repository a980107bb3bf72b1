import type { ServiceSchema } from 'moleculer';
import { bind } from '../../shared/moleculer/actions.ts';
import { defineService } from '../../shared/moleculer/service.ts';
import { identityActions } from '../../shared/protocol/identity/actions.ts';
import type { BaseDeps, Platform } from '../../shared/runtime/platform.ts';
import { identityDeps, type IdentityDeps } from './identity.deps.ts';
import { changePassword } from './use-cases/change-password.ts';
import { changeUser } from './use-cases/change-user.ts';
import { checkApiKey, checkSession } from './use-cases/check-access.ts';
import { createApiKey } from './use-cases/create-api-key.ts';
import { createUser } from './use-cases/create-user.ts';
import { deleteApiKey } from './use-cases/delete-api-key.ts';
import { ensureFirstAdministrator } from './use-cases/ensure-first-administrator.ts';
import { getPeople } from './use-cases/get-people.ts';
import { listApiKeys } from './use-cases/list-api-keys.ts';
import { listAudit } from './use-cases/list-audit.ts';
import { getUser, listUsers } from './use-cases/list-users.ts';
import { login } from './use-cases/login.ts';
import { logout } from './use-cases/logout.ts';
import { me } from './use-cases/me.ts';
import { prune } from './use-cases/prune.ts';
import { refresh } from './use-cases/refresh.ts';

export const identityService = (deps: BaseDeps & IdentityDeps): ServiceSchema =>
  defineService({
    name: 'identity',
    deps,
    actions: bind(identityActions, {
      login: (input, actor) => login(deps, input, actor),
      refresh: (input, actor) => refresh(deps, input, actor),
      logout: (input, actor) => logout(deps, input, actor),
      me: (input, actor) => me(deps, input, actor),
      changePassword: (input, actor) => changePassword(deps, input, actor),
      listUsers: (input, actor) => listUsers(deps, input, actor),
      getUser: (input, actor) => getUser(deps, input, actor),
      createUser: (input, actor) => createUser(deps, input, actor),
      changeUser: (input, actor) => changeUser(deps, input, actor),
      listApiKeys: (input, actor) => listApiKeys(deps, input, actor),
      createApiKey: (input, actor) => createApiKey(deps, input, actor),
      deleteApiKey: (input, actor) => deleteApiKey(deps, input, actor),
      listAudit: (input, actor) => listAudit(deps, input, actor),
      checkSession: (input, actor) => checkSession(deps, input, actor),
      checkApiKey: (input, actor) => checkApiKey(deps, input, actor),
      getPeople: (input, actor) => getPeople(deps, input, actor),
      ensureFirstAdministrator: (input, actor) => ensureFirstAdministrator(deps, input, actor),
    }),
    workers: [{ name: 'prune', everyMs: 600_000, round: () => prune(deps) }],
  });

export default async (platform: Platform) => identityService(await identityDeps(platform));
