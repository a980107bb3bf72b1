import { Migration } from '@mikro-orm/migrations';
import { tenantTable } from '../tenant-table.ts';

/**
 * What became of each mail of an invoice. A mail that was taken may come back later, so a word for the invoice as a
 * whole is not enough: it has arrived as long as one recipient has it.
 */
export class InvoiceDeliveries extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create table billing.invoice_delivery (
     message_id uuid primary key,
     invoice_id uuid not null,
     merchant_id uuid not null,
     -- of one sending a bounce follows; a resend begins anew
     resends integer not null check (resends >= 0),
     outcome text not null check (outcome in ('sent', 'bounced')),
     foreign key (merchant_id, invoice_id) references billing.invoice (merchant_id, id))`,
  'create index invoice_delivery_invoice on billing.invoice_delivery (merchant_id, invoice_id)',
  ...tenantTable('billing.invoice_delivery', { kontor_billing: 'select, insert, update' }),
  `insert into billing.invoice_delivery (message_id, invoice_id, merchant_id, resends, outcome)
   select distinct on (1) (e.payload ->> 'messageId')::uuid, i.id, i.merchant_id, 0, e.payload ->> 'outcome'
   from messaging.event e join billing.invoice i on i.id = (e.payload ->> 'documentId')::uuid
   where e.type = 'notifications.message-delivered.v1' and e.payload ->> 'kind' = 'invoiceReady'
   order by 1, e.occurred_at desc, e.id desc`,
];
