import type { z } from 'zod';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../../shared/persistence/sql.ts';
import type { messageDeliveredV1 } from '../../../../shared/protocol/notifications/events.ts';
import type { LockedItem } from './locked-items.ts';

/** Days of notice by the mandate `m`. */
export const NOTICE = sql`coalesce(m.pre_notification_days, (select pre_notification_days from issuer limit 1))`;

/**
 * The day of the direct debit `d` of the document `o` that its merchant knows: that of the invoice, or one told later. None
 * once it came back, or more is open than was told, or where the document was made so long after its day that the notice
 * is not over by then.
 */
export const announcedOn = (
  zone: string,
) => sql`case when o.open_minor <= d.announced_minor then coalesce(d.announced_anew_on, case when d.returned_on is null and not exists (
  select 1 from invoice_document f cross join lateral (select (f.ready_at at time zone ${zone})::date as day) made
  where f.invoice_id = d.invoice_id and made.day > o.issue_date and made.day + ${NOTICE} > d.collect_on) then d.collect_on end) end`;

/**
 * All mails came back that told the merchant of the direct debit `d`: those of its latest announcement, which is the invoice
 * with the status `s` until it is announced anew. Of a merchant without addresses there is none.
 */
export const IS_UNDELIVERED = sql`case when d.announced_anew_on is not null then coalesce((
    select max(k.outcome) = 'bounced' from direct_debit_delivery k
    where k.merchant_id = d.merchant_id and k.invoice_id = d.invoice_id and k.announcement = d.announcement), false)
  else d.returned_on is null and s.delivery = 'bounced' end`;

/**
 * What is collected otherwise than its merchant knew is told with its day and amount from now on.
 * @returns by invoice, which announcement of it that is
 */
export async function announceAnew(em: EntityManager, items: readonly LockedItem[]): Promise<Map<string, number>> {
  const of = <Value>(value: (item: LockedItem) => Value) => items.map(value);
  const told = await rows<{ invoiceId: string; announcement: number }>(
    em,
    sql`update direct_debit d set announced_anew_on = t.day, announced_minor = t.minor, announcement = announcement + 1
        from unnest(${of((item) => item.invoiceId)}::uuid[], ${of((item) => item.collectOn)}::date[], ${of((item) => item.amountMinor)}::bigint[]) as t (invoice, day, minor)
        where d.invoice_id = t.invoice returning d.invoice_id as "invoiceId", announcement`,
  );
  return new Map(told.map(({ invoiceId, announcement }) => [invoiceId, announcement]));
}

/** Keeps the latest of each mail that announced a direct debit anew, as `keepDeliveries` does for those of invoices. */
export async function keepAnnouncementDeliveries(
  em: EntityManager,
  about: readonly z.output<typeof messageDeliveredV1.payload>[],
): Promise<void> {
  if (!about.length) return;
  const given = about.map(({ messageId, documentId, revision, resends, outcome }) => ({
    ...{ message_id: messageId, invoice_id: documentId, announcement: revision, resends, outcome },
  }));
  await rows(
    em,
    sql`insert into direct_debit_delivery as kept (message_id, invoice_id, merchant_id, announcement, resends, outcome)
        select distinct on (g.message_id) g.message_id, g.invoice_id, d.merchant_id, g.announcement, g.resends, g.outcome
        from jsonb_populate_recordset(null::direct_debit_delivery, ${JSON.stringify(given)}::jsonb) g join direct_debit d on d.invoice_id = g.invoice_id
        order by g.message_id, g.resends desc, g.outcome
        on conflict (message_id) do update set resends = excluded.resends, outcome = excluded.outcome
        where excluded.resends > kept.resends or (excluded.resends = kept.resends and excluded.outcome = 'bounced')`,
  );
}
