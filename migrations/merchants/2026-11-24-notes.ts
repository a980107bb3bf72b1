import { Migration } from '@mikro-orm/migrations';
import { grantsOn } from '../tenant-table.ts';

/** What the house notes for itself about merchants, returns, orders, invoices and batches. */
export class Notes extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const STAFF_ONLY = `(select current_setting('kontor.scope', true)) = 'staff'`;

const statements = [
  `create table merchants.note (
     id uuid primary key,
     version integer not null default 1,
     -- of the subject when the note was written; a parcel may belong to nobody
     merchant_id uuid references merchants.merchant (id),
     subject text not null check (subject in ('merchant', 'return', 'order', 'invoice', 'batch')),
     subject_id uuid not null,
     text text not null check (length(text) between 1 and 4000),
     pinned boolean not null,
     -- what the create said of being pinned, so that its repetition is known after a change
     created_pinned boolean not null,
     author_id uuid not null,
     author_name text not null,
     created_at timestamptz not null,
     deleted_at timestamptz,
     deleted_by uuid,
     check ((deleted_at is null) = (deleted_by is null)))`,
  'create index note_subject on merchants.note (subject, subject_id, pinned desc, created_at desc, id desc) where deleted_at is null',
  'create index note_newest on merchants.note (pinned desc, created_at desc, id desc) where deleted_at is null',
  'create index note_merchant on merchants.note (merchant_id)',
  // not even the merchant a note is about: there is no scope of a merchant that sees one
  'alter table merchants.note enable row level security',
  'alter table merchants.note force row level security',
  `create policy house on merchants.note using (${STAFF_ONLY}) with check (${STAFF_ONLY})`,
  ...grantsOn('merchants.note', { kontor_merchants: 'select, insert' }),
  'grant update (pinned, version, deleted_at, deleted_by) on merchants.note to kontor_merchants',
];
