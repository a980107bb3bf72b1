import { invoiceDocumentReadyV1 } from '../../shared/protocol/billing/events.ts';
import type { TestDatabase } from './database.ts';
import { ready, type Ready } from './mail-samples.ts';
import type { NotificationsFixture } from './notifications.ts';

/** A row of `notifications.message`, as far as tests look at it. */
export interface MessageFacts {
  id: string;
  recipient: string;
  html: string;
  state: string;
  attempts: number;
  resends: number;
  error: string | null;
  smtp_response: string | null;
  message_id_header: string;
  sent_at: Date | null;
  /** Seconds until the next attempt. */
  wait: number | null;
}

/** Not a real document, but with lines that SMTP has to escape and every byte there is. */
export const PDF = Buffer.concat([
  Buffer.from('%PDF-1.7\r\n.\r\n..\n'),
  Buffer.from(Array.from({ length: 70_000 }, (_, index) => (index * 7) % 256)),
]);

/** Queues invoices and looks at what becomes of their mails. */
export const mailQueue = (database: TestDatabase, fixture: NotificationsFixture) => ({
  reset: async () => {
    await database.query(`truncate messaging.event, messaging.delivery, notifications.message, notifications.attempt,
      messaging.audit_entry cascade`);
    fixture.clock.now = new Date('2026-10-31T20:00:00Z');
  },
  /** An invoice whose PDF is in the store, queued for each recipient. */
  queueInvoice: async (recipients = ['rechnung@muster.example'], file = PDF, overrides: Partial<Ready> = {}) => {
    const { key: objectKey, sha256, bytes } = await fixture.deps.store.putContent('invoices', file, 'pdf');
    await database.query('truncate notifications.merchant_ref');
    await fixture.arrive({ invoiceEmails: recipients });
    const pdf = { objectKey, sha256, bytes, filename: 'Rechnung RE-2026-00123 (Oktober).pdf' };
    await fixture.announce(invoiceDocumentReadyV1, ready({ pdf, ...overrides }));
    await fixture.consumeAll();
  },
  messages: () =>
    database.query<
      MessageFacts & Record<string, unknown>
    >(`select *, extract(epoch from next_at - clock_timestamp())::float as wait
      from notifications.message order by recipient`),
  delivered: () =>
    database.query<{
      outcome: string;
      documentId: string;
    }>(`select payload ->> 'outcome' as outcome, payload ->> 'documentId' as "documentId"
      from messaging.event where type = 'notifications.message-delivered.v1' order by id`),
  attempts: () =>
    database.query<{ outcome: string; message_id: string }>(
      'select outcome, message_id, message_id_header from notifications.attempt order by recorded_at',
    ),
  dueNow: () => database.query(`update notifications.message set next_at = now() where state in ('queued', 'sending')`),
});
