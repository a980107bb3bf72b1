import { read } from '../../../shared/messaging/transact.ts';
import { readCursor, toPage } from '../../../shared/persistence/page.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../shared/protocol/define.ts';
import type { notificationsActions } from '../../../shared/protocol/notifications/actions.ts';
import { id, instant } from '../../../shared/protocol/schemas.ts';
import { invalidField } from '../../../shared/kernel/errors.ts';
import type { NotificationsDeps } from '../notifications.deps.ts';
import { ROW_COLUMNS, type MessageRow } from '../persistence/messages.ts';
import { listItem } from './message-view.ts';

type Input = InputOf<typeof notificationsActions.listMessages>;

/** Messages, newest first; row security cuts the list to what the actor may see. */
export async function listMessages(
  deps: Pick<NotificationsDeps, 'orm'>,
  input: Input,
  actor: Actor,
): Promise<OutputOf<typeof notificationsActions.listMessages>> {
  const { limit, merchantId, kind, state, documentId } = input;
  const before = position(input);
  const conditions = [
    sql`true`,
    ...(merchantId ? [sql`m.merchant_id = ${merchantId}`] : []),
    ...(kind ? [sql`m.kind = ${kind}`] : []),
    ...(state ? [sql`m.state = ${state}`] : []),
    ...(documentId ? [sql`m.document_id = ${documentId}`] : []),
    ...(before ? [sql`(m.created_at, m.id) < (${before[0]}::timestamptz, ${before[1]}::uuid)`] : []),
  ];
  const found = await read(deps, actor, (em) =>
    rows<MessageRow & { at: string }>(
      em,
      sql`select ${ROW_COLUMNS}, to_char(m.created_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at
          from message m where ${sql.join(conditions, sql` and `)}
          order by m.created_at desc, m.id desc limit ${limit + 1}`,
    ),
  );
  return toPage(found, limit, (row) => [row.at, row.id], listItem);
}

/** A cursor is client input: its parts are checked before they reach the database. */
function position({ cursor }: Input): [at: string, id: string] | undefined {
  const key = readCursor(cursor, 2);
  if (!key) return undefined;
  const [at = '', messageId = ''] = key;
  if (!instant.safeParse(at).success || !id.safeParse(messageId).success)
    throw invalidField('cursor', 'INVALID_CURSOR', 'This cursor does not come from a list');
  return [at, messageId];
}
