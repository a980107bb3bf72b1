import { Migration } from '@mikro-orm/migrations';

/** A line or tax of a draft cannot be moved to a finalized document either. */
export class FrozenParts extends Migration {
  override up(): void {
    this.addSql(`
      create or replace function billing.freeze_invoice_part() returns trigger language plpgsql as $$
      declare parents uuid[] := case tg_op when 'INSERT' then array[new.invoice_id] when 'DELETE' then array[old.invoice_id]
        else array[old.invoice_id, new.invoice_id] end;
      begin
        if exists (select 1 from billing.invoice where id = any(parents) and state <> 'draft')
          then raise exception 'the parts of a finalized invoice never change' using errcode = 'restrict_violation'; end if;
        return case when tg_op = 'DELETE' then old else new end;
      end $$`);
  }
}
