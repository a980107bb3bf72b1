import { Migration } from '@mikro-orm/migrations';

/** A letter that could not be drawn takes the names and addresses of now when it is drawn again; nobody has seen it. */
export class ParkedLetters extends Migration {
  override up(): void {
    this.addSql(`create or replace function billing.freeze_dunning_letter() returns trigger language plpgsql as $$
      declare free text[] := array['state', 'attempts', 'next_at', 'error', 'finding', 'object_key', 'sha256', 'bytes', 'ready_at'];
        parties text[] := array['seller', 'buyer', 'rendererVersion'];
      begin
        if tg_op = 'DELETE' or old.state = 'ready' or to_jsonb(new) - free - 'model' <> to_jsonb(old) - free - 'model'
          or (new.model <> old.model and (old.state <> 'parked' or new.model - parties <> old.model - parties))
          then raise exception 'a letter never changes' using errcode = 'restrict_violation'; end if;
        return new;
      end $$`);
  }
}
