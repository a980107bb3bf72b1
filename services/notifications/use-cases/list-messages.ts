import { read } from '../../../shared/messaging/transact.ts';
import { readTimeCursor, toPage } from '../../../shared/persistence/page.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import { soleMerchant, type Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../shared/protocol/define.ts';
import type { notificationsActions } from '../../../shared/protocol/notifications/actions.ts';
import type { NotificationsDeps } from '../notifications.deps.ts';
import { ROW_COLUMNS, type MessageRow } from '../persistence/messages.ts';
import { listItem } from './message-view.ts';
import { itemTo, kindsHiddenFrom } from './shown-message.ts';

type Input = InputOf<typeof notificationsActions.listMessages>;

/** Messages, newest first; row security cuts the list to what the actor may see. */
export async function listMessages(
  deps: Pick<NotificationsDeps, 'orm' | 'now'>,
  input: Input,
  actor: Actor,
): Promise<OutputOf<typeof notificationsActions.listMessages>> {
  const now = deps.now();
  const { limit, kind, state, documentId } = input;
  const merchantId = input.merchantId ?? soleMerchant(actor);
  const before = readTimeCursor(input.cursor);
  const hidden = kindsHiddenFrom(actor);
  const conditions = [
    sql`true`,
    ...(hidden.length ? [sql`m.kind <> all(${[...hidden]}::text[])`] : []),
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
  return toPage(
    found,
    limit,
    (row) => [row.at, row.id],
    (row) => itemTo(actor, listItem(row, now)),
  );
}
