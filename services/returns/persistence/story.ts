import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';

/** A row of the audit trail about a return. */
export interface Trace {
  at: Date;
  actorKind: string;
  actorId: string;
  action: string;
  after: Record<string, unknown> | null;
  reason: string | null;
}

const MOST = 1_000;

/**
 * What the audit trail knows of a return, oldest first.
 * @param merchantId  leaves out what happened while it was another merchant's
 */
export async function tracesOf(em: EntityManager, returnId: string, merchantId?: string | null): Promise<Trace[]> {
  const found = await rows<Omit<Trace, 'at'> & { at: string }>(
    em,
    sql`select at, actor_kind as "actorKind", actor_id as "actorId", action, after, reason
        from messaging.audit_entry where entity = 'return' and entity_id = ${returnId}
          ${merchantId ? sql`and (merchant_id is null or merchant_id = ${merchantId})` : sql``} order by id limit ${MOST}`,
  );
  return found.map((trace) => ({ ...trace, at: new Date(trace.at) }));
}
