import { Migration } from '@mikro-orm/migrations';
import { tenantTable } from '../tenant-table.ts';

/** What became of the mails of dunning letters, why one could not be drawn, and what a run knows of the letter before. */
export class DunningDeliveries extends Migration {
  override up(): void {
    for (const statement of [...deliveries, ...letters]) this.addSql(statement);
  }
}

const deliveries = [
  // as of invoices: a letter has arrived as long as one recipient has it
  `create table billing.dunning_delivery (
     message_id uuid primary key,
     letter_id uuid not null,
     merchant_id uuid not null,
     -- of one sending a bounce follows; a resend begins anew
     resends integer not null check (resends >= 0),
     outcome text not null check (outcome in ('sent', 'bounced')),
     foreign key (merchant_id, letter_id) references billing.dunning_letter (merchant_id, id))`,
  'create index dunning_delivery_letter on billing.dunning_delivery (merchant_id, letter_id)',
  ...tenantTable('billing.dunning_delivery', { kontor_billing: 'select, insert, update' }),
  `insert into billing.dunning_delivery (message_id, letter_id, merchant_id, resends, outcome)
   select distinct on (1) (e.payload ->> 'messageId')::uuid, l.id, l.merchant_id, coalesce((e.payload ->> 'resends')::integer, 0), e.payload ->> 'outcome'
   from messaging.event e join billing.dunning_letter l on l.id = (e.payload ->> 'documentId')::uuid
   where e.type = 'notifications.message-delivered.v1' and e.payload ->> 'kind' = 'dunningNotice'
   order by 1, 4 desc, 5`,
];

const letters = [
  'alter table billing.dunning_letter add column finding jsonb',
  `create or replace function billing.freeze_dunning_letter() returns trigger language plpgsql as $$
   declare free text[] := array['state', 'attempts', 'next_at', 'error', 'finding', 'object_key', 'sha256', 'bytes', 'ready_at'];
   begin
     if tg_op = 'DELETE' or old.state = 'ready' or to_jsonb(new) - free <> to_jsonb(old) - free
       then raise exception 'a letter never changes' using errcode = 'restrict_violation'; end if;
     return new;
   end $$`,
  `alter table billing.dunning_row add column last_letter text check (last_letter in ('notMade', 'bounced'))`,
];
