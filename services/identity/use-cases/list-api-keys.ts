import { read } from '../../../shared/messaging/transact.ts';
import { readCursor, toPage, type Page } from '../../../shared/persistence/page.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { identityActions } from '../../../shared/protocol/identity/actions.ts';
import type { ApiKeyView } from '../../../shared/protocol/identity/views.ts';
import type { IdentityDeps } from '../identity.deps.ts';
import { apiKeyView, findApiKeys } from '../persistence/api-key.ts';

export async function listApiKeys(
  deps: IdentityDeps,
  { active, limit, cursor }: InputOf<typeof identityActions.listApiKeys>,
  actor: Actor,
): Promise<Page<ApiKeyView>> {
  const after = readCursor(cursor, ['id']);
  const found = await read(deps, actor, (em) => findApiKeys(em, active, after, limit + 1));
  return toPage(found, limit, ({ id }) => [id], apiKeyView);
}
