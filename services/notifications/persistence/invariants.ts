import type { InvariantQueries } from '../../../shared/persistence/invariants.ts';
import { sql } from '../../../shared/persistence/sql.ts';
import { invoiceDocumentReadyV1 } from '../../../shared/protocol/billing/events.ts';
import { INVOICE_KINDS } from '../../../shared/protocol/notifications/events.ts';
import type { NOTIFICATIONS_INVARIANTS } from '../../../shared/protocol/self-check/notifications.ts';
import { ARRIVED_ACTIONS } from '../domain/delivery-report.ts';

/** An invoice without a mail after this is a finding. */
const MAIL_AFTER_MS = 3_600_000;
/** A mail that was never confirmed is a finding for so long: who had it need not send it again to be rid of that. */
const UNCONFIRMED_FOR_MS = 30 * 86_400_000;

const MAILS = sql`(${sql.join(INVOICE_KINDS.map((kind) => sql.lit(kind)))})`;

const ARRIVED = sql`(${sql.join(ARRIVED_ACTIONS.map((action) => sql.lit(action)))})`;

/** Mails that set a term: whoever loses one of them is late. */
const BINDING = sql`(${sql.join([...INVOICE_KINDS, 'dunningNotice' as const].map((kind) => sql.lit(kind)))})`;

/** What contradicts the invariants of mails. */
export const notificationsInvariants: InvariantQueries<typeof NOTIFICATIONS_INVARIANTS> = {
  'I25.mailed': (now) => sql`
    select e.payload ->> 'invoiceId' as id, 'invoice ' || (e.payload ->> 'number') as detail
    from messaging.event e
    where e.type = ${invoiceDocumentReadyV1.type} and e.occurred_at < ${new Date(now.getTime() - MAIL_AFTER_MS).toISOString()}::timestamptz
      and not exists (select 1 from notifications.message m where m.kind in ${MAILS} and m.document_id = (e.payload ->> 'invoiceId')::uuid)
    union all
    select m.document_id::text, 'its mail waits since ' || m.next_at from notifications.message m
    where m.kind in ${MAILS} and m.state in ('queued', 'sending') and m.next_at < clock_timestamp() - interval '1 hour'`,
  'I25.invoice': () => sql`
    select m.id::text as id, m.subject as detail from notifications.message m
    where m.kind in ${MAILS} and not exists (
      select 1 from messaging.event e where e.type = ${invoiceDocumentReadyV1.type} and (e.payload ->> 'invoiceId')::uuid = m.document_id)`,
  'I25.sent': () => sql`
    select m.id::text as id, m.subject as detail from notifications.message m
    where m.state = 'sent' and not exists (select 1 from notifications.attempt a where a.message_id = m.id and a.outcome = 'sent')
      and not exists (
        select 1 from notifications.delivery_report r
        where r.message_id = m.id and r.message_id_header = m.message_id_header and r.action in ${ARRIVED})`,
  // until somebody sends it again, and no longer than anybody would still ask for it
  'I25.unconfirmed': (now) => sql`
    select m.id::text as id, m.recipient || ': ' || m.subject as detail from notifications.message m
    where m.kind in ${BINDING} and m.state = 'unconfirmed' and m.resends = 0
      and m.updated_at > ${new Date(now.getTime() - UNCONFIRMED_FOR_MS).toISOString()}::timestamptz
      and not exists (
        select 1 from notifications.message other
        where other.merchant_id = m.merchant_id and other.document_id = m.document_id and other.kind = m.kind
          and other.revision = m.revision and lower(other.recipient) = lower(m.recipient)
          and other.state in ('queued', 'sending', 'sent'))`,
  'I25.bounced': () => sql`
    select m.id::text as id, m.subject as detail from notifications.message m
    where m.bounced_by = 'report' and not exists (
      select 1 from notifications.delivery_report r
      where r.message_id = m.id and r.message_id_header = m.message_id_header and r.action = 'failed')`,
  // one that is switched off is not tried any more
  'I25.mailbox': () => sql`
    select 'mailbox' as id, b.error as detail from notifications.bounce_mailbox b
    where b.failing_since < clock_timestamp() - interval '1 hour' and b.tried_at > clock_timestamp() - interval '1 hour'`,
};
