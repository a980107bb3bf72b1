import { Migration } from '@mikro-orm/migrations';
import { tenantTable } from '../tenant-table.ts';

/** What of a collection was announced, and what became of the mails that announced it anew. */
export class AnnouncedDebits extends Migration {
  override up(): void {
    for (const statement of [...announced, ...deliveries]) this.addSql(statement);
  }
}

const announced = [
  // the amount that the merchant knows; announcements after that of the invoice are counted, and their mails tell which they are of
  `alter table billing.direct_debit add column announced_minor bigint check (announced_minor > 0),
     add column announcement integer not null default 0`,
  `update billing.direct_debit d set announced_minor = coalesce(
       (select c.amount_minor from billing.collection_item c join billing.collection_run r on r.id = c.run_id
        where c.invoice_id = d.invoice_id and c.collect_on = d.announced_anew_on and r.approved_at is not null order by r.approved_at desc limit 1),
       i.gross_minor - coalesce((f.model ->> 'prepaidMinor')::bigint, 0)),
     -- until now their mails were told apart by the day
     announcement = coalesce(to_char(d.announced_anew_on, 'YYYYMMDD')::integer, 0)
   from billing.invoice i left join billing.invoice_document f on f.invoice_id = i.id and f.kind = 'pdf' where i.id = d.invoice_id`,
  'alter table billing.direct_debit alter column announced_minor set not null',
];

const deliveries = [
  // as of invoices: an announcement has arrived as long as one recipient has it
  `create table billing.direct_debit_delivery (
     message_id uuid primary key,
     invoice_id uuid not null,
     merchant_id uuid not null,
     announcement integer not null,
     -- of one sending a bounce follows; a resend begins anew
     resends integer not null check (resends >= 0),
     outcome text not null check (outcome in ('sent', 'bounced')),
     foreign key (merchant_id, invoice_id) references billing.direct_debit (merchant_id, invoice_id))`,
  'create index direct_debit_delivery_invoice on billing.direct_debit_delivery (merchant_id, invoice_id)',
  ...tenantTable('billing.direct_debit_delivery', { kontor_billing: 'select, insert, update' }),
  `insert into billing.direct_debit_delivery (message_id, invoice_id, merchant_id, announcement, resends, outcome)
   select distinct on (1) (e.payload ->> 'messageId')::uuid, d.invoice_id, d.merchant_id, d.announcement, coalesce((e.payload ->> 'resends')::integer, 0), e.payload ->> 'outcome'
   from messaging.event e join billing.direct_debit d on d.invoice_id = (e.payload ->> 'documentId')::uuid
   where e.type = 'notifications.message-delivered.v1' and e.payload ->> 'kind' = 'directDebitAnnounced'
   order by 1, 5 desc, 6`,
];
