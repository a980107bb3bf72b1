import { uuidv7 } from '../../../shared/kernel/ids.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { affected, firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import type { MessageState } from '../../../shared/protocol/notifications/actions.ts';
import type { MessageKind } from '../../../shared/protocol/notifications/events.ts';
import type { ReportAction, ReportedRecipient } from '../domain/delivery-report.ts';

/** One sending of a message, known by its Message-ID. */
export interface Sending {
  id: string;
  merchantId: string;
  kind: MessageKind;
  documentId: string;
  recipient: string;
  state: MessageState;
  revision: number;
  resends: number;
  messageIdHeader: string;
  /** False when the message was sent again since: what is told of the earlier sending changes nothing. */
  isCurrent: boolean;
}

/** Locks the message that was sent under the first of these Message-IDs that is ours. */
export async function findSending(em: EntityManager, messageIds: readonly string[]): Promise<Sending | undefined> {
  if (!messageIds.length) return undefined;
  return firstRow<Sending>(
    em,
    sql<Sending>`select m.id, m.merchant_id as "merchantId", m.kind, m.document_id as "documentId", m.revision, m.recipient, m.state, m.resends,
          given.header as "messageIdHeader", m.message_id_header = given.header as "isCurrent"
        from unnest(${messageIds}::text[]) with ordinality as given (header, place)
        join lateral (
          select id from message where message_id_header = given.header
          union select message_id from attempt where message_id_header = given.header) sent on true
        join message m on m.id = sent.id
        order by given.place limit 1 for update of m`,
  );
}

/** @returns false when this report was taken over before */
export async function insertReport(
  em: EntityManager,
  { id: messageId, merchantId, messageIdHeader }: Sending,
  { reportId, action, status, diagnostic, addresses }: ReportedRecipient & { reportId: string },
  now: Date,
): Promise<boolean> {
  const made = await affected(
    em,
    sql`insert into delivery_report (id, merchant_id, message_id, message_id_header, report_id, action, status, address, diagnostic, at)
        values (${uuidv7(now)}, ${merchantId}, ${messageId}, ${messageIdHeader}, ${reportId}, ${action}, ${status}, ${addresses.at(-1)!},
          ${diagnostic}, ${now.toISOString()})
        on conflict do nothing`,
  );
  return made === 1;
}

export async function markBounced(
  em: EntityManager,
  id: string,
  { status, response }: { status: string | null; response: string },
  now: Date,
): Promise<void> {
  await rows(
    em,
    sql`update message set state = 'bounced', bounced_by = 'report', bounce_status = ${status}, error = ${response}, delay_note = null,
          version = version + 1, updated_at = ${now.toISOString()}
        where id = ${id} and state in ('sent', 'unconfirmed')`,
  );
}

/** The mail is on its way still; its server goes on trying. */
export async function noteDelay(em: EntityManager, id: string, note: string, now: Date): Promise<void> {
  await rows(
    em,
    sql`update message set delay_note = ${note}, version = version + 1, updated_at = ${now.toISOString()}
        where id = ${id} and state in ('sent', 'unconfirmed')`,
  );
}

/** The mail got further: it is late no more, and somebody took it, though its server never said so. */
export async function noteArrival(em: EntityManager, id: string, now: Date): Promise<void> {
  await rows(
    em,
    sql`update message set state = 'sent', delay_note = null, version = version + 1, updated_at = ${now.toISOString()},
          sent_at = case state when 'unconfirmed' then ${now.toISOString()}::timestamptz else sent_at end, error = null
        where id = ${id} and (state = 'unconfirmed' or state = 'sent' and delay_note is not null)`,
  );
}

export interface StoredReport {
  at: string;
  action: ReportAction;
  status: string | null;
  address: string;
  diagnostic: string;
}

export async function reportsOf(em: EntityManager, messageId: string): Promise<StoredReport[]> {
  return rows<StoredReport>(
    em,
    sql<StoredReport>`select r.at, r.action, r.status, r.address, r.diagnostic from delivery_report r
        join message m on m.merchant_id = r.merchant_id and m.id = r.message_id
        where m.id = ${messageId} order by r.recorded_at, r.id`,
  );
}

/** Keeps whether the mailbox could be read. @param error  `null` when it could */
export async function noteVisit(em: EntityManager, error: string | null): Promise<void> {
  await rows(
    em,
    sql`insert into bounce_mailbox as kept (tried_at, failing_since, error)
        values (clock_timestamp(), case when ${error}::text is not null then clock_timestamp() end, ${error})
        on conflict (only_row) do update set tried_at = excluded.tried_at, error = excluded.error,
          failing_since = case when excluded.error is not null then coalesce(kept.failing_since, excluded.failing_since) end`,
  );
}
