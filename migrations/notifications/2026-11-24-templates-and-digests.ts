import { Migration } from '@mikro-orm/migrations';
import { appendOnly, tenantTable } from '../tenant-table.ts';

/**
 * Texts and switches of one's own, daily digests, reminders of open decisions, and letters that people write. What was
 * received before is no news any more, and nobody was asked for decisions yet: nothing is back-filled.
 */
export class TemplatesAndDigests extends Migration {
  override up(): void {
    for (const statement of [...letters, ...messages, ...templates, ...settings, ...digests, ...reminders])
      this.addSql(statement);
  }
}

const KINDS = `('returnReceived', 'returnInspected', 'decisionRequested', 'decisionReminder', 'batchDispatched', 'invoiceReady', 'digest', 'individual')`;
const DIGESTED = `('returnReceived', 'returnInspected', 'batchDispatched')`;
const ONE_LINE = `!~ '[\\r\\n]'`;

const letters = [
  `create table notifications.letter (
     id uuid primary key,
     merchant_id uuid not null,
     audience text not null check (audience in ('merchant', 'consumer')),
     about_type text not null check (about_type in ('return', 'order', 'invoice', 'rtvBatch', 'merchant')),
     about_id uuid not null,
     language text not null check (language in ('de', 'en')),
     subject text not null check (subject <> '' and subject ${ONE_LINE}),
     body text not null check (body <> ''),
     written_by text not null,
     content_hash text not null,
     created_at timestamptz not null,
     unique (merchant_id, id))`,
  ...tenantTable('notifications.letter', { kontor_notifications: 'select, insert' }),
  ...appendOnly('notifications.letter'),
];

const messages = [
  'alter table notifications.message drop constraint message_kind_check',
  `alter table notifications.message add constraint message_kind_check check (kind in ${KINDS})`,
  // what older rows are about follows from their kind
  `alter table notifications.message
     add column audience text not null default 'merchant' check (audience in ('merchant', 'consumer')),
     add column document_type text check (document_type in ('return', 'order', 'invoice', 'rtvBatch', 'merchant')),
     add column letter_id uuid,
     add foreign key (merchant_id, letter_id) references notifications.letter (merchant_id, id),
     add check ((kind = 'individual') = (letter_id is not null)),
     add check ((kind = 'individual') = (document_type is not null)),
     add check (audience = 'merchant' or kind = 'individual')`,
  'drop index notifications.message_once',
  // a person may write about the same thing again; everything else is told once (reliability.md, T2)
  `create unique index message_once on notifications.message (document_id, kind, lower(recipient), revision, letter_id) nulls not distinct`,
  'create index message_letter on notifications.message (merchant_id, letter_id) where letter_id is not null',
  `create trigger message_frame before update on notifications.message for each row
     when ((old.audience, old.document_type, old.letter_id) is distinct from (new.audience, new.document_type, new.letter_id))
     execute function notifications.keep_content()`,
];

const templates = [
  `create table notifications.template_text (
     id uuid primary key,
     merchant_id uuid,
     kind text not null check (kind in ${KINDS} and kind <> 'individual'),
     language text not null check (language in ('de', 'en')),
     texts jsonb not null check (jsonb_typeof(texts) = 'object'),
     version integer not null check (version > 0),
     created_at timestamptz not null,
     updated_at timestamptz not null,
     unique nulls not distinct (merchant_id, kind, language))`,
  ...tenantTable('notifications.template_text', { kontor_notifications: 'select, insert, update' }),
];

const settings = [
  `create table notifications.message_setting (
     id uuid primary key,
     merchant_id uuid,
     kind text not null check (kind in ${KINDS} and kind not in ('digest', 'individual')),
     -- null: as the house says, or for the house as the product does
     mode text check (mode in ('each', 'daily', 'off')),
     version integer not null check (version > 0),
     created_at timestamptz not null,
     updated_at timestamptz not null,
     unique nulls not distinct (merchant_id, kind),
     check (kind not in ('invoiceReady', 'decisionRequested') or mode = 'each'),
     check (mode <> 'daily' or kind in ${DIGESTED}))`,
  ...tenantTable('notifications.message_setting', { kontor_notifications: 'select, insert, update' }),
  // a merchant's own choice is shown beside what the house does for all
  'create policy house on notifications.message_setting for select using (merchant_id is null)',
];

const digests = [
  `create table notifications.digest (
     id uuid primary key,
     merchant_id uuid not null,
     day date not null,
     created_at timestamptz not null,
     unique (merchant_id, day),
     unique (merchant_id, id))`,
  ...tenantTable('notifications.digest', { kontor_notifications: 'select, insert' }),
  ...appendOnly('notifications.digest'),
  `create table notifications.digest_entry (
     event_id uuid primary key,
     merchant_id uuid not null,
     kind text not null check (kind in ${DIGESTED}),
     document_id uuid not null,
     revision integer not null check (revision >= 0),
     -- the day whose digest tells it
     day date not null,
     occurred_at timestamptz not null,
     payload jsonb not null,
     digest_id uuid,
     created_at timestamptz not null,
     unique (merchant_id, kind, document_id, revision),
     foreign key (merchant_id, digest_id) references notifications.digest (merchant_id, id))`,
  'create index digest_entry_due on notifications.digest_entry (day, merchant_id) where digest_id is null',
  'create index digest_entry_digest on notifications.digest_entry (merchant_id, digest_id) where digest_id is not null',
  ...tenantTable('notifications.digest_entry', { kontor_notifications: 'select, insert, update' }),
  `create function notifications.tell_once() returns trigger language plpgsql as
   $$ begin raise exception 'An entry is told in one digest and stays as it is' using errcode = 'restrict_violation'; end $$`,
  `create trigger digest_entry_once before update on notifications.digest_entry for each row
     when (old.digest_id is not null or new.digest_id is null or
           (old.event_id, old.merchant_id, old.kind, old.document_id, old.revision, old.day, old.payload) is distinct from
           (new.event_id, new.merchant_id, new.kind, new.document_id, new.revision, new.day, new.payload))
     execute function notifications.tell_once()`,
];

const reminders = [
  `create table notifications.decision_reminder (
     id uuid primary key,
     merchant_id uuid not null,
     return_id uuid not null,
     revision integer not null check (revision >= 0),
     remind_at timestamptz not null,
     payload jsonb not null,
     done_at timestamptz,
     -- whether there was still something to remind of
     outcome text check (outcome in ('reminded', 'decided', 'off')),
     created_at timestamptz not null,
     unique (return_id, revision),
     check ((done_at is null) = (outcome is null)))`,
  'create index decision_reminder_due on notifications.decision_reminder (remind_at) where done_at is null',
  'create index decision_reminder_merchant on notifications.decision_reminder (merchant_id)',
  ...tenantTable('notifications.decision_reminder', { kontor_notifications: 'select, insert, update' }),
];
