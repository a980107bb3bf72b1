import { Migration } from '@mikro-orm/migrations';
import { appendOnly, schemaGrants, tenantTable } from '../tenant-table.ts';

/** Messages with every attempt to deliver them, and what this service knows of merchants. */
export class Messages extends Migration {
  override up(): void {
    for (const statement of [...schemaGrants('notifications'), ...merchants, ...messages, ...attempts])
      this.addSql(statement);
  }
}

// the same rule as the schema of addresses: nothing that could be read as a second recipient reaches a header
const PLAIN_ADDRESS = `~ '^[A-Za-z0-9!#$%&''*+/=?^_\`{|}~.-]+@[A-Za-z0-9.-]+$'`;
const MESSAGE_ID = `~ '^<[0-9a-f-]{36}@[A-Za-z0-9.-]+>$'`;

const merchants = [
  `create table notifications.merchant_ref (
     merchant_id uuid primary key,
     version integer not null,
     number text not null,
     name text not null,
     language text not null check (language in ('de', 'en')),
     notice_emails text[] not null,
     invoice_emails text[] not null)`,
  ...tenantTable('notifications.merchant_ref', { kontor_notifications: 'select, insert, update' }),
  `create table notifications.held_event (
     event_id uuid not null,
     type text not null,
     merchant_id uuid not null,
     occurred_at timestamptz not null,
     payload jsonb not null,
     primary key (type, event_id))`,
  'create index held_event_merchant on notifications.held_event (merchant_id)',
  ...tenantTable('notifications.held_event', { kontor_notifications: 'select, insert, delete' }),
];

const messages = [
  `create table notifications.message (
     id uuid primary key,
     merchant_id uuid not null,
     kind text not null check (kind in ('returnInspected', 'batchDispatched', 'invoiceReady')),
     document_id uuid not null,
     revision integer not null check (revision >= 0),
     recipient text not null check (length(recipient) <= 254 and recipient ${PLAIN_ADDRESS}),
     language text not null check (language in ('de', 'en')),
     sender_name text not null check (sender_name !~ '[\\r\\n]'),
     sender_address text not null check (sender_address ${PLAIN_ADDRESS}),
     subject text not null check (subject <> '' and subject !~ '[\\r\\n]'),
     html text not null check (html <> ''),
     text text not null check (text <> ''),
     attachments jsonb not null check (jsonb_typeof(attachments) = 'array'),
     message_id_header text not null unique check (message_id_header ${MESSAGE_ID}),
     state text not null check (state in ('queued', 'sending', 'sent', 'bounced', 'failed')),
     attempts integer not null default 0 check (attempts >= 0),
     resends integer not null default 0 check (resends >= 0),
     -- queued: earliest next attempt; sending: end of the lease
     next_at timestamptz,
     lease_id uuid,
     -- when the tries began; they end some days later
     queued_at timestamptz not null default clock_timestamp(),
     sent_at timestamptz,
     smtp_response text,
     error text,
     version integer not null default 1,
     created_at timestamptz not null,
     updated_at timestamptz not null,
     unique (merchant_id, id),
     check ((state = 'sending') = (lease_id is not null)),
     check ((state in ('queued', 'sending')) = (next_at is not null)),
     check (state <> 'sent' or sent_at is not null))`,
  // one mail per document and recipient (reliability.md, T2), however the address is written
  'create unique index message_once on notifications.message (document_id, kind, lower(recipient), revision)',
  `create index message_due on notifications.message (next_at, id) where state in ('queued', 'sending')`,
  'create index message_by_time on notifications.message (created_at desc, id desc)',
  'create index message_by_merchant on notifications.message (merchant_id, created_at desc, id desc)',
  ...tenantTable('notifications.message', { kontor_notifications: 'select, insert, update' }),
  // what was told stays what it was: only the way of delivery changes
  `create function notifications.keep_content() returns trigger language plpgsql as
   $$ begin raise exception 'The content of a message is never changed' using errcode = 'restrict_violation'; end $$`,
  `create trigger message_content before update on notifications.message for each row
     when ((old.id, old.merchant_id, old.kind, old.document_id, old.revision, old.recipient, old.sender_name, old.sender_address,
            old.subject, old.html, old.text, old.attachments, old.created_at) is distinct from
           (new.id, new.merchant_id, new.kind, new.document_id, new.revision, new.recipient, new.sender_name, new.sender_address,
            new.subject, new.html, new.text, new.attachments, new.created_at))
     execute function notifications.keep_content()`,
];

const attempts = [
  `create table notifications.attempt (
     id uuid primary key,
     merchant_id uuid not null,
     message_id uuid not null,
     message_id_header text not null,
     at timestamptz not null,
     outcome text not null check (outcome in ('sent', 'bounced', 'failed', 'deferred')),
     response text not null,
     recorded_at timestamptz not null default clock_timestamp(),
     foreign key (merchant_id, message_id) references notifications.message (merchant_id, id))`,
  'create index attempt_message on notifications.attempt (merchant_id, message_id, recorded_at)',
  ...tenantTable('notifications.attempt', { kontor_notifications: 'select, insert' }),
  ...appendOnly('notifications.attempt'),
];
