import type { ConsumerTx } from '../../../../shared/messaging/consumer.ts';
import { sql } from '../../../../shared/persistence/sql.ts';
import type { EnvelopeOf } from '../../../../shared/protocol/define.ts';
import { isInvoiceKind, type messageDeliveredV1 } from '../../../../shared/protocol/notifications/events.ts';
import { keepAnnouncementDeliveries } from '../../persistence/direct-debits/announcements.ts';
import { keepLetterDeliveries } from '../../persistence/dunning/deliveries.ts';
import { keepDeliveries, restateDelivery } from '../../persistence/runs/deliveries.ts';
import { markDelivered } from '../../persistence/runs/limited-rows.ts';

/**
 * Takes over what became of the mails of invoices, announced collections and dunning letters: `sent` while one recipient has it, `bounced` when
 * all that is known of came back, be it at once or later. A merchant's row is delivered when all its invoices are, and
 * stays so.
 */
export async function noteDelivery({ em }: ConsumerTx, events: EnvelopeOf<typeof messageDeliveredV1>[]): Promise<void> {
  const told = events.map(({ payload }) => payload);
  await keepLetterDeliveries(
    em,
    told.filter(({ kind }) => kind === 'dunningNotice'),
  );
  await keepAnnouncementDeliveries(
    em,
    told.filter(({ kind }) => kind === 'directDebitAnnounced'),
  );
  const about = told.filter(({ kind }) => isInvoiceKind(kind));
  if (!about.length) return;
  const invoiceIds = [...new Set(about.map(({ documentId }) => documentId))];
  await keepDeliveries(em, about);
  await restateDelivery(em, invoiceIds);
  await markDelivered(em, sql`select run_merchant_id from invoice where id = any(${invoiceIds}::uuid[])`);
}
