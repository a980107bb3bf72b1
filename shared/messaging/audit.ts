import type { RawBuilder } from 'kysely';
import { uuidv7 } from '../kernel/ids.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Actor } from '../protocol/actor.ts';
import type { AuditAction } from '../protocol/audit-actions.ts';
import { sql } from '../persistence/sql.ts';

/** Who did what to which thing, with the values that changed (K11). Append-only by grant and trigger. */
export interface AuditEntry {
  action: AuditAction;
  entity: string;
  entityId: string;
  merchantId: string | null;
  before?: unknown;
  after?: unknown;
  reason?: string;
}

/** The statement that writes audit rows; one row or many. */
export function insertAudit(
  entries: readonly AuditEntry[],
  deps: { service: string; now: Clock },
  actor: Actor,
): RawBuilder<unknown> {
  const at = deps.now();
  const values = entries.map((entry) => ({
    id: uuidv7(at),
    at: at.toISOString(),
    service: deps.service,
    actor_kind: actor.kind,
    actor_id: actor.id,
    request_id: actor.requestId,
    action: entry.action,
    entity: entry.entity,
    entity_id: entry.entityId,
    merchant_id: entry.merchantId,
    before: entry.before ?? null,
    after: entry.after ?? null,
    reason: entry.reason ?? null,
  }));
  return sql`insert into messaging.audit_entry
    select * from jsonb_populate_recordset(null::messaging.audit_entry, ${JSON.stringify(values)}::jsonb)`;
}
