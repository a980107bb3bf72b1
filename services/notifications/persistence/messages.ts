import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import type { MessageState } from '../../../shared/protocol/notifications/actions.ts';
import type { MessageKind } from '../../../shared/protocol/notifications/events.ts';
import type { Attachment } from '../templates/template.ts';

/** A message as it is queued. */
export interface NewMessage {
  id: string;
  merchantId: string;
  kind: MessageKind;
  documentId: string;
  revision: number;
  recipient: string;
  audience: 'merchant' | 'consumer';
  /** Set where the kind does not tell: for what a person wrote. */
  documentType: 'return' | 'order' | 'invoice' | 'rtvBatch' | 'merchant' | null;
  letterId: string | null;
  /** The message that this one repeats to another address or again, because a person asked for it. */
  repeatsId?: string | null;
  language: 'de' | 'en';
  senderName: string;
  senderAddress: string;
  subject: string;
  html: string;
  text: string;
  attachments: Attachment[];
  messageIdHeader: string;
}

export interface StoredMessage extends NewMessage {
  repeatsId: string | null;
  version: number;
  state: MessageState;
  attempts: number;
  resends: number;
  createdAt: string;
  sentAt: string | null;
  nextAt: string | null;
  error: string | null;
  /** `null` for a message that was refused at once. */
  bouncedBy: 'report' | null;
  bounceStatus: string | null;
  delayNote: string | null;
}

/** What a list shows of a message. */
export type MessageRow = Omit<StoredMessage, 'html' | 'text' | 'attachments'>;

export const ROW_COLUMNS = sql`m.id, m.merchant_id as "merchantId", m.kind, m.document_id as "documentId", m.revision, m.recipient,
  m.audience, m.document_type as "documentType", m.letter_id as "letterId", m.repeats_id as "repeatsId", m.language, m.sender_name as "senderName", m.sender_address as "senderAddress", m.subject,
  m.message_id_header as "messageIdHeader", m.version, m.state, m.attempts, m.resends, m.created_at as "createdAt",
  m.sent_at as "sentAt", m.next_at as "nextAt", m.error,
  m.bounced_by as "bouncedBy", m.bounce_status as "bounceStatus", m.delay_note as "delayNote"`;
export const MESSAGE_COLUMNS = sql`${ROW_COLUMNS}, m.html, m.text, m.attachments`;

/** Queues messages; one that exists already stays as it is. @returns how many are new */
export async function insertMessages(em: EntityManager, messages: readonly NewMessage[], now: Date): Promise<number> {
  const at = now.toISOString();
  const given = messages.map((message) => ({
    id: message.id,
    merchant_id: message.merchantId,
    kind: message.kind,
    document_id: message.documentId,
    revision: message.revision,
    recipient: message.recipient,
    audience: message.audience,
    document_type: message.documentType,
    letter_id: message.letterId,
    repeats_id: message.repeatsId ?? null,
    language: message.language,
    sender_name: message.senderName,
    sender_address: message.senderAddress,
    subject: message.subject,
    html: message.html,
    text: message.text,
    attachments: message.attachments,
    message_id_header: message.messageIdHeader,
  }));
  const created = await rows<{ id: string }>(
    em,
    sql<{
      id: string;
    }>`insert into message (id, merchant_id, kind, document_id, revision, recipient, audience, document_type, letter_id, repeats_id, language,
          sender_name, sender_address, subject, html, text, attachments, message_id_header, state, next_at, created_at, updated_at)
        select id, merchant_id, kind, document_id, revision, recipient, audience, document_type, letter_id, repeats_id, language,
          sender_name, sender_address, subject, html, text, attachments, message_id_header, 'queued', clock_timestamp(), ${at}, ${at}
        from jsonb_populate_recordset(null::message, ${JSON.stringify(given)}::jsonb) order by id
        on conflict do nothing returning id`,
  );
  return created.length;
}

export async function findMessage(em: EntityManager, id: string): Promise<StoredMessage | undefined> {
  return firstRow<StoredMessage>(em, sql<StoredMessage>`select ${MESSAGE_COLUMNS} from message m where m.id = ${id}`);
}

/** In the order of their recipients. */
export async function findMessages(em: EntityManager, ids: readonly string[]): Promise<MessageRow[]> {
  return rows<MessageRow>(
    em,
    sql<MessageRow>`select ${ROW_COLUMNS} from message m where m.id = any(${[...ids]}::uuid[]) order by m.recipient`,
  );
}

export async function findMessageForUpdate(em: EntityManager, id: string): Promise<StoredMessage | undefined> {
  return firstRow<StoredMessage>(
    em,
    sql<StoredMessage>`select ${MESSAGE_COLUMNS} from message m where m.id = ${id} for update`,
  );
}

/** From here on nobody else sends this mail again to anybody. */
export async function lockSiblings(
  em: EntityManager,
  { kind, documentId }: Pick<MessageRow, 'kind' | 'documentId'>,
): Promise<void> {
  const key = `notifications.resend ${kind} ${documentId}`;
  await rows(em, sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
}

/**
 * The addresses, in lower case, that were sent this mail or are about to get it, be it by a repetition.
 * @returns `true` where it is on its way
 */
export async function addressesWithIt(
  em: EntityManager,
  {
    merchantId,
    kind,
    documentId,
    revision,
    letterId,
  }: Pick<MessageRow, 'merchantId' | 'kind' | 'documentId' | 'revision' | 'letterId'>,
): Promise<Map<string, boolean>> {
  const found = await rows<{ address: string; isOnItsWay: boolean }>(
    em,
    sql`select lower(recipient) as address, bool_or(state <> 'sent') as "isOnItsWay" from message
        where merchant_id = ${merchantId} and document_id = ${documentId} and kind = ${kind} and revision = ${revision}
          and letter_id is not distinct from ${letterId}::uuid and state in ('queued', 'sending', 'sent')
        group by 1`,
  );
  return new Map(found.map(({ address, isOnItsWay }) => [address, isOnItsWay]));
}

/** Queues a message anew, under another Message-ID and from the address of now. */
export async function requeue(
  em: EntityManager,
  id: string,
  { messageIdHeader, senderAddress }: Pick<NewMessage, 'messageIdHeader' | 'senderAddress'>,
  now: Date,
): Promise<void> {
  await rows(
    em,
    sql`update message set state = 'queued', attempts = 0, resends = resends + 1, message_id_header = ${messageIdHeader},
          sender_address = ${senderAddress}, next_at = clock_timestamp(), queued_at = clock_timestamp(), error = null, bounced_by = null, bounce_status = null,
          delay_note = null, version = version + 1,
          updated_at = ${now.toISOString()}
        where id = ${id}`,
  );
}

/** Counts that a message was repeated by others; what became of itself stays. */
export async function noteRepeated(em: EntityManager, id: string, now: Date): Promise<void> {
  await rows(
    em,
    sql`update message set resends = resends + 1, version = version + 1, updated_at = ${now.toISOString()} where id = ${id}`,
  );
}

/** A message that waits for its next attempt gets none. @param reason  shown as what became of it */
export async function giveUpQueued(em: EntityManager, id: string, reason: string, now: Date): Promise<void> {
  await rows(
    em,
    sql`update message set state = 'failed', next_at = null, error = ${reason}, version = version + 1, updated_at = ${now.toISOString()}
        where id = ${id} and state = 'queued'`,
  );
}
