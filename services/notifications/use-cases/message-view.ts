import { NotFound } from '../../../shared/kernel/errors.ts';
import type { MessageListItem, MessageView } from '../../../shared/protocol/notifications/actions.ts';
import { isInvoiceKind } from '../../../shared/protocol/notifications/events.ts';
import type { ObjectStore } from '../../../shared/storage/object-store.ts';
import { bounceReason, statusIn } from '../domain/delivery-report.ts';
import { GIVE_UP_AFTER_MS } from '../domain/verdict.ts';
import { escape } from '../templates/layout-blocks.ts';
import type { Attachment } from '../templates/template.ts';
import type { StoredReport } from '../persistence/reports.ts';
import type { Attempt } from '../persistence/sending.ts';
import type { MessageRow, StoredMessage } from '../persistence/messages.ts';

/** A message in a list. @param now  business time */
export const listItem = (row: MessageRow, now: Date): MessageListItem => ({
  id: row.id,
  version: row.version,
  merchantId: row.merchantId,
  kind: row.kind,
  documentId: row.documentId,
  repeatsId: row.repeatsId,
  documentType: row.documentType ?? documentTypeOf(row.kind),
  revision: row.revision,
  recipient: row.recipient,
  audience: row.audience,
  language: row.language,
  subject: row.subject,
  state: row.state,
  attempts: row.attempts,
  resends: row.resends,
  createdAt: iso(row.createdAt),
  sentAt: row.sentAt && iso(row.sentAt),
  nextAttemptAt: row.state === 'queued' && row.nextAt ? iso(row.nextAt) : null,
  error: row.error,
  bounce: bounceOf(row),
  delayNote: isDelayed(row, now) ? row.delayNote : null,
});

/** Without a further word it arrived: its server would have given up by now. */
const isDelayed = ({ sentAt, createdAt }: MessageRow, now: Date): boolean =>
  now.getTime() - new Date(sentAt ?? createdAt).getTime() < GIVE_UP_AFTER_MS;

function bounceOf({ state, bouncedBy, bounceStatus, error }: MessageRow): MessageListItem['bounce'] {
  if (state !== 'bounced') return null;
  const status = bounceStatus ?? statusIn(error);
  return { by: bouncedBy ?? 'atOnce', reason: bounceReason(status), status };
}

function documentTypeOf(kind: MessageRow['kind']): MessageListItem['documentType'] {
  if (isInvoiceKind(kind) || kind === 'directDebitAnnounced') return 'invoice';
  if (kind === 'dunningNotice') return 'dunningLetter';
  if (kind === 'batchDispatched') return 'rtvBatch';
  if (kind === 'orderShipped') return 'shipment';
  if (kind === 'jobApprovalAsked') return 'specialJob';
  if (kind === 'disputeAnswered') return 'lineDispute';
  return kind === 'digest' ? 'digest' : 'return';
}

/** A message as it can be shown: its pictures stand in the HTML itself. Reads files, so not inside a transaction. */
export async function messageView(
  store: ObjectStore,
  message: StoredMessage,
  {
    attempts,
    reports,
    ...resend
  }: { attempts: Attempt[]; reports: StoredReport[] } & Pick<MessageView, 'resendTo' | 'isOnItsWay'>,
  now: Date,
): Promise<MessageView> {
  const files = message.attachments.map((attachment, index) => ({ ...attachment, index }));
  const attached = files.filter(({ cid }) => cid === null);
  const sizes = await Promise.all(
    attached.map(async ({ bytes, objectKey }) => bytes ?? (await sizeOf(store, objectKey))),
  );
  return {
    ...listItem(message, now),
    ...resend,
    messageIdHeader: message.messageIdHeader,
    html: await withPictures(store, message),
    text: message.text,
    attachments: attached.map(({ index, filename, contentType }, position) => ({
      ...{ index, filename, contentType },
      bytes: sizes[position]!,
    })),
    deliveries: attempts.map((attempt) => ({ ...attempt, at: iso(attempt.at) })),
    reports: reports.map((report) => ({ ...report, at: iso(report.at) })),
  };
}

async function withPictures(store: ObjectStore, { html, attachments }: StoredMessage): Promise<string> {
  let shown = html;
  for (const { cid, contentType, objectKey } of attachments) {
    if (cid === null) continue;
    const picture = await unlessMissing(() => store.read(objectKey));
    // the quotes keep this from touching text of a merchant, where they are escaped
    if (picture)
      shown = shown.replaceAll(
        `src="cid:${escape(cid)}"`,
        `src="data:${contentType};base64,${picture.toString('base64')}"`,
      );
  }
  return shown;
}

async function sizeOf(store: ObjectStore, objectKey: Attachment['objectKey']): Promise<number> {
  const file = await unlessMissing(() => store.get(objectKey));
  file?.stream.destroy();
  return file?.bytes ?? 0;
}

/** A file that is gone must not hide the rest of the message. */
async function unlessMissing<Value>(work: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}

const iso = (instant: string): string => new Date(instant).toISOString();
