import type { z } from 'zod';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../../shared/persistence/sql.ts';
import type { messageDeliveredV1 } from '../../../../shared/protocol/notifications/events.ts';

type Delivered = z.output<typeof messageDeliveredV1.payload>;

/**
 * Keeps the latest of each mail, whatever the order of arrival: a resend counts before what came before it, and of one
 * sending a bounce before having been sent. Mails of invoices that are not known here are left out.
 */
export async function keepDeliveries(em: EntityManager, about: readonly Delivered[]): Promise<void> {
  const given = about.map(({ messageId, documentId, resends, outcome }) => ({
    ...{ message_id: messageId, invoice_id: documentId, resends, outcome },
  }));
  // the invoices first and in one order: whoever restates them afterwards sees what all others kept
  await rows(
    em,
    sql`select invoice_id from invoice_status where invoice_id = any(${about.map(({ documentId }) => documentId)}::uuid[])
        order by invoice_id for update`,
  );
  await rows(
    em,
    sql`insert into invoice_delivery as kept (message_id, invoice_id, merchant_id, resends, outcome)
        select distinct on (g.message_id) g.message_id, g.invoice_id, i.merchant_id, g.resends, g.outcome
        from jsonb_populate_recordset(null::invoice_delivery, ${JSON.stringify(given)}::jsonb) g join invoice i on i.id = g.invoice_id
        order by g.message_id, g.resends desc, g.outcome
        on conflict (message_id) do update set resends = excluded.resends, outcome = excluded.outcome
        where excluded.resends > kept.resends or (excluded.resends = kept.resends and excluded.outcome = 'bounced')`,
  );
}

/** The word for the invoice as a whole. */
export async function restateDelivery(em: EntityManager, invoiceIds: readonly string[]): Promise<void> {
  await rows(
    em,
    sql`update invoice_status s set delivery = d.outcome
        from (select i.id, coalesce(max(k.outcome), s0.delivery) as outcome
              from invoice i join invoice_status s0 on s0.invoice_id = i.id
              left join invoice_delivery k on k.merchant_id = i.merchant_id and k.invoice_id = i.id
              where i.id = any(${invoiceIds}::uuid[]) group by i.id, s0.delivery) d
        where s.invoice_id = d.id and s.delivery <> d.outcome`,
  );
}
