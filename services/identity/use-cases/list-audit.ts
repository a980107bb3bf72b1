import { read } from '../../../shared/messaging/transact.ts';
import { readCursor, toPage } from '../../../shared/persistence/page.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../shared/protocol/define.ts';
import type { identityActions } from '../../../shared/protocol/identity/actions.ts';
import type { IdentityDeps } from '../identity.deps.ts';

type AuditPage = OutputOf<typeof identityActions.listAudit>;
type AuditRow = AuditPage['items'][number];

/** The audit trail of all services with the names of those who acted, newest first: ids rise with time. */
export async function listAudit(
  deps: IdentityDeps,
  input: InputOf<typeof identityActions.listAudit>,
  actor: Actor,
): Promise<AuditPage> {
  const { entity = null, entityId = null, merchantId = null, limit } = input;
  const [before = null] = readCursor(input.cursor, ['id']) ?? [];
  const found = await read(deps, actor, (em) =>
    rows<AuditRow>(
      em,
      sql`select a.id, a.at, a.service, a.actor_kind as "actorKind", a.actor_id as "actorId",
            coalesce(u.display_name, k.name) as "actorName", a.request_id as "requestId", a.action, a.entity,
            a.entity_id as "entityId", a.merchant_id as "merchantId", a.before, a.after, a.reason
          from (select * from messaging.audit_entry
                where (${entity}::text is null or entity = ${entity}::text)
                  and (${entityId}::text is null or entity_id = ${entityId}::text)
                  and (${merchantId}::uuid is null or merchant_id = ${merchantId}::uuid)
                  and (${before}::uuid is null or id < ${before}::uuid)
                order by id desc limit ${limit + 1}) a
          left join identity.user_account u on a.actor_kind = 'user' and u.id::text = a.actor_id
          left join identity.api_key k on a.actor_kind = 'apiKey' and k.id::text = a.actor_id
          order by a.id desc`,
    ),
  );
  return toPage(
    found,
    limit,
    ({ id }) => [id],
    (row) => ({ ...row, at: new Date(row.at).toISOString() }),
  );
}
