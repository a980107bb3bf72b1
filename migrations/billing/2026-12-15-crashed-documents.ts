import { Migration } from '@mikro-orm/migrations';

/** How often the process that makes a document or letter died or hung over it: what never succeeds is parked at last. */
export class CrashedDocuments extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  ...['invoice_document', 'dunning_letter'].map(
    (table) => `alter table billing.${table} add column crashes integer not null default 0 check (crashes >= 0)`,
  ),
  `create or replace function billing.freeze_dunning_letter() returns trigger language plpgsql as $$
   declare free text[] := array['state', 'attempts', 'crashes', 'next_at', 'error', 'finding', 'object_key', 'sha256', 'bytes', 'ready_at'];
     parties text[] := array['seller', 'buyer', 'rendererVersion'];
   begin
     if tg_op = 'DELETE' or old.state = 'ready' or to_jsonb(new) - free - 'model' <> to_jsonb(old) - free - 'model'
       or (new.model <> old.model and (old.state <> 'parked' or new.model - parties <> old.model - parties))
       then raise exception 'a letter never changes' using errcode = 'restrict_violation'; end if;
     return new;
   end $$`,
];
