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

/** What the audit trail knows of a return, oldest first. */
export async function tracesOf(em: EntityManager, returnId: string): Promise<Trace[]> {
  const found = await rows<Omit<Trace, 'at'> & { at: string }>(
    em,
    sql`select at, actor_kind as "actorKind", actor_id as "actorId", action, after, reason
        from messaging.audit_entry where entity = 'return' and entity_id = ${returnId} order by id limit ${MOST}`,
  );
  return found.map((trace) => ({ ...trace, at: new Date(trace.at) }));
}
