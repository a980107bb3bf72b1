import { read } from '../../../shared/messaging/transact.ts';
import { readCursor, toPage, type Page } from '../../../shared/persistence/page.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { identityActions } from '../../../shared/protocol/identity/actions.ts';
import type { UserView } from '../../../shared/protocol/identity/views.ts';
import type { IdentityDeps } from '../identity.deps.ts';
import { findUser, findUsers, userView } from '../persistence/user-account.ts';

export async function listUsers(
  deps: IdentityDeps,
  input: InputOf<typeof identityActions.listUsers>,
  actor: Actor,
): Promise<Page<UserView>> {
  const after = readCursor(input.cursor, ['text', 'id']);
  const found = await read(deps, actor, (em) => findUsers(em, input, after, input.limit + 1));
  return toPage(found, input.limit, ({ email, id }) => [email.toLowerCase(), id], userView);
}

/** @throws NotFound */
export const getUser = async (
  deps: IdentityDeps,
  { id }: InputOf<typeof identityActions.getUser>,
  actor: Actor,
): Promise<UserView> => userView(await read(deps, actor, (em) => findUser(em, id)));
