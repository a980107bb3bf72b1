import type { ConsumerTx } from '../../../../shared/messaging/consumer.ts';
import { rows, sql } from '../../../../shared/persistence/sql.ts';
import type { EnvelopeOf } from '../../../../shared/protocol/define.ts';
import type { messageDeliveredV1 } from '../../../../shared/protocol/notifications/events.ts';
import { markDelivered } from '../../persistence/runs/limited-rows.ts';

/**
 * Takes over what became of the mails of invoices: `sent` once one recipient has it, `bounced` only while none has.
 * A merchant's row is delivered when all its invoices are.
 */
export async function noteDelivery({ em }: ConsumerTx, events: EnvelopeOf<typeof messageDeliveredV1>[]): Promise<void> {
  const about = events.filter(({ payload }) => payload.kind === 'invoiceReady').map(({ payload }) => payload);
  if (!about.length) return;
  await rows(
    em,
    sql`update invoice_status s set delivery = d.outcome
        from (select invoice_id, case when bool_or(outcome = 'sent') then 'sent' else 'bounced' end as outcome
              from unnest(${about.map(({ documentId }) => documentId)}::uuid[], ${about.map(({ outcome }) => outcome)}::text[]) as t (invoice_id, outcome)
              group by invoice_id) d
        where s.invoice_id = d.invoice_id and s.delivery <> 'sent'`,
  );
  await markDelivered(
    em,
    sql`select run_merchant_id from invoice where id = any(${about.map(({ documentId }) => documentId)}::uuid[])`,
  );
}
