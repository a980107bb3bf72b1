import { read } from '../../../shared/messaging/transact.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../shared/protocol/define.ts';
import type { identityActions } from '../../../shared/protocol/identity/actions.ts';
import type { IdentityDeps } from '../identity.deps.ts';

type People = OutputOf<typeof identityActions.getPeople>;

/** Names behind the ids of an audit trail, also of people who left. */
export async function getPeople(
  deps: IdentityDeps,
  { ids }: InputOf<typeof identityActions.getPeople>,
  actor: Actor,
): Promise<People> {
  const people = await read(deps, actor, (em) =>
    rows<People['people'][number]>(
      em,
      sql`select id, display_name as name, cardinality(merchant_ids) = 0 as house
          from identity.user_account where id = any(${ids}::uuid[])
          union all
          select id, name, cardinality(merchant_ids) = 0 from identity.api_key where id = any(${ids}::uuid[])`,
    ),
  );
  return { people };
}
