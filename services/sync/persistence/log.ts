import { cut } from '../../../shared/kernel/cut.ts';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';

export interface LogEntry {
  kind: 'import' | 'webhook';
  direction: 'in' | 'out';
  merchantId: string | null;
  connectionId: string | null;
  reference: string;
  subject: string;
  outcome: 'started' | 'done' | 'failed' | 'sent' | 'retrying';
  detail: string | null;
}

/** Adds a line to the logbook. */
export async function writeLog(em: EntityManager, entry: LogEntry, now: Date): Promise<void> {
  const { kind, direction, merchantId, connectionId, reference, subject, outcome, detail } = entry;
  await rows(
    em,
    sql`insert into log_entry (id, merchant_id, at, kind, direction, connection_id, reference, subject, outcome, detail)
        values (${uuidv7(now)}, ${merchantId}, ${now.toISOString()}, ${kind}, ${direction}, ${connectionId}, ${reference},
          ${subject}, ${outcome}, ${detail === null ? null : cut(detail, 2_000)})`,
  );
}
