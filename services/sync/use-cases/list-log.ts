import { read } from '../../../shared/messaging/transact.ts';
import { readTimeCursor, toPage } from '../../../shared/persistence/page.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../shared/protocol/define.ts';
import type { syncActions } from '../../../shared/protocol/sync/actions.ts';
import type { SyncDeps } from '../sync.deps.ts';

type Answer = OutputOf<typeof syncActions.listLog>;

/** The logbook, newest first. A merchant sees what its own connections did. */
export async function listLog(
  deps: SyncDeps,
  { limit, cursor, kind, outcome, connectionId, reference }: InputOf<typeof syncActions.listLog>,
  actor: Actor,
): Promise<Answer> {
  const before = readTimeCursor(cursor);
  const conditions = [
    sql`true`,
    ...(kind ? [sql`kind = ${kind}`] : []),
    ...(outcome ? [sql`outcome = ${outcome}`] : []),
    ...(connectionId ? [sql`connection_id = ${connectionId}`] : []),
    ...(reference ? [sql`reference = ${reference}`] : []),
    ...(before ? [sql`(at, id) < (${before[0]}::timestamptz, ${before[1]}::uuid)`] : []),
  ];
  const found = await read(deps, actor, (em) =>
    rows<Answer['items'][number]>(
      em,
      sql`select id, at, kind, direction, merchant_id as "merchantId", connection_id as "connectionId", reference, subject, outcome, detail
          from log_entry where ${sql.join(conditions, sql` and `)} order by at desc, id desc limit ${limit + 1}`,
    ),
  );
  return toPage(
    found,
    limit,
    ({ at, id }) => [at, id],
    (entry) => ({ ...entry, at: new Date(entry.at).toISOString() }),
  );
}
